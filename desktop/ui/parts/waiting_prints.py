"""Papers that wait at a printer, or that a print server keeps: how each stands, and a way out."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.parts.print_verbs import WaitingPaper


class WaitingPrints(QWidget):
    """Hidden while nothing waits and nothing is to be said. `settled` tells that one was
    cancelled."""

    settled = Signal()

    def __init__(
        self,
        *,
        background: Background,
        waiting: Callable[[], Sequence[WaitingPaper]],
        cancel: Callable[[WaitingPaper], str],
    ) -> None:
        super().__init__()
        self._background = background
        self._waiting = waiting
        self._cancel = cancel
        self.buttons: list[QPushButton] = []
        self._said: list[str] = []
        self.notice = Notice()
        self._heading = words(self.tr("Waiting at a printer"), kind="heading")
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._heading, self._rows, self.notice):
            column.addWidget(part)
        self._show(())

    @property
    def text(self) -> str:
        """What is said of the papers that wait, as shown."""
        if self._rows.isHidden():
            return ""
        return " ".join(self._said)

    def look(self) -> None:
        """Ask what waits now."""
        self._background.run(self._waiting, owner=self, done=self._show, failed=self._failed)

    def look_after_failing(self) -> None:
        """As `look`, and bring what waits into view: something was said of it just now."""
        self._background.run(self._waiting, owner=self, done=self._point_out, failed=self._failed)

    def forget(self) -> None:
        """Say nothing of what was cancelled before."""
        self.notice.clear()
        self._tell()

    def _show(self, papers: Sequence[WaitingPaper]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.buttons.clear()
        self._said.clear()
        for paper in papers:
            self._column.addWidget(self._row(paper))
        self._rows.setVisible(bool(papers))
        self._tell()

    def _point_out(self, papers: Sequence[WaitingPaper]) -> None:
        self.notice.clear()
        self._show(papers)
        QTimer.singleShot(0, self, self._bring_into_view)  # once it has its height

    def _bring_into_view(self) -> None:
        held = self.parentWidget()
        while held is not None and not isinstance(held, QScrollArea):
            held = held.parentWidget()
        if isinstance(held, QScrollArea) and self.isVisible():
            held.ensureWidgetVisible(self, 0, 8)

    def _failed(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self._tell()

    def _row(self, paper: WaitingPaper) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        said = f"{paper.what}. {paper.said}"
        self._said.append(said)
        column.addWidget(words(said, wrap=True))
        if paper.may_cancel:
            made = button(self.tr("Cancel {}").format(paper.what), icon="x")
            made.setToolTip(
                self.tr("It is taken out of the queue, and is on record as not printed.")
            )
            on_click(made, partial(self._cancel_one, paper))
            column.addWidget(made)
            self.buttons.append(made)
        return row

    def _cancel_one(self, paper: WaitingPaper) -> None:
        for made in self.buttons:
            made.setEnabled(False)
        self.notice.say(self.tr("Working…"))
        self._tell()
        self._background.run(
            partial(self._cancel, paper),
            owner=self,
            done=self._cancelled,
            failed=self._not_cancelled,
        )

    def _cancelled(self, said: str) -> None:
        self.notice.say(said, tone="good")
        self.settled.emit()
        self.look()

    def _not_cancelled(self, problem: Problem) -> None:
        self._failed(problem)
        self.look()

    def _tell(self) -> None:
        self._heading.setVisible(not self._rows.isHidden())
        self.setVisible(not self._rows.isHidden() or bool(self.notice.text))
