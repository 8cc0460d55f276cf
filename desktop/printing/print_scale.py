"""How large a picture is on paper beside what it shows: its factor, the words under it, its bar."""

from dataclasses import dataclass

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box
from desktop.printing.fonts import BOLD, SANS, printable
from desktop.printing.lettering import SMALLEST, Lettering, SetText, wrapped
from desktop.printing.pen import Pen
from desktop.printing.photo import upright_size
from desktop.printing.record_sheet_model import SheetImage
from desktop.records.facts.printer_check import LifeSize
from desktop.records.rules.measuring import clearly_not_life_size, is_of_shape, times_words

NOT_CALIBRATED = "not calibrated: do not measure"
NOT_CALIBRATED_AT_ALL = "NOT CALIBRATED: do not measure"
LIFE_SIZE = "LIFE SIZE 1:1"
PLANE = "in the plane of the ruler"
COARSE = "too coarse for fine detail"

LEAST_PPI = 150
"""A picture is not printed larger than this, unless it is printed life size."""

COARSE_PPI = 200
"""Below this a sheet says that fine detail is lost (R80)."""

_HEAD = Lettering(font=BOLD, size=8.0)
_REST = Lettering(font=SANS, size=SMALLEST)
_HEAD_MM = 4.2
_BAR_MM = 2.2
_GAP_MM = 3.0
_LONGEST_BAR_MM = 60.0
_LENGTHS = (200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePlan:
    """What stands under the picture of an image, decided before the picture is asked for: how high
    it is, and whether the picture is to be life size."""

    image: SheetImage
    life_size: LifeSize | None
    is_one_to_one: bool
    width: float
    height_mm: float

    @property
    def is_known(self) -> bool:
        """Whether there may be more to say than that nobody measures on it."""
        return self.image.real_mm is not None or self.life_size is not None


def plan_scale(
    image: SheetImage, *, width: float, life_size: LifeSize | None, fits: bool
) -> ScalePlan:
    """Keep room for the longest of the words that the picture may turn out to need. `fits` says
    whether the picture has room for its life size."""
    if not image.has_scale:
        return ScalePlan(
            image=image, life_size=None, is_one_to_one=False, width=width, height_mm=0.0
        )
    one_to_one = life_size is not None and image.real_mm is not None and fits
    plan = ScalePlan(
        image=image, life_size=life_size, is_one_to_one=one_to_one, width=width, height_mm=0.0
    )
    low = COARSE_PPI - 1
    coarsest = (f"Scale {NOT_CALIBRATED_AT_ALL}{_and_ppi(low)}", _known_words(plan, low))
    tallest = max(wrapped(words, _REST, width).height_mm for words in coarsest)
    return ScalePlan(
        image=image,
        life_size=life_size,
        is_one_to_one=one_to_one,
        width=width,
        height_mm=tallest + (_HEAD_MM if plan.is_known else 0.0),
    )


def picture_box(plan: ScalePlan, picture: PaperImage, room: Box) -> tuple[Box, float]:
    """Where an upright picture stands, centred, and how many times life size it is; 0.0 where
    nobody knows. As large as it fits, but not above its own 150 ppi and not nearly life size."""
    pixels = upright_size(picture)
    real = _real_mm(plan.image, pixels)
    if real and plan.is_one_to_one:
        wide, high = real
        factor = 1.0
    else:
        scale = min(room.width / pixels[0], room.height / pixels[1], 25.4 / LEAST_PPI)
        factor = scale * pixels[0] / real[0] if real else 0.0
        scale *= clearly_not_life_size(factor) / factor if factor else 1.0
        factor = clearly_not_life_size(factor)
        wide, high = pixels[0] * scale, pixels[1] * scale
    return Box(room.x + (room.width - wide) / 2, room.y, wide, high), factor


def draw_scale(
    pen: Pen, plan: ScalePlan, box: Box, *, factor: float = 0.0, ppi: float = 0.0
) -> None:
    """The words under a picture that stands at `factor` times life size, with a bar of so many
    millimetres of what it shows."""
    if not plan.height_mm:
        return
    if not plan.is_known:
        pen.write(wrapped(f"Scale {NOT_CALIBRATED}{_and_ppi(ppi)}", _REST, box.width), box)
        return
    if not factor:
        unsaid = NOT_CALIBRATED_AT_ALL if plan.life_size else NOT_CALIBRATED
        head, rest = "Scale unknown", f"{unsaid}{_and_ppi(ppi)}"
    elif plan.is_one_to_one:
        head, rest = LIFE_SIZE, _known_words(plan, ppi)
    else:
        head, rest = f"{times_words(factor)} × life size", _known_words(plan, ppi)
    first = SetText(lines=(head,), lettering=_HEAD)
    pen.write(first, box)
    if factor:
        _draw_bar(pen, box.top(_HEAD_MM).beside(first.width_mm + _GAP_MM), factor)
    pen.write(wrapped(rest, _REST, box.width), box.below(_HEAD_MM))


def _draw_bar(pen: Pen, room: Box, factor: float) -> None:
    for length in _LENGTHS:
        label = SetText(lines=(f"{length} mm",), lettering=_REST)
        long = length * factor
        if long <= min(_LONGEST_BAR_MM, room.width - label.width_mm - 1.5):
            bar = Box(room.x, room.y + 0.6, long, _BAR_MM)
            step = next(one for one in (1, 5, 10, length) if one * factor >= 0.9 or one == length)
            pen.ruler_of(bar, millimetres=length, every=min(step, length))
            pen.write(label, room.beside(long + 1.5).below(0.2))
            return


def _known_words(plan: ScalePlan, ppi: float) -> str:
    """What is said of a picture whose factor is known, after the factor."""
    if plan.is_one_to_one and plan.life_size is not None:
        said = printable(plan.life_size.words, what="What is known of the printer")
        begin = "Life size certified" if plan.life_size.is_certain else "Life size not certified"
        return f"{begin}: {said[:1].lower()}{said[1:].rstrip('.')}; {PLANE}{_and_ppi(ppi)}."
    larger = "Too large for life size on this paper; " if plan.life_size is not None else ""
    return f"{larger}{PLANE}{_and_ppi(ppi)}"


def _and_ppi(ppi: float) -> str:
    return f"; {_ppi_words(ppi)}" if ppi else ""


def _ppi_words(ppi: float) -> str:
    """The effective resolution on paper, with a warning where it is low (R80)."""
    if ppi < COARSE_PPI:
        return f"only {ppi:.0f} ppi on paper, {COARSE}"
    return f"{ppi:.0f} ppi on paper"


def _real_mm(image: SheetImage, pixels: tuple[int, int]) -> tuple[float, float] | None:
    """What the picture shows, unless its shape is not that of what was measured."""
    real = image.real_mm
    return real if real is not None and is_of_shape(pixels, real) else None
