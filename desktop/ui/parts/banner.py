"""The patient's banner: it stays on screen as long as anything is about that patient."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QWidget

from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import words
from desktop.ui.parts.words import born_and_age, hold_words, sentence_case, sex_words


class PatientBanner(QFrame):
    """SURNAME, Given; then number, date of birth, age and sex; a badge marks a test number."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._name = words("", kind="name", wrap=True)
        self._number = words("")
        self._badge = words(self.tr("TEST NUMBER"), kind="badge")
        self._born = words("", kind="quiet", wrap=True)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._number)
        second.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addStretch(1)
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.addWidget(self._name, 3)
        self._lines.addLayout(second)
        self._lines.addWidget(self._born, 2)
        self.fold(is_folded=False)

    @property
    def text(self) -> str:
        """All that the banner says."""
        return self.accessibleName()

    def fold(self, *, is_folded: bool) -> None:
        """All in one line, while a picture needs the room below; long names still wrap."""
        ways = QBoxLayout.Direction
        self._lines.setDirection(ways.LeftToRight if is_folded else ways.TopToBottom)
        self._lines.setContentsMargins(14, 6 if is_folded else 10, 14, 6 if is_folded else 10)
        self._lines.setSpacing(16 if is_folded else 4)
        for label in (self._name, self._born):
            label.setMinimumHeight(0)  # what it claimed at its other width

    def show_patient(self, patient: Patient) -> None:
        """Show this patient, whole."""
        number = f"{patient.number.label} {patient.number.value}"
        born = born_and_age(patient, today=date.today())  # noqa: DTZ011  an age is by the wall calendar
        self._name.setText(patient.name)
        self._number.setText(number)
        self._badge.setVisible(patient.number.is_test)
        self._born.setText(f"{born} · {sex_words(patient.sex)}")
        test = self.tr("test number") if patient.number.is_test else ""
        self.setAccessibleName(f"{patient.name} · {number} {test} · {born}")

    def clear(self) -> None:
        """Show nobody."""
        for label in (self._name, self._number, self._born):
            label.clear()
        self.setAccessibleName(self.tr("No patient chosen"))


class HeldLine(QWidget):
    """A quiet line under the banner while something holds the patient's images; else hidden."""

    def __init__(self) -> None:
        super().__init__()
        icon = QLabel()
        put_picture(icon, "shield", colour="muted", size=16)
        self._words = words("", kind="quiet", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_holds(self, holds: Sequence[Hold]) -> None:
        """Say these open holds; without any, nothing."""
        told = [sentence_case(hold_words(hold)) for hold in holds]
        whose = ["" if hold.image is None else self.tr(" (one image)") for hold in holds]
        self._words.setText(
            "\n".join(f"{one}{which}" for one, which in zip(told, whose, strict=True))
        )
        self.setAccessibleName(self._words.text())
        self.setVisible(bool(holds))
