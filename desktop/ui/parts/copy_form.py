"""Who gives a copy of the patient's or whānau's own image, and what was explained (R122, R124)."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from desktop.records.facts.came_from import CopyGiven, Relationship
from desktop.records.facts.devices import Answer
from desktop.records.rules.came_from import NO_DUTY, RETAINED, lacking
from desktop.ui.parts.choices import choice_of, choose, chosen, put_back_in, text_field, typed_in
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import sentence_case


class CopyForm(QWidget):
    """`changed` tells that anything was edited, `declined` carries what a person did not want to
    give a copy of (R123): that is noted, and nothing follows."""

    changed = Signal()
    declined = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._build()
        for field in self._texts.values():
            field.textChanged.connect(self.changed)
        for combo in self._combos.values():
            combo.currentIndexChanged.connect(self.changed)
        on_click(self.decline_button, lambda: self.declined.emit(self.what.text()))
        self.what.returnPressed.connect(lambda: self.declined.emit(self.what.text()))

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """Every field, in the order in which the keyboard goes through them."""
        who, *explained = self._combos.values()
        texts = (self.used_for, self.stored_where)
        return (self.name, who, *texts, *explained, self.what, self.decline_button)

    @property
    def said(self) -> CopyGiven:
        """What the form says."""
        explained = {
            name: Answer(chosen(combo) or Answer.NOT_ASKED)
            for name, combo in self._combos.items()
            if name != "relationship"
        }
        who = chosen(self.relationship)
        return CopyGiven(
            given_by=self.name.text(),
            relationship=Relationship(who) if who else None,
            used_for=self.used_for.text(),
            stored_where=self.stored_where.text(),
            **explained,
        )

    @property
    def missing(self) -> list[str]:
        """What was not said yet."""
        return [one.words for one in lacking(self.said, owner=None)]

    def show_said(self, said: CopyGiven) -> None:
        """Show this, and nothing of before."""
        self.name.setText(said.given_by)
        self.used_for.setText(said.used_for)
        self.stored_where.setText(said.stored_where)
        self.what.clear()
        for name, combo in self._combos.items():
            value = getattr(said, name)
            choose(combo, None if value is Answer.NOT_ASKED else value)

    def allow_declining(self, *, on: bool) -> None:
        """Whether it can be noted here that a copy was declined."""
        self._declining.setVisible(on)

    @property
    def typed(self) -> dict[str, str]:
        """Everything that was typed or picked, by field, for a draft."""
        return typed_in("copy", self._texts, self._combos)

    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what `typed` gave."""
        put_back_in("copy", self._texts, self._combos, held)

    def _build(self) -> None:
        self.name = text_field(self.tr("Copy given by"), self.tr("Name"))
        self.used_for = text_field(self.tr("What it will be used for"), self.tr("Used for"))
        self.stored_where = text_field(self.tr("Where it will be stored"), self.tr("Stored where"))
        self.what = text_field(self.tr("What a copy was asked of"), self.tr("What was asked for"))
        self.relationship = choice_of(
            {one.value: sentence_case(one.words) for one in Relationship},
            name=self.tr("Who gives the copy is"),
            placeholder=self.tr("Choose"),
        )
        self.decline_button = button(self.tr("Note that it was declined"))
        self._texts = {
            "given_by": self.name,
            "used_for": self.used_for,
            "stored_where": self.stored_where,
        }
        self._combos: dict[str, QComboBox] = {"relationship": self.relationship}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Copy given by"), self.name)
        form.addRow(self.tr("Who is"), self.relationship)
        form.addRow(self.tr("Used for"), self.used_for)
        form.addRow(self.tr("Stored"), self.stored_where)
        layout.addLayout(form)
        for field, asks in (
            ("use_explained", self.tr("Was it explained how it will be used?")),
            ("storage_explained", self.tr("Was it explained where it will be stored?")),
            ("retention_explained", self.tr("Was this explained? {}").format(RETAINED)),
        ):
            layout.addWidget(words(asks, wrap=True))
            layout.addWidget(self._explained(field, asks))
        layout.addWidget(self._build_declining())

    def _explained(self, field: str, asks: str) -> QComboBox:
        combo = choice_of(
            {one.value: sentence_case(one.words) for one in (Answer.YES, Answer.NO)},
            name=asks,
            placeholder=self.tr("Choose"),
        )
        self._combos[field] = combo
        return combo

    def _build_declining(self) -> QWidget:
        self._declining = QWidget()
        column = QVBoxLayout(self._declining)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(words(NO_DUTY, kind="small", wrap=True))
        column.addWidget(self.what)
        column.addWidget(self.decline_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self._declining
