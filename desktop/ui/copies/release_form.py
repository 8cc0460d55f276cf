"""For whom a copy is, for what, and what allows it (R81, R90, R97)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Release
from desktop.ui.parts.choices import choice_of, choose, chosen
from desktop.ui.parts.words import sentence_case


class ReleaseForm(QWidget):
    """`changed` tells that an answer is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.recipient, self.authority = QLineEdit(), QLineEdit()
        self.purpose = choice_of(
            {one.value: sentence_case(one.words) for one in Purpose},
            name=self.tr("What the copy is for"),
            placeholder=self.tr("Choose"),
        )
        self.recipient.setAccessibleName(self.tr("Who gets the copy"))
        self.recipient.setPlaceholderText(self.tr("Person or organisation"))
        self.authority.setAccessibleName(self.tr("Authority, where consent does not cover it"))
        self.authority.setPlaceholderText(self.tr("Only where consent does not cover it"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Who gets it"), self.recipient)
        form.addRow(self.tr("What for"), self.purpose)
        form.addRow(self.tr("Authority"), self.authority)
        self.recipient.textChanged.connect(self.changed)
        self.authority.textChanged.connect(self.changed)
        self.purpose.currentIndexChanged.connect(self.changed)

    def begin(self) -> None:
        """Nothing said yet."""
        self.recipient.clear()
        self.authority.clear()
        choose(self.purpose, None)

    @property
    def release(self) -> Release | None:
        """What was said of a de-identified copy, or None while the purpose is open."""
        purpose = chosen(self.purpose)
        if not purpose:
            return None
        return Release(
            recipient=self.recipient.text(),
            purpose=Purpose(purpose),
            is_deidentified=True,
            authority=self.authority.text(),
        )
