"""The comparison sheet: one site at two to six times, at one scale where a scale is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS, printable
from desktop.printing.lettering import SMALLEST, Lettering, SetText, shrunk, wrapped
from desktop.printing.paged_rows import PagedPaper, drawn_pages_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.papers.pictures import ListedImage, draw_listed
from desktop.printing.pen import Pen
from desktop.printing.problems import TextTooLong
from desktop.records.rules.measuring import is_of_shape, times_words

TITLE = "COMPARISON OF ONE SITE"
FEWEST, MOST = 2, 6
NOT_ONE_SCALE = "Scale not known of all: not at one scale. Compare no sizes, do not measure."
ONE_SCALE = (
    "All at {times} life size, by the scales laid on them; below each, 10 mm of the subject. "
    "Measure on paper only if the printer's check page measured right."
)

_GAP_MM = 4.0
_CAPTION_MM = 9.6
_BAR_MM = 5.0
_LEAST_CELL_MM = 30.0
_WHEN = Lettering(font=BOLD, size=9.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_NUMBER = Lettering(font=MONO, size=SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedImage:
    """One image, and the day it was taken; None where nobody knows."""

    image: ListedImage
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSheet:
    """Two to six images of one site, the oldest first."""

    head: Letterhead
    site: str
    images: Sequence[ComparedImage]


def comparison_sheet_pdf(sheet: ComparisonSheet) -> bytes:
    """The sheet as a PDF of one page. Raises UnprintableText or TextTooLong before anything is
    drawn, ValueError for fewer or more images, and what asking for a picture raises."""
    if not FEWEST <= len(sheet.images) <= MOST:
        raise ValueError(f"{len(sheet.images)} images cannot be compared")
    about = sheet.head.about(TITLE, has_colours=True)
    return drawn_pages_pdf(about, [_Page(sheet, about).draw])


def days_words(day: date | None, first: date | None) -> str:
    """How long after the first an image was taken."""
    if day is None or first is None:
        return "days not known"
    days = (day - first).days
    return "first" if days == 0 else f"{days:+,} {'day' if abs(days) == 1 else 'days'}"


class _Page:
    def __init__(self, sheet: ComparisonSheet, about: PagedPaper) -> None:
        self._sheet = sheet
        body = about.body
        self._site = shrunk(
            printable(sheet.site, what="The body site"),
            font=BOLD,
            steps=((11.0, 1), (10.0, 2), (9.0, 3), (8.0, 4)),
            width_mm=body.width,
            what="The body site",
        )
        # The longer of the two sentences: which it is depends on the room they leave.
        room_mm = wrapped(ONE_SCALE, _SMALL, body.width).height_mm
        self._top = body.top(self._site.height_mm + 0.3 + room_mm + 2.0)
        self._cells = _cells(body.below(self._top.height), len(sheet.images))
        if self._cells[0].height < _LEAST_CELL_MM:
            raise TextTooLong(what="The body site", text=sheet.site)
        room = _room(self._cells[0])
        sizes = [one.image.real_mm for one in sheet.images]
        known = [size for size in sizes if size]
        self._factor = 0.0
        if len(known) == len(sizes):
            self._factor = snapped(
                min(min(room.width / wide, room.height / high) for wide, high in known)
            )

    def draw(self, document: PdfDocument, pen: Pen, layout: Layout) -> None:
        head = layout.place("site", self._top)
        pen.write(self._site, head)
        said = ONE_SCALE.format(times=f"{self._factor:.2f} x") if self._factor else NOT_ONE_SCALE
        pen.write(wrapped(said, _SMALL, head.width), head.below(self._site.height_mm + 0.3))
        first = self._sheet.images[0].day
        pairs = zip(self._sheet.images, self._cells, strict=True)
        for place, (one, cell) in enumerate(pairs):
            layout.place(f"image {place}", cell)
            pen.write(SetText(lines=(one.image.taken,), lettering=_WHEN), cell)
            days = SetText(lines=(days_words(one.day, first),), lettering=_WHEN)
            pen.write(days, cell, align="right")
            number = SetText(lines=(one.image.number,), lettering=_NUMBER)
            pen.write(number, cell.below(_WHEN.line_mm))
            shown = draw_listed(document, pen, one.image, _room(cell), factor=self._factor)
            times = _times(one.image, shown)
            said = f"{times_words(times)} × life size" if times else "scale unknown"
            scale = SetText(lines=(said,), lettering=_SMALL)
            pen.write(scale, cell.below(_WHEN.line_mm), align="right")
            if self._factor and times:
                bar = Box(shown.x, shown.bottom + 1.2, 10.0 * self._factor, 2.4)
                if cell.holds(bar):
                    pen.ruler_of(bar, millimetres=10)


def _times(image: ListedImage, shown: Box) -> float:
    """How many times life size it is; 0.0 where nobody knows."""
    real = image.real_mm
    if real is None or not is_of_shape((shown.width, shown.height), real):
        return 0.0
    return shown.width / real[0]


def snapped(factor: float) -> float:
    """Life size, or clearly not: what is nearly life size would be taken for it."""
    if factor >= 1.0:
        return 1.0
    return min(factor, 0.85)


def _room(cell: Box) -> Box:
    return cell.below(_CAPTION_MM).top(cell.height - _CAPTION_MM - _BAR_MM)


def _cells(body: Box, count: int) -> list[Box]:
    columns = 1 if count == FEWEST and body.height > 1.1 * body.width else 2
    rows = -(-count // columns)
    width = (body.width - (columns - 1) * _GAP_MM) / columns
    height = (body.height - (rows - 1) * _GAP_MM) / rows
    return [
        Box(
            body.x + place % columns * (width + _GAP_MM),
            body.y + place // columns * (height + _GAP_MM),
            width,
            height,
        )
        for place in range(count)
    ]
