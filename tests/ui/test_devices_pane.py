"""The Office room's register of devices, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.device_problems import DeviceAlreadyThere
from desktop.ui.main_window import MainWindow
from desktop.ui.office.devices_pane import DevicesPane
from desktop.ui.parts.asking import PathQuestion
from tests.ui.made_devices import StandInDevices, known_phone, ward_camera
from tests.ui.made_facts import PHONE
from tests.ui.screens import CTRL, press, type_in
from tests.ui.stand_ins import StandInOffice


class PaneScreen:
    """The pane as a person meets it: come in by keyboard, the list has it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, devices: StandInDevices) -> None:
        self._qtbot = qtbot
        self.devices = devices
        assert window.office is not None
        self.pane: DevicesPane = window.office.devices
        press(Qt.Key.Key_4, CTRL, on=window)
        for _ in range(3):  # Trail, People, Backup, Devices
            press(Qt.Key.Key_Down, on=window.office.list)
        qtbot.waitUntil(lambda: len(self.pane.model.rows) == len(devices.known))

    @property
    def rows(self) -> list[list[str]]:
        model = self.pane.model
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    def said(self, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.pane.notice.text)

    def press_on(self, button: str) -> None:
        made = getattr(self.pane, button)
        made.setFocus()
        press(Qt.Key.Key_Return)


@pytest.fixture
def screen(qtbot: QtBot, open_window: MainWindow, office: StandInOffice) -> PaneScreen:
    office.devices.known.extend((known_phone(), ward_camera()))
    return PaneScreen(qtbot, open_window, office.devices)


def test_an_empty_register_says_what_to_do(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    empty = PaneScreen(qtbot, open_window, office.devices)
    qtbot.waitUntil(empty.pane.empty.isVisible)
    assert "Add the organisation's cameras" in empty.pane.empty.text
    assert not empty.pane.change_button.isEnabled()


@pytest.mark.requirement("R27")
def test_devices_are_listed_added_and_described_anew(qtbot: QtBot, screen: PaneScreen) -> None:
    phone, camera = screen.rows
    assert phone[:2] == ["Mere's Pixel 8", "personal, Mere Parata"]
    assert phone[4].endswith("all yes")
    assert camera[2:4] == ["Canon EOS R10 s/n …6789, asset A-77, Ward 5", "never checked"]
    form = screen.pane.form
    form.fields["name"].setFocus()
    type_in("Theatre camera")
    form.fields["serial"].setFocus()
    type_in("77001")
    screen.devices.problem = DeviceAlreadyThere(what="The serial number 77001", name="Other")
    press(Qt.Key.Key_Return)
    screen.said("already on the register as “Other”")
    assert form.fields["name"].text() == "Theatre camera"
    screen.devices.problem = None
    press(Qt.Key.Key_Return)
    screen.said("Theatre camera is on the register.")
    assert screen.devices.noted[0].owner is DeviceOwner.ORGANISATION
    qtbot.waitUntil(lambda: len(screen.rows) == 3)
    screen.pane.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(form.fields["name"].hasFocus)
    assert form.fields["asset_number"].text() == "A-77"
    form.fields["location"].setText("Ward 6")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Ward 6" in screen.rows[1][2])


@pytest.mark.requirement("R27", "R68")
def test_a_clock_that_is_off_is_flagged(qtbot: QtBot, screen: PaneScreen) -> None:
    screen.pane.table.selectRow(1)
    screen.press_on("clock_button")
    assert screen.pane.field.hasFocus()
    type_in("half past")
    press(Qt.Key.Key_Return)
    screen.said("is not a time of day")
    screen.pane.field.setText("14:10:30")
    press(Qt.Key.Key_Return)
    screen.said("clock 5 min fast on 23 Nov 2026. Set it right")
    qtbot.waitUntil(lambda: screen.rows[1][3] == "5 min fast on 23 Nov 2026")


@pytest.mark.requirement("R112", "R113", "R114")
def test_a_phone_check_is_noted_and_its_history_told(qtbot: QtBot, screen: PaneScreen) -> None:
    qtbot.waitUntil(lambda: "answered by Mere Parata" in screen.pane.history.text())
    screen.press_on("check_button")
    for key in "yyyyn":
        type_in(key)
    screen.said("1 to put right")
    qtbot.waitUntil(lambda: "• Switch on Find My" in screen.pane.history.text())
    screen.press_on("lost_button")
    type_in("left in a taxi")
    press(Qt.Key.Key_Return)
    screen.said("reported lost. Have it erased from afar now.")
    qtbot.waitUntil(lambda: screen.rows[0][0] == "Mere's Pixel 8 (LOST)")
    qtbot.waitUntil(lambda: "Lost: left in a taxi" in screen.pane.history.text())
    qtbot.waitUntil(screen.pane.found_button.isEnabled)
    screen.press_on("found_button")
    screen.said("is found")


def test_a_device_is_retired_after_a_second_thought_and_the_card_is_saved(
    qtbot: QtBot, screen: PaneScreen, tmp_path: Path
) -> None:
    screen.press_on("retire_button")
    assert screen.pane.sure_button.hasFocus()
    screen.press_on("never_mind")
    assert len(screen.devices.known) == 2
    screen.press_on("retire_button")
    press(Qt.Key.Key_Return)
    screen.said("Mere's Pixel 8 is retired.")
    qtbot.waitUntil(lambda: len(screen.rows) == 1)

    def answer(question: PathQuestion) -> None:
        assert question.suggested == "phone-check-card.pdf"
        question.then(tmp_path / "card.pdf")

    screen.pane._ask = answer
    screen.press_on("card_button")
    screen.said("Saved as card.pdf")
    assert screen.devices.cards == [tmp_path / "card.pdf"]


def test_in_a_small_window_what_a_device_is_stands_below_the_table(
    qtbot: QtBot, screen: PaneScreen, open_window: MainWindow
) -> None:
    pane = screen.pane
    open_window.resize(1280, 800)
    qtbot.waitUntil(lambda: not pane.table.isColumnHidden(2))
    assert not pane.what.isVisible()
    open_window.resize(1000, 700)
    qtbot.waitUntil(pane.what.isVisible)
    assert pane.table.isColumnHidden(2)
    assert pane.table.isColumnHidden(3)
    pane.table.selectRow(1)
    assert pane.what.text().startswith("Canon EOS R10 s/n …6789, asset A-77, Ward 5 · clock")
    width = sum(pane.table.columnWidth(column) for column in (0, 1, 4))
    assert width <= pane.table.viewport().width()


@pytest.mark.parametrize(("failed", "said"), [(0, "kept its part"), (1, "1 of 2 checks failed")])
def test_a_device_is_tested_and_its_report_saved(
    qtbot: QtBot, screen: PaneScreen, tmp_path: Path, failed: int, said: str
) -> None:
    box, devices = screen.pane.self_test, screen.devices
    devices.connected, devices.failed = [PHONE], failed
    asked: list[PathQuestion] = []
    box._ask = asked.append
    screen.press_on("test_button")
    qtbot.waitUntil(box.sources.hasFocus)
    box.start_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said in box.notice.text)
    assert box.save_button.hasFocus()
    press(Qt.Key.Key_Return)
    asked[0].then(tmp_path / "report.txt")
    qtbot.waitUntil(lambda: len(devices.reports) == 1)
    assert devices.reports[0][0].source == PHONE.id


def test_a_self_test_is_stopped_and_says_so(qtbot: QtBot, screen: PaneScreen) -> None:
    box = screen.pane.self_test
    screen.devices.connected, screen.devices.hangs = [PHONE], True
    screen.press_on("test_button")
    qtbot.waitUntil(box.sources.hasFocus)
    box.start_button.click()
    qtbot.waitUntil(lambda: "1 of 2: lists the same twice" in box.notice.text)
    assert box.stop_button.hasFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Stopped, as asked" in box.notice.text)
    assert box.save_button.isHidden()
    press(Qt.Key.Key_Escape)
    assert box.isHidden()
