"""The foot of every page: who printed it, where it belongs, whose it is, and the check bar."""

from dataclasses import dataclass
from datetime import datetime

from desktop.printing.boxes import Box, Layout
from desktop.printing.fonts import BOLD, SANS, printable
from desktop.printing.lettering import SMALLEST, Lettering, SetText, wrapped
from desktop.printing.pen import Pen
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.patient import short_date

CHECK_BAR_MM = 50.0
CHECK_BAR_LABEL = "This line is 50 mm at actual size."
COLOUR_LABEL = "Colour check (printer, not patient)"
MOST_PAGES = 99
"""A page code has two digits for the page."""

_UNBROKEN = "\u00a0"
_LABEL = Lettering(font=SANS, size=SMALLEST)
_BOLD = Lettering(font=BOLD, size=SMALLEST)
_TOP_MM = 1.5
_BAR_GAP_MM = 4.0
_BAR_ROOM_MM = 9.0
_COLOURS_MM = 8.6
_COLOURS = (
    (0.80, 0.10, 0.15),
    (0.10, 0.55, 0.20),
    (0.15, 0.30, 0.70),
    (0.95, 0.80, 0.70),
    (0.75, 0.52, 0.38),
    (0.36, 0.22, 0.15),
    (1.00, 1.00, 1.00),
    (0.75, 0.75, 0.75),
    (0.40, 0.40, 0.40),
    (0.00, 0.00, 0.00),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What stands at the foot: `lines` in their order, and the `identifiers` last and bold, with
    the page; the check bar at the right, or below where the paper is narrow. `has_colours` for a
    page that shows photographs: patches to hold the printer's colours against."""

    lines: tuple[str, ...]
    paper: Paper
    identifiers: str = ""
    has_colours: bool = False

    def height(self, width: float) -> float:
        """What it takes of an area so wide, whatever the number of its page."""
        words = _TOP_MM + sum(
            text.height_mm for text in self._set(MOST_PAGES, MOST_PAGES, self._words_mm(width))
        )
        if self._is_narrow:
            return words + _BAR_ROOM_MM
        return max(words, _BAR_ROOM_MM + (_COLOURS_MM if self.has_colours else 0.0))

    def draw(self, pen: Pen, box: Box, *, page: int, total: int) -> None:
        """Draw it into a box of its height."""
        inside = Layout(box)
        pen.rule(x=box.x, y=box.y, width=box.width)
        width = self._words_mm(box.width)
        low = _BAR_ROOM_MM if self._is_narrow else 0.0
        words = inside.place("foot words", box.left(width).top(box.height - low))
        y = 1.0
        for text in self._set(page, total, width):
            pen.write(text, words.below(y))
            y += text.height_mm
        if self._is_narrow:
            bars = box.below(box.height - low)
        else:
            bars = box.beside(box.width - CHECK_BAR_MM)
        self._draw_bars(pen, inside.place("check bars", bars))

    @property
    def _is_narrow(self) -> bool:
        return self.paper is Paper.A5

    def _words_mm(self, width: float) -> float:
        return width if self._is_narrow else width - CHECK_BAR_MM - _BAR_GAP_MM

    def _set(self, page: int, total: int, width: float) -> list[SetText]:
        numbering = _UNBROKEN.join(("page", str(page), "of", str(total)))
        last = f"{self.identifiers} · {numbering}" if self.identifiers else numbering.capitalize()
        return [
            *(wrapped(line, _LABEL, width) for line in self.lines),
            wrapped(last, _BOLD, width),
        ]

    def _draw_bars(self, pen: Pen, box: Box) -> None:
        """The check bar; the colours over it, or left of it where the paper is narrow."""
        inside = Layout(box)
        bar = box.beside(box.width - CHECK_BAR_MM)
        if self.has_colours:
            strip = box.below(1.0).left(CHECK_BAR_MM) if self._is_narrow else box.below(1.8)
            _draw_colours(pen, inside, strip)
        ruler = bar.below(10.6 if self.has_colours and not self._is_narrow else 2.0)
        pen.ruler(inside.place("check bar", ruler.top(2.6)))
        caption = wrapped(CHECK_BAR_LABEL, _LABEL, bar.width)
        pen.write(caption, inside.place("check bar label", ruler.below(2.8)))


def zoned(moment: datetime) -> str:
    """A moment with its zone as printed: 23 Nov 2026 14:05 NZDT."""
    return f"{short_date(moment.date())} {moment:%H:%M} {moment.tzname() or ''}".strip()


def printed_words(at: datetime, by: str) -> str:
    """Who printed it and when. Raises UnprintableText."""
    return f"Printed {zoned(at)} by {printable(by, what='The name of who prints')}."


def return_words(organisation: str, address: str) -> str:
    """What whoever finds the page has to know, and where it belongs."""
    back = ", ".join(part for part in (organisation, one_line(address)) if part)
    return f"CONFIDENTIAL HEALTH INFORMATION. If found, return to {back.rstrip('.')}."


def file_words(volume: str) -> str:
    """Where in the hard file the page belongs; a line to write on where nobody said."""
    return f"File in the patient's chart, volume {volume or '________'}."


def one_line(text: str) -> str:
    """Lines of an address on one."""
    return ", ".join(part.strip() for part in text.split("\n") if part.strip())


def _draw_colours(pen: Pen, inside: Layout, strip: Box) -> None:
    patches = inside.place("colour strip", strip.top(3.6))
    width = patches.width / len(_COLOURS)
    for place, colour in enumerate(_COLOURS):
        pen.fill(patches.beside(place * width).left(width), rgb=colour)
    pen.outline(patches)
    label = SetText(lines=(COLOUR_LABEL,), lettering=_LABEL)
    pen.write(label, inside.place("colour label", strip.below(3.8).top(label.height_mm)))
