"""Papers of rows that run over as many pages as they need, each page with its header."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS, printable
from desktop.printing.frame import MOST_PAGES, printing_area
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.pen import Pen
from desktop.printing.plain_page import draw_signatures
from desktop.printing.problems import SheetTooLong, TextTooLong
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import grouped, page_code

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
_QR_MM = 18.0
_NUMBER_MM = 35.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Texts side by side, each with its place from the left in mm, under a gap. One that
    `keeps_next` never stands last on its page.

    A row of a form has more: a line to write on from `line_from` to the right edge, at the foot of
    the row; `boxes` to tick at their places, with a cross where one is ticked; `least` mm of room
    for a hand; and `rules`, further lines at the foot, each with its place and width.
    """

    texts: tuple[tuple[float, SetText], ...]
    gap: float = 0.0
    keeps_next: bool = False
    line_from: float | None = None
    boxes: tuple[tuple[float, bool], ...] = ()
    least: float = 0.0
    rules: tuple[tuple[float, float], ...] = ()

    @property
    def height(self) -> float:
        """What the row takes, with its gap."""
        return self.gap + max(self.least, *(text.height_mm for _, text in self.texts), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedPaper:
    """What every page says at its top, and what is signed on the last. `number` is empty for a
    paper that has none, `patient` for one that names none: else both identifiers stand on every
    page. With a `code`, each page has that number with its own page and check digits, as a square
    code and below it. `foot` stands small at the foot of every page."""

    title: str
    organisation: str
    number: str
    signatures: tuple[str, ...]
    paper: Paper
    patient: str = ""
    code: str = ""
    foot: str = ""

    @property
    def width(self) -> float:
        """The room of a row in mm."""
        return printing_area(self.paper).width

    @property
    def body(self) -> Box:
        """What is left of each page under its header, and over what is signed and its foot."""
        area = printing_area(self.paper)
        sign = _SIGN_MM if self.signatures else 2.0
        return area.below(_header_mm(self)).top(
            area.height - _header_mm(self) - sign - _foot(self).height_mm
        )


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


DrawPage = Callable[[PdfDocument, Pen, Layout], None]


def paged_rows_pdf(about: PagedPaper, rows: Sequence[Row]) -> bytes:
    """The paper as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    body = about.body

    def drawn(shown: Sequence[Row]) -> DrawPage:
        return lambda _document, pen, layout: _draw_rows(pen, layout, body.y, shown)

    return drawn_pages_pdf(about, [drawn(shown) for shown in _pages(rows, body.height)])


def drawn_pages_pdf(about: PagedPaper, pages: Sequence[DrawPage]) -> bytes:
    """A paper whose pages draw themselves into `about.body`, under the header and over the foot
    that all pages share. Raises as `paged_rows_pdf`."""
    area = printing_area(about.paper)
    head = _Head(about)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=about.paper, title=about.title.capitalize())
    pen = Pen(document)
    foot = _foot(about)
    for place, draw in enumerate(pages, start=1):
        layout = Layout(area)
        head.draw(pen, layout, page=place, total=len(pages))
        draw(document, pen, layout)
        if place == len(pages) and about.signatures:
            draw_signatures(pen, layout, area.bottom - foot.height_mm - 5.0, about.signatures)
        if about.foot:
            pen.write(foot, layout.place("foot", area.below(area.height - foot.height_mm)))
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


class _Head:
    """The header of every page, set once. Raises UnprintableText or TextTooLong."""

    def __init__(self, about: PagedPaper) -> None:
        self._about = about
        self._box = printing_area(about.paper).top(_header_mm(about) - 4.0)
        qr = _QR_MM + 2.0 if about.code else 0.0
        upper = self._box.top(_HEADER_MM - 4.0)
        self._right = upper.left(upper.width - qr).beside(
            upper.width - qr - (_NUMBER_MM if about.code else 56.0)
        )
        self._left = upper.left(self._right.x - upper.x - 2.0)
        self._title = _title(about.title, self._left.width)
        self._organisation = fitted(
            printable(about.organisation, what="The organisation"),
            font=SANS,
            sizes=(11.0, 10.0, 9.0, 8.0, SMALLEST),
            width_mm=self._left.width,
            what="The organisation",
        )
        self._patient = _patient(about)

    def draw(self, pen: Pen, layout: Layout, *, page: int, total: int) -> None:
        """Draw it on one page."""
        about, box, left = self._about, layout.place("header", self._box), self._left
        inside = Layout(box)
        height = self._title.height_mm
        pen.write(self._title, inside.place("title", left.top(height)))
        pen.write(self._organisation, inside.place("organisation", left.below(height + 0.6)))
        if about.code:
            code = page_code(about.code, page)
            pen.qr(code, inside.place("qr", box.beside(box.width - _QR_MM).top(_QR_MM)))
            self._write_number(pen, inside, grouped(code), 8.0)
        elif about.number:
            self._write_number(pen, inside, about.number, 11.0)
        if about.patient:
            patient = box.below(_HEADER_MM - 4.0).left(self._patient.width_mm + 0.1)
            pen.write(self._patient, inside.place("patient", patient))
        numbering = SetText(lines=(f"Page {page} of {total}",), lettering=TEXT)
        pen.write(numbering, inside.place("page", self._right.below(8.0)), align="right")
        pen.rule(x=box.x, y=box.bottom + 0.5, width=box.width, line_mm=0.35)

    def _write_number(self, pen: Pen, inside: Layout, number: str, size: float) -> None:
        text = fitted(
            f"No. {number}",
            font=MONO,
            sizes=(size, 7.5, SMALLEST),
            width_mm=self._right.width,
            what="The number",
        )
        pen.write(text, inside.place("number", self._right.top(7.0)), align="right")


def _title(text: str, width: float) -> SetText:
    """On one line where it fits, else on two of a smaller size. Raises TextTooLong."""
    for size in (*_TITLE_SIZES, 11.0, 10.0):
        title = wrapped(text, Lettering(font=BOLD, size=size), width)
        if len(title.lines) == 1 or (size <= 11.0 and len(title.lines) == 2):
            return title
    raise TextTooLong(what="The title", text=text)


def _patient(about: PagedPaper) -> SetText:
    """Both identifiers on one line, or on two where the name is long. Raises UnprintableText, or
    TextTooLong rather than cut it."""
    width = about.width - (_QR_MM + 2.0 if about.code else 0.0)
    text = printable(about.patient, what="The patient")
    for size, most in ((10.0, 1), (9.0, 1), (9.0, 2), (8.0, 2), (SMALLEST, 3)):
        set_ = wrapped(text, Lettering(font=BOLD, size=size), width)
        if len(set_.lines) <= most:
            return set_
    raise TextTooLong(what="The patient", text=text)


def _foot(about: PagedPaper) -> SetText:
    if not about.foot:
        return SetText(lines=(), lettering=SMALL)
    return wrapped(printable(about.foot, what="The foot of the page"), SMALL, about.width)


def _header_mm(about: PagedPaper) -> float:
    if about.patient:
        return _HEADER_MM + max(_PATIENT_MM, _patient(about).height_mm + 0.8)
    return _HEADER_MM + (2.0 if about.code else 0.0)


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
        for x, width in row.rules:
            pen.rule(x=box.x + x, y=box.bottom - 0.4, width=width)
        for x, is_ticked in row.boxes:
            _draw_tick_box(pen, Box(box.x + x, box.y + 0.2, TICK_BOX_MM, TICK_BOX_MM), is_ticked)
        y += row.height


def _draw_tick_box(pen: Pen, box: Box, is_ticked: bool) -> None:
    pen.outline(box, line_mm=0.3)
    if is_ticked:
        cross = SetText(lines=("X",), lettering=_CROSS)
        pen.write(cross, Box(box.x - 1.0, box.y - 0.3, box.width + 2.0, 6.0), align="centre")
