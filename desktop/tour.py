"""The whole trip in the real window, by keyboard: the demonstration photographs it on the way."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.app import application, build_window
from desktop.records.facts.patient import Patient
from desktop.settings import Settings
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.background import Background
from desktop.ui.patients.patients_page import PatientsPage
from desktop.ui.worklists.retention_due import RetentionDue
from desktop.verbs.office import Office
from desktop.verbs.workstation import Workstation

_PATIENCE = 30.0


class TourStuck(AssertionError):
    """The window did not come to where the tour waited for it: a fault."""


class Tour:
    """Presses keys in a window and waits for what should come of it. Belongs to the UI thread."""

    def __init__(self, window: MainWindow, background: Background) -> None:
        self.window = window
        self._background = background

    @property
    def desk(self) -> DeskPage:
        """The Desk of the open office."""
        if self.window.desk is None:
            raise TourStuck("no office is open")
        return self.window.desk

    @property
    def patients(self) -> PatientsPage:
        """The Patients room of the open office."""
        if self.window.patients is None:
            raise TourStuck("no office is open")
        return self.window.patients

    @property
    def source_names(self) -> list[str]:
        """What stands in the list of sources, from top to bottom."""
        model = self.desk.sources.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def until(self, come: Callable[[], bool], what: str) -> None:
        """Let the window work until something came. Raises TourStuck."""
        deadline = time.monotonic() + _PATIENCE
        while not come():
            if time.monotonic() > deadline:
                raise TourStuck(f"waited in vain for {what}")
            QTest.qWait(10)

    def settle(self) -> None:
        """Wait until every answer from the lanes has come. Raises TourStuck."""
        QTest.qWait(100)
        self.until(lambda: self._background.is_idle, "the lanes to be idle")

    def press(self, key: Qt.Key, *, with_ctrl: bool = False) -> None:
        """Press a key where the focus is."""
        modifier = Qt.KeyboardModifier.ControlModifier if with_ctrl else _NONE
        QTest.keyClick(self._focus(), key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for letter in text:
            QTest.keyClicks(self._focus(), letter)

    def choose_source(self, name: str, *, other_days: bool = False) -> None:
        """Go to a source that is shown and wait until its images are: those of today, or of all
        days that are counted."""
        pane = self.desk.sources
        self.until(lambda: name in self.source_names, f"the source {name}")
        pane.list.setFocus()
        self.press(Qt.Key.Key_Home)
        for _ in range(self.source_names.index(name)):
            self.press(Qt.Key.Key_Down)
        items = self.desk.items
        self.until(lambda: items.source is not None and items.source.name == name, name)
        if other_days:
            self.until(lambda: items.days.model.rowCount() > 0, "other days")
            items.days.view.setFocus()
            self.press(Qt.Key.Key_A, with_ctrl=True)
        self.until(lambda: items.model.rowCount() > 0, "its images")

    def tick_all(self) -> None:
        """Tick all that is shown and go on to the patient."""
        self.desk.items.grid.setFocus()
        self.press(Qt.Key.Key_A, with_ctrl=True)
        self.press(Qt.Key.Key_Return)

    def choose_patient(self, text: str, born: str) -> None:
        """Search for the patient, take the one found, and read the date of birth back."""
        self.type(text)
        self.press(Qt.Key.Key_Return)
        step = self.desk.filing.facts_step
        self.until(lambda: step.patient is not None, f"a patient like {text}")
        step.second.setFocus()
        self.type(born)

    def say(self, *, taken_by: str, role: str, owner: str, consent: str) -> None:
        """Fill in the facts; lists are chosen by typing their beginning."""
        form = self.desk.filing.facts_step.form
        for field, text in (
            (form.name, taken_by),
            (form.role, role),
            (form.owner, owner),
            (form.consent, consent),
        ):
            field.setFocus()
            self.type(text)

    def file(self) -> None:
        """Press Enter in the panel, and wait for the report."""
        panel = self.desk.filing
        panel.facts_step.second.setFocus()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: bool(panel.report_step.text), "the report")

    def clear_device(self) -> None:
        """From the report: ask for it, go to the button that deletes, press it, and wait."""
        panel = self.desk.filing
        report, step = panel.report_step, panel.clear_step
        self.until(lambda: not report.clear_button.isHidden(), "the offer to clear the device")
        report.clear_button.setFocus()
        self.press(Qt.Key.Key_Return)
        self.until(step.offer_face.isVisible, "the question")
        step.offer_face.agree_button.setFocus()
        self.press(Qt.Key.Key_Return)
        self.until(step.result.isVisible, "what became of every image")

    def open_chart(self, text: str) -> None:
        """Go to the patient's chart."""
        QTest.keyClick(self.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.patients.search.field.setFocus()
        self.type(text)
        self.press(Qt.Key.Key_Return)
        chart = self.patients.chart
        self.until(lambda: chart.patient is not None, f"the chart of {text}")
        self.until(lambda: chart.model.rowCount() > 0, "the images of the chart")

    @property
    def retention(self) -> RetentionDue:
        """The list of what is past its retention time."""
        room = self.window.worklists
        shown = room.chosen if room is not None else None
        if not isinstance(shown, RetentionDue):
            raise TourStuck("no office is open, or another list is shown")
        return shown

    def open_retention(self) -> None:
        """Go to what is past its retention time."""
        QTest.keyClick(self.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        due = self.retention
        self.until(lambda: bool(due.model.rowCount()), "what is past its retention time")

    def put_all_forward(self) -> None:
        """Tick all that may be destroyed, put it on a list, and wait until that is shown."""
        due = self.retention
        due.table.setFocus()
        self.press(Qt.Key.Key_A, with_ctrl=True)
        due.propose_button.setFocus()
        self.press(Qt.Key.Key_Return)
        page = due.disposal
        self.until(page.who.hasFocus, "the list, and who may approve it")

    def approve(self, name: str, passphrase: str) -> None:
        """As a second person: type the beginning of the name and the passphrase, press Enter."""
        page = self.retention.disposal
        page.who.setFocus()
        self.type(name)
        page.passphrase.setFocus()
        self.type(passphrase)
        self.press(Qt.Key.Key_Return)

    def photograph(self, path: Path) -> Path:
        """A picture of the window, once its pictures have come."""
        self.settle()
        QTest.qWait(100)
        self.window.grab().save(str(path))
        return path

    def _focus(self) -> QWidget:
        # Nothing has the focus before the window is shown, whatever the stub says.
        focus = cast("QWidget | None", self.window.focusWidget())
        return self.window if focus is None else focus


_NONE = Qt.KeyboardModifier.NoModifier


def photograph_window(
    office: Office, settings: Settings, patient: Patient, folder: Path
) -> Iterator[Path]:
    """Drive the real window over an open office, and photograph what it shows."""
    application()
    station = Workstation(settings)
    station.take_over(office)
    background = Background()
    store = QSettings(str(settings.office.parent / "window.ini"), QSettings.Format.IniFormat)
    window = build_window(station, background, store)
    window.resize(1280, 800)
    window.show()
    window.enter()
    try:
        tour = Tour(window, background)
        tour.choose_source(settings.folders[0].name)
        tour.tick_all()
        tour.choose_patient(patient.family_name, patient.born.isoformat() if patient.born else "")
        tour.say(taken_by="Hana Parata", role="nurse", owner="organ", consent="verbal")
        yield tour.photograph(folder / "window-desk.png")
        tour.file()
        yield tour.photograph(folder / "window-report.png")
        tour.clear_device()
        yield tour.photograph(folder / "window-cleared.png")
        tour.open_chart(patient.family_name)
        yield tour.photograph(folder / "window-chart.png")
    finally:
        window.close()
        background.close()
        station.let_go()
