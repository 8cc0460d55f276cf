"""The printer and how it prints: asked of the printer, compared with the paper, remembered."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.printing.print_options import PrintOptions, Sides
from desktop.printing.printer_abilities import Abilities
from desktop.printing.printer_problems import PrinterCertificateUnknown, PrinterNotReached
from desktop.printing.record_sheet_model import Paper
from desktop.ui.parts.background import Background
from desktop.ui.parts.print_panel import PrintPanel
from desktop.ui.parts.print_verbs import WaitingPaper
from tests.ui.made_printing import StandInPrinters
from tests.ui.screens import press

pytestmark = pytest.mark.requirement("R77")
LETTER, A4 = frozenset({Paper.LETTER}), frozenset({Paper.A4})


@pytest.fixture
def printers() -> StandInPrinters:
    return StandInPrinters(names=("Lobby", "Ward"))


@pytest.fixture
def panel(qtbot: QtBot, background: Background, printers: StandInPrinters) -> Iterator[PrintPanel]:
    made = PrintPanel(background=background, verbs=printers.verbs)
    page = QWidget()
    column = QVBoxLayout(page)
    for part in (made, made.question):
        column.addWidget(part)
    qtbot.addWidget(page)
    page.setFixedWidth(300)
    page.show()
    yield made
    page.close()


def loaded(qtbot: QtBot, panel: PrintPanel) -> None:
    panel.load()
    qtbot.waitUntil(lambda: panel.options is not None and "Asking" not in panel.state)


def test_what_the_printer_cannot_do_cannot_be_chosen(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.says["Lobby"] = Abilities(two_sided=False, colour=False, most_copies=9)
    loaded(qtbot, panel)
    assert not panel.both_sides.isEnabled()
    assert not panel.colour.isEnabled()
    assert panel.copies.maximum() == 9
    assert "grey only" in panel.state
    assert panel.options == PrintOptions(printer="Lobby", is_grey=True)
    assert not panel.tray.isVisible()


def test_other_paper_is_said_and_can_be_printed_on_all_the_same(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.says["Lobby"] = Abilities(
        loaded=LETTER | A4, trays=("tray-1", "tray-2"), loaded_in={"tray-1": LETTER, "tray-2": A4}
    )
    loaded(qtbot, panel)
    assert panel.state == "Ready. In it: A4, Letter."
    panel.tray.setCurrentIndex(panel.tray.findText("tray-1 (Letter)"))
    panel.tray.activated.emit(panel.tray.currentIndex())
    assert panel.notice.text == "The printer says that Letter lies in it, not A4."
    assert panel.anyway_button.isVisible()
    assert panel.options
    assert not panel.options.whatever_is_loaded
    panel.anyway_button.setFocus()
    press(Qt.Key.Key_Space, on=panel.anyway_button)
    assert panel.options == PrintOptions(printer="Lobby", tray="tray-1", whatever_is_loaded=True)
    assert not panel.anyway_button.isVisible()
    panel.show_paper(Paper.A5)  # another paper is asked about again
    assert panel.anyway_button.isVisible()
    panel.show_paper(Paper.LETTER)
    assert panel.state == "Ready. In it: Letter."


def test_a_printer_in_trouble_says_so(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.says["Lobby"] = Abilities(trouble="it is out of paper.")
    printers.says["Ward"] = PrinterNotReached(name="Ward", reason="Connection refused")
    loaded(qtbot, panel)
    assert panel.state == "The printer says: it is out of paper."
    panel.printer.setCurrentIndex(1)
    panel.printer.activated.emit(1)
    qtbot.waitUntil(lambda: "does not answer" in panel.notice.text)
    assert panel.options == PrintOptions(printer="Ward")


def test_what_was_chosen_last_is_there_again_and_one_copy(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.last = PrintOptions(printer="Ward", tray="tray-2", sides=Sides.TWO, is_grey=True)
    printers.says["Ward"] = Abilities(trays=("tray-1", "tray-2"))
    loaded(qtbot, panel)
    assert panel.options == printers.last
    panel.copies.setValue(3)
    panel.one_side.click()
    panel.keep()
    expected = PrintOptions(printer="Ward", tray="tray-2", is_grey=True)
    qtbot.waitUntil(lambda: printers.last == expected)
    assert panel.copies.value() == 1


def test_a_printer_is_added_once_a_person_compared_its_certificate(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.names = ()
    address = "ipps://192.168.1.20/ipp/print"
    printers.says[address] = PrinterCertificateUnknown(
        name="192.168.1.20", fingerprint="AB:CD", reason="self-signed"
    )
    panel.load()
    qtbot.waitUntil(lambda: "No printer is set up" in panel.state)
    assert panel.options is None
    panel.by_address.field.setText(address)
    press(Qt.Key.Key_Return, on=panel.by_address.field)
    qtbot.waitUntil(panel.same_button.isVisible)
    assert "AB:CD" in panel.notice.text
    panel.same_button.click()
    qtbot.waitUntil(lambda: panel.options is not None)
    assert printers.added == [f"{address}#sha256:AB:CD"]
    assert panel.printer.currentText() == address  # the fingerprint is nobody's to read here


@pytest.mark.requirement("R79")
def test_a_paper_that_waits_at_a_printer_is_named_and_taken_out_of_its_queue(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    loaded(qtbot, panel)
    assert not panel.waiting.isVisible()
    stuck = WaitingPaper(
        printer="Lobby", job=7, what="RS7K3QX9FM, copy 1", said="Printer Lobby has stopped."
    )
    printers.waiting = [stuck, replace(stuck, job=6, what="CONSENT", may_cancel=False)]
    panel.waiting.look()
    qtbot.waitUntil(panel.waiting.isVisible)
    assert panel.waiting.text.startswith("RS7K3QX9FM, copy 1. Printer Lobby has stopped. CONSENT")
    (cancel,) = panel.waiting.buttons  # what is over has nothing to be cancelled
    cancel.setFocus()
    with qtbot.waitSignal(panel.waiting.settled):
        press(Qt.Key.Key_Space, on=cancel)
    qtbot.waitUntil(lambda: panel.waiting.buttons == [])
    assert [one.job for one in printers.waiting] == [6]
    assert panel.waiting.notice.text == "RS7K3QX9FM, copy 1 is cancelled."


def test_a_printer_without_a_queue_is_looked_for_and_added(
    qtbot: QtBot, panel: PrintPanel, printers: StandInPrinters
) -> None:
    printers.names = ()
    panel.load()
    qtbot.waitUntil(lambda: "No printer is set up" in panel.state)
    by = panel.by_address
    press(Qt.Key.Key_Space, on=by.find_button)
    qtbot.waitUntil(lambda: "No printer announces itself" in by.said)
    assert by.field.hasFocus()
    printers.announced = ("ipps://ward.local:631/ipp/print",)
    press(Qt.Key.Key_Space, on=by.find_button)
    qtbot.waitUntil(by.found.isVisible)
    assert by.field.text() == "ipps://ward.local:631/ipp/print"
    press(Qt.Key.Key_Return, on=by.field)
    qtbot.waitUntil(lambda: panel.options is not None)
    assert printers.added == ["ipps://ward.local:631/ipp/print"]
    assert not by.isVisible()
