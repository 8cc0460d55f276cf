"""Reads PDF pages into pixels, from memory; one thread at a time, as PDFium demands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

import pypdfium2
from pypdfium2 import raw

_ONE_AT_A_TIME = RLock()
_POINTS_PER_INCH = 72
_WHITE = (255, 255, 255, 255)
_FLAGS = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """Rows of four bytes a pixel, red green blue and a filler, on a white ground.

    Made for `QImage(data, width, height, stride, QImage.Format.Format_RGBX8888)`.
    """

    width: int
    height: int
    stride: int
    data: bytes


class OpenPdf:
    """A PDF that lies in memory. Its pages count from 0; sizes are in points."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    @property
    def pages(self) -> int:
        """The number of pages."""
        with _ONE_AT_A_TIME:
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def render(self, page: int, *, dpi: float, top: int = 0, rows: int | None = None) -> Pixels:
        """The pixels of a page at `dpi`, whole or the `rows` from `top` on."""
        points_wide, points_high = self.size(page)
        width = max(round(points_wide * dpi / _POINTS_PER_INCH), 1)
        height = max(round(points_high * dpi / _POINTS_PER_INCH), 1)
        rows = height - top if rows is None else min(rows, height - top)
        with _ONE_AT_A_TIME:
            held = self._document[page]
            bitmap = pypdfium2.PdfBitmap.new_native(width, rows, raw.FPDFBitmap_BGRx)
            bitmap.fill_rect(_WHITE, 0, 0, width, rows)
            # The page is drawn whole and shifted up, so that bands meet without a seam.
            raw.FPDF_RenderPageBitmap(bitmap, held, 0, -top, width, height, 0, _FLAGS)
            pixels = Pixels(
                width=width, height=rows, stride=bitmap.stride, data=bytes(bitmap.buffer)
            )
            bitmap.close()
            held.close()
        return pixels


@contextmanager
def opened(pdf: bytes) -> Iterator[OpenPdf]:
    """Open a PDF from memory; nothing touches a disk."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
    try:
        yield OpenPdf(document)
    finally:
        with _ONE_AT_A_TIME:
            document.close()
