"""Sheets as the window asks for them: previews as pictures, and the system's own print dialog."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtPrintSupport import QPrinter

from desktop.intake.filing_report import SheetReady
from desktop.printing import qt_raster
from desktop.printing.preview import page_images
from desktop.printing.printers import printer_names
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from desktop.verbs.sheets import (
    SheetOrder,
    prepare_again,
    prepare_sheet,
    print_sheet,
    register_elsewhere,
    save_sheet,
)
from desktop.verbs.window_loop import loop_verbs
from desktop.verbs.workstation import Workstation


def sheet_verbs(station: Workstation) -> SheetVerbs:
    """Prepare, save and print, each with its line in the register."""

    def prepare(choice: SheetChoice) -> SheetReady:
        with station.using() as office:
            if choice.again:
                return prepare_again(office, _order(choice), number=choice.again)
            return prepare_sheet(office, _order(choice))

    def save(choice: SheetChoice, ready: SheetReady, path: Path) -> SheetReady:
        with station.using() as office:
            return save_sheet(office, _order(choice), ready, path=path)

    def to_printer(choice: SheetChoice, ready: SheetReady, printer: str) -> SheetReady:
        with station.using() as office:
            return print_sheet(office, _order(choice), ready, printer=printer)

    def print_on(choice: SheetChoice, ready: SheetReady, printer: QPrinter) -> SheetReady:
        with station.using() as office:
            name = printer.printerName() or "chosen in the system's dialog"
            qt_raster.prepare(printer, paper=choice.paper, title=ready.number)
            target = f"printer {name}"
            out = register_elsewhere(office, _order(choice), ready, target=target)
            qt_raster.paint_pdf(out.pdf, printer)
            return out

    return SheetVerbs(
        prepare=prepare,
        save=save,
        print=to_printer,
        print_on=print_on,
        printers=printer_names,
        preview_pages=preview_pages,
        loop=loop_verbs(station),
    )


def preview_pages(pdf: bytes, width: int, most: int) -> Sequence[bytes]:
    """The first `most` pages as PNG, `width` pixels wide."""
    return [
        _png(QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBX8888))
        for page in islice(page_images(pdf, width_px=width), most)
    ]


def _order(choice: SheetChoice) -> SheetOrder:
    return SheetOrder(
        patient=choice.patient.id,
        images=choice.images,
        per_page=choice.per_page,
        paper=choice.paper,
        why=choice.why,
    )


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # QImage.save takes the format as text at run time and as bytes by its stubs; this takes both.
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())
