"""Measuring in a picture by a length that a person laid on it."""

from math import hypot, isfinite

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.measuring_problems import LengthNotUnderstood, LineTooShort

SHORTEST = 20.0
"""Pixels of the original: on a shorter line, one pixel of a slip is five percent or more."""

MOST_MILLIMETRES = 3000.0

NEARLY_LIFE_SIZE = (0.85, 1.1)
"""What is printed between these many times its size would be taken for life size."""

_ODDEST_SHAPE = 0.01
_TURNED = frozenset((5, 6, 7, 8))  # EXIF orientations that lie on their side


def millimetres_of(typed: str) -> float:
    """A typed length, with a point or a comma, with or without `mm` or `cm`.

    Raises LengthNotUnderstood, also for what is longer than a person.
    """
    text = typed.strip().lower().replace(",", ".")
    factor = 10.0 if text.endswith("cm") else 1.0
    try:
        length = float(text.removesuffix("mm").removesuffix("cm")) * factor
    except ValueError:
        raise LengthNotUnderstood(text=typed) from None
    if not isfinite(length) or not 0 < length <= MOST_MILLIMETRES:
        raise LengthNotUnderstood(text=typed)
    return length


def check_scale(scale: Scale) -> None:
    """Raises LineTooShort, or LengthNotUnderstood for a length that there is not."""
    pixels = length_of(scale.start, scale.end)
    if not isfinite(pixels) or pixels < SHORTEST:
        raise LineTooShort(pixels=round(pixels) if isfinite(pixels) else 0, least=round(SHORTEST))
    if not isfinite(scale.millimetres) or not 0 < scale.millimetres <= MOST_MILLIMETRES:
        raise LengthNotUnderstood(text=str(scale.millimetres))


def length_of(start: tuple[float, float], end: tuple[float, float]) -> float:
    """How long a line is, in pixels of the original."""
    return hypot(end[0] - start[0], end[1] - start[1])


def real_size(image: ClinicalImage, laid: LaidScale | None) -> tuple[float, float] | None:
    """How wide and high in mm what the image shows is, upright, in the plane of the ruler; None
    where no scale was laid on it or nobody knows its pixels."""
    said = image.description
    if laid is None or said is None or not said.width or not said.height:
        return None
    wide, high = said.width, said.height
    if said.orientation in _TURNED:
        wide, high = high, wide
    return wide * laid.scale.mm_per_pixel, high * laid.scale.mm_per_pixel


def is_of_shape(size: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two sizes have one shape, but for rounding. A preview of another shape than what was
    measured leaves something out, and its scale is not known."""
    return abs((size[0] / size[1]) / (other[0] / other[1]) - 1) <= _ODDEST_SHAPE


def clearly_not_life_size(factor: float) -> float:
    """The factor itself, or a smaller one where it would be taken for life size and is not."""
    least, most = NEARLY_LIFE_SIZE
    return least if least < factor < most else factor


def times_words(factor: float) -> str:
    """A factor as it is printed: two digits that count."""
    return f"{factor:.2f}" if factor >= 0.1 else f"{factor:.2g}"
