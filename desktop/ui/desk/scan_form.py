"""Looking for scanners, and picking one and its glass or feeder; nobody looks by himself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.devices.scanner import device_of
from desktop.devices.source import SourceInfo
from desktop.problem import Problem
from desktop.records.facts.scan_settings import ScanSettings
from desktop.ui.desk.scan_choices import ScanChoices
from desktop.ui.desk.source_list import SourceDelegate, SourceList
from desktop.ui.desk.verbs import SourceVerbs
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.parts.tiles import Index, Role


class ScanForm(QWidget):
    """`scan_wanted` carries what was picked, or the only choice there is, and the ScanSettings;
    `left` tells that the person does not want to, after all. What was found and picked is
    remembered while it lives, and how a scanner was set for good."""

    scan_wanted = Signal(object, object)
    left = Signal()

    def __init__(self, *, background: Background, verbs: SourceVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._job: Job | None = None
        self._generation = 0
        self._picked = ""
        self._last_set: Mapping[str, ScanSettings] = {}
        self.model = SourceList(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Scanners, each with glass and feeder"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(SourceDelegate(self.list))
        self.choices = ScanChoices()
        self.notice = Notice()
        self.scan_button = button(self.tr("Scan"), kind="primary")
        self.look_button = button(self.tr("Look again"))
        self.look_button.setAccessibleName(self.tr("Look for scanners again"))
        self.cancel_button = button(self.tr("Cancel"))
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_last_set)
        on_click(self.scan_button, self._scan)
        on_click(self.look_button, self.look)
        on_click(self.cancel_button, self.leave)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(words(self.tr("Lay the paper in, then scan"), kind="quiet", wrap=True))
        layout.addWidget(self.notice)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.choices)
        for widget in (self.scan_button, self.look_button, self.cancel_button):
            layout.addWidget(widget)
        layout.addStretch(0)

    def start(self) -> None:
        """Offer what was found before, or look."""
        self.notice.clear()
        if self.model.rowCount():
            self._offer()
        else:
            self.look()

    def look(self) -> None:
        """Look for scanners afresh."""
        self._stop()
        self.model.show([])
        self._show_busy(busy=True)
        self.notice.say(self.tr("Looking for scanners. This can take half a minute…"))
        self.cancel_button.setFocus()
        generation, verbs = self._generation, self._verbs
        self._job = self._background.run_long(
            lambda _tell, stopped: (verbs.find_scanners(stopped), verbs.scan_settings()),
            owner=self,
            told=lambda _nothing: None,
            done=lambda found: self._found(generation, found),
            failed=lambda problem: self._could_not(generation, problem),
        )

    def leave(self) -> None:
        """Look no more, and go."""
        self._stop()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter scans, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            self._scan()
        else:
            super().keyPressEvent(event)

    def _stop(self) -> None:
        self._generation += 1
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _found(
        self, generation: int, told: tuple[Sequence[SourceInfo], Mapping[str, ScanSettings]]
    ) -> None:
        if generation != self._generation:
            return
        found, self._last_set = told
        self.notice.clear()
        self.model.show(found)
        if len(found) == 1:
            self.list.setCurrentIndex(self.model.index(0))
            self._scan()
        elif found:
            self._offer()
        else:
            self._refuse()
            said = self.tr(
                "No scanner was found. Switch it on, connect it and look again; or scan to a "
                "folder with another program and choose that."
            )
            self.notice.say(said, tone="warning")

    def _could_not(self, generation: int, problem: Problem) -> None:
        if generation == self._generation:
            self._refuse()
            self.notice.problem(problem)

    def _refuse(self) -> None:
        self._show_busy(busy=False)
        for widget in (self.list, self.choices, self.scan_button):
            widget.hide()
        self.look_button.setFocus()

    def _offer(self) -> None:
        self._show_busy(busy=False)
        self.list.setCurrentIndex(self.model.index(max(0, self.model.row_of(self._picked))))
        self.list.setFocus()

    def _show_busy(self, *, busy: bool) -> None:
        for widget in (self.list, self.choices, self.scan_button, self.look_button):
            widget.setVisible(not busy)

    def _show_last_set(self, current: Index) -> None:
        picked = current.data(Role.FACT)
        if isinstance(picked, SourceInfo):
            last = self._last_set.get(device_of(picked.id), ScanSettings())
            self.choices.show_settings(last)

    def _scan(self) -> None:
        picked = self.list.currentIndex().data(Role.FACT)
        if isinstance(picked, SourceInfo):
            self._picked = picked.id
            settings = self.choices.settings
            self._last_set = {**self._last_set, device_of(picked.id): settings}
            self.scan_wanted.emit(picked, settings)
