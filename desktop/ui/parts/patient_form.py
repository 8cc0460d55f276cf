"""Add a patient: number with a live check, names, date of birth, sex."""

import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.identifiers import Scheme, identifier
from desktop.records.facts.patient import NewPatient, Patient, Sex, short_date
from desktop.records.facts.problems import PatientNameMissing
from desktop.records.rules.typed_date import find_typed_date, typed_date
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, restyle, words
from desktop.ui.parts.words import sex_words

AddPatient = Callable[[NewPatient], Patient]


class PatientForm(QWidget):
    """`patient_added` carries the patient as put on record; `cancelled` changes nothing."""

    patient_added = Signal(object)
    cancelled = Signal()

    def __init__(self, *, background: Background, add: AddPatient) -> None:
        super().__init__()
        self._background = background
        self._add = add
        self._build()
        self._connect()

    def start(self, typed: str = "") -> None:
        """An empty form; what was searched for in vain is carried over where it belongs."""
        for field in (self.number, self.family, self.given, self.born):
            field.clear()
        self.sex.setCurrentIndex(self.sex.findData(Sex.UNKNOWN))
        self.notice.clear()
        if any(letter.isdigit() for letter in typed):
            self.number.setText(typed)
        else:
            self.family.setText(typed)
        self.number.setFocus()

    @property
    def number_hint(self) -> str:
        """What the form says of the number as typed so far."""
        return self._number_hint.text()

    def _build(self) -> None:
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("ABC1235, or your own number"))
        self._number_hint = words("", kind="small", wrap=True)
        self.family, self.given, self.born = QLineEdit(), QLineEdit(), QLineEdit()
        self.born.setPlaceholderText(self.tr("day month year, like 4/3/1961"))
        self._born_hint = words("", kind="small", wrap=True)
        self.sex = QComboBox()
        for sex in Sex:
            self.sex.addItem(sex_words(sex), sex)
        self.notice = Notice()
        self.add_button = button(self.tr("Add patient"), icon="user-plus", kind="primary")
        self.cancel_button = button(self.tr("Cancel"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setSpacing(6)
        form.addRow(self.tr("NHI or local number"), self.number)
        form.addRow(self._number_hint)
        form.addRow(self.tr("Family name"), self.family)
        form.addRow(self.tr("Given names"), self.given)
        form.addRow(self.tr("Date of birth"), self.born)
        form.addRow(self._born_hint)
        form.addRow(self.tr("Sex"), self.sex)
        self._lay_out(form)

    def _lay_out(self, form: QFormLayout) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(words(self.tr("Add a patient"), kind="heading"))
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.number.textChanged.connect(self._check_number)
        self.born.textChanged.connect(self._check_born)
        for field in (self.number, self.family, self.given, self.born):
            field.returnPressed.connect(self._save)
        on_click(self.add_button, self._save)
        on_click(self.cancel_button, self.cancelled.emit)
        on_escape(self, self.cancelled.emit)

    def _check_number(self, text: str) -> None:
        sentence, tone = "", ""
        if text.strip():
            try:
                found = identifier(text)
            except Problem as problem:
                sentence, tone = str(problem), "problem"
            else:
                if found.scheme is Scheme.LOCAL:
                    sentence = self.tr("A local number: it has not the shape of an NHI number.")
                elif found.is_test:
                    sentence, tone = self.tr("✓ A test NHI number: it starts with Z."), "warning"
                else:
                    sentence, tone = self.tr("✓ An NHI number; its check character fits."), "good"
        self._hint(self._number_hint, sentence, tone)

    def _check_born(self, text: str) -> None:
        today = date.today()  # noqa: DTZ011  a birthday is by the wall calendar
        found = find_typed_date(text, today=today) if text.strip() else None
        if found is None:
            self._hint(self._born_hint, "", "")
        elif found > today:
            self._hint(self._born_hint, self.tr("That day is still to come."), "problem")
        else:
            self._hint(self._born_hint, f"✓ {short_date(found)}", "good")

    def _hint(self, label: QLabel, sentence: str, tone: str) -> None:
        label.setProperty("tone", tone)
        label.setText(sentence)
        restyle(label)

    def _save(self) -> None:
        self.notice.clear()
        try:
            new = self._typed()
        except Problem as problem:
            self.notice.problem(problem)
            return
        self.add_button.setEnabled(False)
        self._background.run(
            partial(self._add, new),
            owner=self,
            done=self._added,
            failed=self._not_added,
            lane="vault",
        )

    def _typed(self) -> NewPatient:
        family = unicodedata.normalize("NFC", " ".join(self.family.text().split()))
        number = identifier(self.number.text())
        if not family:
            raise PatientNameMissing
        today = date.today()  # noqa: DTZ011  a birthday is by the wall calendar
        born = self.born.text().strip()
        return NewPatient(
            identifiers=(number,),
            family_name=family,
            given_names=unicodedata.normalize("NFC", " ".join(self.given.text().split())),
            born=typed_date(born, today=today) if born else None,
            sex=Sex(self.sex.currentData()),
        )

    def _added(self, patient: Patient) -> None:
        self.add_button.setEnabled(True)
        self.patient_added.emit(patient)

    def _not_added(self, problem: Problem) -> None:
        self.add_button.setEnabled(True)
        self.notice.problem(problem)
