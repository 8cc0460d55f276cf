"""Not cleared: what may still be on a phone, camera or card, for how long, and what to do (R75)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.breach import Breach
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.rules.ageing import Escalation
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.attest_form import AttestForm
from desktop.ui.parts.background import Background
from desktop.ui.parts.clearing_verbs import receipt_order
from desktop.ui.parts.folding_row import FoldingRow, group
from desktop.ui.parts.paper_page import PaperOrder, PaperPage
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tables import TickTable, table_or_empty
from desktop.ui.parts.words import counted
from desktop.ui.worklists.breach_verbs import breach_order
from desktop.ui.worklists.lost_form import LostForm
from desktop.ui.worklists.uncleared_model import (
    Grouping,
    Handed,
    UnclearedModel,
    days_words,
    handed,
)
from desktop.ui.worklists.verbs import UnclearedVerbs
from desktop.ui.worklists.worklist import Worklist

_SHARES = (15, 15, 20, 13, 20, 17)
_FORM_WIDTH = 460


class NotCleared(Worklist):
    """`loaded` tells that the handovers have come."""

    loaded = Signal()

    def __init__(self, *, background: Background, verbs: UnclearedVerbs, ask: AskPath) -> None:
        super().__init__(key="not-cleared", name="", count=verbs.count)
        self.name = self.tr("Not cleared")
        self._background = background
        self._verbs = verbs
        self._asked = 0
        self._deposits: tuple[Deposit, ...] = ()
        self._attesting: Handed | None = None
        self._losing: Handed | None = None
        self.lost_form = LostForm()
        self.attest_form = AttestForm(user=verbs.clearing.user)
        self.paper = PaperPage(
            background=background,
            printing=verbs.clearing.printing,
            preview=verbs.clearing.preview_page,
            ask=ask,
        )
        self._build()
        self._connect()
        self._enable()

    def load(self) -> None:
        """Fetch what may still be on a device."""
        self._asked += 1
        self._background.run(
            lambda: (self._verbs.policy(), self._verbs.waiting()),
            owner=self,
            done=partial(self._show, self._asked),
            failed=self.notice.problem,
        )

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "What was received and may still be on the device it came from. Enter clears "
                    "the chosen device at the Desk, once it is connected. A patient's own device "
                    "is never listed."
                ),
            ),
            (
                self.tr("Lost or stolen"),
                self.tr(
                    "Opens a breach record and lists exactly what may still be on the device, by "
                    "patient, with what to do now. The list is for the privacy officer. The list "
                    "“Breach records” has every one that is not closed."
                ),
            ),
        ]

    @property
    def chosen(self) -> Handed | None:
        """The handover that the keyboard is on."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

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
        column.addWidget(self._build_rows(), 1)
        column.addLayout(self._build_actions())
        self._room = room
        self._attest_room, self._lost_room = _room_of(self.attest_form), _room_of(self.lost_form)
        self._stack = QStackedWidget()
        for page in (room, self._attest_room, self._lost_room, self.paper):
            self._stack.addWidget(page)
        self._stack.currentChanged.connect(
            lambda _page: self.took_room.emit(self._stack.currentWidget() is self.paper)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(words(self.name, kind="title"), 1)
        self.groupings = QButtonGroup(self)
        for place, text in enumerate((self.tr("By device"), self.tr("By person"))):
            choice = button(text, kind="segment")
            choice.setCheckable(True)
            choice.setChecked(place == 0)
            self.groupings.addButton(choice, place)
            head.addWidget(choice)
        return head

    def _build_rows(self) -> QStackedWidget:
        self.model = UnclearedModel(self)
        self.table = TickTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Devices that may still hold images"))
        self.empty = EmptyState(
            icon="smartphone",
            heading=self.tr("No device holds anything that is in the record"),
            sentence=self.tr("What was received was cleared or attested. There is nothing to do."),
        )
        self._rows = table_or_empty(self.table, self.empty)
        return self._rows

    def _build_actions(self) -> FoldingRow:
        self.clear_button = button(self.tr("Clear at the Desk…"), icon="smartphone", kind="primary")
        self.attest_button = button(self.tr("Deleted by hand…"), icon="user")
        self.receipt_button = button(self.tr("Receipt…"), icon="printer")
        self.lost_button = button(self.tr("Lost or stolen…"), icon="triangle-alert")
        usual = group(self.clear_button, self.attest_button, self.receipt_button, spacing=10)
        return FoldingRow(usual, group(self.lost_button))

    def _connect(self) -> None:
        self.groupings.idClicked.connect(lambda _place: self._fill())
        self.table.opened.connect(lambda _index: self._clear())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        on_click(self.clear_button, self._clear)
        on_click(self.attest_button, self._ask_word)
        on_click(self.receipt_button, self._show_receipt)
        on_click(self.lost_button, self._ask_lost)
        self.lost_form.lost.connect(self._lose)
        self.lost_form.left.connect(self._come_back)
        self.attest_form.attested.connect(self._attest)
        self.attest_form.left.connect(self._come_back)
        self.paper.left.connect(self._come_back)

    def _show(self, asked: int, found: tuple[OfficeSettings, Sequence[Deposit]]) -> None:
        if asked == self._asked:
            self.notice.clear()
            self.model.policy, deposits = found
            self._deposits = tuple(deposits)
            self._fill()
            self.loaded.emit()

    def _fill(self) -> None:
        before = self.chosen
        rows = handed(self._deposits, list(Grouping)[self.groupings.checkedId()])
        self.model.show(rows)
        self._rows.setCurrentWidget(self.table if rows else self.empty)
        self.summary.setText(self._summary(rows))
        again = [row for row, one in enumerate(rows) if before and one.intake == before.intake]
        if rows:
            self.table.setCurrentIndex(self.model.index(again[0] if again else 0, 0))
        self._enable()

    def _summary(self, rows: Sequence[Handed]) -> str:
        if not rows:
            return ""
        first = min(rows, key=lambda row: row.since)
        devices = counted(len({row.source_name for row in rows}), "device")
        images = counted(sum(len(row.deposits) for row in rows), "image")
        long = days_words(first.since, now=datetime.now(UTC))
        said = self.tr("{} on {}. The longest: still on {} {}.").format(
            images, devices, first.source_name, long
        )
        told = sum(self.model.due(row) is Escalation.TELL_MANAGER for row in rows)
        if told:
            handovers = counted(told, "handover")
            said += self.tr(" The manager is to be told of {}.").format(handovers)
        return said

    def _enable(self) -> None:
        actions = (self.clear_button, self.attest_button, self.receipt_button, self.lost_button)
        for made in actions:
            made.setEnabled(self.chosen is not None)

    def _clear(self) -> None:
        if (row := self.chosen) is not None:
            self._background.run(
                partial(self._verbs.clearing.offer, row.intake),
                owner=self,
                done=self.clear_wanted.emit,
                failed=self.notice.problem,
                lane="vault",
            )

    def _ask_word(self) -> None:
        if (row := self.chosen) is not None:
            self._attesting = row
            self._stack.setCurrentWidget(self._attest_room)
            self.attest_form.start(
                count=len(row.deposits), device=row.source_name, name=row.depositor
            )

    def _attest(self, name: str) -> None:
        if self._attesting is not None:
            left = [one.id for one in self._attesting.deposits]
            self._background.run(
                partial(self._verbs.clearing.attest, left, name),
                owner=self,
                done=self._attested,
                failed=self.attest_form.refuse,
                lane="vault",
            )

    def _attested(self, _deposits: Sequence[Deposit]) -> None:
        self.changed.emit()
        self._come_back()

    def _show_receipt(self) -> None:
        if (row := self.chosen) is not None:
            self._show_paper(receipt_order(self._verbs.clearing, row.intake))

    def _ask_lost(self) -> None:
        if (row := self.chosen) is not None:
            self._losing = row
            self._stack.setCurrentWidget(self._lost_room)
            today = date.today()  # noqa: DTZ011  a day is by the wall calendar
            self.lost_form.start(count=len(row.deposits), device=row.source_name, today=today)

    def _lose(self, what: str, day: date) -> None:
        if (row := self._losing) is not None:
            depositor = row.deposits[0].depositor
            self._background.run(
                partial(self._verbs.breaches.lose, row.source_name, depositor, what, day),
                owner=self,
                done=self._lost,
                failed=self.lost_form.refuse,
                lane="vault",
            )

    def _lost(self, breach: Breach) -> None:
        self.changed.emit()
        self._show_paper(breach_order(self._verbs.breaches, breach))

    def _show_paper(self, order: PaperOrder) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.open_for(order)

    def _come_back(self) -> None:
        self._attesting = self._losing = None
        self._stack.setCurrentWidget(self._room)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()


def _room_of(form: QWidget) -> QWidget:
    room = QWidget()
    beside = QHBoxLayout(room)
    beside.setContentsMargins(24, 16, 24, 16)
    form.setFixedWidth(_FORM_WIDTH)
    beside.addWidget(form, 0, Qt.AlignmentFlag.AlignTop)
    beside.addStretch(1)
    return room
