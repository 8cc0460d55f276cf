"""Which device is handed over: known again by its source, picked, or new; with its phone check."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.devices import Answers, HandoverOffer, KnownDevice, NewDevice
from desktop.records.facts.ids import DeviceId
from desktop.records.rules.phone_check import advice_on, check_is_due, device_line
from desktop.ui.desk.verbs import HandoverVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.phone_check_panel import PhoneCheckPanel
from desktop.ui.parts.pieces import Notice, button, on_click, words

_NEW = "new"


def _today() -> date:
    return date.today()  # noqa: DTZ011  a year is by the wall calendar


class DeviceBox(QWidget):
    """`device_chosen` carries the KnownDevice that a person picked; `asked` tells of a phone check
    that begins or ended. Nothing here ever stands in the
    way of a filing, and nothing is taken for said that nobody said: a known device is offered.
    `below` holds the phone check and what follows from it; it wants the width of the page."""

    device_chosen = Signal(object)
    asked = Signal()

    def __init__(
        self,
        *,
        background: Background,
        verbs: HandoverVerbs,
        who: Callable[[], str],
        today: Callable[[], date] = _today,
    ) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._who = who
        self._today = today
        self._known: dict[DeviceId, KnownDevice] = {}
        self._offered: KnownDevice | None = None
        self._owner: DeviceOwner | None = None
        self._source = ""
        self._wanted = ""
        self._build()
        self._connect()
        self.start()

    @property
    def chosen(self) -> KnownDevice | None:
        """The device that is said to be handed over."""
        return self._known.get(self.combo.currentData())

    @property
    def said(self) -> str:
        """The id of the chosen device, for a draft; empty where none is."""
        return str(self.chosen.device.id) if self.chosen else ""

    def start(self, source_name: str = "") -> None:
        """Nothing said, about a source of this name."""
        self._source, self._wanted, self._owner, self._offered = source_name, "", None, None
        self._fill(())
        for part in (self.accept, self._new, self.panel, self.line):
            part.hide()
        self.notice.clear()

    def offer(self, offer: HandoverOffer) -> None:
        """Devices to choose from; the one that it may well be is offered by one key."""
        chosen, is_new = self.chosen, self.combo.currentData() == _NEW
        self._fill(tuple(dict.fromkeys((*offer.fitting, *offer.organisation))))
        self._offered = offer.fitting[0] if offer.fitting else None
        if chosen is not None:
            self._put(chosen.device.id)
        elif is_new:  # what a person is naming already stays
            self.combo.setCurrentIndex(self.combo.count() - 1)
        elif self._wanted:
            self._take_wanted()
        self._show_offer()

    def want(self, device: str) -> None:
        """Choose the device with this id again as soon as it is offered (from a draft)."""
        self._wanted = device
        self._take_wanted()

    def show_owner(self, owner: DeviceOwner | None) -> None:
        """Whose device it is said to be now. A device of another owner is not it; a patient's own
        is on no register and nothing is asked of it (R122)."""
        self._owner = owner
        chosen = self.chosen
        if chosen is not None and owner is not None and chosen.device.owner is not owner:
            self.combo.setCurrentIndex(0)
            self._settle()
        theirs = owner is DeviceOwner.PATIENT
        self.combo.setEnabled(not theirs)
        if theirs:
            self.line.setText(self.tr("Theirs: no phone check, and nothing is cleared from it."))
            self._new.hide()
            self.panel.hide()
        self._show_offer()
        self.line.setVisible(theirs or self.chosen is not None)

    def accept_offer(self) -> None:
        """Yes, it is the device that was offered."""
        if self._offered is not None and not self.accept.isHidden():
            self._put(self._offered.device.id)
            self._picked()

    def go_to_check(self) -> None:
        """Go to the phone check, where one is asked for."""
        if not self.panel.isHidden():
            self.panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self.combo = QComboBox()
        self.combo.setAccessibleName(self.tr("Which device"))
        self.combo.setMinimumContentsLength(6)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.combo.setSizeAdjustPolicy(policy)
        self.line = words("", kind="small", wrap=True)
        self.accept = button("", kind="link")
        self.accept.setAccessibleName(self.tr("It is the device that was recognised"))
        self._new = QWidget()
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the new device"))
        self.name.setPlaceholderText(self.tr("for example Mere's Pixel 8"))
        self.note_button = button(self.tr("Remember"))
        row = QHBoxLayout(self._new)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.note_button)
        self.below = QWidget()
        self.panel = PhoneCheckPanel()
        self.notice = Notice()
        room = QVBoxLayout(self.below)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.panel)
        room.addWidget(self.notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self.combo, self.accept, self._new, self.line):
            layout.addWidget(part)
        layout.setAlignment(self.accept, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.combo.activated.connect(lambda _row: self._picked())
        on_click(self.accept, self.accept_offer)
        on_click(self.note_button, self._note)
        self.name.returnPressed.connect(self._note)
        self.panel.answered.connect(self._declare)

    def _fill(self, known: Sequence[KnownDevice]) -> None:
        self._known = {one.device.id: one for one in known}
        self.combo.clear()
        self.combo.addItem(self.tr("Not said"), None)
        for one in known:
            self.combo.addItem(one.device.name, one.device.id)
        self.combo.addItem(self.tr("A new device…"), _NEW)

    def _put(self, device: DeviceId) -> None:
        self.combo.setCurrentIndex(max(self.combo.findData(device), 0))

    def _take_wanted(self) -> None:
        found = next((one for one in self._known if str(one) == self._wanted), None)
        if found is not None:
            self._wanted = ""
            self._put(found)
            self._settle()

    def _picked(self) -> None:
        """A person chose: a device, a new one, or none."""
        self.notice.clear()
        self._settle()
        if self.combo.currentData() == _NEW:
            self.name.setFocus()
        elif self.chosen is not None:
            self.device_chosen.emit(self.chosen)

    def _settle(self) -> None:
        """Show what belongs to what is chosen."""
        chosen = self.chosen
        self._new.setVisible(self.combo.currentData() == _NEW)
        self.line.setVisible(chosen is not None)
        self.panel.hide()
        if chosen is not None:
            self.line.setText(device_line(chosen.device, chosen.declaration))
            if check_is_due(chosen.device, chosen.declaration, today=self._today()):
                self.panel.ask(of=chosen.device.name, who=self._who() or chosen.device.keeper)
                self.asked.emit()
        self._show_offer()

    def _show_offer(self) -> None:
        offered = self._offered
        fits = offered is not None and self._owner is not DeviceOwner.PATIENT
        self.accept.setVisible(fits and self.combo.currentIndex() == 0)
        if offered is not None:
            line = device_line(offered.device, offered.declaration)
            name = offered.device.name
            self.accept.setText(self.tr("It is {} (Alt+D)").format(name))
            self.accept.setToolTip(line)
            self.accept.setAccessibleName(self.tr("It is {}: {}").format(name, line))
            if not self.accept.isHidden():
                self.line.setText(line)
                self.line.show()

    def _note(self) -> None:
        if not self.note_button.isEnabled():
            return
        owner = self._owner
        if owner is None:
            self.notice.say(self.tr("Say first whose device it is."), tone="warning")
            return
        new = NewDevice(
            owner=owner,
            name=self.name.text(),
            keeper=self._who() if owner is not DeviceOwner.ORGANISATION else "",
            source_name=self._source,
        )
        self.note_button.setEnabled(False)
        self._run(partial(self._verbs.note_device, new), self._noted)

    def _noted(self, known: KnownDevice) -> None:
        self.note_button.setEnabled(True)
        self.name.clear()
        self._fill((*self._known.values(), known))
        self._put(known.device.id)
        self._picked()
        (self.panel if not self.panel.isHidden() else self.combo).setFocus()

    def _declare(self, answers: Answers) -> None:
        if self.chosen is not None:
            device = self.chosen.device.id
            self._run(partial(self._verbs.declare, device, answers), self._declared)
            self.combo.setFocus()

    def _declared(self, known: KnownDevice) -> None:
        self._known[known.device.id] = known
        self._settle()
        advice = advice_on(known.declaration) if known.declaration else ()
        if advice:
            self.notice.say("\n\n".join(advice), tone="warning")
        else:
            self.notice.say(self.tr("Phone check noted."), tone="good")
        self.asked.emit()

    def _failed(self, problem: Exception) -> None:
        self.note_button.setEnabled(True)
        self.notice.problem(problem)

    def _run(self, work: Callable[[], KnownDevice], done: Callable[[KnownDevice], None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self._failed, lane="vault")
