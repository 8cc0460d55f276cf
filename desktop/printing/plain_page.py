"""What the pages of the office itself share: title and maker, running words, lines to sign on."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS
from desktop.printing.foot import Foot
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.margins import begin_page, printing_area
from desktop.printing.pen import Pen
from desktop.printing.problems import PaperTooSmall
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery, beside_logo_mm, logo_mm, split_line

BODY = Lettering(font=SANS, size=9.0)
HEADING = Lettering(font=BOLD, size=11.0)
_TITLE = Lettering(font=BOLD, size=20.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_UNDER_OFFICE_MM, _UNDER_TITLE_MM = 2.0, 2.0
_OFFICE_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, SMALLEST)

WHOLE_PAGES = (Paper.A4, Paper.LETTER)
"""Paper that holds a page which may not be split."""

Paragraph = tuple[str, Lettering, float]
"""Text, its lettering, and the millimetres below it."""


def check_size(paper: Paper, what: str) -> None:
    """Raise PaperTooSmall where a page that may not be split has no room on `paper`."""
    if paper not in WHOLE_PAGES:
        raise PaperTooSmall(what=what, size=paper.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """What stands at the head of a page that stands alone: whose it is, beside the office's logo,
    what it is, and who made it or what it is for."""

    office: str
    title: str
    maker: str
    own: Stationery = PLAIN


def draw_top(pen: Pen, layout: Layout, top: Top, *, gap_mm: float) -> float:
    """The head from the top of the page; where the next thing begins, in mm.

    Raises TextTooLong where the office does not fit at the smallest size.
    """
    y = _draw_office(pen, layout, top) + _UNDER_OFFICE_MM
    for text, gap in (
        (SetText(lines=(top.title,), lettering=_TITLE), _UNDER_TITLE_MM),
        (wrapped(top.maker, BODY, layout.area.width), gap_mm),
    ):
        _put(pen, layout, text, y)
        y += text.height_mm + gap
    return y


def _draw_office(pen: Pen, layout: Layout, top: Top) -> float:
    """The organisation beside its logo; where both end, in mm."""
    logo, area = top.own.logo, layout.area
    room = area.width - beside_logo_mm(logo)
    office = fitted(
        top.office, font=SANS, sizes=_OFFICE_SIZES, width_mm=room, what="The organisation"
    )
    line = area.top(max(office.height_mm, logo_mm(logo)[1]))
    picture, words = split_line(logo, line, text_mm=office.height_mm)
    pen.write(office, layout.place("organisation", words))
    if logo is not None:
        pen.picture(logo, layout.place("logo", picture))
    return line.bottom


def begin_plain(
    document: PdfDocument,
    pen: Pen,
    paper: Paper,
    *,
    foot: tuple[str, ...] = (),
    own: Stationery = PLAIN,
) -> Layout:
    """Begin a page that stands alone, with its foot drawn, in which the office's own words come
    last; gives its layout. Raises UnprintableText, or LayoutFault where there is no room."""
    begin_page(document, pen, page=1)
    layout = Layout(printing_area(paper))
    bottom = Foot(lines=(*foot, *own.foot_lines), paper=paper)
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
