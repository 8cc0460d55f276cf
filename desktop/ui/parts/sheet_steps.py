"""What can be done with one copy of a sheet: confirm, hand over, print again, recall, destroy
(R79)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.records.facts.sheet import Sheet, SheetState
from desktop.records.rules.sheet_loop import may_follow, may_offer_hand_over
from desktop.ui.parts.background import Background
from desktop.ui.parts.folding_row import FoldingRow, group
from desktop.ui.parts.hold_paper import next_copy
from desktop.ui.parts.loop_verbs import LoopVerbs, SheetOf
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.parts.sheet_words import for_whom

_HAND, _RECALL, _DESTROY, _AGAIN = "hand over", "recall", "destroy", "again"


class SheetSteps(QWidget):
    """`done` carries a sentence: the register says something else now. `hold_wanted` carries the
    SheetOf whose paper is to be held, `again_wanted` the SheetChoice of a next copy."""

    done = Signal(str)
    hold_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, *, background: Background, verbs: LoopVerbs, notice: Notice) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._notice = notice
        self._held: SheetOf | None = None
        self._asking = ""
        self._build()
        self._connect()
        self.show_sheet(None)

    @property
    def held(self) -> SheetOf | None:
        """The copy that the steps are about."""
        return self._held

    def lead(self, first: QPushButton) -> None:
        """Have a button of the list's own stand before the steps."""
        self._row.insertWidget(0, first)

    @property
    def is_asking(self) -> bool:
        """Whether a reason is asked for."""
        return bool(self._asking)

    def take_keyboard(self) -> None:
        """Go to the first step that may follow."""
        likely = (self.hold_button, self.hand_button)
        next((one for one in likely if one.isEnabled()), self.again_button).setFocus()

    def show_sheet(self, held: SheetOf | None) -> None:
        """Offer what may follow on how things stand with this copy; None offers nothing."""
        self._held = held
        self._close()
        for made, state in (
            (self.hold_button, SheetState.IN_HAND),
            (self.recall_button, SheetState.RECALLED),
            (self.destroy_button, SheetState.DESTROYED),
        ):
            made.setEnabled(held is not None and may_follow(held.sheet.state, state))
        self.hand_button.setEnabled(held is not None and may_offer_hand_over(held.sheet))
        self.again_button.setEnabled(held is not None)

    def _build(self) -> None:
        self.hold_button = button(self.tr("In hand…"), icon="check")
        self.hand_button = button(self.tr("Handed over…"), icon="user")
        self.hand_button.setToolTip(
            self.tr("A paper that is written to somebody, once all its pages are in hand")
        )
        self.again_button = button(self.tr("Print again…"), icon="printer")
        self.recall_button = button(self.tr("Recall…"), icon="undo-2")
        self.destroy_button = button(self.tr("Destroyed…"), icon="x")
        self._buttons = QWidget()
        usual = QWidget()
        self._row = _row(usual)
        self._row.addWidget(self.hold_button)
        self._row.addWidget(self.hand_button)
        self._row.addWidget(self.again_button)
        seldom = group(self.recall_button, self.destroy_button, spacing=8)
        FoldingRow(usual, seldom, self._buttons)
        self._build_question()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._buttons)
        column.addWidget(self._form)

    def _build_question(self) -> None:
        """For a reason, or a name."""
        self._label = words("")
        self.why = QLineEdit()
        self.why.setMaxLength(400)
        self.why.setAccessibleName(self.tr("Reason"))
        self._label.setBuddy(self.why)
        self.go_button = button(self.tr("Go on"), icon="check")
        self.cancel_button = button(self.tr("Not now"))
        self._form = QWidget()
        form = _row(self._form)
        form.addWidget(self._label)
        form.addWidget(self.why, 1)
        form.addWidget(self.go_button)
        form.addWidget(self.cancel_button)

    def _connect(self) -> None:
        on_click(self.hold_button, self._hold)
        on_click(self.hand_button, partial(self._ask, _HAND))
        on_click(self.again_button, partial(self._ask, _AGAIN))
        on_click(self.recall_button, partial(self._ask, _RECALL))
        on_click(self.destroy_button, partial(self._ask, _DESTROY))
        on_click(self.go_button, self._go)
        self.why.returnPressed.connect(self._go)
        on_click(self.cancel_button, self.cancel)

    def _hold(self) -> None:
        if self._held is not None:
            self.hold_wanted.emit(self._held)

    def _ask(self, what: str) -> None:
        if (held := self._held) is None:
            return
        is_away = held.sheet.state is SheetState.HANDED_OVER
        moves = self.tr("back") if is_away else self.tr("out")
        label, act = {
            _HAND: (self.tr("Who took it"), self.tr("Note as handed over")),
            _RECALL: (self.tr("Why it has to come {}").format(moves), self.tr("Recall")),
            _DESTROY: (self.tr("Why it was shredded"), self.tr("Note as destroyed")),
            _AGAIN: (self.tr("Why one more copy"), self.tr("Go on")),
        }[what]
        self._asking = what
        self._label.setText(label)
        self.why.setAccessibleName(label)
        self.go_button.setText(act)
        self.why.setText(for_whom(held) if what == _HAND else "")
        self.why.selectAll()
        self._buttons.hide()
        self._form.show()
        self.why.setFocus()

    def cancel(self) -> None:
        """Ask for no reason any more; the keyboard goes back to where it was asked for."""
        asked = {
            _HAND: self.hand_button,
            _RECALL: self.recall_button,
            _AGAIN: self.again_button,
        }
        back: QPushButton = asked.get(self._asking, self.destroy_button)
        self._notice.clear()
        self._close()
        back.setFocus()

    def _close(self) -> None:
        self._asking = ""
        self._form.hide()
        self._buttons.show()

    def _go(self) -> None:
        if (held := self._held) is None:
            return
        why = self.why.text()
        if self._asking == _HAND:
            said = self.tr("Sheet {}, copy {} is handed over.")
            self._run(partial(self._verbs.hand_over, held.sheet.id, why), said)
        elif self._asking == _RECALL:
            self._run(partial(self._verbs.recall, held.sheet.id, why), self._recalled(held.sheet))
        elif self._asking == _DESTROY:
            said = self.tr("Sheet {}, copy {} is noted as destroyed.")
            self._run(partial(self._verbs.destroy, held.sheet.id, why), said)
        elif not why.strip():
            self._notice.say(self.tr("Say why one more copy is needed."), tone="problem")
        else:
            self._notice.clear()
            self._close()
            self.again_wanted.emit(next_copy(held, why=why))

    def _recalled(self, sheet: Sheet) -> str:
        """What is to be done now, with places for the number and the copy."""
        if sheet.state is SheetState.HANDED_OVER:
            return self.tr(
                "Sheet {}, copy {} is recalled. Call it back by the letter that calls copies back "
                "(Papers…), and say “Destroyed…” once it is shredded."
            )
        return self.tr("Sheet {}, copy {} is recalled. Take it out of the chart and shred it.")

    def _run(self, work: Callable[[], Sheet], said: str) -> None:
        self._background.run(
            work,
            owner=self,
            done=lambda sheet: self._settled(said.format(sheet.number, sheet.copy)),
            failed=self._notice.problem,
            lane="vault",
        )

    def _settled(self, sentence: str) -> None:
        self._close()
        self.done.emit(sentence)


def _row(of: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(of)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row
