"""What the pages of the office itself share: title and maker, running words, lines to sign on."""

from collections.abc import Sequence

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS
from desktop.printing.foot import Foot
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.margins import begin_page, printing_area
from desktop.printing.pen import Pen
from desktop.printing.problems import PaperTooSmall
from desktop.printing.record_sheet_model import Paper

BODY = Lettering(font=SANS, size=9.0)
HEADING = Lettering(font=BOLD, size=11.0)
_TITLE = Lettering(font=BOLD, size=20.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_OFFICE_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, SMALLEST)

WHOLE_PAGES = (Paper.A4, Paper.LETTER)
"""Paper that holds a page which may not be split."""

Paragraph = tuple[str, Lettering, float]
"""Text, its lettering, and the millimetres below it."""


def check_size(paper: Paper, what: str) -> None:
    """Raise PaperTooSmall where a page that may not be split has no room on `paper`."""
    if paper not in WHOLE_PAGES:
        raise PaperTooSmall(what=what, size=paper.value)


def draw_top(
    pen: Pen, layout: Layout, *, title: str, office: str, maker: str, gap_mm: float
) -> float:
    """Title, office and maker from the top of the page; where the next thing begins, in mm.

    Raises TextTooLong where the office does not fit at the smallest size.
    """
    width = layout.area.width
    y = layout.area.y + 4.0
    for text, gap in (
        (SetText(lines=(title,), lettering=_TITLE), 2.0),
        (
            fitted(office, font=SANS, sizes=_OFFICE_SIZES, width_mm=width, what="The organisation"),
            2.0,
        ),
        (wrapped(maker, BODY, width), gap_mm),
    ):
        _put(pen, layout, text, y)
        y += text.height_mm + gap
    return y


def begin_plain(
    document: PdfDocument, pen: Pen, paper: Paper, *, foot: tuple[str, ...] = ()
) -> Layout:
    """Begin a page that stands alone, with its foot drawn; gives its layout. Raises
    UnprintableText, or LayoutFault where there is no room."""
    begin_page(document, pen, page=1)
    layout = Layout(printing_area(paper))
    bottom = Foot(lines=foot, paper=paper)
    area = layout.area
    box = layout.place("foot", area.below(area.height - bottom.height(area.width)))
    bottom.draw(pen, box, page=1, total=1)
    return layout


def draw_words(pen: Pen, layout: Layout, y: float, paragraphs: Sequence[Paragraph]) -> float:
    """Paragraphs over the whole width from `y` on; where the next thing begins, in mm."""
    for text, lettering, gap in paragraphs:
        words = wrapped(text, lettering, layout.area.width)
        _put(pen, layout, words, y)
        y += words.height_mm + gap
    return y


def draw_signatures(pen: Pen, layout: Layout, y: float, captions: Sequence[str]) -> None:
    """A line to sign on for each caption, side by side, at `y`."""
    column = layout.area.width / len(captions)
    for place, caption in enumerate(captions):
        box = Box(layout.area.x + place * column, y, column - 6.0, 5.0)
        layout.place(caption, box)
        pen.rule(x=box.x, y=box.y, width=box.width)
        pen.write(SetText(lines=(caption,), lettering=_SMALL), box.below(0.8))


def _put(pen: Pen, layout: Layout, text: SetText, y: float) -> None:
    box = Box(layout.area.x, y, layout.area.width, text.height_mm)
    pen.write(text, layout.place(f"{text.lines[0]} {y}", box))
