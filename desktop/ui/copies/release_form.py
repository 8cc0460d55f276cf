"""For whom a copy is, for what, and what allows it (R81, R90, R97, R101)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QRadioButton, QWidget

from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Release
from desktop.records.rules.releasing import DEIDENTIFIED_BY_DEFAULT
from desktop.ui.parts.choices import choice_of, choose, chosen, text_field
from desktop.ui.parts.words import sentence_case


class ReleaseForm(QWidget):
    """`changed` tells that an answer is another, `kind_changed` that it is about the original now,
    or about a de-identified copy again."""

    changed = Signal()
    kind_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.deidentified = QRadioButton(self.tr("A de-identified copy"))
        self.original = QRadioButton(self.tr("The original, with everything in it"))
        self._kinds = QButtonGroup(self)
        for kind in (self.deidentified, self.original):
            self._kinds.addButton(kind)
        self.recipient = text_field(self.tr("Who gets it"), self.tr("Person or organisation"))
        self.purpose = choice_of(
            {one.value: sentence_case(one.words) for one in Purpose},
            name=self.tr("What the copy is for"),
            placeholder=self.tr("Choose"),
        )
        self.authority = text_field(
            self.tr("Authority, where consent does not cover it"),
            self.tr("Only where consent does not cover it"),
        )
        self.why = text_field(
            self.tr("Why it cannot be de-identified"), self.tr("What would be lost")
        )
        self.reference = text_field(
            self.tr("Ethics approval or policy"), self.tr("Its number or name")
        )
        self._form = QFormLayout(self)
        self._build()
        for field in (self.recipient, self.authority, self.why, self.reference):
            field.textChanged.connect(self.changed)
        self.purpose.currentIndexChanged.connect(self._say_changed)
        self.original.toggled.connect(self._say_changed)
        self.original.toggled.connect(self.kind_changed)
        self.begin()

    def begin(self) -> None:
        """Nothing said yet, and a de-identified copy as a rule."""
        for field in (self.recipient, self.authority, self.why, self.reference):
            field.clear()
        choose(self.purpose, None)
        self.deidentified.setChecked(True)
        self._show_what_is_wanted()

    @property
    def is_deidentified(self) -> bool:
        """Whether nothing that identifies is to be in it."""
        return self.deidentified.isChecked()

    @property
    def release(self) -> Release | None:
        """What was said, or None while the purpose is open."""
        purpose = chosen(self.purpose)
        if not purpose:
            return None
        return Release(
            recipient=self.recipient.text(),
            purpose=Purpose(purpose),
            is_deidentified=self.is_deidentified,
            authority=self.authority.text(),
            why_identifiable="" if self.is_deidentified else self.why.text(),
            reference="" if self.is_deidentified else self.reference.text(),
        )

    def _build(self) -> None:
        form = self._form
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.deidentified)
        form.addRow(self.original)
        form.addRow(self.tr("Who gets it"), self.recipient)
        form.addRow(self.tr("What for"), self.purpose)
        form.addRow(self.tr("Authority"), self.authority)
        form.addRow(self.tr("Why it cannot be de-identified"), self.why)
        form.addRow(self.tr("Ethics approval or policy"), self.reference)

    def _say_changed(self) -> None:
        self._show_what_is_wanted()
        self.changed.emit()

    def _show_what_is_wanted(self) -> None:
        """Why it is identifiable is asked where de-identified is the rule (R101)."""
        wanted = not self.is_deidentified and chosen(self.purpose) in DEIDENTIFIED_BY_DEFAULT
        for field in (self.why, self.reference):
            self._form.setRowVisible(field, wanted)
