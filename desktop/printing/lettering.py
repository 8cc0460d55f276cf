"""Text that is measured before it is drawn: wrapped or shrunk, never cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.printing.faces import clusters
from desktop.printing.fonts import text_width
from desktop.printing.problems import TextTooLong

SMALLEST = 7.0
"""Points. Nothing on any sheet is smaller (a mono laser breaks smaller text)."""

_NAME_SIZES = (
    *((14.0, 1), (13.0, 1), (12.0, 1), (11.0, 1)),
    *((11.0, 2), (10.0, 2), (9.0, 2), (8.0, 2), (7.0, 3)),
)
_JOINTS = "-/_"
_LEADING = 1.32
_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """A font at a size in points."""

    font: str
    size: float

    @property
    def line_mm(self) -> float:
        """The height of one line, high marks and descenders included."""
        return self.size * _LEADING * _POINT

    @property
    def baseline_mm(self) -> float:
        """How far the baseline lies under the top of its line."""
        return self.size * 1.02 * _POINT

    def width_mm(self, text: str) -> float:
        """The width of one line of text."""
        return text_width(text, self.font, self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText:
    """Lines that are known to fit the width they were set for."""

    lines: tuple[str, ...]
    lettering: Lettering

    @property
    def height_mm(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.lettering.line_mm

    @property
    def width_mm(self) -> float:
        """The width of the widest line."""
        return max(map(self.lettering.width_mm, self.lines), default=0.0)


def wrapped(text: str, lettering: Lettering, width_mm: float) -> SetText:
    """`text` broken at spaces to `width_mm`; a word wider than that is broken between letters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap(paragraph, lettering, width_mm)
    return SetText(lines=tuple(lines), lettering=lettering)


def fitted(
    text: str, *, font: str, sizes: tuple[float, ...], width_mm: float, what: str
) -> SetText:
    """`text` on one line at the first of `sizes` that fits; raises TextTooLong if none does."""
    for size in sizes:
        lettering = Lettering(font=font, size=size)
        if lettering.width_mm(text) <= width_mm:
            return SetText(lines=(text,), lettering=lettering)
    raise TextTooLong(what=what, text=text)


def shrunk(
    text: str, *, font: str, steps: Sequence[tuple[float, int]], width_mm: float, what: str
) -> SetText:
    """`text` at the first step, a size and how many lines it may have, at which it fits. Raises
    TextTooLong rather than cut it."""
    for size, most in steps:
        words = wrapped(text, Lettering(font=font, size=size), width_mm)
        if len(words.lines) <= most:
            return words
    raise TextTooLong(what=what, text=text)


def fitted_name(text: str, *, font: str, width_mm: float, height_mm: float, what: str) -> SetText:
    """A name as large as its box allows: on one line down to 11 points, then on more lines down
    to 7. Raises TextTooLong rather than cut it."""
    for size, most in _NAME_SIZES:
        name = wrapped(text, Lettering(font=font, size=size), width_mm)
        if len(name.lines) <= most and name.height_mm <= height_mm:
            return name
    raise TextTooLong(what=what, text=text)


def _wrap(paragraph: str, lettering: Lettering, width_mm: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if lettering.width_mm(longer) <= width_mm:
            line = longer
            continue
        if line:
            lines.append(line)
        *broken, line = _broken(word, lettering, width_mm)
        lines += broken
    return [*lines, line]


def _broken(word: str, lettering: Lettering, width_mm: float) -> list[str]:
    """In pieces that fit: after a hyphen or a stroke where there is one, else between letters."""
    pieces: list[str] = []
    piece = ""
    for letter in clusters(word):
        while piece and lettering.width_mm(piece + letter) > width_mm:
            kept = max(piece.rfind(joint) for joint in _JOINTS) + 1 or len(piece)
            pieces.append(piece[:kept])
            piece = piece[kept:]
        piece += letter
    return [*pieces, piece]
