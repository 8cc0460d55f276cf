"""Draws on one page in millimetres from the top left: black only, and nothing outside its box."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, cast

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box, LayoutFault
from desktop.printing.document import POINTS_PER_MM, PdfDocument
from desktop.printing.lettering import SMALLEST, SetText
from desktop.printing.letters import draw_line
from desktop.printing.photo import draw_photo

_QUIET_MODULES = 4


class Pen:
    """Lines, boxes and text on the current page of a document."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self._canvas = document.canvas
        self._height = document.paper.size_mm[1]

    def write(self, text: SetText, box: Box, *, align: str = "left") -> None:
        """Write the lines from the top of `box`; raises LayoutFault if they do not fit in it."""
        if text.width_mm > box.width + 0.01 or text.height_mm > box.height + 0.01:
            raise LayoutFault(f"{text.lines} does not fit in {box}")
        if text.lettering.size < SMALLEST:
            raise LayoutFault(f"{text.lines} is set smaller than {SMALLEST} points")
        canvas = self._canvas
        canvas.setFillGray(0)
        for row, line in enumerate(text.lines):
            x = box.x
            if align == "centre":
                x += (box.width - text.lettering.width_mm(line)) / 2
            elif align == "right":
                x += box.width - text.lettering.width_mm(line)
            baseline = box.y + row * text.lettering.line_mm + text.lettering.baseline_mm
            draw_line(canvas, line, text.lettering, x=_points(x), y=self._up(baseline))

    def outline(self, box: Box, *, line_mm: float = 0.2) -> None:
        """A black frame along the edge of `box`."""
        self._canvas.setStrokeGray(0)
        self._canvas.setLineWidth(_points(line_mm))
        self._canvas.rect(
            _points(box.x), self._up(box.bottom), _points(box.width), _points(box.height)
        )

    def fill(self, box: Box, *, rgb: tuple[float, float, float] = (0, 0, 0)) -> None:
        """Fill `box`; black unless it is a patch of a colour strip."""
        self._canvas.setFillColorRGB(*rgb)
        self._canvas.rect(
            _points(box.x),
            self._up(box.bottom),
            _points(box.width),
            _points(box.height),
            stroke=0,
            fill=1,
        )

    def circle(self, *, x: float, y: float, diameter: float) -> None:
        """A thin black circle around (x, y)."""
        self._canvas.setStrokeGray(0)
        self._canvas.setLineWidth(_points(0.15))
        self._canvas.circle(_points(x), self._up(y), _points(diameter / 2))

    def rule(self, *, x: float, y: float, width: float, line_mm: float = 0.2) -> None:
        """A black horizontal line whose upper edge is at `y`."""
        self.fill(Box(x, y, width, line_mm))

    def ruler(self, box: Box) -> None:
        """A bar exactly as wide as `box`, with a mark every 5 mm and a longer one every 10."""
        self.fill(Box(box.x, box.bottom - 0.4, box.width, 0.4))
        for millimetre in range(0, round(box.width) + 1, 5):
            height = box.height if millimetre % 10 == 0 else box.height * 0.6
            x = min(box.x + max(millimetre - 0.1, 0.0), box.right - 0.2)
            self.fill(Box(x, box.bottom - height, 0.2, height))

    def ruler_of(self, box: Box, *, millimetres: int, every: int = 1) -> None:
        """A bar as wide as `box` that stands for so many millimetres, with a mark at each end and
        smaller ones for `every` so many."""
        self.fill(Box(box.x, box.bottom - 0.4, box.width, 0.4))
        for place in range(0, millimetres + 1, every):
            height = box.height if place in {0, millimetres} else box.height * 0.5
            x = box.x + place * (box.width - 0.2) / millimetres
            self.fill(Box(x, box.bottom - height, 0.2, height))

    def picture(self, image: PaperImage, box: Box) -> None:
        """A picture over the whole of `box`, whose shape is its own."""
        draw_photo(self._document, image, box)

    def qr(self, content: str, box: Box) -> None:
        """A QR code of level M over the whole of a square `box`, its quiet zone inside."""
        import zxingcpp  # only papers with a code need it

        code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        drawn: Any = code.to_image(scale=1, add_quiet_zones=False)
        modules = cast(list[list[int]], memoryview(drawn).tolist())
        module = _points(box.width / (len(modules) + 2 * _QUIET_MODULES))
        runs = " ".join(
            f"{start} {row} {length} 1 re"
            for row, values in enumerate(modules, start=_QUIET_MODULES)
            for start, length in _dark_runs(values)
        )
        # one path, counted in modules from the top left: four numbers each would be 500 of them
        place = f"{module:.5f} 0 0 {-module:.5f} {_points(box.x):.3f} {self._up(box.y):.3f} cm"
        content_of_page = self._canvas._code  # noqa: SLF001 - whole paths have no public name
        content_of_page.append(f"q {place} 0 g {runs} f Q")

    def _up(self, y: float) -> float:
        return _points(self._height - y)


def _points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


def _dark_runs(values: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the black modules of a row start, the quiet zone counted, and how many there are."""
    place = _QUIET_MODULES
    for is_light, run in groupby(values, key=bool):
        length = len(list(run))
        if not is_light:
            yield place, length
        place += length
