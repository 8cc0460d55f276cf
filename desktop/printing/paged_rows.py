"""Papers of rows that run over as many pages as they need, each page with its header."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS, printable
from desktop.printing.frame import MOST_PAGES, printing_area
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.pen import Pen
from desktop.printing.plain_page import draw_signatures
from desktop.printing.problems import SheetTooLong
from desktop.printing.record_sheet_model import Paper

TEXT = Lettering(font=SANS, size=9.0)
TEXT_BOLD = Lettering(font=BOLD, size=9.0)
HEADING = Lettering(font=BOLD, size=11.0)
SMALL = Lettering(font=SANS, size=SMALLEST)
TICK_BOX_MM = 4.0
_CROSS = Lettering(font=BOLD, size=9.0)
_PATIENT_MM = 5.5
_TITLE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
_HEADER_MM = 21.0
_SIGN_MM = 16.0
_COLUMN_GAP_MM = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Texts side by side, each with its place from the left in mm, under a gap. One that
    `keeps_next` never stands last on its page.

    A row of a form has more: a line to write on from `line_from` to the right edge, at the foot of
    the row; `boxes` to tick at their places, with a cross where one is ticked; and `least` mm of
    room for a hand.
    """

    texts: tuple[tuple[float, SetText], ...]
    gap: float = 0.0
    keeps_next: bool = False
    line_from: float | None = None
    boxes: tuple[tuple[float, bool], ...] = ()
    least: float = 0.0

    @property
    def height(self) -> float:
        """What the row takes, with its gap."""
        return self.gap + max(self.least, *(text.height_mm for _, text in self.texts), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedPaper:
    """What every page says at its top, and what is signed on the last. `number` is empty for a
    paper that has none, `patient` for one that names none: else both identifiers stand on every
    page."""

    title: str
    organisation: str
    number: str
    signatures: tuple[str, ...]
    paper: Paper
    patient: str = ""

    @property
    def width(self) -> float:
        """The room of a row in mm."""
        return printing_area(self.paper).width


def running(
    text: str,
    width: float,
    lettering: Lettering = TEXT,
    *,
    gap: float = 1.0,
    keeps_next: bool = False,
) -> Row:
    """Words over the whole width."""
    return Row(texts=((0.0, wrapped(text, lettering, width)),), gap=gap, keeps_next=keeps_next)


def heading(text: str, width: float) -> Row:
    """A heading, which stays with what follows."""
    return running(text, width, HEADING, gap=4.0, keeps_next=True)


def captioned(caption: str, text: str, width: float, *, at: float = 27.0) -> Row:
    """A caption, and what is said of it beside."""
    name = SetText(lines=(caption,), lettering=TEXT_BOLD)
    return Row(texts=((0.0, name), (at, wrapped(text, TEXT, width - at))), gap=0.5)


def columns(
    texts: Sequence[str],
    places: Sequence[float],
    width: float,
    lettering: Lettering = TEXT,
    *,
    gap: float = 0.4,
    keeps_next: bool = False,
) -> Row:
    """Texts at these places from the left; each wraps in front of the next."""
    ends = (*places[1:], width + _COLUMN_GAP_MM)
    set_ = tuple(
        (place, wrapped(text, lettering, end - place - _COLUMN_GAP_MM))
        for text, place, end in zip(texts, places, ends, strict=True)
    )
    return Row(texts=set_, gap=gap, keeps_next=keeps_next)


def paged_rows_pdf(about: PagedPaper, rows: Sequence[Row]) -> bytes:
    """The paper as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    area = printing_area(about.paper)
    organisation = fitted(
        printable(about.organisation, what="The organisation"),
        font=SANS,
        sizes=(11.0, 10.0, 9.0, 8.0, SMALLEST),
        width_mm=area.width - 60.0,
        what="The organisation",
    )
    pages = _pages(rows, area.height - _header_mm(about) - _SIGN_MM)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=about.paper, title=about.title.capitalize())
    pen = Pen(document)
    for place, shown in enumerate(pages, start=1):
        layout = Layout(area)
        _draw_header(pen, layout, about, organisation, f"Page {place} of {len(pages)}")
        _draw_rows(pen, layout, area.y + _header_mm(about), shown)
        if place == len(pages) and about.signatures:
            draw_signatures(pen, layout, area.bottom - 5.0, about.signatures)
        document.end_page()
    document.close()
    return gathered.getvalue()


def _pages(rows: Sequence[Row], room: float) -> list[list[Row]]:
    """The rows page by page; one that keeps the next never stands last on its page."""
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in rows:
        if used + row.height > room:
            carried: list[Row] = []
            while len(pages[-1]) > 1 and pages[-1][-1].keeps_next:
                carried.insert(0, pages[-1].pop())
            pages.append(carried)
            used = sum(one.height for one in carried)
        pages[-1].append(row)
        used += row.height
    return pages


def _draw_header(
    pen: Pen, layout: Layout, about: PagedPaper, organisation: SetText, numbering: str
) -> None:
    area = layout.area
    box = layout.place("header", area.top(_header_mm(about) - 4.0))
    inside = Layout(box)
    upper = box.top(_HEADER_MM - 4.0)
    left, right = upper.left(box.width - 58.0), upper.beside(box.width - 56.0)
    title = fitted(
        about.title, font=BOLD, sizes=_TITLE_SIZES, width_mm=left.width, what="The title"
    )
    pen.write(title, inside.place("title", left.top(title.height_mm)))
    pen.write(organisation, inside.place("organisation", left.below(title.height_mm + 1.0)))
    if about.number:
        number = fitted(
            f"No. {about.number}", font=MONO, sizes=(11.0,), width_mm=right.width, what="The number"
        )
        pen.write(number, inside.place("number", right.top(7.0)), align="right")
    if about.patient:
        patient = fitted(
            printable(about.patient, what="The patient"),
            font=BOLD,
            sizes=(10.0, 9.0, 8.0, SMALLEST),
            width_mm=area.width,
            what="The patient",
        )
        pen.write(patient, inside.place("patient", box.below(_HEADER_MM - 4.0)))
    page = SetText(lines=(numbering,), lettering=TEXT)
    pen.write(page, inside.place("page", right.below(8.0)), align="right")
    pen.rule(x=area.x, y=box.bottom + 0.5, width=area.width, line_mm=0.35)


def _header_mm(about: PagedPaper) -> float:
    return _HEADER_MM + (_PATIENT_MM if about.patient else 0.0)


def _draw_rows(pen: Pen, layout: Layout, y: float, rows: Sequence[Row]) -> None:
    for place, row in enumerate(rows):
        box = layout.place(
            f"row {place}",
            Box(layout.area.x, y + row.gap, layout.area.width, row.height - row.gap),
        )
        for x, text in row.texts:
            pen.write(text, box.beside(x))
        if row.line_from is not None:
            width = box.width - row.line_from
            pen.rule(x=box.x + row.line_from, y=box.bottom - 0.4, width=width)
        for x, is_ticked in row.boxes:
            _draw_tick_box(pen, Box(box.x + x, box.y + 0.2, TICK_BOX_MM, TICK_BOX_MM), is_ticked)
        y += row.height


def _draw_tick_box(pen: Pen, box: Box, is_ticked: bool) -> None:
    pen.outline(box, line_mm=0.3)
    if is_ticked:
        cross = SetText(lines=("X",), lettering=_CROSS)
        pen.write(cross, Box(box.x - 1.0, box.y - 0.3, box.width + 2.0, 6.0), align="centre")
