"""The register of devices: list, clocks, phone checks, what is lost, what is used no more."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.devices import Answers, Declaration, Device, KnownDevice
from desktop.records.rules.phone_check import advice_on, check_words, clock_is_off, clock_words
from desktop.ui.office.device_form import DeviceForm
from desktop.ui.office.self_test_box import SelfTestBox
from desktop.ui.office.verbs import DevicesVerbs
from desktop.ui.parts.asking import AskPath, PathQuestion
from desktop.ui.parts.background import Background
from desktop.ui.parts.folding_row import FoldingRow, group
from desktop.ui.parts.phone_check_panel import PhoneCheckPanel
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import TickTable
from desktop.ui.parts.words import sentence_case

_SHARES = (22, 22, 24, 16, 16)
_BELOW = (2, 3)
_ROOMY = 920  # with less, five columns beside the form would be cut


class DevicesPane(QWidget):
    """Anybody notes checks and losses; the organisation's own are changed by officers."""

    def __init__(self, *, background: Background, verbs: DevicesVerbs, ask: AskPath) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._asked: Callable[[str], None] = lambda _text: None
        self._build()
        self._connect()
        self._show_chosen()

    def load(self) -> None:
        """Fetch the register."""
        self._run(self._verbs.devices, self._show)

    @property
    def chosen(self) -> KnownDevice | None:
        """Which device is chosen in the list."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _build(self) -> None:
        self.model: RowsModel[KnownDevice] = RowsModel(
            (
                (self.tr("Device"), _name),
                (self.tr("Whose"), _whose),
                (self.tr("What it is"), _what),
                (self.tr("Clock"), _clock),
                (self.tr("Phone check"), _check),
            ),
            self,
        )
        self.table = TickTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Register of devices"))
        self.table.setSelectionMode(TickTable.SelectionMode.SingleSelection)
        self.empty = EmptyState(
            icon="smartphone",
            heading=self.tr("No device is on the register yet"),
            sentence=self.tr(
                "Add the organisation's cameras and phones at the right, with serial and asset "
                "number. Personal phones are remembered when they are first brought to the Desk."
            ),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        self.what = words("", kind="small", wrap=True)
        self.history = words("", kind="small", wrap=True)
        self.notice = Notice()
        self.panel = PhoneCheckPanel()
        self.form = DeviceForm()
        self.self_test = SelfTestBox(
            background=self._background, verbs=self._verbs.self_test, ask=self._ask
        )
        self._build_buttons()
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 16)
        left.setSpacing(12)
        title = words(self.tr("Devices"), kind="title")
        left.addLayout(FoldingRow(title, group(self.test_button, self.card_button, spacing=8)))
        left.addWidget(self.notice)
        left.addWidget(self.self_test)
        left.addWidget(self._stack, 1)
        left.addWidget(self.what)
        left.addWidget(self.history)
        left.addWidget(self.panel)
        left.addWidget(self._asking)
        left.addLayout(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is small, what the device is and its clock stand below the table."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _ROOMY
        for column in _BELOW:
            self.table.setColumnHidden(column, is_narrow)
        self.what.setVisible(is_narrow)

    def _build_buttons(self) -> None:
        self.change_button = button(self.tr("Change…"))
        self.clock_button = button(self.tr("Clock check…"))
        self.check_button = button(self.tr("Phone check…"))
        self.lost_button = button(self.tr("Lost…"))
        self.found_button = button(self.tr("Found"))
        self.retire_button = button(self.tr("Retire…"))
        self.card_button = button(self.tr("Phone-check card…"), icon="file-text")
        self.test_button = button(self.tr("Self-test…"), icon="usb")
        self.test_button.setAccessibleName(self.tr("Self-test of a device"))
        self._of_one = (
            self.change_button,
            self.clock_button,
            self.check_button,
            self.lost_button,
            self.found_button,
            self.retire_button,
        )
        self._buttons = QGridLayout()
        self._buttons.setSpacing(8)
        for place, made in enumerate(self._of_one):
            self._buttons.addWidget(made, place // 3, place % 3)
        self._asking = QWidget()
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("What is asked of the device"))
        self.field_label = words("", wrap=True)
        self.sure_button = button(self.tr("Note it"))
        self.never_mind = button(self.tr("Never mind"), kind="link")
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field_label, 1)
        for part in (self.field, self.sure_button, self.never_mind):
            row.addWidget(part)
        self._asking.hide()

    def _connect(self) -> None:
        self.form.saved.connect(self._save)
        self.form.left.connect(self._leave)
        self.table.opened.connect(lambda _index: self._change())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        on_click(self.change_button, self._change)
        on_click(self.clock_button, self._ask_clock)
        on_click(self.check_button, self._ask_check)
        on_click(self.lost_button, self._ask_lost)
        on_click(self.found_button, self._found)
        on_click(self.retire_button, self._ask_retire)
        on_click(self.card_button, self._ask_card)
        on_click(self.test_button, self.self_test.start)
        self.self_test.left.connect(self.test_button.setFocus)
        on_click(self.sure_button, self._answer)
        on_click(self.never_mind, self._ask_nothing)
        self.field.returnPressed.connect(self._answer)
        self.panel.answered.connect(self._declare)
        self.panel.put_off.connect(self.table.setFocus)

    def _show(self, known: Sequence[KnownDevice]) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self.model.show(known)
        self._stack.setCurrentWidget(self.table if known else self.empty)
        if known:
            self.table.selectRow(min(row, len(known) - 1))
        self._show_chosen()

    def _show_chosen(self) -> None:
        known = self.chosen
        self._ask_nothing(focus=False)
        self.panel.hide()
        self.what.clear()
        self.history.clear()
        for made in self._of_one:
            made.setEnabled(known is not None)
        if known is None:
            return
        told = (_what(known), clock_words(known.device))
        self.what.setText(" · ".join(one for one in told if one))
        is_lost = known.device.lost_at is not None
        self.lost_button.setEnabled(not is_lost)
        self.found_button.setEnabled(is_lost)
        self.check_button.setEnabled(known.device.owner is not DeviceOwner.PATIENT)
        self._run(partial(self._verbs.checks, known.device.id), partial(self._show_history, known))

    def _show_history(self, of: KnownDevice, checks: Sequence[Declaration]) -> None:
        if self.chosen != of:
            return
        told = [
            self.tr("{} (answered by {}, noted by {})").format(
                sentence_case(check_words(one)), one.answered_by, one.recorded_by
            )
            for one in checks
        ]
        if checks:
            told += [f"• {advice}" for advice in advice_on(checks[0])]
        if of.device.lost_note:
            told.append(self.tr("Lost: {}").format(of.device.lost_note))
        self.history.setText("\n".join(told))

    def _change(self) -> None:
        if self.chosen is not None:
            self.form.ask_change(self.chosen.device)

    def _leave(self) -> None:
        self.form.ask_new()
        self.table.setFocus()

    def _save(self) -> None:
        changed, said = self.form.changed, self.form.said
        if changed is None:
            self._run(partial(self._verbs.add, said), self._saved)
        else:
            self._run(partial(self._verbs.change, changed.id, said), self._saved)

    def _saved(self, device: Device) -> None:
        self.form.ask_new()
        self._done(self.tr("{} is on the register.").format(device.name))

    def _ask_clock(self) -> None:
        asks = self.tr("What does its clock show now? (14:05:30)")
        self._ask_for(asks, self._check_clock, self.tr("What its clock shows"))

    def _check_clock(self, shown: str) -> None:
        if (known := self.chosen) is not None:
            self._run(partial(self._verbs.check_clock, known.device.id, shown), self._clocked)

    def _clocked(self, device: Device) -> None:
        said = f"{device.name}: {clock_words(device)}."
        if clock_is_off(device):
            said += " " + self.tr("Set it right; capture times of images before are in doubt.")
            self._done(said, tone_is_good=False)
        else:
            self._done(said)

    def _ask_check(self) -> None:
        if (known := self.chosen) is not None:
            self._ask_nothing(focus=False)
            self.panel.ask(of=known.device.name, who=known.device.keeper)
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _declare(self, answers: Answers) -> None:
        if (known := self.chosen) is not None:
            self._run(partial(self._verbs.declare, known.device.id, answers), self._declared)

    def _declared(self, said: Declaration) -> None:
        self._done(f"{sentence_case(check_words(said))}.", tone_is_good=not advice_on(said))

    def _ask_lost(self) -> None:
        self._ask_for(
            self.tr("Where and how was it lost?"), self._lost, self.tr("Where and how it was lost")
        )

    def _lost(self, note: str) -> None:
        if (known := self.chosen) is not None:
            said = self.tr("{} is reported lost. Have it erased from afar now.")
            said = said.format(known.device.name)
            work = partial(self._verbs.lost, known.device.id, note)
            self._run(work, lambda _device: self._done(said, tone_is_good=False))

    def _found(self) -> None:
        if (known := self.chosen) is not None:
            said = self.tr("{} is found.").format(known.device.name)
            work = partial(self._verbs.found, known.device.id)
            self._run(work, lambda _device: self._done(said))

    def _ask_retire(self) -> None:
        if (known := self.chosen) is not None:
            asks = self.tr("Use {} no more? What it brought stays on record.")
            self._ask_for(asks.format(known.device.name), self._retire)

    def _retire(self, _text: str) -> None:
        if (known := self.chosen) is not None:
            said = self.tr("{} is retired.").format(known.device.name)
            work = partial(self._verbs.retire, known.device.id)
            self._run(work, lambda _device: self._done(said))

    def _ask_card(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Save the phone-check card"),
                kind="save",
                suggested="phone-check-card.pdf",
                files="PDF (*.pdf)",
                then=self._card_to,
            )
        )

    def _card_to(self, path: Path) -> None:
        said = self.tr("Saved as {}. Print it, and have it filled in with a pen.")
        work = partial(self._verbs.save_card, path)
        self._run(work, lambda _none: self._done(said.format(path.name)))

    def _ask_for(self, asks: str, then: Callable[[str], None], field: str = "") -> None:
        """Ask for a line, or (without a name for the field) only whether it shall be."""
        self.panel.hide()
        self._asked = then
        self.field.clear()
        self.field.setAccessibleName(field)
        self.field.setVisible(bool(field))
        self.field_label.setText(asks)
        self._asking.show()
        (self.field if field else self.sure_button).setFocus()

    def _ask_nothing(self, *, focus: bool = True) -> None:
        self._asking.hide()
        if focus:
            self.table.setFocus()

    def _answer(self) -> None:
        self._asked(self.field.text())

    def _done(self, sentence: str, *, tone_is_good: bool = True) -> None:
        self._ask_nothing()
        self.notice.say(sentence, tone="good" if tone_is_good else "warning")
        self.load()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self.notice.problem, lane="vault")


def _name(known: KnownDevice) -> str:
    lost = " (LOST)" if known.device.lost_at is not None else ""
    return f"{known.device.name}{lost}"


def _whose(known: KnownDevice) -> str:
    keeper = f", {known.device.keeper}" if known.device.keeper else ""
    return f"{known.device.owner.value}{keeper}"


def _what(known: KnownDevice) -> str:
    device = known.device
    told = (
        device.says.words if device.make or device.model else "",
        f"s/n {device.serial}" if device.serial and not (device.make or device.model) else "",
        f"asset {device.asset_number}" if device.asset_number else "",
        device.location,
    )
    return ", ".join(filter(None, told))


def _clock(known: KnownDevice) -> str:
    return clock_words(known.device).removeprefix("clock ")


def _check(known: KnownDevice) -> str:
    if known.device.owner is not DeviceOwner.PERSONAL and known.declaration is None:
        return ""
    return check_words(known.declaration).removeprefix("phone check ")
