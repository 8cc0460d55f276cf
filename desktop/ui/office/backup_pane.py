"""Backup: where to, how far it is, and when the last good one was made."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.backup import BackupMade, CopyProgress
from desktop.ui.office.verbs import BackupDone, BackupVerbs
from desktop.ui.parts.asking import AskPath, PathQuestion
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.parts.words import counted, moment, size_words

_WIDTH = 560


class BackupPane(QWidget):
    """One backup at a time; the rest of the office goes on meanwhile.

    `backed_up` tells that one was made.
    """

    backed_up = Signal()

    def __init__(self, *, background: Background, verbs: BackupVerbs, ask: AskPath) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._job: Job | None = None
        self.last = words("", wrap=True)
        self.head = QLineEdit()
        self.head.setReadOnly(True)
        self.head.setAccessibleName(self.tr("Head of the trail in the last good backup"))
        self.how_far = words("", kind="quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the backup"))
        self.bar.setTextVisible(False)
        self.notice = Notice()
        self.start_button = button(self.tr("Back up to…"), icon="hard-drive", kind="primary")
        self.stop_button = button(self.tr("Stop"), icon="x")
        self._build()
        on_click(self.start_button, self._ask_where)
        on_click(self.stop_button, self._stop)
        self._set_busy(on=False)

    def load(self) -> None:
        """Fetch when the last good one was made."""
        self._background.run(
            self._verbs.last_backup,
            owner=self,
            done=self._show_last,
            failed=self.notice.problem,
            lane="vault",
        )

    def _build(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(14)
        inner.addWidget(words(self.tr("Backup"), kind="title"))
        inner.addWidget(self.last)
        self._noted = words(
            self.tr(
                "The head of its trail. Note it outside this computer: it shows later whether an "
                "older copy was put back (Trail, Check a printed line)."
            ),
            kind="small",
            wrap=True,
        )
        for told in (self.head, self._noted):
            told.hide()
            inner.addWidget(told)
        inner.addWidget(
            words(
                self.tr(
                    "Choose a folder on a stick or another drive. What lies there already is not "
                    "copied again; everything is sealed with the office's own key."
                ),
                kind="quiet",
                wrap=True,
            )
        )
        for shown in (self.notice, self.how_far, self.bar):
            inner.addWidget(shown)
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(column, 1)

    def _show_last(self, made: BackupMade | None) -> None:
        if made is None:
            self.last.setText(self.tr("There is no good backup yet."))
            return
        days = (datetime.now(UTC) - made.at).days
        ago = self.tr("today") if days < 1 else self.tr("{} ago").format(counted(days, "day"))
        said = self.tr("Last good backup: {} ({}), {}, with {}.")
        at = moment(made.at.astimezone())
        self.last.setText(said.format(at, ago, made.where, counted(made.images, "image")))
        self.head.setText(made.head.text)
        for shown in (self.head, self._noted):
            shown.show()

    def _ask_where(self) -> None:
        self._ask(
            PathQuestion(
                parent=self, title=self.tr("Back up to"), kind="folder", then=self._back_up
            )
        )

    def _back_up(self, to: Path) -> None:
        if self._job is not None:
            return
        verb = self._verbs.back_up
        self.notice.clear()
        self.bar.setRange(0, 0)
        self._set_busy(on=True)
        self._job = self._background.run_long(
            lambda tell, stopped: verb(to, tell, stopped),
            owner=self,
            told=self._tell,
            done=self._done,
            failed=self._failed,
            latest_only=True,
        )

    def _tell(self, progress: CopyProgress) -> None:
        self.bar.setRange(0, max(progress.files_total, 1))
        self.bar.setValue(progress.files)
        self.how_far.setText(
            self.tr("{} of {}, {} a second").format(
                f"{progress.files:,}",
                counted(progress.files_total, "original"),
                size_words(round(progress.rate)),
            )
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _done(self, done: BackupDone) -> None:
        self._end()
        self.notice.say(done.words, tone="good" if done.is_whole else "warning")
        self.load()
        self.backed_up.emit()

    def _failed(self, problem: Problem) -> None:
        self._end()
        self.notice.problem(problem)

    def _end(self) -> None:
        self._job = None
        self._set_busy(on=False)

    def _set_busy(self, *, on: bool) -> None:
        for shown in (self.bar, self.how_far, self.stop_button):
            shown.setVisible(on)
        self.start_button.setEnabled(not on)
        self.how_far.clear()
        if on:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
