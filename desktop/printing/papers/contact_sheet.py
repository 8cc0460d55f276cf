"""The contact sheet: a patient's images twenty to a page, each with a box to tick."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import MONO, SANS, printable
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.paged_rows import (
    TICK_BOX_MM,
    DrawPage,
    PagedPaper,
    columns,
    drawn_pages_pdf,
    heading,
    row_pages,
)
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.papers.pictures import ListedImage, draw_listed
from desktop.printing.pen import Pen
from desktop.printing.problems import TextTooLong

TITLE = "CONTACT SHEET · not to scale"
PER_PAGE = 20
AT_THE_END = "… in full at the end"
IN_FULL = "Body sites in full"
_COLUMNS, _ROWS = 4, 5
_GAP_MM = 3.0
_TICK_MM = TICK_BOX_MM + 0.5
_LEAST_PICTURE = 0.42  # of a cell
_SMALL = Lettering(font=SANS, size=SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """The images in the order they are printed; at least one."""

    head: Letterhead
    images: Sequence[ListedImage]


def contact_sheet_pdf(sheet: ContactSheet) -> bytes:
    """The sheet as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn, and what asking for a picture raises."""
    about = sheet.head.about(TITLE, has_colours=True)
    cells = _cells(about.body)
    captions = [_caption(image, cells[0]) for image in sheet.images]
    cut = [
        image
        for image, caption in zip(sheet.images, captions, strict=True)
        if caption[1].lines[-1:] == (AT_THE_END,)
    ]

    def page(first: int) -> "_Page":
        last = first + PER_PAGE
        return _Page(sheet.images[first:last], captions[first:last], cells)

    starts = range(0, len(sheet.images), PER_PAGE)
    pages = [page(first).draw for first in starts]
    return drawn_pages_pdf(about, [*pages, *_in_full(about, cut)])


def _in_full(about: PagedPaper, images: Sequence[ListedImage]) -> list[DrawPage]:
    """What had no room under its picture."""
    if not images:
        return []
    rows = [heading(IN_FULL, about.width)]
    rows += [columns((one.number, one.site), (0.0, 32.0), about.width, gap=1.2) for one in images]
    return row_pages(about, rows)


@dataclass(frozen=True, slots=True)
class _Page:
    images: Sequence[ListedImage]
    captions: Sequence[Sequence[SetText]]
    cells: Sequence[Box]

    def draw(self, document: PdfDocument, pen: Pen, layout: Layout) -> None:
        of_page = zip(self.images, self.captions, self.cells, strict=False)
        for place, (image, caption, cell) in enumerate(of_page):
            layout.place(f"image {place}", cell)
            below = cell.height - _captions_mm(caption)
            draw_listed(document, pen, image, cell.top(below - 0.8))
            y = below
            pen.outline(Box(cell.x, cell.y + y, TICK_BOX_MM, TICK_BOX_MM), line_mm=0.3)
            for row, text in enumerate(caption):
                pen.write(text, cell.below(y).beside(0.0 if row else TICK_BOX_MM + 1.2))
                y += max(text.height_mm, 0.0 if row else _TICK_MM)


def _caption(image: ListedImage, cell: Box) -> list[SetText]:
    width = cell.width
    number = fitted(
        printable(image.number, what="The image number", mono=True),
        font=MONO,
        sizes=(8.0, 7.5, SMALLEST),
        width_mm=width - TICK_BOX_MM - 1.2,
        what="The image number",
    )
    site = printable(image.site, what="The body site of an image")
    said, taken = wrapped(site, _SMALL, width), wrapped(image.taken, _SMALL, width)
    room = cell.height * (1 - _LEAST_PICTURE) - _captions_mm([number, taken])
    most = int(room / _SMALL.line_mm)
    if len(said.lines) > most:
        if most < 1:
            raise TextTooLong(what="The time of an image", text=image.taken)
        said = replace(said, lines=(*said.lines[: most - 1], AT_THE_END))
    return [number, said, taken]


def _captions_mm(caption: Sequence[SetText]) -> float:
    return max(caption[0].height_mm, _TICK_MM) + sum(text.height_mm for text in caption[1:])


def _cells(body: Box) -> list[Box]:
    width = (body.width - (_COLUMNS - 1) * _GAP_MM) / _COLUMNS
    height = (body.height - (_ROWS - 1) * _GAP_MM) / _ROWS
    return [
        Box(body.x + column * (width + _GAP_MM), body.y + row * (height + _GAP_MM), width, height)
        for row in range(_ROWS)
        for column in range(_COLUMNS)
    ]
