"""Patients as a list: the model, and the painter of its two lines."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.records.facts.patient import Patient
from desktop.ui.parts.tiles import Index, Role
from desktop.ui.parts.words import born_and_age
from desktop.ui.theme import worn


class PatientList(QAbstractListModel):
    """Patients in the order in which the search gave them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patients: list[Patient] = []

    def show(self, patients: Sequence[Patient]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._patients = list(patients)
        self.endResetModel()

    def patient_at(self, index: Index) -> Patient | None:
        """The patient of a row, or None outside the list."""
        return self._patients[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many patients are shown."""
        return 0 if parent.isValid() else len(self._patients)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, and the second line under `Role.CAPTION`."""
        if not index.isValid():
            return None
        patient = self._patients[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return patient.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{patient.name}, {_second_line(patient)}"
            case Role.CAPTION:
                return _second_line(patient)
            case Role.FACT:
                return patient
        return None


class PatientDelegate(QStyledItemDelegate):
    """Two lines a patient: the name, then number, date of birth and age."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = parent.fontMetrics().height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows have one height."""
        return QSize(200, 2 * self._line + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one patient within `option.rect`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font: QFont = option.font
        row = rect.adjusted(2, 2, -2, -2)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(worn("accent_soft"))
            ring = state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(worn("accent"), 2) if ring else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(row, 6, 6)
        line = QRect(row.left() + 10, row.top() + 6, row.width() - 20, self._line)
        _draw(painter, line, font, str(index.data()), bold=True, colour="text")
        line.translate(0, self._line + 1)
        _draw(painter, line, font, str(index.data(Role.CAPTION)), bold=False, colour="muted")
        painter.restore()


def _draw(
    painter: QPainter, line: QRect, font: QFont, text: str, *, bold: bool, colour: str
) -> None:
    face = QFont(font)
    face.setPixelSize(14 if bold else 13)
    face.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(face)
    painter.setPen(worn(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _second_line(patient: Patient) -> str:
    test = " (test)" if patient.number.is_test else ""
    return f"{patient.number.value}{test} · {born_and_age(patient, today=date.today())}"  # noqa: DTZ011  an age is by the wall calendar
