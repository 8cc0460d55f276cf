"""The printer check page: what a printer does to lengths, edges, greys, colours and small text."""

import io

from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS, printable
from desktop.printing.frame import zoned
from desktop.printing.lettering import Lettering, SetText, fitted, wrapped
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.pen import Pen
from desktop.printing.record_sheet_model import Paper

TITLE = "PRINTER CHECK PAGE"
BARS_MM = {Paper.A4: (150, 200), Paper.LETTER: (150, 200), Paper.A5: (100, 150)}
"""Across and down; a small paper has no room for the longer ones."""

HOW = (
    "Print at actual size on the paper named above. Measure both bars with a steel rule and write "
    "down what they are; count the edge frames that are whole on all four sides (outermost 1 mm, "
    "then 2 mm, up to 10 mm). Life size on sheets is certain only if both bars are right."
)
_TITLE = Lettering(font=BOLD, size=14.0)
_TEXT = Lettering(font=SANS, size=8.0)
_EDGE_MM = 14.0
_COLOURS = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0), (0.8, 0.6, 0.47))
_SIZES = (7.0, 8.0, 9.0, 10.0, 12.0)
_CODE = "CHARTROOM PRINTER CHECK"


def printer_check_pdf(head: Letterhead) -> bytes:
    """One page that names nobody. Raises UnprintableText or TextTooLong before it is drawn."""
    office = printable(head.organisation, what="The organisation")
    paper = head.paper
    wide, high = paper.size_mm
    across, down = BARS_MM[paper]
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=paper, title="Printer check page")
    pen = Pen(document)
    for edge in range(1, 11):
        pen.outline(Box(edge, edge, wide - 2 * edge, high - 2 * edge), line_mm=0.1)
    room = Box(_EDGE_MM, _EDGE_MM, wide - 2 * _EDGE_MM, high - 2 * _EDGE_MM)
    upright = Box(room.x, room.y, 3.0, down)
    _upright_ruler(pen, upright)
    body = room.beside(8.0)
    title = f"{TITLE} · {paper.value} · bar down {down} mm, bar across {across} mm"
    y = 0.0
    sizes = (14.0, 12.0, 10.0, 9.0, 8.0)
    for text in (
        fitted(title, font=BOLD, sizes=sizes, width_mm=body.width, what="The title"),
        fitted(office, font=SANS, sizes=sizes[2:], width_mm=body.width, what="The organisation"),
        wrapped(f"Printed {zoned(head.printed_at)} by {head.printed_by}.", _TEXT, body.width),
        wrapped(HOW, _TEXT, body.width),
    ):
        pen.write(text, body.below(y))
        y += text.height_mm + 1.0
    y = _draw_patches(pen, body, y + 2.0)
    y = _draw_sizes(pen, body, y + 4.0)
    pen.qr(_CODE, body.below(y).left(24.0).top(24.0))
    _draw_lines(pen, body.below(y + 2.0).beside(30.0))
    for place, asked in enumerate(("Printer and tray", "Bar across", "Bar down", "Whole frames")):
        line = body.below(y + 28.0 + place * 8.0)
        pen.write(SetText(lines=(asked,), lettering=_TEXT), line)
        pen.rule(x=line.x + 32.0, y=line.y + 4.0, width=min(line.width - 32.0, 80.0))
    foot = Box(wide - _EDGE_MM - across, room.bottom - 4.0, across, 3.0)
    pen.ruler(foot)
    document.end_page()
    document.close()
    return gathered.getvalue()


def _upright_ruler(pen: Pen, box: Box) -> None:
    pen.fill(box.left(0.4))
    for millimetre in range(0, round(box.height) + 1, 5):
        width = box.width if millimetre % 10 == 0 else box.width * 0.6
        y = min(box.y + max(millimetre - 0.1, 0.0), box.bottom - 0.2)
        pen.fill(Box(box.x, y, width, 0.2))


def _draw_patches(pen: Pen, body: Box, y: float) -> float:
    """Eleven steps from black to white, and colours."""
    step = body.width / 11
    for place in range(11):
        patch = Box(body.x + place * step, body.y + y, step, 8.0)
        grey = place / 10
        pen.fill(patch, rgb=(grey, grey, grey))
        said = SetText(lines=(f"{100 - place * 10} %",), lettering=_TEXT)
        pen.write(said, Box(patch.x, patch.bottom + 0.3, step, 4.0), align="centre")
    pen.outline(Box(body.x, body.y + y, body.width, 8.0))
    step = body.width / len(_COLOURS)
    for place, colour in enumerate(_COLOURS):
        patch = Box(body.x + place * step, body.y + y + 13.5, step, 8.0)
        pen.fill(patch, rgb=(float(colour[0]), float(colour[1]), float(colour[2])))
        pen.outline(patch)
    return y + 21.5


def _draw_sizes(pen: Pen, body: Box, y: float) -> float:
    for size in _SIZES:
        lettering = Lettering(font=SANS, size=size)
        words = f"{size:.0f} points: Kia ora, ā ē ī ō ū, 0O 1Il 5S 8B, 0123456789"
        pen.write(wrapped(words, lettering, body.width), body.below(y))
        y += lettering.line_mm + 0.5
    return y + 2.0


def _draw_lines(pen: Pen, box: Box) -> None:
    """Lines of 0.1 to 0.5 mm: which of them break?"""
    for place, line_mm in enumerate((0.1, 0.2, 0.3, 0.5)):
        y = box.y + place * 5.0
        pen.rule(x=box.x, y=y + 2.0, width=25.0, line_mm=line_mm)
        said = SetText(lines=(f"{line_mm} mm",), lettering=_TEXT)
        pen.write(said, Box(box.x + 27.0, y, 20.0, 4.0))
