"""Which lines of the trail are wanted: who, what, of whom, from when to when."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.records.facts.ids import PatientId
from desktop.records.facts.trail import TrailFilter
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.pieces import button, on_click, words


class TrailFilterBar(QWidget):
    """`asked` tells that the lines are wanted as the fields now say."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.person, self.deed, self.patient = QLineEdit(), QLineEdit(), QLineEdit()
        self.since, self.until = QLineEdit(), QLineEdit()
        self.show_button = button(self.tr("Show"), icon="search")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for column, (field, name, hint) in enumerate(self._fields()):
            label = words(name, kind="small")
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            field.setMinimumWidth(80)
            field.returnPressed.connect(self.asked)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.show_button, 1, len(self._fields()))
        on_click(self.show_button, self.asked.emit)

    def wanted(self, patient: PatientId | None) -> TrailFilter:
        """What the fields say; days are this workstation's. Raises DateNotUnderstood."""
        return TrailFilter(
            person=self.person.text().strip(),
            deed=self.deed.text().strip(),
            patient=patient,
            since=_midnight(self.since.text()),
            until=_midnight(self.until.text(), later=1),
        )

    def _fields(self) -> tuple[tuple[QLineEdit, str, str], ...]:
        return (
            (self.person, self.tr("Who"), self.tr("part of a name")),
            (self.deed, self.tr("What"), self.tr("for example viewed")),
            (self.patient, self.tr("Patient's number"), self.tr("NHI or local")),
            (self.since, self.tr("From"), self.tr("day month year")),
            (self.until, self.tr("To"), self.tr("that day included")),
        )


def _midnight(text: str, *, later: int = 0) -> datetime | None:
    if not text.strip():
        return None
    today = date.today()  # noqa: DTZ011  a day is meant by the wall calendar
    day = typed_date(text, today=today) + timedelta(days=later)
    return datetime(day.year, day.month, day.day).astimezone()
