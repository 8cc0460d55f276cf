"""The edges of the paper: where it is bound, what may be printed on, and the side it turns to."""

from desktop.printing.boxes import Box
from desktop.printing.document import POINTS_PER_MM, PdfDocument
from desktop.printing.pen import Pen
from desktop.printing.record_sheet_model import Paper

BINDING_MM = 22.0
EDGE_MM = 10.0

_HOLE_MM = 12.0
_HOLES_APART_MM = 80.0


def printing_area(paper: Paper) -> Box:
    """What may be printed on: the paper without the binding margin and the other edges."""
    width, height = paper.size_mm
    return Box(BINDING_MM, EDGE_MM, width - BINDING_MM - EDGE_MM, height - 2 * EDGE_MM)


def begin_page(document: PdfDocument, pen: Pen, *, page: int, two_sided: bool = False) -> None:
    """Begin a page with the marks of its holes. The back of a sheet is bound at the right: all that
    is drawn after this stands further left there, and its boxes stay what they are."""
    is_back = two_sided and page % 2 == 0
    if is_back:
        document.canvas.translate((EDGE_MM - BINDING_MM) * POINTS_PER_MM, 0)
    _draw_holes(pen, document.paper, is_back=is_back)


def _draw_holes(pen: Pen, paper: Paper, *, is_back: bool) -> None:
    """Marks for two holes 80 mm apart, 12 mm from the edge (ISO 838)."""
    width, height = paper.size_mm
    x = width - _HOLE_MM + BINDING_MM - EDGE_MM if is_back else _HOLE_MM
    for y in (height / 2 - _HOLES_APART_MM / 2, height / 2 + _HOLES_APART_MM / 2):
        pen.circle(x=x, y=y, diameter=6.0)
