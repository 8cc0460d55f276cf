"""The printer check page: what a printer does to lengths, edges, greys, colours and small text."""

import io
from dataclasses import dataclass

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS, printable
from desktop.printing.foot import zoned
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.pen import Pen
from desktop.printing.problems import TextTooLong
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.printer_check import CORNER_MM, EDGE_STEPS
from desktop.records.facts.sheet import grouped, page_code

TITLE = "PRINTER CHECK PAGE"
BARS_MM = {Paper.A4: (150, 200), Paper.LETTER: (150, 200), Paper.A5: (100, 150)}
"""Across and down; a small paper has no room for the longer ones."""

HOW = (
    "Print at actual size. With a steel rule measure both bars from end to end, and how far the "
    "corner mark at the top left is from the left and from the top edge of the paper. Along each "
    "edge find the smallest number that can be read. Write it down here and store it in Chartroom, "
    "under Office, Printers."
)
NOBODYS = (
    "This page names no printer, so nothing that is measured on it can be stored. Print one from "
    "Office, Printers."
)
OWN_CHOICE = "as the printer chooses"
_CODE = "CHARTROOM PRINTER CHECK"

_TITLE_SIZES = (14.0, 12.0, 10.0, 9.0)
_TEXT = Lettering(font=SANS, size=8.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_STRONG = Lettering(font=BOLD, size=9.0)
_CODE_TEXT = Lettering(font=MONO, size=8.0)
_ARM_MM = 32.0
_TOP_MM = 30.0
_DOWN_BAR_X = 24.0
_BODY_X = 34.0
_STAIRS_FROM_MM = 60.0
_STEP_MM = 5.0
_QR_MM = 24.0
_FOOT_BAR_MM = 26.0
_NARROW_MM = 120.0
_COLOURS = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0), (0.8, 0.6, 0.47))
_SIZES = (7.0, 8.0, 10.0, 12.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterCheck:
    """`printer` is empty on a page that nothing is stored of, `tray` where the printer chooses."""

    head: Letterhead
    printer: str = ""
    tray: str = ""


def printer_check_pdf(check: PrinterCheck) -> bytes:
    """One page that names nobody. Raises UnprintableText or TextTooLong before it is drawn."""
    paper = check.head.paper
    wide, high = paper.size_mm
    across, down = BARS_MM[paper]
    body = Box(_BODY_X, _TOP_MM, wide - _BODY_X - CORNER_MM, high - _TOP_MM - _FOOT_BAR_MM - 6.0)
    head = _head_lines(check, body)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=paper, title="Printer check page")
    pen = Pen(document)
    layout = Layout(Box(0.0, 0.0, wide, high))
    _draw_corner(pen, layout)
    _draw_stairs(pen, wide, high)
    _upright_ruler(pen, layout.place("bar down", Box(_DOWN_BAR_X, _TOP_MM, 3.0, down)))
    foot = Box(CORNER_MM, high - _FOOT_BAR_MM, across, 3.0)
    pen.ruler(layout.place("bar across", foot))
    inside = Layout(layout.place("body", body))
    y = 0.0
    for place, text in enumerate(head):
        pen.write(text, inside.place(f"line {place}", body.below(y).top(text.height_mm)))
        y += text.height_mm + 0.8
    y = _draw_patches(pen, inside, body.below(y + 1.0))
    y = _draw_sizes(pen, inside, y + 1.5)
    _draw_code(pen, inside, y + 1.0, check)
    _draw_answers(pen, inside, y + _QR_MM + 3.0, paper)
    document.end_page()
    document.close()
    return gathered.getvalue()


def _head_lines(check: PrinterCheck, body: Box) -> list[SetText]:
    head, paper, width = check.head, check.head.paper, body.width
    across, down = BARS_MM[paper]
    office = printable(head.organisation, what="The organisation")
    by = printable(head.printed_by, what="The name of who prints")
    tray = printable(check.tray, what="The tray") or OWN_CHOICE
    printer = printable(check.printer, what="The name of the printer")
    whose = f"For printer {printer}, tray: {tray}, paper: {paper.value}"
    bars = f"{TITLE} · {paper.value} · bar down {down} mm, bar across {across} mm"
    said = f"{office} · printed {zoned(head.printed_at)} by {by}"
    lines = [
        fitted(bars, font=BOLD, sizes=(*_TITLE_SIZES, 8.0, 7.0), width_mm=width, what="The title"),
        wrapped(whose if printer else NOBODYS, _STRONG, width),
        wrapped(said, _TEXT, width),
        wrapped(HOW, _TEXT, width),
    ]
    if sum(line.height_mm + 0.8 for line in lines) > body.height - _under_head_mm(width):
        raise TextTooLong(
            what="Who prints the page, and for which printer", text=f"{whose} · {said}"
        )
    return lines


def _under_head_mm(width: float) -> float:
    """What stands under the words of the head, from the greys to the answers."""
    sizes = sum(_sized(size, width).height_mm + 0.3 for size in _SIZES)
    answers = 3 if width > _NARROW_MM else 5
    return 1.0 + 19.0 + 1.5 + sizes + 1.0 + _QR_MM + 3.0 + answers * 7.5


def _sized(size: float, width: float) -> SetText:
    words = f"{size:.0f} points: Kia ora, āēīōū, 0O 1Il 5S 8B"
    return wrapped(words, Lettering(font=SANS, size=size), width)


def _draw_corner(pen: Pen, layout: Layout) -> None:
    """Where the page begins: what a rule is laid to from the two edges of the paper."""
    thick = 0.2
    pen.fill(Box(CORNER_MM - thick / 2, CORNER_MM, thick, _ARM_MM))
    pen.fill(Box(CORNER_MM, CORNER_MM - thick / 2, _ARM_MM, thick))
    words = wrapped("20 mm from the left edge\n20 mm from the top edge", _SMALL, _ARM_MM)
    box = Box(CORNER_MM + 1.0, CORNER_MM + 1.0, _ARM_MM, words.height_mm)
    pen.write(words, layout.place("corner", box))


def _draw_stairs(pen: Pen, wide: float, high: float) -> None:
    """Along each edge lines that come away from it by one millimetre at a time, each numbered."""
    number_mm = _SMALL.line_mm
    for step in range(1, EDGE_STEPS + 1):
        number = SetText(lines=(str(step),), lettering=_SMALL)
        along = _STAIRS_FROM_MM + (step - 1) * _STEP_MM
        for y, below in ((step, step + 0.2), (high - step, high - step - 0.2 - number_mm)):
            pen.fill(Box(along, y - 0.1, _STEP_MM - 1.0, 0.2))
            pen.write(number, Box(along, below, _STEP_MM - 1.0, number_mm), align="centre")
        beside = along + (_STEP_MM - 1.0 - number_mm) / 2
        for x, left, align in (
            (step, step + 0.5, "left"),
            (wide - step, wide - step - 0.5 - 4.0, "right"),
        ):
            pen.fill(Box(x - 0.1, along, 0.2, _STEP_MM - 1.0))
            pen.write(number, Box(left, beside, 4.0, number_mm), align=align)


def _upright_ruler(pen: Pen, box: Box) -> None:
    pen.fill(box.left(0.4))
    for millimetre in range(0, round(box.height) + 1, 5):
        width = box.width if millimetre % 10 == 0 else box.width * 0.6
        y = min(box.y + max(millimetre - 0.1, 0.0), box.bottom - 0.2)
        pen.fill(Box(box.x, y, width, 0.2))


def _draw_patches(pen: Pen, layout: Layout, room: Box) -> float:
    """Eleven steps from black to white, and colours; gives where they end."""
    greys = layout.place("greys", room.top(7.0))
    step = greys.width / 11
    for place in range(11):
        patch = greys.beside(place * step).left(step)
        pen.fill(patch, rgb=(place / 10, place / 10, place / 10))
        said = SetText(lines=(f"{100 - place * 10} %",), lettering=_SMALL)
        pen.write(said, Box(patch.x, patch.bottom + 0.3, step, 4.0), align="centre")
    pen.outline(greys)
    colours = layout.place("colours", room.below(12.0).top(7.0))
    step = colours.width / len(_COLOURS)
    for place, colour in enumerate(_COLOURS):
        patch = colours.beside(place * step).left(step)
        pen.fill(patch, rgb=(float(colour[0]), float(colour[1]), float(colour[2])))
        pen.outline(patch)
    return colours.bottom


def _draw_sizes(pen: Pen, layout: Layout, y: float) -> float:
    """Text that gets larger; gives where it ends."""
    for size in _SIZES:
        words = _sized(size, _width(layout))
        box = Box(layout.area.x, y, _width(layout), words.height_mm)
        pen.write(words, layout.place(f"size {size}", box))
        y = box.bottom + 0.3
    return y


def _draw_code(pen: Pen, layout: Layout, y: float, check: PrinterCheck) -> None:
    """The code of the page, what it says, and lines of 0.1 to 0.5 mm: which of them break?"""
    area = layout.area
    code = page_code(check.head.number, 1) if check.printer else _CODE
    square = layout.place("code", Box(area.x, y, _QR_MM, _QR_MM))
    pen.qr(code, square)
    beside = layout.place("fine lines", Box(area.x + _QR_MM + 3.0, y, 62.0, _QR_MM))
    if check.printer:
        number = SetText(lines=(grouped(code),), lettering=_CODE_TEXT)
        pen.write(number, beside.below(1.0))
    for place, line_mm in enumerate((0.1, 0.2, 0.3, 0.5)):
        line = beside.below(6.0 + place * 4.4).top(4.0)
        pen.rule(x=line.x, y=line.y + 1.9, width=25.0, line_mm=line_mm)
        pen.write(SetText(lines=(f"{line_mm} mm",), lettering=_SMALL), line.beside(27.0))


def _draw_answers(pen: Pen, layout: Layout, y: float, paper: Paper) -> None:
    """Where a pen writes what was measured."""
    across, down = BARS_MM[paper]
    width = _width(layout)
    bars = (f"Bar across (drawn {across} mm)", f"Bar down (drawn {down} mm)")
    corner = ("Corner mark from the left (20 mm)", "Corner mark from the top (20 mm)")
    lengths = (bars, corner) if width > _NARROW_MM else tuple((one,) for one in (*bars, *corner))
    rows = (*lengths, ("Smallest number: left", "top", "right", "bottom"))
    for place, asked in enumerate(rows):
        row = layout.place(f"answers {place}", Box(layout.area.x, y + place * 7.5, width, 7.5))
        own = [_SMALL.width_mm(one) + 1.5 for one in asked]
        line_mm = min((width - sum(own)) / len(asked) - 3.0, 30.0)
        x = row.x
        for words, taken in zip(asked, own, strict=True):
            pen.write(
                SetText(lines=(words,), lettering=_SMALL),
                Box(x, row.y + 2.8, taken, _SMALL.line_mm),
            )
            pen.rule(x=x + taken, y=row.y + 6.0, width=line_mm)
            x += taken + line_mm + 3.0


def _width(layout: Layout) -> float:
    return layout.area.width
