"""Asking for the address of a camera on the network; nobody looks for one by himself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.parts.pieces import Notice, button, on_click, words


class CameraForm(QWidget):
    """`connect_wanted` carries the address and whether to remember it; `left` tells that the person
    does not want to, after all."""

    connect_wanted = Signal(str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address of the camera"))
        self.address.setPlaceholderText("192.168.1.20")
        self.remember = QCheckBox(self.tr("Remember it"))
        self.notice = Notice()
        self.connect_button = button(self.tr("Connect"), kind="primary")
        self.cancel_button = button(self.tr("Cancel"))
        label = words(self.tr("Camera’s address, as its screen shows it"), kind="quiet", wrap=True)
        label.setBuddy(self.address)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        rows = (self.address, self.remember, self.notice, self.connect_button, self.cancel_button)
        for widget in (label, *rows):
            layout.addWidget(widget)
        layout.addStretch(1)
        on_click(self.connect_button, self._connect)
        on_click(self.cancel_button, self.left.emit)
        self.address.returnPressed.connect(self._connect)
        self.setFocusProxy(self.address)

    def start(self) -> None:
        """Ask anew."""
        self.address.clear()
        self.remember.setChecked(False)
        self.show_busy(busy=False)
        self.notice.clear()

    def show_busy(self, *, busy: bool) -> None:
        """While a camera is asked, nothing else can be typed."""
        self.connect_button.setEnabled(not busy)
        self.address.setReadOnly(busy)
        if busy:
            self.notice.say(self.tr("Asking the camera…"))

    def refuse(self, problem: Exception) -> None:
        """Say why there is no camera; what was typed stays."""
        self.show_busy(busy=False)
        self.notice.problem(problem)
        self.address.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        if self.address.text().strip() and self.connect_button.isEnabled():
            self.show_busy(busy=True)
            self.connect_wanted.emit(self.address.text().strip(), self.remember.isChecked())
