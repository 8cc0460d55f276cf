"""Retention due: images that were kept as long as they have to be (R105), and what holds some."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.disposal import OverdueImage
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, words
from desktop.ui.parts.tables import TickTable, dress
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted
from desktop.ui.worklists.overdue_model import OverdueModel
from desktop.ui.worklists.verbs import RetentionVerbs
from desktop.ui.worklists.worklist import Worklist

_WIDTHS = (360, 170, 120, 120)


class RetentionDue(Worklist):
    """`loaded` tells that the images have come."""

    loaded = Signal()

    def __init__(self, *, background: Background, verbs: RetentionVerbs, ask: AskPath) -> None:
        super().__init__(key="retention", name="", count=verbs.due_count)
        self.name = self.tr("Retention due")
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._asked = 0
        self._build()
        self.table.opened.connect(self._open_chart)

    def load(self) -> None:
        """Fetch the images whose time is over."""
        self._asked += 1
        self._background.run(
            self._verbs.overdue,
            owner=self,
            done=partial(self._show, self._asked),
            failed=self.notice.problem,
        )

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Retention due"),
                self.tr(
                    "Images are kept for ten years after the last date of service, or longer if "
                    "the office says so. What is past that stands here, also what is held."
                ),
            ),
            (self.tr("Chart"), self.tr("Enter opens the chart of the patient.")),
        ]

    def _build(self) -> None:
        self.notice = Notice()
        self.summary = words("", kind="quiet", wrap=True)
        self.model = OverdueModel(self)
        self.table = TickTable()
        self.table.setModel(self.model)
        dress(self.table, self.tr("Images whose retention time is over"), widths=_WIDTHS)
        self.empty = EmptyState(
            icon="calendar-clock",
            heading=self.tr("Nothing is past its retention time"),
            sentence=self.tr(
                "Images appear here when they were kept for ten years after the last service, or "
                "as long as the office says. There is nothing to do."
            ),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        for widget in (self.table, self.empty):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(words(self.name, kind="title"))
        layout.addWidget(self.summary)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)

    def _show(self, asked: int, images: Sequence[OverdueImage]) -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        self.model.show(images)
        self._stack.setCurrentWidget(self.table if images else self.empty)
        patients = counted(len({one.due.patient for one in images}), "patient")
        held = sum(bool(one.holds) for one in images)
        said = self.tr("{} of {} past the time.").format(counted(len(images), "image"), patients)
        if held:
            said += self.tr(" {} held.").format(f"{held:,}")
        self.summary.setText(said if images else "")
        self.loaded.emit()

    def _open_chart(self, index: Index) -> None:
        self.chart_wanted.emit(self.model.images[index.row()].owner)
