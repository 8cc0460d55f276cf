"""How large pictures are printed: as large as they fit, or life size."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.parts.pieces import button, words


class LifeSizeBox(QWidget):
    """`changed` tells that a person chose otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fitting = button(self.tr("As it fits"), kind="segment")
        self.life_size = button(self.tr("Life size"), kind="segment")
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for choice in (self.fitting, self.life_size):
            choice.setCheckable(True)
            self._group.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        self.fitting.setChecked(True)
        self.smaller = QCheckBox(self.tr("Smaller what has no room"))
        self._told = words(
            self.tr(
                "One image a page, 1:1 by the scale laid on it. Certified only on a printer whose "
                "check holds (Office, Printers)."
            ),
            kind="small",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.smaller)
        column.addWidget(self._told)
        self._follow()
        self._group.buttonClicked.connect(lambda _button: self._follow())
        self._group.buttonClicked.connect(lambda _button: self.changed.emit())
        self.smaller.clicked.connect(lambda _on: self.changed.emit())

    def _follow(self) -> None:
        for shown in (self.smaller, self._told):
            shown.setVisible(self.life_size.isChecked())
