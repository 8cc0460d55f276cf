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
_TITLE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
_HEADER_MM = 21.0
_SIGN_MM = 16.0
_COLUMN_GAP_MM = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Texts side by side, each with its place from the left in mm, under a gap. One that
    `keeps_next` never stands last on its page."""

    texts: tuple[tuple[float, SetText], ...]
    gap: float = 0.0
    keeps_next: bool = False

    @property
    def height(self) -> float:
        """What the row takes, with its gap."""
        return self.gap + max(text.height_mm for _, text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedPaper:
    """What every page says at its top, and what is signed on the last. `number` is empty for a
    paper that has none."""

    title: str
    organisation: str
    number: str
    signatures: tuple[str, ...]
    paper: Paper

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
    pages = _pages(rows, area.height - _HEADER_MM - _SIGN_MM)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=about.paper, title=about.title.capitalize())
    pen = Pen(document)
    for place, shown in enumerate(pages, start=1):
        layout = Layout(area)
        _draw_header(pen, layout, about, organisation, f"Page {place} of {len(pages)}")
        _draw_rows(pen, layout, shown)
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
    box = layout.place("header", area.top(_HEADER_MM - 4.0))
    inside = Layout(box)
    left, right = box.left(box.width - 58.0), box.beside(box.width - 56.0)
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
    page = SetText(lines=(numbering,), lettering=TEXT)
    pen.write(page, inside.place("page", right.below(8.0)), align="right")
    pen.rule(x=area.x, y=box.bottom + 0.5, width=area.width, line_mm=0.35)


def _draw_rows(pen: Pen, layout: Layout, rows: Sequence[Row]) -> None:
    y = layout.area.y + _HEADER_MM
    for place, row in enumerate(rows):
        box = layout.place(
            f"row {place}",
            Box(layout.area.x, y + row.gap, layout.area.width, row.height - row.gap),
        )
        for x, text in row.texts:
            pen.write(text, box.beside(x))
        y += row.height
