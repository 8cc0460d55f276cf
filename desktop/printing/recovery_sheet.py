"""The recovery key on one page, to type or to scan: as secret as the whole office."""

import io
from collections.abc import Sequence
from datetime import datetime

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import MONO, MONO_BOLD, SANS, printable
from desktop.printing.foot import zoned
from desktop.printing.lettering import SMALLEST, Lettering, SetText, wrapped
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
from desktop.records.facts.recovery import recovery_code

TITLE = "RECOVERY KEY SHEET"

_KEY = Lettering(font=MONO_BOLD, size=22.0)
_CHECK = Lettering(font=MONO, size=12.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_KEY_ROW_MM = 14.0
_CODE_MM = 24.0
_CODE_COLUMN_MM = 42.0
_CODE_WARNING = "Anyone who photographs this code can open the office with a copy of it."
_NO_LOOKALIKES = (
    "The letters I, L, O and U are never used: 0 and 1 are always digits. The last two digits of "
    "each line check it as you type."
)
_CAN_DO = (
    "Anyone with this sheet and a copy of the office can read every record. It is as secret as "
    "the whole records room. Do not copy or photograph this sheet."
)
_SCAN = (
    " Scan the code only into Chartroom, with a barcode scanner that types. A telephone or an "
    "office scanner keeps what it saw."
)
_DO_NOW = (
    "Type it back into Chartroom once and write the result here:  ____________",
    "Put it in a sealed, signed envelope in the safe. Write the place in the key register.",
    "Take the page out of the printer yourself. Exactly one page was printed.",
    "Old sheet (made ____________ ) destroyed by ____________________ on ____________",
)
_SIGN = ("Made by · sign", "Witness · sign", "Seal no.")


def recovery_sheet_pdf(
    *,
    organisation: str,
    office_number: str,
    lines: Sequence[tuple[str, str]],
    made_by: str,
    made_at: datetime,
    paper: Paper,
    with_code: bool = True,
    own: Stationery = PLAIN,
) -> bytes:
    """One page with the recovery key; each line is eight characters and their two check digits.

    `with_code` adds a QR code of the same key (`facts.recovery`). `made_at` has a zone; `own` is
    what the office adds. Raises UnprintableText, TextTooLong or PaperTooSmall before anything is
    drawn.
    """
    check_size(paper, "The recovery sheet")
    office = f"{printable(organisation, what='The organisation')} · office {office_number}"
    maker = printable(f"Made {zoned(made_at)} by {made_by}.", what="The name of who makes it")
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=paper, title="Recovery key sheet")
    pen = Pen(document)
    layout = begin_plain(document, pen, paper, own=own)
    top = Top(office=office, title=TITLE, maker=maker, own=own)
    y = draw_top(pen, layout, top, gap_mm=5.0)
    frame = layout.place("key", Box(layout.area.x, y, layout.area.width, _key_height(lines)))
    _draw_key(pen, frame, lines)
    if with_code:
        _draw_code(pen, frame, recovery_code(lines))
    can_do = _CAN_DO + _SCAN if with_code else _CAN_DO
    y = _draw_words(pen, layout, frame.bottom + 4.0, can_do)
    draw_signatures(pen, layout, y + 14.0, _SIGN)
    document.end_page()
    document.close()
    return gathered.getvalue()


def _key_height(lines: Sequence[tuple[str, str]]) -> float:
    return len(lines) * _KEY_ROW_MM + 6.0


def _draw_key(pen: Pen, frame: Box, lines: Sequence[tuple[str, str]]) -> None:
    pen.outline(frame, line_mm=0.5)
    inside = Layout(frame)
    for place, (characters, check) in enumerate(lines):
        row = inside.place(f"line {place}", frame.below(3.0 + place * _KEY_ROW_MM).top(_KEY_ROW_MM))
        halves = f"{characters[:4]}  {characters[4:]}"
        for x, text, lettering in (
            (5.0, str(place + 1), BODY),
            (14.0, halves, _KEY),
            (96.0, f"check {check}", _CHECK),
        ):
            drop = row.height - 3.5 - lettering.baseline_mm
            words = SetText(lines=(text,), lettering=lettering)
            pen.write(words, row.below(drop).beside(x).top(words.height_mm))


def _draw_code(pen: Pen, frame: Box, content: str) -> None:
    """At the right of the key, with the warning right under it."""
    column = frame.beside(frame.width - _CODE_COLUMN_MM - 3.0).left(_CODE_COLUMN_MM).below(8.0)
    middle = column.x + (column.width - _CODE_MM) / 2
    inside = Layout(frame)
    pen.qr(content, inside.place("code", Box(middle, column.y, _CODE_MM, _CODE_MM)))
    warning = wrapped(_CODE_WARNING, BODY, column.width)
    below = column.below(_CODE_MM + 1.0).top(warning.height_mm)
    pen.write(warning, inside.place("warning", below), align="centre")


def _draw_words(pen: Pen, layout: Layout, y: float, can_do: str) -> float:
    width = layout.area.width
    paragraphs = (
        (_NO_LOOKALIKES, BODY, 5.0),
        ("What this sheet can do", HEADING, 1.0),
        (can_do, BODY, 5.0),
        ("Do now", HEADING, 2.0),
    )
    y = draw_words(pen, layout, y, paragraphs)
    for text in _DO_NOW:
        words = wrapped(text, BODY, width - 9.0)
        box = layout.place(text, Box(layout.area.x, y, width, words.height_mm + 0.5))
        pen.outline(Box(box.x, box.y + 0.3, 4.0, 4.0), line_mm=0.35)
        pen.write(words, box.beside(9.0))
        y += words.height_mm + 3.5
    return y
