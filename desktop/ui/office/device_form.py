"""What is said of a device of the register: the form for a new one, and for a change."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.devices import Device, NewDevice
from desktop.ui.parts.pieces import button, on_click, scrolled, words
from desktop.ui.parts.words import sentence_case

_WIDTH = 300


class DeviceForm(QFrame):
    """`saved` tells that what is said shall count, `left` that a change was given up."""

    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self.changed: Device | None = None
        """Which device a change is about; None while a new one is described."""
        self._build()
        self._connect()
        self.ask_new()

    @property
    def said(self) -> NewDevice:
        """What the fields say."""
        texts = {name: field.text() for name, field in self.fields.items()}
        return NewDevice(owner=DeviceOwner(self.owner.currentData()), **texts)

    def ask_new(self) -> None:
        """Empty fields for a new device."""
        self.changed = None
        self._heading.setText(self.tr("A new device"))
        self.save_button.setText(self.tr("Add"))
        for field in self.fields.values():
            field.clear()
        self.owner.setCurrentIndex(self.owner.findData(DeviceOwner.ORGANISATION))
        self.cancel_button.hide()

    def ask_change(self, device: Device) -> None:
        """What is known of a device, to be said anew."""
        self.changed = device
        self._heading.setText(self.tr("Change {}").format(device.name))
        self.save_button.setText(self.tr("Save"))
        for name, field in self.fields.items():
            field.setText(getattr(device, name))
        self.owner.setCurrentIndex(self.owner.findData(device.owner))
        self.cancel_button.show()
        self.fields["name"].setFocus()

    def _build(self) -> None:
        self.owner = QComboBox()
        self.owner.setMinimumContentsLength(6)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.owner.setSizeAdjustPolicy(policy)
        for owner in DeviceOwner:
            self.owner.addItem(sentence_case(owner.words), owner)
        labels = {
            "name": self.tr("What people here call it"),
            "keeper": self.tr("Carried by"),
            "make": self.tr("Make"),
            "model": self.tr("Model"),
            "serial": self.tr("Serial number"),
            "asset_number": self.tr("Asset number"),
            "location": self.tr("Where it is kept"),
            "source_name": self.tr("Its name when plugged in"),
        }
        self.fields = {name: QLineEdit() for name in labels}
        self.save_button = button("", icon="check", kind="primary")
        self.cancel_button = button(self.tr("Cancel"))
        self._heading = words("", kind="heading", wrap=True)
        content = QWidget()
        form = QFormLayout(content)
        form.setContentsMargins(2, 2, 10, 2)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Whose it is"), self.owner)
        for name, label in labels.items():
            form.addRow(label, self.fields[name])
        row = QHBoxLayout()
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(scrolled(content, self.tr("What is said of the device")), 1)
        column.addLayout(row)

    def _connect(self) -> None:
        on_click(self.save_button, self.saved.emit)
        on_click(self.cancel_button, self.left.emit)
        for field in self.fields.values():
            field.returnPressed.connect(self.saved)
