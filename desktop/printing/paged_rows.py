"""Papers of rows that run over as many pages as they need, each page with its header."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS, printable
from desktop.printing.foot import MOST_PAGES, Foot
from desktop.printing.lettering import SMALLEST, Lettering, SetText, wrapped
from desktop.printing.margins import begin_page, printing_area
from desktop.printing.paged_head import Head, HeadWords
from desktop.printing.pen import Pen
from desktop.printing.plain_page import draw_signatures
from desktop.printing.problems import SheetTooLong, TextTooLong
from desktop.printing.record_sheet_model import Paper

TEXT = Lettering(font=SANS, size=9.0)
TEXT_BOLD = Lettering(font=BOLD, size=9.0)
HEADING = Lettering(font=BOLD, size=11.0)
SMALL = Lettering(font=SANS, size=SMALLEST)
SMALL_BOLD = Lettering(font=BOLD, size=SMALLEST)
TICK_BOX_MM = 4.0
_CROSS = Lettering(font=BOLD, size=9.0)
_UNDER_HEAD_MM = 3.0
_SIGN_MM = 16.0
_LEAST_BODY_MM = 60.0
_COLUMN_GAP_MM = 3.0
_KEPT_MM = 20.0  # what a heading and the titles of columns take over a row of several pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Texts side by side, each with its place from the left in mm, under a gap. One that
    `keeps_next` never stands last on its page.

    A row of a form has more: a line to write on from `line_from` to the right edge, at the foot of
    the row; `boxes` to tick at their places, with a cross where one is ticked; `least` mm of room
    for a hand; and `rules`, further lines at the foot, each with its place and width.

    `again` are the rows that stand over it once more where it is the first on a page: the titles of
    its columns, and of what it is a part.
    """

    texts: tuple[tuple[float, SetText], ...]
    gap: float = 0.0
    keeps_next: bool = False
    line_from: float | None = None
    boxes: tuple[tuple[float, bool], ...] = ()
    least: float = 0.0
    rules: tuple[tuple[float, float], ...] = ()
    again: tuple[Self, ...] = ()

    @property
    def height(self) -> float:
        """What the row takes, with its gap."""
        return self.gap + max(self.least, *(text.height_mm for _, text in self.texts), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedPaper:
    """What every page says at its top and its foot, and what is signed on the last. `code`, `copy`
    and `patient` are those of `HeadWords`; `foot` is the lines of its `Foot`, in
    which the patient stands again. `two_sided` binds backs at the right; `is_grey` is said beside
    the page. The `logo` stands beside the organisation."""

    title: str
    organisation: str
    signatures: tuple[str, ...]
    paper: Paper
    patient: str = ""
    code: str = ""
    copy: int = 0
    foot: tuple[str, ...] = ()
    has_colours: bool = False
    two_sided: bool = False
    is_grey: bool = False
    logo: PaperImage | None = None

    @property
    def width(self) -> float:
        """The room of a row in mm."""
        return printing_area(self.paper).width

    @property
    def head(self) -> Head:
        """The head of each page. Raises UnprintableText or TextTooLong."""
        words = HeadWords(
            title=self.title,
            organisation=self.organisation,
            patient=self.patient,
            code=self.code,
            copy=self.copy,
            paper=self.paper,
            is_grey=self.is_grey,
            logo=self.logo,
        )
        return Head(words, self.width)

    @property
    def bottom(self) -> Foot:
        """The foot of each page. Raises UnprintableText."""
        return Foot(
            lines=tuple(printable(line, what="The foot of the page") for line in self.foot),
            identifiers=printable(self.patient, what="The patient"),
            paper=self.paper,
            has_colours=self.has_colours,
        )

    @property
    def body(self) -> Box:
        """What is left of each page under its head, and over what is signed and its foot."""
        area = printing_area(self.paper)
        head = self.head.height + _UNDER_HEAD_MM
        sign = _SIGN_MM if self.signatures else 2.0
        body = area.below(head).top(area.height - head - sign - self.bottom.height(area.width))
        if body.height < _LEAST_BODY_MM:
            raise TextTooLong(what="The organisation's address", text=" ".join(self.foot))
        return body


def running(
    text: str,
    width: float,
    lettering: Lettering = TEXT,
    *,
    gap: float = 1.0,
    keeps_next: bool = False,
    again: tuple[Row, ...] = (),
) -> Row:
    """Words over the whole width. Raises UnprintableText."""
    words = wrapped(_drawn(text), lettering, width)
    return Row(texts=((0.0, words),), gap=gap, keeps_next=keeps_next, again=again)


def heading(text: str, width: float, *, gap: float = 4.0) -> Row:
    """A heading, which stays with what follows."""
    return running(text, width, HEADING, gap=gap, keeps_next=True)


def captioned(caption: str, text: str, width: float, *, at: float = 27.0) -> Row:
    """A caption, and what is said of it beside. Raises UnprintableText."""
    name = SetText(lines=(caption,), lettering=TEXT_BOLD)
    words = wrapped(printable(text, what=caption), TEXT, width - at)
    return Row(texts=((0.0, name), (at, words)), gap=0.5)


def columns(
    texts: Sequence[str],
    places: Sequence[float],
    width: float,
    lettering: Lettering = TEXT,
    *,
    gap: float = 0.4,
    keeps_next: bool = False,
    again: tuple[Row, ...] = (),
) -> Row:
    """Texts at these places from the left; each wraps in front of the next. Raises
    UnprintableText."""
    ends = (*places[1:], width + _COLUMN_GAP_MM)
    set_ = tuple(
        (place, wrapped(_drawn(text), lettering, end - place - _COLUMN_GAP_MM))
        for text, place, end in zip(texts, places, ends, strict=True)
    )
    return Row(texts=set_, gap=gap, keeps_next=keeps_next, again=again)


def _drawn(text: str) -> str:
    return printable(text, what="A text on this paper")


DrawPage = Callable[[PdfDocument, Pen, Layout], None]


def paged_rows_pdf(about: PagedPaper, rows: Sequence[Row]) -> bytes:
    """The paper as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    return drawn_pages_pdf(about, row_pages(about, rows))


def row_pages(about: PagedPaper, rows: Sequence[Row]) -> list[DrawPage]:
    """The pages that rows need, for a paper that has others besides. Raises UnprintableText or
    TextTooLong."""
    body = about.body

    def drawn(shown: Sequence[Row]) -> DrawPage:
        return lambda _document, pen, layout: _draw_rows(pen, layout, body.y, shown)

    return [drawn(shown) for shown in _pages(rows, body.height)]


def drawn_pages_pdf(about: PagedPaper, pages: Sequence[DrawPage]) -> bytes:
    """A paper whose pages draw themselves into `about.body`, under the header and over the foot
    that all pages share. Raises as `paged_rows_pdf`."""
    area = printing_area(about.paper)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    head, foot = about.head, about.bottom
    top = area.top(head.height)
    low = area.below(area.height - foot.height(area.width))
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=about.paper, title=about.title.capitalize())
    pen = Pen(document)
    for place, draw in enumerate(pages, start=1):
        begin_page(document, pen, page=place, two_sided=about.two_sided)
        layout = Layout(area)
        head.draw(pen, layout.place("head", top), page=place, total=len(pages))
        foot.draw(pen, layout.place("foot", low), page=place, total=len(pages))
        draw(document, pen, layout)
        if place == len(pages) and about.signatures:
            draw_signatures(pen, layout, low.y - 6.5, about.signatures)
        document.end_page()
    document.close()
    return gathered.getvalue()


def _pages(rows: Sequence[Row], room: float) -> list[list[Row]]:
    """The rows page by page; one that keeps the next never stands last on its page, what is taller
    than a page goes on over the next, and over a table that goes on its titles stand again."""
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in (part for whole in rows for part in _parts(whole, room - _KEPT_MM)):
        if used + row.height > room:
            carried: list[Row] = []
            while len(pages[-1]) > 1 and pages[-1][-1].keeps_next:
                carried.insert(0, pages[-1].pop())
            if sum(one.height for one in carried) + row.height > room:
                pages[-1] += carried
                carried = []
            first = carried[0] if carried else row
            titled: list[Row] = [*first.again, *carried]
            if sum(one.height for one in titled) + row.height <= room:
                carried = titled
            pages.append(carried)
            used = sum(one.height for one in carried)
        pages[-1].append(row)
        used += row.height
    return pages


def _parts(row: Row, room: float) -> list[Row]:
    """The row itself, or as many rows as its lines need of pages of so much room. What is ticked
    stands beside the first, and lines to write on stand under the last."""
    if row.height <= room:
        return [row]
    most = {text: int((room - row.gap) / text.lettering.line_mm) for _, text in row.texts}
    count = max(-(-len(text.lines) // most[text]) for _, text in row.texts)
    parts = []
    for place in range(count):
        is_first, is_last = place == 0, place == count - 1
        texts = tuple(
            (x, replace(text, lines=text.lines[place * most[text] : (place + 1) * most[text]]))
            for x, text in row.texts
        )
        parts.append(
            Row(
                texts=tuple((x, text) for x, text in texts if text.lines),
                gap=row.gap,
                keeps_next=row.keeps_next and is_last,
                line_from=row.line_from if is_last else None,
                boxes=row.boxes if is_first else (),
                least=row.least,
                rules=row.rules if is_last else (),
                again=row.again,
            )
        )
    return parts


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
