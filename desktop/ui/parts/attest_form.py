"""Somebody says that they deleted images from a device by hand; who is at the desk witnesses it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, words
from desktop.ui.parts.words import counted


class AttestForm(QWidget):
    """`attested` carries the name of who attests; `left` goes back."""

    attested = Signal(str)
    left = Signal()

    def __init__(self, *, user: str) -> None:
        super().__init__()
        self._user = user
        self._heading = words(self.tr("Deleted by hand"), kind="heading", wrap=True)
        self._sentence = words("", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.notice = Notice()
        self.attest_button = button(self.tr("Attest"), icon="check", kind="primary")
        self.back = button(self.tr("Not now"))
        self._lay_out()
        on_click(self.attest_button, self._attest)
        on_click(self.back, self.left.emit)
        self.name.returnPressed.connect(self._attest)
        on_escape(self, self.left.emit)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Who says that they deleted them"), self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back, 1)
        row.addWidget(self.attest_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(self._sentence)
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        layout.addLayout(row)

    def start(self, *, count: int, device: str, name: str) -> None:
        """Ask for the word of `name`, or of somebody else, on so many images."""
        self._sentence.setText(
            self.tr(
                "{} received from {}: somebody says that they deleted every copy there, also under "
                "Recently Deleted. It is noted as their word, witnessed by you, {}. Nobody proved "
                "it."
            ).format(counted(count, "image"), device, self._user)
        )
        self.name.setText(name)
        self.notice.clear()
        self.attest_button.setEnabled(True)
        self.name.setFocus()
        self.name.selectAll()

    @property
    def sentence(self) -> str:
        """What is attested."""
        return self._sentence.text()

    def refuse(self, problem: Exception) -> None:
        """Say why it was not noted."""
        self.attest_button.setEnabled(True)
        self.notice.problem(problem)
        self.name.setFocus()

    def _attest(self) -> None:
        if self.attest_button.isEnabled():
            self.attest_button.setEnabled(False)
            self.attested.emit(self.name.text())
