"""The trail as a table, newest first; it asks for older lines when somebody scrolls to its end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from desktop.records.facts.trail import TrailEntry
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import moment, sentence_case

_UNTOLD = {"person", "patient"}


class TrailModel(QAbstractTableModel):
    """`older_wanted` carries the number of the last line that is shown."""

    older_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[TrailEntry] = []
        self._has_older = False
        self._columns: tuple[tuple[str, Callable[[TrailEntry], str]], ...] = (
            (self.tr("Line"), lambda entry: f"{entry.line.seq:,}"),
            (self.tr("When"), _when),
            (self.tr("Who"), lambda entry: entry.line.by),
            (self.tr("What"), lambda entry: sentence_case(entry.line.deed)),
            (self.tr("About"), about_words),
        )

    def show(self, entries: Sequence[TrailEntry], *, has_older: bool) -> None:
        """Show these lines and no others."""
        self.beginResetModel()
        self._entries = list(entries)
        self._has_older = has_older
        self.endResetModel()

    def add(self, entries: Sequence[TrailEntry], *, has_older: bool) -> None:
        """Show older lines below."""
        self._has_older = has_older
        if not entries:
            return
        first = len(self._entries)
        self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
        self._entries += entries
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Line, when, who, what, about."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; the whole line is its tip."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._columns[index.column()][1](entry)
            case Qt.ItemDataRole.ToolTipRole:
                return about_words(entry) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        is_column = orientation is Qt.Orientation.Horizontal and section < len(self._columns)
        shown = is_column and role == Qt.ItemDataRole.DisplayRole
        return self._columns[section][0] if shown else None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the trail goes on below."""
        return not parent.isValid() and self._has_older

    def fetchMore(self, parent: Index) -> None:
        """Ask once for what is below; it comes later."""
        if self.canFetchMore(parent) and self._entries:
            self._has_older = False
            self.older_wanted.emit(self._entries[-1].line.seq)


def about_words(entry: TrailEntry) -> str:
    """What the line is about as people read it: the patient first, then name and value."""
    told = [entry.banner] if entry.banner else []
    for name, value in entry.line.facts.items():
        if name not in _UNTOLD and value not in ("", None, []):
            said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            told.append(f"{name.replace('_', ' ')}: {said}")
    return " · ".join(told)


def _when(entry: TrailEntry) -> str:
    if entry.line.at is None:
        return "time unreadable"
    at = entry.line.at.astimezone()
    return f"{moment(at)}:{at:%S}"
