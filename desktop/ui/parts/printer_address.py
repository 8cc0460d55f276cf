"""A printer that has no queue here: its address is typed, or is one of those announced."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import button, on_click, words

_LONGEST = 400


class PrinterAddress(QWidget):
    """`given` carries an address that is to be added."""

    given = Signal(str)

    def __init__(self, *, background: Background, find: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._background = background
        self._find = find
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Address of the printer"))
        self.field.setPlaceholderText("ipps://192.168.1.20/ipp/print")
        self.field.setMaxLength(_LONGEST)
        self.add_button = button(self.tr("Add"))
        self.find_button = button(self.tr("Look on the network"), icon="search", kind="link")
        self.found = QComboBox()
        self.found.setAccessibleName(self.tr("Printers on the network"))
        self.found.setMinimumContentsLength(8)
        self.found.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._said = words("", kind="quiet", wrap=True)
        self._lay_out()
        self.clear()
        self.field.returnPressed.connect(self._give)
        self.found.activated.connect(lambda _row: self._take())
        on_click(self.add_button, self._give)
        on_click(self.find_button, self._look)

    @property
    def said(self) -> str:
        """What came of looking, as shown."""
        return self._said.text()

    def clear(self) -> None:
        """Nothing is typed, and nothing was found."""
        self.field.clear()
        self.found.clear()
        self.found.hide()
        self._say("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(self._said)
        column.addWidget(self.find_button)

    def _give(self) -> None:
        if typed := self.field.text().strip():
            self.given.emit(typed)

    def _take(self) -> None:
        self.field.setText(self.found.currentText())
        self.field.setFocus()

    def _look(self) -> None:
        self._say(self.tr("Listening for printers…"))
        self.find_button.setEnabled(False)
        self._background.run(self._find, owner=self, done=self._show, failed=self._failed)

    def _show(self, addresses: Sequence[str]) -> None:
        self.find_button.setEnabled(True)
        self.found.clear()
        self.found.addItems(list(addresses))
        self.found.setVisible(bool(addresses))
        if addresses:
            self._say(self.tr("Choose one, and add it. Compare its fingerprint when it is asked."))
            self._take()
        else:
            self._say(self.tr("No printer announces itself. Type the address that it shows."))
            self.field.setFocus()

    def _failed(self, problem: Problem) -> None:
        self.find_button.setEnabled(True)
        self._say(str(problem))
        self.field.setFocus()

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
