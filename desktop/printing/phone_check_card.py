"""The phone check on one page, blank: S1 to S5 of the guide, with boxes for four answers (R6)."""

import io

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS, printable
from desktop.printing.lettering import Lettering, SetText, wrapped
from desktop.printing.pen import Pen
from desktop.printing.plain_page import (
    BODY,
    Top,
    begin_plain,
    check_size,
    draw_signatures,
    draw_top,
    draw_words,
)
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery
from desktop.records.facts.devices import Answer
from desktop.records.rules.phone_check import QUESTIONS

TITLE = "PHONE CHECK"

_INTRODUCTION = (
    "For a personal device that takes clinical images. Answer for the device that you hand over; "
    "nobody is sent away for a “no”, and the images are filed all the same."
)
_LOST = (
    "Lost or stolen? Tell the office at once: it lists what may still be on the device. Then have "
    "it erased from afar."
)
_WRITTEN = ("Name", "Role", "Device", "Who else uses it", "Date")
_COMPUTED = (
    (
        "S2",
        "Are the images in the patient's health record?",
        "The office says so: every image is copied, sealed, read back and compared first.",
    ),
    (
        "S3",
        "Is it recorded who took them, when, and with what?",
        "The office says so: its record sheet names all three, or what is still missing.",
    ),
    (
        "S5",
        "Are they deleted from the device once they are in the record?",
        "The office clears them one by one and proves it. Empty “Recently deleted” too.",
    ),
)
_ORDER = ("S1", "S2", "S3", "S4", "S5")
_LABEL = Lettering(font=SANS, size=9.0)
_ASKS = Lettering(font=BOLD, size=11.0)
_SMALL = Lettering(font=SANS, size=9.5)
_NODE_MM = 10.0
_BOX_MM = 4.0
_CELLS_MM = {Answer.YES: 13.0, Answer.NO: 12.0, Answer.NOT_SURE: 20.5, Answer.NOT_ASKED: 22.0}
_GAP_MM = 4.2
_LINE_MM = 10.0


def phone_check_card_pdf(
    organisation: str,
    *,
    paper: Paper = Paper.A4,
    foot: tuple[str, ...] = (),
    own: Stationery = PLAIN,
) -> bytes:
    """One page that names nobody; `foot` says who printed it and when, `own` is what the office
    adds. Raises UnprintableText, TextTooLong or PaperTooSmall before it is drawn."""
    check_size(paper, "The phone check card")
    office = printable(organisation, what="The organisation")
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=paper, title="Phone check card")
    pen = Pen(document)
    layout = begin_plain(document, pen, paper, foot=foot, own=own)
    top = Top(office=office, title=TITLE, maker=_INTRODUCTION, own=own)
    y = draw_top(pen, layout, top, gap_mm=3.0)
    y = _draw_written(pen, layout, y)
    for node in _ORDER:
        for question in QUESTIONS:
            if question.node == node:
                y = _draw_question(
                    pen, layout, y, (node, question.asks, f"If not: {question.advice}")
                )
        for asked in _COMPUTED:
            if asked[0] == node:
                y = _draw_question(pen, layout, y, asked, is_asked=False)
    y = draw_words(pen, layout, y + 1.0, ((_LOST, BODY, 0.0),))
    draw_signatures(pen, layout, y + 12.0, ("Signed by who answered", "Entered in the office by"))
    document.end_page()
    document.close()
    return gathered.getvalue()


def _draw_written(pen: Pen, layout: Layout, y: float) -> float:
    """Lines to write on, two in a row."""
    width = (layout.area.width - 6.0) / 2
    for place, caption in enumerate(_WRITTEN):
        row, column = divmod(place, 2)
        box = Box(layout.area.x + column * (width + 6.0), y + row * _LINE_MM, width, _LINE_MM)
        layout.place(f"line {caption}", box)
        pen.write(SetText(lines=(caption,), lettering=_LABEL), box.below(_LINE_MM - 4.2))
        pen.rule(x=box.x + 28.0, y=box.bottom - 0.6, width=box.width - 28.0)
    return y + -(-len(_WRITTEN) // 2) * _LINE_MM + 4.0


def _draw_question(
    pen: Pen, layout: Layout, y: float, asked: tuple[str, str, str], *, is_asked: bool = True
) -> float:
    """A question with its boxes at the right, or with none where the office itself knows."""
    node, asks, below = asked
    area = layout.area
    boxes = sum(_CELLS_MM.values())
    room = area.width - _NODE_MM - boxes - 3.0
    question = wrapped(asks, _ASKS, room)
    told = wrapped(below, _SMALL, area.width - _NODE_MM)
    height = question.height_mm + told.height_mm + 0.8
    box = layout.place(f"{node} {asks}", Box(area.x, y, area.width, height))
    pen.write(SetText(lines=(node,), lettering=_ASKS), box.left(_NODE_MM))
    text = box.beside(_NODE_MM)
    pen.write(question, text.left(room))
    pen.write(told, text.below(question.height_mm + 0.8))
    right = box.beside(area.width - boxes)
    if is_asked:
        for answer, width in _CELLS_MM.items():
            cell, right = right.left(width), right.beside(width)
            pen.outline(Box(cell.x, cell.y + 0.3, _BOX_MM, _BOX_MM), line_mm=0.3)
            word = SetText(lines=(answer.words,), lettering=_LABEL)
            pen.write(word, cell.beside(_BOX_MM + 1.0).below(0.3))
    else:
        pen.write(SetText(lines=("not asked: the office proves it",), lettering=_LABEL), right)
    return y + height + _GAP_MM
