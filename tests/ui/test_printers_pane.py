"""Printers in the Office room: the list, a check page, and what was measured, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.printer_check import Edges, Measured
from desktop.records.facts.printer_problems import BarNotBelievable
from desktop.ui.office.printers_pane import PrintersPane
from desktop.ui.parts.background import Background
from tests.ui.made_printers import StandInPrinters
from tests.ui.screens import press, type_in

pytestmark = pytest.mark.requirement("R80")


@pytest.fixture
def made() -> StandInPrinters:
    return StandInPrinters()


@pytest.fixture
def pane(qtbot: QtBot, background: Background, made: StandInPrinters) -> PrintersPane:
    shown = PrintersPane(background=background, verbs=made.verbs)
    qtbot.addWidget(shown)
    shown.resize(740, 900)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.load()
    qtbot.waitUntil(lambda: shown.form.tray.count() == 3)
    return shown


def test_a_printer_is_checked_by_keyboard(
    qtbot: QtBot, pane: PrintersPane, made: StandInPrinters
) -> None:
    assert pane.told.text() == "Not checked. Print a check page."
    pane.table.setFocus()
    press(Qt.Key.Key_Down)
    assert "98.7 mm" in pane.told.text()
    qtbot.waitUntil(lambda: pane.form.tray.currentData() == "tray-2")
    pane.form.print_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(made.printed))
    assert made.printed == [("Ward_3_Inkjet", "tray-2", Paper.A5)]
    qtbot.waitUntil(pane.form.lengths["across"].hasFocus)
    for typed in ("100.2", "150", "20", "19,5"):
        type_in(typed)
        press(Qt.Key.Key_Tab)
    for field in pane.form.edges.values():
        assert field.hasFocus()
        type_in("4")
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, on=pane.form.lengths["top"])
    qtbot.waitUntil(lambda: "Stored." in pane.notice.text)
    edges = Edges(left=4, top=4, right=4, bottom=4)
    measured = Measured(
        across_mm=100.2, down_mm=150, left_mm=20, top_mm=19.5, edges=edges, colour=False
    )
    assert made.stored == [("PC7K3QX9FM", measured)]
    assert pane.form.code.text() == ""


def test_what_is_no_length_or_cannot_be_so_is_said_and_kept(
    qtbot: QtBot, pane: PrintersPane, made: StandInPrinters
) -> None:
    pane.form.measure("PC7K3QX9FM")
    pane.form.lengths["across"].setText("ten")
    press(Qt.Key.Key_Return, on=pane.form.lengths["across"])
    assert "ten" in pane.notice.text
    made.problem = BarNotBelievable(bar="across", measured="80", drawn=150)
    for field in pane.form.lengths.values():
        field.setText("80")
    press(Qt.Key.Key_Return, on=pane.form.lengths["across"])
    qtbot.waitUntil(lambda: "more than a tenth" in pane.notice.text)
    assert pane.form.lengths["across"].text() == "80"
    assert pane.form.save_button.isEnabled()


def test_a_printer_that_is_not_here_prints_no_page(qtbot: QtBot, pane: PrintersPane) -> None:
    pane.table.selectRow(2)
    assert not pane.form.print_button.isEnabled()
    assert "set up here" in pane.told.text()
