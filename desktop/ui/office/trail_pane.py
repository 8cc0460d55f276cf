"""The trail: read by filter, copied out, proved, and its head put on paper."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.ids import PatientId
from desktop.records.facts.trail import TrailEntry, TrailFilter
from desktop.ui.office.trail_filter_bar import TrailFilterBar
from desktop.ui.office.trail_model import TrailModel
from desktop.ui.office.verbs import OfficeVerbs, Stopped, TellLines, TrailChecked
from desktop.ui.parts.asking import AskPath, PathQuestion
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.parts.tables import dress
from desktop.ui.parts.words import counted

PAGE = 200
_WIDTHS = (64, 168, 130, 160)


class TrailPane(QWidget):
    """`loaded` tells that lines have come."""

    loaded = Signal()

    def __init__(self, *, background: Background, verbs: OfficeVerbs, ask: AskPath) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._job: Job | None = None
        self._wanted = TrailFilter()
        self._asked = 0
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch the newest lines that fit what the fields say."""
        self._asked += 1
        number = self.filters.patient.text().strip()
        if not number:
            self._load_of(None)
            return
        self._run(partial(self._verbs.patient_of, number), partial(self._if_asked, self._asked))

    def _build(self) -> None:
        self.filters = TrailFilterBar()
        self.notice = Notice()
        self.model = TrailModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        dress(self.view, self.tr("Lines of the trail, newest first"), widths=_WIDTHS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_head())
        layout.addWidget(self.filters)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._build_proof())

    def _build_head(self) -> QHBoxLayout:
        self.copy_button = button(self.tr("Save a copy…"), icon="download")
        self.sheet_button = button(self.tr("Month-end sheet…"), icon="file-text")
        head = QHBoxLayout()
        head.addWidget(words(self.tr("Trail"), kind="title"), 1)
        head.addWidget(self.copy_button)
        head.addWidget(self.sheet_button)
        return head

    def _build_proof(self) -> QHBoxLayout:
        self.anchor = QLineEdit()
        self.anchor.setAccessibleName(self.tr("A head that was noted before"))
        self.anchor.setPlaceholderText(
            self.tr("Head from a month-end sheet or a backup, if you have one")
        )
        self.printed_button = button(self.tr("Check a printed line…"), icon="search")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Lines done"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop_button = button(self.tr("Stop"), icon="x")
        self.stop_button.hide()
        self.prove_button = button(self.tr("Prove the trail"), icon="check", kind="primary")
        proof = QHBoxLayout()
        proof.setSpacing(10)
        proof.addWidget(self.anchor, 2)
        proof.addWidget(self.printed_button)
        proof.addWidget(self.bar, 1)
        proof.addWidget(self.stop_button)
        proof.addWidget(self.prove_button)
        return proof

    def _connect(self) -> None:
        self.filters.asked.connect(self.load)
        self.model.older_wanted.connect(self._load_older)
        self.anchor.returnPressed.connect(self._prove)
        on_click(self.prove_button, self._prove)
        on_click(self.printed_button, self._check_printed)
        on_click(self.stop_button, self._stop)
        on_click(self.copy_button, self._ask_copy)
        on_click(self.sheet_button, self._ask_sheet)

    def _if_asked(self, asked: int, patient: PatientId) -> None:
        if asked == self._asked:
            self._load_of(patient)

    def _load_of(self, patient: PatientId | None) -> None:
        try:
            self._wanted = self.filters.wanted(patient)
        except Problem as problem:
            self.notice.problem(problem)
            return
        self.notice.clear()
        self._run(
            partial(self._verbs.trail_page, self._wanted, None), partial(self._show, self._asked)
        )

    def _load_older(self, before: int) -> None:
        self._run(
            partial(self._verbs.trail_page, self._wanted, before), partial(self._add, self._asked)
        )

    def _show(self, asked: int, entries: Sequence[TrailEntry]) -> None:
        if asked == self._asked:
            self.model.show(entries, has_older=len(entries) == PAGE)
            if not entries:
                self.notice.say(self.tr("No line of the trail fits that."))
            self.loaded.emit()

    def _add(self, asked: int, entries: Sequence[TrailEntry]) -> None:
        if asked == self._asked:
            self.model.add(entries, has_older=len(entries) == PAGE)
            self.loaded.emit()

    def _check_printed(self) -> None:
        head = self.anchor.text().strip()
        if head:
            self.notice.clear()
            self._run(partial(self._verbs.check_printed, head), self._checked_printed)
            return
        self.notice.say(
            self.tr(
                "Type or scan the head of the trail below, from TR to the last two digits. It "
                "stands on the month-end sheet, and in the Backup part beside each backup."
            )
        )
        self.anchor.setFocus()

    def _checked_printed(self, found: TrailChecked) -> None:
        self.notice.say(found.words, tone="good" if found.is_whole else "problem")

    def _prove(self) -> None:
        head, verb = self.anchor.text().strip(), self._verbs.check_trail
        self._start(lambda tell, stopped: verb(head, tell, stopped), self._proved)

    def _proved(self, found: TrailChecked) -> None:
        self._end()
        self.notice.say(found.words, tone="good" if found.is_whole else "problem")

    def _ask_copy(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Save a copy of the lines that fit"),
                kind="save",
                suggested="trail.csv",
                files=self.tr("Spreadsheet (*.csv);;JSON lines (*.jsonl)"),
                then=self._copy_to,
            )
        )

    def _copy_to(self, path: Path) -> None:
        wanted, verb = self._wanted, self._verbs.save_trail
        said = self.tr("Saved as {}. Patients may be recognised in it: keep it safe.")
        self._start(
            lambda tell, stopped: verb(wanted, path, tell, stopped),
            lambda _: self._saved(said.format(path.name)),
        )

    def _ask_sheet(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Save the month-end sheet"),
                kind="save",
                suggested="trail-month-end.pdf",
                files=self.tr("PDF files (*.pdf)"),
                then=self._sheet_to,
            )
        )

    def _sheet_to(self, path: Path) -> None:
        said = self.tr("Saved as {}. Print and sign it, and file it outside this computer.")
        self._run(
            partial(self._verbs.save_month_end, path),
            lambda _: self._saved(said.format(path.name)),
        )

    def _saved(self, sentence: str) -> None:
        self._end()
        self.notice.say(sentence, tone="good")

    def _start(
        self, work: Callable[[TellLines, Stopped], object], done: Callable[..., None]
    ) -> None:
        if self._job is not None:
            return
        self.notice.clear()
        self.bar.setRange(0, 0)
        self._set_busy(on=True)
        self._job = self._background.run_long(
            work, owner=self, told=self._tell, done=done, failed=self._failed, latest_only=True
        )

    def _tell(self, progress: tuple[int, int]) -> None:
        done, total = progress
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total) if total else 0)
        self.bar.setAccessibleDescription(self.tr("{} done").format(counted(done, "line")))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _failed(self, problem: Problem) -> None:
        self._end()
        self.notice.problem(problem)

    def _end(self) -> None:
        self._job = None
        self._set_busy(on=False)

    def _set_busy(self, *, on: bool) -> None:
        for shown in (self.bar, self.stop_button):
            shown.setVisible(on)
        for held in (self.prove_button, self.printed_button, self.copy_button, self.anchor):
            held.setEnabled(not on)
        (self.stop_button if on else self.prove_button).setFocus()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self.notice.problem, lane="open")
