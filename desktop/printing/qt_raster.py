"""Paints a PDF onto a printer that only Qt can reach: in bands, lossless, at actual size."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.printing.laid_out import LaidOut
from desktop.printing.pdfium import OpenPdf, opened
from desktop.printing.problems import PrinterRefused
from desktop.printing.record_sheet_model import Paper

RASTER_DPI = 300
_MEMORY = "/dev/shm"  # noqa: S108  a file system in memory, not a folder on disk
_BAND_ROWS = 300
_SIZES = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
    Paper.A5: QPageSize.PageSizeId.A5,
}


def prepare(printer: QPrinter, *, paper: Paper, title: str) -> None:
    """Set full page, paper and document name on a printer, before or after its dialog.

    Without full page everything shifts by the printer's own margins. `title` is opaque: it stands
    in logs and queues.
    """
    printer.setFullPage(True)
    layout = QPageLayout(
        QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    printer.setPageLayout(layout)
    printer.setDocName(title)


def paint_pages(laid: LaidOut, printer: QPrinter) -> None:
    """Paint every page at 300 dots to the inch and actual size, one page in memory at a time.

    Raises PrinterRefused, and what a picture raises: nothing is printed then.
    """
    # Qt's printing on CUPS cannot be aborted, what was painted is sent: so every picture is drawn
    # to nowhere first.
    laid.write(lambda _piece: None)
    with _spooled_in_memory():
        _paint(laid, printer)


def _paint(laid: LaidOut, printer: QPrinter) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        name = printer.printerName() or "chosen"
        raise PrinterRefused(name=name, reason="it cannot be opened.")
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for page in range(laid.pages):
            shown = laid.page(page)
            if page:
                _turn(printer, page)
            with opened(shown.pdf) as document:
                _paint_page(document, shown.place, painter, printer.resolution() / RASTER_DPI)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _turn(printer: QPrinter, page: int) -> None:
    if not printer.newPage():
        name = printer.printerName() or "chosen"
        raise PrinterRefused(name=name, reason=f"it stopped after page {page}.")


@contextmanager
def _spooled_in_memory() -> Iterator[None]:
    """Qt writes a whole job in the clear to the temporary folder before the printing system takes
    it: let that be memory where the system has such a folder (Linux)."""
    before = os.environ.get("TMPDIR")
    if not os.access(_MEMORY, os.W_OK):
        yield
        return
    os.environ["TMPDIR"] = _MEMORY
    try:
        yield
    finally:
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before


def _paint_page(document: OpenPdf, page: int, painter: QPainter, scale: float) -> None:
    _, height = document.size(page)
    rows = round(height / 72 * RASTER_DPI)
    for top in range(0, rows, _BAND_ROWS):
        band = document.render(page, dpi=RASTER_DPI, top=top, rows=_BAND_ROWS)
        image = QImage(
            band.data, band.width, band.height, band.stride, QImage.Format.Format_RGBX8888
        )
        target = QRectF(0, top * scale, band.width * scale, band.height * scale)
        painter.drawImage(target, image)
