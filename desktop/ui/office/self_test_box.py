"""The self-test of a device: choose one that is connected, wait, save the report."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.devices.source import SourceInfo
from desktop.intake.report import Progress
from desktop.problem import Problem
from desktop.ui.office.verbs import SelfTested, SelfTestVerbs
from desktop.ui.parts.asking import AskPath, PathQuestion
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, words


class SelfTestBox(QWidget):
    """`left` tells that the person is done with it."""

    left = Signal()

    def __init__(self, *, background: Background, verbs: SelfTestVerbs, ask: AskPath) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._job: Job | None = None
        self._tested: SelfTested | None = None
        self.sources = QComboBox()
        self.sources.setAccessibleName(self.tr("Device to be tested"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the self-test"))
        self.notice = Notice()
        self.start_button = button(self.tr("Start the self-test"), kind="primary")
        self.stop_button = button(self.tr("Stop"), icon="x")
        self.save_button = button(self.tr("Save the report…"), icon="file-text")
        self.leave_button = button(self.tr("Close"), kind="link")
        self._lay_out()
        on_click(self.start_button, self._start)
        on_click(self.stop_button, self._stop)
        on_click(self.save_button, self._ask_where)
        on_click(self.leave_button, self._leave)
        on_escape(self, self._leave)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.start_button, self.stop_button, self.save_button):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        said = self.tr(
            "A self-test reads from the device for a minute or more. It deletes nothing and keeps "
            "nothing; the report names no file and may be sent."
        )
        layout.addWidget(words(said, kind="quiet", wrap=True))
        layout.addWidget(self.sources)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addLayout(row)

    def start(self) -> None:
        """Offer what is connected now."""
        self.show()
        if self._job is None:
            self._tested = None
            self.notice.clear()
            self._show_state()
            self._run(self._verbs.sources, self._offer)

    def _offer(self, found: Sequence[SourceInfo]) -> None:
        self.sources.clear()
        for one in found:
            self.sources.addItem(one.name, one.id)
        self._show_state()
        if found:
            self.sources.setFocus()
        else:
            self.notice.say(self.tr("Nothing is connected. Plug the device in, then try again."))

    def _start(self) -> None:
        source_id, verb = str(self.sources.currentData()), self._verbs.run
        self.notice.clear()
        self._tested = None
        self.bar.setRange(0, 0)
        self._job = self._background.run_long(
            lambda tell, stopped: verb(source_id, tell, stopped),
            owner=self,
            told=self._show_progress,
            done=self._show_result,
            failed=self._could_not,
            latest_only=True,
        )
        self._show_state()
        self.stop_button.setFocus()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.stop_button.setEnabled(False)

    def _show_progress(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        step = self.tr("{} of {}: {}").format(progress.done + 1, progress.total, progress.name)
        self.notice.say(step)

    def _show_result(self, tested: SelfTested) -> None:
        self._job, self._tested = None, tested
        if tested.failed:
            said = self.tr(
                "{}: {} of {} checks failed. Use its card in a card reader, or a folder, and send "
                "the report to whoever looks after Chartroom."
            ).format(tested.source, tested.failed, tested.checks)
        else:
            said = self.tr("{} kept its part in every check that it could be asked.")
            said = said.format(tested.source)
        self.notice.say(said, tone="warning" if tested.failed else "good")
        self._show_state()
        self.save_button.setFocus()

    def _could_not(self, problem: Problem) -> None:
        self._job = None
        self.notice.problem(problem)
        self._show_state()
        self.start_button.setFocus()

    def _show_state(self) -> None:
        is_running = self._job is not None
        self.sources.setVisible(not is_running)
        self.start_button.setVisible(not is_running)
        self.bar.setVisible(is_running)
        self.stop_button.setVisible(is_running)
        self.stop_button.setEnabled(True)
        self.start_button.setEnabled(self.sources.count() > 0)
        self.save_button.setVisible(self._tested is not None)

    def _ask_where(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Save the report of the self-test"),
                kind="save",
                suggested="device-self-test.txt",
                files="Text (*.txt);;JSON (*.json)",
                then=self._save_to,
            )
        )

    def _save_to(self, path: Path) -> None:
        if self._tested is not None:
            work = partial(self._verbs.save, self._tested, path)
            said = self.tr("Saved as {}. It may be sent.").format(path.name)
            self._run(work, lambda _none: self.notice.say(said, tone="good"))

    def _leave(self) -> None:
        self._stop()
        self.hide()
        self.left.emit()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self.notice.problem)
