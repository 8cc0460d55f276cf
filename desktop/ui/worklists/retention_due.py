"""Retention due: images that were kept as long as they have to be (R105), and what holds some."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.disposal import OverdueImage
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.keeping_page import KeepingPage
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tables import TickTable, dress
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted, sentence_case
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
        self.keeping = KeepingPage(background=background, verbs=verbs.keeping)
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch the images whose time is over, and the lists that wait."""
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
                    "the office says so. What is past that stands here, also what is held. Enter "
                    "opens the chart of the patient."
                ),
            ),
        ]

    def _build(self) -> None:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        self.notice = Notice()
        self.summary = words("", kind="quiet", wrap=True)
        column.addLayout(self._build_head())
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(self._build_images(), 1)
        self._stack = QStackedWidget()
        for page in (room, self.keeping):
            self._stack.addWidget(page)
        self._room = room
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_head(self) -> QHBoxLayout:
        self.keeping_button = button(self.tr("Retention and holds…"), icon="calendar-clock")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(words(self.name, kind="title"), 1)
        head.addWidget(self.keeping_button)
        return head

    def _build_images(self) -> QStackedWidget:
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
        self._images = QStackedWidget()
        for widget in (QWidget(), self.table, self.empty):
            self._images.addWidget(widget)
        return self._images

    def _connect(self) -> None:
        self.table.opened.connect(self._open_chart)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        on_click(self.keeping_button, self._show_keeping)
        self.keeping.changed.connect(self.changed)
        self.keeping.left.connect(self._come_back)

    def _show(self, asked: int, images: Sequence[OverdueImage]) -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        self.model.show(images)
        self._images.setCurrentWidget(self.table if images else self.empty)
        patients = counted(len({one.due.patient for one in images}), "patient")
        held = sum(bool(one.holds) for one in images)
        said = self.tr("{} of {} past the time.").format(counted(len(images), "image"), patients)
        if held:
            said += self.tr(" {} held.").format(f"{held:,}")
        self.summary.setText(said if images else "")
        self._enable()
        self.loaded.emit()

    def _enable(self) -> None:
        self.keeping_button.setEnabled(self.table.currentIndex().isValid())

    def _open_chart(self, index: Index) -> None:
        self.chart_wanted.emit(self.model.images[index.row()].owner)

    def _show_keeping(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            one = self.model.images[index.row()]
            self._stack.setCurrentWidget(self.keeping)
            self.keeping.open_for(one.owner, image=one.due.image, what=sentence_case(one.what))

    def _come_back(self) -> None:
        self._stack.setCurrentWidget(self._room)
        self.table.setFocus()
        self.load()
