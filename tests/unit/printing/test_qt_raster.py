"""Through Qt to paper: actual size, nothing shifted, the code still readable."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.printing.problems import PrinterRefused
from desktop.printing.qt_raster import paint_pages, prepare
from desktop.printing.record_sheet import lay_out
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import page_code
from tests.unit.printing.made_sheets import NUMBER, image, sheet
from tests.unit.printing.reading import codes, longest_rule_mm, pages


@pytest.mark.requirement("R77")
def test_a_painted_sheet_keeps_its_size(qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(300)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    prepare(printer, paper=Paper.A4, title=NUMBER)
    paint_pages(lay_out(sheet(2)), printer)
    first, second = pages(out.read_bytes(), dpi=300)
    assert codes(first) == [page_code(NUMBER, 1)]
    assert codes(second) == [page_code(NUMBER, 2)]
    bar = longest_rule_mm(first, dpi=300, left_mm=149, top_mm=277)
    assert bar == pytest.approx(50.0, rel=0.005)


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\)")
def test_a_printer_that_cannot_be_opened_is_said_so(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(PrinterRefused, match="cannot be opened"):
        paint_pages(lay_out(sheet()), printer)


def test_a_picture_that_fails_prints_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    def gone() -> None:
        raise PrinterRefused(name="made up", reason="it is gone.")

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    laid = lay_out(sheet(images=(image(0), image(1, picture=gone))))
    with pytest.raises(PrinterRefused, match="it is gone"):
        paint_pages(laid, printer)
    assert list(tmp_path.iterdir()) == []
