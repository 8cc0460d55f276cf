"""The window: the door, the rooms bar, and everything forgotten at lock.

The rooms are imported when an office is opened: the door must be ready to type in before that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.ui.parts import crash_box
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.help_panel import HelpPanel
from desktop.ui.parts.icons import note_tinted, retint
from desktop.ui.parts.idle_watch import IdleWatch
from desktop.ui.parts.pieces import Notice
from desktop.ui.parts.upkeep import Upkeep
from desktop.ui.rooms_bar import RoomsBar
from desktop.ui.theme import undressed
from desktop.ui.unlock.unlock_page import UnlockPage

if TYPE_CHECKING:
    from desktop.intake.clearing_report import ClearOffer
    from desktop.records.facts.ids import ImageId
    from desktop.records.facts.office_settings import OfficeSettings
    from desktop.records.facts.patient import Patient
    from desktop.ui.advice_page import AdvicePage
    from desktop.ui.desk.desk_page import DeskPage
    from desktop.ui.desk.draft import DeskDraft
    from desktop.ui.office.office_page import OfficePage
    from desktop.ui.parts.loop_verbs import SheetOf
    from desktop.ui.parts.sleep_watch import SleepWatch
    from desktop.ui.patients.patients_page import PatientsPage
    from desktop.ui.window_verbs import Rooms, WindowVerbs
    from desktop.ui.worklists.worklists_page import WorklistsPage

    Room = DeskPage | PatientsPage | WorklistsPage | OfficePage

BY_HAND, IDLE, SUSPEND = "by hand", "idle", "suspend"
_GEOMETRY = "window/geometry"
_TITLE = "Chartroom"  # never a patient: titles stand in task bars and screen shares


class MainWindow(QMainWindow):
    """`office_locked` and `office_opened` tell the state of the door.

    Closing the window stops all work and forgets what was shown; the composition root then closes
    the lanes and locks the office, handing on `draft`: what was half done when it was taken down.
    """

    office_opened = Signal()
    office_locked = Signal()

    def __init__(
        self,
        *,
        background: Background,
        verbs: WindowVerbs,
        settings: QSettings,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._settings = settings
        self._ask = ask
        self.desk: DeskPage | None = None
        self.patients: PatientsPage | None = None
        self.worklists: WorklistsPage | None = None
        self.office: OfficePage | None = None
        self.draft: DeskDraft | None = None
        self._advice: AdvicePage | None = None
        self._make_advice: Callable[[], AdvicePage] | None = None
        self.idle = IdleWatch(self)
        self.idle.went_idle.connect(partial(self.lock, IDLE))
        self._sleep: SleepWatch | None = None
        self.unlock = UnlockPage(background=background, verbs=verbs.unlock, ask=ask)
        self._build()
        self._connect()
        self._restore_geometry()
        note_tinted(self)

    def start(self) -> None:
        """Ask who is there."""
        self.unlock.start()

    def enter(self) -> None:
        """Go in: an office is open already."""
        self._open()

    @property
    def is_open(self) -> bool:
        """Whether an office is open."""
        return self.desk is not None

    def lock(self, why: str = BY_HAND) -> None:
        """Take every page of the office down, forget its pictures, and lock the vault."""
        if not self.is_open:
            return
        self._take_down()
        self._background.run(
            partial(self._verbs.lock, why, self.draft),
            owner=self,
            done=lambda _: self._locked(),
            failed=self._locked_badly,
            lane="vault",
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place, stop what runs, forget what was shown."""
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._take_down()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The help stays at the right."""
        super().resizeEvent(event)
        self._place_help()

    def changeEvent(self, event: QEvent) -> None:
        """Another palette: tint the icons anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            retint(self)

    @cached_property
    def bar(self) -> RoomsBar:
        """The rooms, made when an office is opened."""
        bar = RoomsBar()
        bar.room_wanted.connect(self._go)
        bar.find_wanted.connect(self._find)
        bar.advice_wanted.connect(self._ask_advice)
        bar.help_wanted.connect(self._turn_help)
        bar.lock_wanted.connect(self.lock)
        self._column.insertWidget(0, bar)
        bar.hide()
        return bar

    def _build(self) -> None:
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(QSize(940, 500))  # a full-HD screen at 200 %
        self.notice = Notice()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.unlock)
        self.help = HelpPanel()
        centre = QWidget()
        centre.setObjectName("page")
        column = self._column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.help.setParent(centre)
        self._office = QLabel()
        self._office.setTextFormat(Qt.TextFormat.PlainText)
        self.upkeep = Upkeep(background=self._background, notice=self.notice, parent=self)
        self.statusBar().addWidget(self.upkeep.progress)
        self.statusBar().addPermanentWidget(self.upkeep.last_backup)
        self.statusBar().addPermanentWidget(self._office)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().hide()

    def _connect(self) -> None:
        self.unlock.office_opened.connect(self._open)
        self.help.closed.connect(self._close_help)
        keys: dict[str, Callable[[], None]] = {
            **{f"Ctrl+{place + 1}": partial(self._go, place) for place in range(4)},
            "Ctrl+K": self._find,
            "Ctrl+L": self.lock,
            "F1": self._turn_help,
            "F2": self._ask_advice,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        crash_box.install(lambda sentence: self.notice.say(sentence, tone="problem"))

    def _open(self) -> None:
        rooms = self._verbs.rooms()
        self.notice.clear()
        self._close_help()
        with undressed():
            self._put_up(rooms)
        self._office.setText(f"{rooms.organisation} · {rooms.user}")
        self.bar.show()
        self.statusBar().show()
        if rooms.warning:
            self.notice.say(rooms.warning, tone="problem")
        if rooms.draft is not None and self.desk is not None:
            self.desk.filing.restore(rooms.draft)
        self._watch(rooms.idle_minutes)
        self._go(0)
        self.office_opened.emit()

    def _watch(self, idle_minutes: int) -> None:
        """Lock when nobody is there any more, or the computer goes to sleep."""
        self.draft = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.idle)
        self.idle.start(idle_minutes)
        if self._sleep is None:
            from desktop.ui.parts.sleep_watch import SleepWatch

            self._sleep = SleepWatch(self)
            self._sleep.sleep_came.connect(partial(self.lock, SUSPEND))
        self._sleep.hold()

    def _put_up(self, rooms: Rooms) -> None:
        from desktop.ui.advice_page import AdvicePage
        from desktop.ui.desk.desk_page import DeskPage
        from desktop.ui.office.office_page import OfficePage
        from desktop.ui.parts.sheet_finder import SheetFinder
        from desktop.ui.patients.patients_page import PatientsPage
        from desktop.ui.worklists.worklists_page import WorklistsPage

        background, settings, ask = self._background, self._settings, self._ask
        self.desk = DeskPage(background=background, verbs=rooms.desk, ask=ask)
        self.patients = PatientsPage(background=background, verbs=rooms.patients, ask=ask)
        self.worklists = WorklistsPage(
            background=background, verbs=rooms.worklists, settings=settings, ask=ask
        )
        self.office = OfficePage(
            background=background, verbs=rooms.office, settings=settings, ask=ask
        )
        for page in self._in_order():
            self._pages.addWidget(page)
        self._make_advice = partial(
            AdvicePage,
            background=self._background,
            papers=rooms.patients.papers,
            sheets=rooms.patients.sheets,
            verbs=rooms.worklists.advice,
            ask=self._ask,
        )
        sheets = rooms.patients.sheets
        finder = SheetFinder(
            background=background, find=sheets.loop.find, notice=self.notice, parent=self.patients
        )
        finder.hear(self.patients.search, self.desk.filing.patient_step.search)
        self.desk.filing.pages.record_wanted.connect(finder.look)
        finder.found.connect(self._show_sheet)
        self.worklists.sheet_wanted.connect(self._show_sheet)
        self.worklists.chart_wanted.connect(self._show_chart)
        self.worklists.clear_wanted.connect(self._show_clearing)
        self.office.settings_changed.connect(self._take_settings)
        self.office.backup.backed_up.connect(self.upkeep.refresh)
        self.desk.images_filed.connect(self.patients.refresh)
        filing = self.desk.filing
        filing.filing_started.connect(self.upkeep.give_way)
        filing.clear_step.started.connect(lambda _source: self.upkeep.give_way())
        self.upkeep.start(
            rooms.upkeep, backup_days=rooms.backup_days, is_busy=lambda: filing.is_filing
        )
        self.desk.start()

    def _take_down(self) -> None:
        """No page outlives the office: what they knew goes with them."""
        self.idle.stop()
        self.upkeep.stop()
        self.notice.clear()  # it may name an image
        if self.desk is not None:
            self.draft = self.desk.filing.draft
        self._background.stop_all()
        self.bar.hide()
        self.statusBar().hide()
        self._close_help()
        self._office.clear()
        self._pages.setCurrentWidget(self.unlock)
        if self.desk is not None:
            self.desk.stop()
        for page in (*self._in_order(), self._advice):
            if page is not None:
                self._pages.removeWidget(page)
                page.deleteLater()
        if self.is_open:
            from desktop.ui.parts.pictures import forget_pictures

            forget_pictures()
        self.desk = self.patients = self.worklists = self.office = None
        self._advice = self._make_advice = None

    def _in_order(self) -> tuple[Room, ...]:
        """The rooms as they stand in the bar; none while the office is locked."""
        rooms = (self.desk, self.patients, self.worklists, self.office)
        return tuple(room for room in rooms if room is not None)

    def _take_settings(self, settings: OfficeSettings) -> None:
        self.idle.start(settings.idle_minutes)
        self.upkeep.remind_after(settings.backup_days)

    def _locked(self) -> None:
        if self._sleep is not None:
            self._sleep.release()
        self.unlock.start()
        self.office_locked.emit()

    def _locked_badly(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self._locked()

    def _go(self, room: int) -> None:
        rooms = self._in_order()
        if not rooms:
            return
        self.bar.mark(room)
        if self._advice is not None:
            self._advice.clear()
        self._pages.setCurrentWidget(rooms[room])
        self._close_help()
        rooms[room].enter()

    def _find(self) -> None:
        page = self._pages.currentWidget()
        if self.desk is not None and page is self.desk:
            self.desk.focus_search()
        elif self.is_open:
            self._go(1)

    def _ask_advice(self) -> None:
        """Over the page that is shown, which stays as it is below."""
        shown = self._pages.currentWidget()
        if self._make_advice is None or shown is None:
            self.notice.say(self.tr("Open the office first: the paper for advice is made there."))
            return
        self._close_help()
        if self._advice is None:
            self._advice = self._make_advice()
            self._advice.left.connect(self._leave_advice)
            self._pages.addWidget(self._advice)
        if shown is not self._advice:
            self._advice.open_over(shown, *self._shown_on(shown))
            self._pages.setCurrentWidget(self._advice)
        self._advice.focus()

    def _shown_on(self, page: QWidget) -> tuple[Patient | None, tuple[ImageId, ...]]:
        if page is self.desk and self.desk is not None:
            return self.desk.filing.shown_patient, self.desk.shown_images
        if page is self.patients and self.patients is not None:
            return self.patients.shown_patient, self.patients.shown_images
        return None, ()

    def _leave_advice(self) -> None:
        if self._advice is not None and self._advice.interrupted is not None:
            self._close_help()
            self._pages.setCurrentWidget(self._advice.interrupted)
            self._advice.clear()

    def _show_chart(self, patient: Patient) -> None:
        if self.patients is not None:
            self._go(1)
            self.patients.open_chart(patient)

    def _show_sheet(self, found: SheetOf) -> None:
        if self.patients is not None:
            self._go(1)
            self.patients.open_sheet(found)

    def _show_clearing(self, offer: ClearOffer) -> None:
        if self.desk is not None:
            self._go(0)
            self.desk.open_clearing(offer)

    def _turn_help(self) -> None:
        if self.help.isVisible():
            self._close_help()
            return
        shown = self._pages.currentWidget()
        page = next((one for one in (*self._in_order(), self._advice) if one is shown), None)
        told = page.help_words() if page is not None else self.unlock.help_words()
        self.help.show_words(told, self.bar.keys(is_open=self.is_open))
        self._place_help()

    def _place_help(self) -> None:
        """Over the right of the page, so that nothing moves below it."""
        area = self._pages.geometry()
        self.help.setGeometry(area.adjusted(area.width() - self.help.width(), 0, 0, 0))
        self.help.raise_()

    def _close_help(self) -> None:
        self.help.hide()

    def _restore_geometry(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1280, 800)
