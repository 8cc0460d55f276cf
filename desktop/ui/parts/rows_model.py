"""Things as the rows of a table, each column a text about them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop.ui.parts.tiles import Index

T = TypeVar("T")
Columns = Sequence[tuple[str, Callable[[T], str]]]

_SPOKEN = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
}


class RowsModel(QAbstractTableModel, Generic[T]):
    """Columns are names and what each says of a row. What is cut off in a cell is its tip."""

    def __init__(self, columns: Columns[T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[T, ...] = ()

    def show(self, rows: Sequence[T]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[T, ...]:
        """What is shown, in order."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if not index.isValid() or role not in _SPOKEN:
            return None
        text = self._columns[index.column()][1](self._rows[index.row()])
        return text if text or role != Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        is_column = orientation is Qt.Orientation.Horizontal and section < len(self._columns)
        shown = is_column and role == Qt.ItemDataRole.DisplayRole
        return self._columns[section][0] if shown else None
