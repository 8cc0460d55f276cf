"""Retention due: images that were kept as long as they have to be (R105), and what holds some."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.disposal import DisposalBatch, OverdueImage
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.keeping_page import KeepingPage
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tables import TickTable, table_or_empty
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted, moment, sentence_case
from desktop.ui.parts.wrapped_list import WrappedList
from desktop.ui.worklists.certificate_page import CertificatePage
from desktop.ui.worklists.disposal_page import DisposalPage
from desktop.ui.worklists.overdue_model import OverdueModel
from desktop.ui.worklists.verbs import RetentionVerbs
from desktop.ui.worklists.worklist import Worklist

_SHARES = (34, 18, 12, 12, 24)
_LISTS = 130


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
        self.disposal = DisposalPage(background=background, verbs=verbs.disposal)
        self.certificate = CertificatePage(
            background=background, verbs=verbs.disposal.certificate, ask=ask
        )
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
        self._background.run(
            self._verbs.disposal.lists,
            owner=self,
            done=self._show_lists,
            failed=self.notice.problem,
        )

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Retention due"),
                self.tr(
                    "Images are kept for ten years after the last date of service, or longer if "
                    "the office says so. What is past that stands here, also what is held; so do "
                    "photos on paper in the chart, where the office decided that it may stand for "
                    "them, with the reason where it does not. "
                    "Enter opens the chart of the patient."
                ),
            ),
            (
                self.tr("Disposal"),
                self.tr(
                    "Space ticks images, Shift and the arrows choose many, Ctrl+A ticks all. What "
                    "is ticked goes on a list; a second person looks at it and approves it with "
                    "their own passphrase. Only then it is destroyed, and certified."
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
        self.lists_heading = words(self.tr("Disposal lists"), kind="heading")
        self.lists = WrappedList(self.tr("Disposal lists"))
        self.lists.setFixedHeight(_LISTS)
        column.addWidget(self.lists_heading)
        column.addWidget(self.lists)
        self._stack = QStackedWidget()
        for page in (room, self.keeping, self.disposal, self.certificate):
            self._stack.addWidget(page)
        self._stack.currentChanged.connect(lambda page: self.took_room.emit(page > 0))
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
        self.propose_button = button(
            self.tr("Tick what may be destroyed"), icon="list-checks", kind="primary"
        )
        self.propose_button.setAccessibleName(self.tr("Put what is ticked on a list"))
        head.addWidget(self.propose_button)
        return head

    def _build_images(self) -> QStackedWidget:
        self.model = OverdueModel(self)
        self.table = TickTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Images whose retention time is over"))
        self.empty = EmptyState(
            icon="calendar-clock",
            heading=self.tr("Nothing is past its retention time"),
            sentence=self.tr(
                "Images appear here when they were kept for ten years after the last service, or "
                "as long as the office says. There is nothing to do."
            ),
        )
        self._images = table_or_empty(self.table, self.empty)
        return self._images

    def _connect(self) -> None:
        self.table.opened.connect(self._open_chart)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.model.dataChanged.connect(self._enable)
        self.lists.itemActivated.connect(lambda _item: self._open_list())
        on_click(self.propose_button, self._propose)
        on_click(self.keeping_button, self._show_keeping)
        self.disposal.changed.connect(self.changed)
        self.disposal.left.connect(self._come_back)
        self.disposal.carried_out.connect(self._show_certificate)
        self.certificate.left.connect(self._come_back)
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
        said = self._how_many(images).format(counted(len(images), "image"), patients)
        if held:
            said += self.tr(" {} held.").format(f"{held:,}")
        self.summary.setText(said if images else "")
        self._enable()
        self.loaded.emit()

    def _how_many(self, images: Sequence[OverdueImage]) -> str:
        if any(one.due.paper or one.why_not for one in images):
            return self.tr("{} of {} past the time, or on paper in the chart.")
        return self.tr("{} of {} past the time.")

    def _enable(self) -> None:
        self.keeping_button.setEnabled(self.table.currentIndex().isValid())
        ticked = len(self.model.ticked)
        self.propose_button.setEnabled(ticked > 0)
        self.propose_button.setText(
            self.tr("Put {} on a list…").format(counted(ticked, "image"))
            if ticked
            else self.tr("Tick what may be destroyed")
        )

    def _show_lists(self, batches: Sequence[DisposalBatch]) -> None:
        self.lists.clear()
        for batch in batches:
            self.lists.add(self._list_words(batch), batch)
        self.lists.setCurrentRow(0)
        for widget in (self.lists, self.lists_heading):
            widget.setVisible(bool(batches))

    def _list_words(self, batch: DisposalBatch) -> str:
        images = counted(len(batch.images), "image")
        if batch.finished_at is not None:
            done = moment(batch.finished_at.astimezone())
            said = self.tr("{}: {}, done on {} by {}. Enter shows the certificate.")
            return said.format(batch.number, images, done, batch.finished_by)
        if batch.approved_at is not None:
            said = self.tr("{}: {}, approved by {} and not done to the end. Enter opens it.")
            return said.format(batch.number, images, batch.approved_by)
        said = self.tr("{}: {}, put forward by {}, waits for somebody else. Enter opens it.")
        return said.format(batch.number, images, batch.proposed_by)

    def _propose(self) -> None:
        ticked = [one.due.image for one in self.model.ticked]
        self.propose_button.setEnabled(False)
        self._background.run(
            partial(self._verbs.disposal.propose, ticked),
            owner=self,
            done=partial(self._proposed, len(ticked)),
            failed=self._not_proposed,
        )

    def _proposed(self, asked: int, batch: DisposalBatch) -> None:
        left = asked - len(batch.images)
        note = self.tr("A list has no room for {} more: put them on another.").format(left)
        self._open_disposal(batch.number, note=note if left else "")
        self.changed.emit()

    def _not_proposed(self, problem: Problem) -> None:
        self._enable()
        self.notice.problem(problem)

    def _open_list(self) -> None:
        batch = self.lists.chosen
        if isinstance(batch, DisposalBatch):
            if batch.finished_at is not None:
                self._show_certificate(batch.number)
            else:
                self._open_disposal(batch.number)

    def _open_disposal(self, number: str, *, note: str = "") -> None:
        self._stack.setCurrentWidget(self.disposal)
        self.disposal.open_for(number, note=note)

    def _show_certificate(self, number: str) -> None:
        self._stack.setCurrentWidget(self.certificate)
        self.certificate.open_certificate(number)

    def _open_chart(self, index: Index) -> None:
        self.chart_wanted.emit(self.model.rows[index.row()].owner)

    def _show_keeping(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            one = self.model.rows[index.row()]
            self._stack.setCurrentWidget(self.keeping)
            self.keeping.open_for(one.owner, image=one.due.image, what=sentence_case(one.what))

    def _come_back(self) -> None:
        self._stack.setCurrentWidget(self._room)
        self.table.setFocus()
        self.load()
