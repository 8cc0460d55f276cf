"""A device is lost or stolen: where, how and when, and a breach record is opened (R114)."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.patient import short_date
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, words
from desktop.ui.parts.words import counted


class LostForm(QWidget):
    """`lost` carries what happened and the day; `left` goes back."""

    lost = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = words("", kind="heading", wrap=True)
        self._sentence = words("", wrap=True)
        self.what = QLineEdit()
        self.what.setMaxLength(400)
        self.what.setPlaceholderText(self.tr("for example left on the number 3 bus"))
        self.day = QLineEdit()
        self.notice = Notice()
        self.open_button = button(
            self.tr("Open a breach record"), icon="triangle-alert", kind="primary"
        )
        self.back = button(self.tr("Not now"))
        self._lay_out()
        on_click(self.open_button, self._open)
        on_click(self.back, self.left.emit)
        for field in (self.what, self.day):
            field.returnPressed.connect(self._open)
        on_escape(self, self.left.emit)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Where and how"), self.what)
        form.addRow(self.tr("When"), self.day)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back, 1)
        row.addWidget(self.open_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self._heading, self._sentence):
            layout.addWidget(widget)
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        layout.addLayout(row)

    def start(self, *, count: int, device: str, today: date) -> None:
        """Ask about this device, on which so many images may still be."""
        self._today = today
        self._heading.setText(self.tr("Lost or stolen: {}").format(device))
        said = self.tr(
            "{} may still be on it. A breach record is opened that names exactly these, and the "
            "list for the privacy officer is shown. Have the device erased from afar at once."
        )
        self._sentence.setText(said.format(counted(count, "image")))
        self.what.clear()
        self.day.setText(short_date(today))
        self.notice.clear()
        self.open_button.setEnabled(True)
        self.what.setFocus()

    def refuse(self, problem: Problem) -> None:
        """Say why nothing was opened."""
        self.open_button.setEnabled(True)
        self.notice.problem(problem)

    def _open(self) -> None:
        if not self.open_button.isEnabled():
            return
        try:
            day = typed_date(self.day.text(), today=self._today)
        except Problem as problem:
            self.notice.problem(problem)
            self.day.setFocus()
            return
        self.open_button.setEnabled(False)
        self.lost.emit(self.what.text(), day)
