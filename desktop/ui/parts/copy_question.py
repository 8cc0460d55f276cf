"""Which of several copies of a paper went into the chart: their code does not tell (R79)."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.records.facts.sheet_problems import CopyNotSaid
from desktop.ui.parts.pieces import button, on_click, words


class CopyQuestion(QWidget):
    """Hidden until it asks. `chosen` carries the number of the copy; `refused` says that nobody
    knows it now, and that nothing is filed."""

    chosen = Signal(int)
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.copies: list[QPushButton] = []
        self._said = words("", wrap=True)
        self.not_now = button(self.tr("Not now"))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.not_now)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addLayout(self._row)
        on_click(self.not_now, self.refuse)
        self.hide()

    @property
    def text(self) -> str:
        """What is asked, as shown; empty while nothing is."""
        return "" if self.isHidden() else self._said.text()

    def ask(self, unclear: CopyNotSaid) -> None:
        """Ask which of these copies it is, the keyboard on the first."""
        self.clear()
        self._said.setText(str(unclear))
        for place, copy in enumerate(unclear.copies):
            made = button(self.tr("It is copy {}").format(copy), icon="check")
            on_click(made, partial(self.chosen.emit, copy))
            self._row.insertWidget(place, made)
            self.copies.append(made)
        self.show()
        self.copies[0].setFocus()

    def clear(self) -> None:
        """Ask nothing any more."""
        for made in self.copies:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.copies.clear()
        self.hide()

    def refuse(self) -> None:
        """As the button that says so; nothing where nothing is asked."""
        if self.copies:
            self.clear()
            self.refused.emit()
