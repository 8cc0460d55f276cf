"""Sheets as the window asks for them: pages as pictures, and the system's own print dialog."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.printing import qt_raster
from desktop.printing.laid_out import LaidOut, SheetReady
from desktop.printing.preview import page_image
from desktop.printing.print_options import PrintOptions
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from desktop.verbs.paper_order import Typed
from desktop.verbs.sheets import (
    SheetOrder,
    leave_elsewhere,
    prepare_again,
    prepare_sheet,
    print_sheet,
    save_sheet,
)
from desktop.verbs.window_loop import loop_verbs
from desktop.verbs.window_printing import print_verbs
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

    def to_printer(choice: SheetChoice, ready: SheetReady, to: PrintOptions) -> SheetReady:
        with station.using() as office:
            return print_sheet(office, _order(choice), ready, to=to)

    def print_on(choice: SheetChoice, ready: SheetReady, printer: QPrinter) -> SheetReady:
        with station.using() as office:
            name = printer.printerName() or "chosen in the system's dialog"
            qt_raster.prepare(printer, paper=choice.paper, title=ready.number)
            target = f"printer {name}"

            def paint(out: SheetReady) -> None:
                qt_raster.paint_pages(out.laid, printer)

            modes = QPrinterInfo(printer).supportedColorModes()
            is_grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
            order = replace(
                _order(choice),
                two_sided=printer.duplex() is not QPrinter.DuplexMode.DuplexNone,
                is_grey=is_grey,
            )
            return leave_elsewhere(
                office,
                order,
                ready,
                target=target,
                leave=paint,
                knows_colour=QPrinter.ColorMode.Color in modes,
            )

    def preview(laid: LaidOut, page: int, width: int) -> bytes:
        with station.using():  # its pictures come from the originals
            return preview_page(laid, page, width)

    return SheetVerbs(
        prepare=prepare,
        save=save,
        print=to_printer,
        print_on=print_on,
        printing=print_verbs(station),
        preview_page=preview,
        loop=loop_verbs(station),
    )


def preview_page(laid: LaidOut, page: int, width: int) -> bytes:
    """A page (from 0) as PNG, `width` pixels wide."""
    shown = page_image(laid, page, width_px=width)
    return _png(
        QImage(shown.data, shown.width, shown.height, shown.stride, QImage.Format.Format_RGBX8888)
    )


def _order(choice: SheetChoice) -> SheetOrder:
    return SheetOrder(
        patient=choice.patient.id,
        images=choice.images,
        per_page=choice.per_page,
        paper=choice.paper,
        why=choice.why,
        kind=choice.kind,
        typed=Typed(**dict(choice.written)),
        life_size=choice.life_size,
        smaller=choice.smaller,
        printer=choice.printer,
        tray=choice.tray,
    )


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # QImage.save takes the format as text at run time and as bytes by its stubs; this takes both.
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())
