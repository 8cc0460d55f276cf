"""Pages as a person meets them: what can be pressed and what can be read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import ConsentForm
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Role
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.tiles import face_of
from desktop.ui.patients.patients_page import PatientsPage
from desktop.ui.worklists.retention_due import RetentionDue
from desktop.ui.worklists.worklists_page import WorklistsPage
from tests.ui.made_facts import PHONE, todays_items
from tests.ui.stand_ins import StandInDoor, StandInOffice

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, on: QWidget | None = None) -> None:
    """Press a key where the keyboard is, as a person does."""
    target = on or QApplication.focusWidget()
    assert target is not None, "the keyboard is nowhere"
    QTest.keyClick(target, key, modifier)


def type_in(text: str) -> None:
    """Type where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None, "the keyboard is nowhere"
    QTest.keyClicks(target, text)


class DoorScreen:
    """The door: create, unlock, recover."""

    def __init__(self, qtbot: QtBot, window: MainWindow, door: StandInDoor) -> None:
        self._qtbot = qtbot
        self.window = window
        self.door = door
        self.page = window.unlock

    def start(self) -> None:
        with self._qtbot.waitSignal(self.page.asked):
            self.window.start()

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase where the keyboard already is, and press Enter."""
        card = self.page.open_card
        self._qtbot.waitUntil(card.passphrase.hasFocus)
        type_in(passphrase)
        press(Qt.Key.Key_Return)

    @property
    def said(self) -> str:
        card = self.page.card
        return card.notice.text if card is not None else ""

    def wait_said(self) -> str:
        self._qtbot.waitUntil(lambda: bool(self.said))
        return self.said


class DeskScreen:
    """The Desk: sources, tiles, and the filing at the right."""

    def __init__(self, qtbot: QtBot, window: MainWindow, office: StandInOffice) -> None:
        self._qtbot = qtbot
        self.window = window
        self.office = office
        assert window.desk is not None
        self.page: DeskPage = window.desk
        self.grid = self.page.items.grid
        self.filing = self.page.filing
        self.facts = self.filing.facts_step
        self.search = self.filing.patient_step.search

    def plug_in(self, source: SourceInfo, *, tiles: int) -> None:
        """Plug a source in and wait until it shows so many tiles."""
        self.office.sources.append(source)
        self.look()
        self._qtbot.waitUntil(lambda: len(self.tiles) == tiles)

    def with_phone(self, count: int = 4) -> "DeskScreen":
        """Plug in a phone with so many images of today."""
        self.office.items[PHONE.id] = todays_items(count)
        self.plug_in(PHONE, tiles=count)
        return self

    def say_all(self) -> None:
        """Say everything that an image needs to be filed."""
        form = self.facts.form
        form.name.setText("Mere Parata")
        form.role.setCurrentIndex(form.role.findData(Role.NURSE))
        form.owner.setCurrentIndex(form.owner.findData(DeviceOwner.ORGANISATION))
        form.consent.setCurrentIndex(form.consent.findData(ConsentForm.VERBAL))

    def look(self) -> None:
        """What the timer does every two seconds."""
        before = self.page.sources.model.rowCount()
        self.page.sources.look_now()
        self._qtbot.waitUntil(
            lambda: (
                self.page.sources.model.rowCount() == len(self.office.sources)
                or self.page.sources.model.rowCount() != before
            )
        )

    @property
    def sources(self) -> list[str]:
        model = self.page.sources.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    @property
    def tiles(self) -> list[str]:
        model = self.page.items.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    @property
    def ticked(self) -> list[str]:
        return [item.name for item in self.page.items.ticked]

    def tick(self, count: int) -> None:
        """Tick the first so many by keyboard and go on with Enter."""
        self.grid.setFocus()
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Space)
        for _ in range(count - 1):
            press(Qt.Key.Key_Right)
            press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Return)

    def scan(self, text: str) -> None:
        """A wedge scanner: characters fast, then Enter, before any answer came."""
        assert self.search.field.hasFocus()
        type_in(text)
        press(Qt.Key.Key_Return)

    def wait_for_patient(self) -> Patient:
        self._qtbot.waitUntil(lambda: self.filing.chosen_patient is not None)
        self._qtbot.waitUntil(self.facts.second.hasFocus)
        patient = self.filing.chosen_patient
        assert patient is not None
        return patient

    def read_back(self, text: str) -> None:
        type_in(text)
        press(Qt.Key.Key_Return)

    def wait_for_report(self) -> str:
        report = self.filing.report_step
        self._qtbot.waitUntil(report.isVisible)
        return report.text


class PatientsScreen:
    """The Patients room."""

    def __init__(self, qtbot: QtBot, window: MainWindow, office: StandInOffice) -> None:
        self._qtbot = qtbot
        self.window = window
        self.office = office
        assert window.patients is not None
        self.page: PatientsPage = window.patients
        press(Qt.Key.Key_2, CTRL, on=window)
        qtbot.waitUntil(self.page.search.field.hasFocus)

    @property
    def found(self) -> list[str]:
        model = self.page.search.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def search(self, text: str) -> None:
        with self._qtbot.waitSignal(self.page.search.searched):
            type_in(text)

    def open_chart(self, text: str) -> None:
        with self._qtbot.waitSignal(self.page.chart.loaded):
            self.search(text)
            press(Qt.Key.Key_Return)

    @property
    def tiles(self) -> list[tuple[str, str]]:
        """Name and state in words of every tile of the chart."""
        model = self.page.chart.model
        return [
            (str(model.index(row).data()), face_of(model.index(row)).mark_words)
            for row in range(model.rowCount())
        ]


class WorklistsScreen:
    """The Worklists room as a person meets it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, office: StandInOffice) -> None:
        self._qtbot = qtbot
        self.window = window
        self.office = office
        assert window.worklists is not None
        self.page: WorklistsPage = window.worklists
        due = self.page.lists[0]
        assert isinstance(due, RetentionDue)
        self.due = due

    def come_in(self) -> "WorklistsScreen":
        with self._qtbot.waitSignal(self.due.loaded):
            press(Qt.Key.Key_3, CTRL, on=self.window)
        self._qtbot.waitUntil(lambda: all(", " in name for name in self.names))
        return self

    @property
    def names(self) -> list[str]:
        """The lists as a screen reader reads them."""
        role = Qt.ItemDataRole.AccessibleTextRole
        rows = range(self.page.model.rowCount())
        return [str(self.page.model.index(row).data(role)) for row in rows]

    @property
    def rows(self) -> list[list[str]]:
        model = self.due.model
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]
