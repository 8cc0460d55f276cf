"""Where images came from that nobody here took: who sent them, or who gave a copy (R119, R122)."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.records.facts.came_from import CameFrom, CopyGiven, Received
from desktop.records.facts.capture import DeviceOwner
from desktop.ui.parts.copy_form import CopyForm
from desktop.ui.parts.received_form import ReceivedForm


class CameFromForm(QWidget):
    """Asks nothing of an image that was taken here. `changed` tells that anything was edited.

    Whose device it is decides: another provider's was sent by somebody, the patient's is a copy
    that is given. What reached the desk on a phone of this office says `sent`.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._owner: DeviceOwner | None = None
        self.sent = QCheckBox(self.tr("Somebody else took and sent them"))
        self.received = ReceivedForm()
        self.copy = CopyForm()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.sent, self.received, self.copy):
            layout.addWidget(part)
        self.sent.toggled.connect(self._refresh)
        for form in (self.received, self.copy):
            form.changed.connect(self.changed)
        self.start()

    def start(self) -> None:
        """Nothing said: it belongs to one image or batch alone and is never carried over."""
        self._owner = None
        self.sent.setChecked(False)
        self.received.show_said(Received())
        self.copy.show_said(CopyGiven())
        self._refresh()

    def show_owner(self, owner: DeviceOwner | None) -> None:
        """Whose device it is said to be now."""
        self._owner = owner
        self._refresh()

    @property
    def tab_chain(self) -> tuple[QWidget, ...]:
        """Every field, in the order in which the keyboard goes through them."""
        return (self.sent, *self.received.fields, *self.copy.fields)

    @property
    def said(self) -> CameFrom | None:
        """What the form says; None for images that were taken here. Raises DateNotUnderstood."""
        if not self.received.isHidden():
            return self.received.said
        return self.copy.said if not self.copy.isHidden() else None

    @property
    def missing(self) -> list[str]:
        """What was not said yet."""
        if not self.received.isHidden():
            return self.received.missing
        return self.copy.missing if not self.copy.isHidden() else []

    @property
    def typed(self) -> dict[str, str]:
        """Everything that was typed or picked, by field, for a draft."""
        is_sent = {"sent": "yes" if self.sent.isChecked() else ""}
        return {**is_sent, **self.received.typed, **self.copy.typed}

    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what `typed` gave."""
        self.sent.setChecked(held.get("sent") == "yes")
        self.received.put_back(held)
        self.copy.put_back(held)

    def _refresh(self) -> None:
        theirs = self._owner is DeviceOwner.PATIENT
        others = self._owner is DeviceOwner.OTHER
        self.sent.setVisible(not theirs and not others)
        self.copy.setVisible(theirs)
        self.received.setVisible(others or (self.sent.isChecked() and not theirs))
        self.changed.emit()
