"""The head of the trail on one page: kept outside the office, it shows later what was taken out."""

import io
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO_BOLD, SANS, printable
from desktop.printing.frame import printing_area, zoned
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.pen import Pen
from desktop.printing.record_sheet_model import Paper

TITLE = "TRAIL: MONTH-END SHEET"

_BODY = Lettering(font=SANS, size=9.0)
_HEADING = Lettering(font=BOLD, size=11.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_QR_MM = 40.0
_WHAT_IT_DOES = (
    "The audit trail holds a line for every deed in this office. Each line is sealed together "
    "with the one before it, so that an edit, a deletion or another order is found by the office "
    "itself. Only a head that was noted outside shows that lines were cut off at the end, or that "
    "an older copy of the records was put back. That is what this page is for."
)
_TO_CHECK = (
    "To check later: Office, Trail, Prove the trail; or the command “audit --verify --anchor”. "
    "Type or scan the head above."
)
_TO_KEEP = (
    "Print at each month's end, sign, and file away from the workstation. The page names no "
    "patient and opens nothing."
)
_SIGN = ("Printed by · sign", "Privacy officer · sign", "Checked on · result")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEndSheet:
    """What stands on the page. `made_at` has a zone; `head` is the printed form of the anchor."""

    organisation: str
    office_number: str
    made_by: str
    made_at: datetime
    lines: int
    head: str
    paper: Paper = Paper.A4


def month_end_sheet_pdf(sheet: MonthEndSheet) -> bytes:
    """One page. Raises UnprintableText or TextTooLong before anything is drawn."""
    organisation = printable(sheet.organisation, what="The organisation")
    maker = f"Printed {zoned(sheet.made_at)} by {sheet.made_by}."
    maker = printable(maker, what="The name of who makes it")
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=sheet.paper, title="Month-end sheet of the trail")
    pen = Pen(document)
    layout = Layout(printing_area(sheet.paper))
    y = _draw_top(pen, layout, f"{organisation} · office {sheet.office_number}", maker)
    y = _draw_head(pen, layout, sheet, y)
    y = _draw_words(pen, layout, y)
    _draw_signatures(pen, layout, y + 18.0)
    document.end_page()
    document.close()
    return gathered.getvalue()


def _draw_top(pen: Pen, layout: Layout, office: str, maker: str) -> float:
    width = layout.area.width
    sizes = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, SMALLEST)
    y = layout.area.y + 4.0
    for text, gap in (
        (SetText(lines=(TITLE,), lettering=Lettering(font=BOLD, size=20.0)), 2.0),
        (fitted(office, font=SANS, sizes=sizes, width_mm=width, what="The organisation"), 2.0),
        (wrapped(maker, _BODY, width), 6.0),
    ):
        _put(pen, layout, text, y)
        y += text.height_mm + gap
    return y


def _draw_head(pen: Pen, layout: Layout, sheet: MonthEndSheet, y: float) -> float:
    area = layout.area
    frame = layout.place("head", Box(area.x, y, area.width, _QR_MM + 6.0))
    pen.outline(frame, line_mm=0.5)
    pen.qr(sheet.head, Box(frame.right - _QR_MM - 3.0, frame.y + 3.0, _QR_MM, _QR_MM))
    room = frame.inset(5.0).left(frame.width - _QR_MM - 14.0)
    count = f"{sheet.lines:,}"
    for text, gap in (
        (SetText(lines=("Lines in the trail",), lettering=_BODY), 0.5),
        (SetText(lines=(count,), lettering=Lettering(font=BOLD, size=18.0)), 4.0),
        (SetText(lines=("Head of the trail",), lettering=_BODY), 0.5),
        (_set_head(sheet.head, room.width), 0.0),
    ):
        pen.write(text, room)
        room = room.below(text.height_mm + gap)
    return frame.bottom + 7.0


def _set_head(head: str, width: float) -> SetText:
    return fitted(
        head, font=MONO_BOLD, sizes=(14.0, 13.0, 12.0, 11.0, 10.0), width_mm=width, what="The head"
    )


def _draw_words(pen: Pen, layout: Layout, y: float) -> float:
    for text, lettering, gap in (
        ("What this page does", _HEADING, 1.0),
        (_WHAT_IT_DOES, _BODY, 4.0),
        (_TO_CHECK, _BODY, 4.0),
        (_TO_KEEP, _BODY, 0.0),
    ):
        words = wrapped(text, lettering, layout.area.width)
        _put(pen, layout, words, y)
        y += words.height_mm + gap
    return y


def _draw_signatures(pen: Pen, layout: Layout, y: float) -> None:
    column = layout.area.width / len(_SIGN)
    for place, caption in enumerate(_SIGN):
        box = Box(layout.area.x + place * column, y, column - 6.0, 5.0)
        layout.place(caption, box)
        pen.rule(x=box.x, y=box.y, width=box.width)
        pen.write(SetText(lines=(caption,), lettering=_SMALL), box.below(0.8))


def _put(pen: Pen, layout: Layout, text: SetText, y: float) -> None:
    box = Box(layout.area.x, y, layout.area.width, text.height_mm)
    pen.write(text, layout.place(f"{text.lines[0]} {y}", box))
