"""How many images stand on a page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desktop.ui.parts.pieces import button
from desktop.ui.parts.words import counted


class PerPage(QWidget):
    """1, 2, 4 or 6 in a row; `changed` says that it is another number now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.choices = QButtonGroup(self)
        for number in (1, 2, 4, 6):
            choice = button(str(number), kind="segment")
            choice.setCheckable(True)
            choice.setChecked(number == 1)
            choice.setAccessibleName(self.tr("{} a page").format(counted(number, "image")))
            self.choices.addButton(choice, number)
            line.addWidget(choice)
        line.addStretch(1)
        self.choices.idClicked.connect(lambda _number: self.changed.emit())

    @property
    def number(self) -> int:
        """How many."""
        return self.choices.checkedId()
