"""The worklists by name, each with how many wait, and how a row of it is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.parts.tiles import Index
from desktop.ui.theme import worn

_COUNT = int(Qt.ItemDataRole.UserRole)
_EDGE = 10


class NamesModel(QAbstractListModel):
    """A name a row. A count that is not known yet is not shown."""

    def __init__(self, names: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._counts: dict[int, int] = {}

    def show_count(self, row: int, waiting: int) -> None:
        """So many wait in the list of this row."""
        self._counts[row] = waiting
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many lists there are."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; the count is a role of its own, and spoken after the name."""
        if not index.isValid():
            return None
        name, count = self._names[index.row()], self._counts.get(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return name if count is None else self.tr("{}, {} waiting").format(name, count)
        return count if role == _COUNT else None


class NameDelegate(QStyledItemDelegate):
    """Name at the left, count at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row as the style does, and the count over it."""
        super().paint(painter, option, index)
        count = index.data(_COUNT)
        if count is None:
            return
        rect: QRect = option.rect
        painter.save()
        painter.setPen(worn("text" if count else "muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -_EDGE, 0), right, f"{count:,}")
        painter.restore()
