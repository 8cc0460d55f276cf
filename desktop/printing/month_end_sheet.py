"""The head of the trail on one page: kept outside the office, it shows later what was taken out."""

import io
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO_BOLD, printable
from desktop.printing.foot import zoned
from desktop.printing.lettering import Lettering, SetText, fitted
from desktop.printing.pen import Pen
from desktop.printing.plain_page import (
    BODY,
    HEADING,
    Top,
    begin_plain,
    check_size,
    draw_signatures,
    draw_top,
    draw_words,
)
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery

TITLE = "TRAIL: MONTH-END SHEET"

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
_WORDS = (
    ("What this page does", HEADING, 1.0),
    (_WHAT_IT_DOES, BODY, 4.0),
    (_TO_CHECK, BODY, 4.0),
    (_TO_KEEP, BODY, 0.0),
)
_SIGN = ("Printed by · sign", "Privacy officer · sign", "Checked on · result")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEndSheet:
    """What stands on the page. `made_at` has a zone; `head` is the printed form of the anchor;
    `own` is what the office adds."""

    organisation: str
    office_number: str
    made_by: str
    made_at: datetime
    lines: int
    head: str
    paper: Paper = Paper.A4
    own: Stationery = PLAIN


def month_end_sheet_pdf(sheet: MonthEndSheet) -> bytes:
    """One page. Raises UnprintableText, TextTooLong or PaperTooSmall before anything is drawn."""
    check_size(sheet.paper, "The month-end sheet")
    organisation = printable(sheet.organisation, what="The organisation")
    maker = f"Printed {zoned(sheet.made_at)} by {sheet.made_by}."
    maker = printable(maker, what="The name of who makes it")
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=sheet.paper, title="Month-end sheet of the trail")
    pen = Pen(document)
    layout = begin_plain(document, pen, sheet.paper, own=sheet.own)
    office = f"{organisation} · office {sheet.office_number}"
    top = Top(office=office, title=TITLE, maker=maker, own=sheet.own)
    y = draw_top(pen, layout, top, gap_mm=6.0)
    y = _draw_head(pen, layout, sheet, y)
    y = draw_words(pen, layout, y, _WORDS)
    draw_signatures(pen, layout, y + 18.0, _SIGN)
    document.end_page()
    document.close()
    return gathered.getvalue()


def _draw_head(pen: Pen, layout: Layout, sheet: MonthEndSheet, y: float) -> float:
    area = layout.area
    frame = layout.place("head", Box(area.x, y, area.width, _QR_MM + 6.0))
    pen.outline(frame, line_mm=0.5)
    pen.qr(sheet.head, Box(frame.right - _QR_MM - 3.0, frame.y + 3.0, _QR_MM, _QR_MM))
    room = frame.inset(5.0).left(frame.width - _QR_MM - 14.0)
    count = f"{sheet.lines:,}"
    for text, gap in (
        (SetText(lines=("Lines in the trail",), lettering=BODY), 0.5),
        (SetText(lines=(count,), lettering=Lettering(font=BOLD, size=18.0)), 4.0),
        (SetText(lines=("Head of the trail",), lettering=BODY), 0.5),
        (_set_head(sheet.head, room.width), 0.0),
    ):
        pen.write(text, room)
        room = room.below(text.height_mm + gap)
    return frame.bottom + 7.0


def _set_head(head: str, width: float) -> SetText:
    return fitted(
        head, font=MONO_BOLD, sizes=(14.0, 13.0, 12.0, 11.0, 10.0), width_mm=width, what="The head"
    )
