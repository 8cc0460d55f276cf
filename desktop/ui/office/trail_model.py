"""The trail as a table, newest first; it asks for older lines when somebody scrolls to its end."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from desktop.records.facts.trail import TrailEntry
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import moment, sentence_case

_UNTOLD = {"person", "patient"}


class TrailModel(RowsModel[TrailEntry]):
    """`older_wanted` carries the number of the last line that is shown."""

    older_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("Line"), lambda entry: f"{entry.line.seq:,}"),
                (self.tr("When"), _when),
                (self.tr("Who"), lambda entry: entry.line.by),
                (self.tr("What"), lambda entry: sentence_case(entry.line.deed)),
                (self.tr("About"), about_words),
            ),
            parent,
        )
        self._has_older = False

    def show(self, rows: Sequence[TrailEntry], *, has_older: bool = False) -> None:
        """Show these lines and no others."""
        self._has_older = has_older
        super().show(rows)

    def add(self, entries: Sequence[TrailEntry], *, has_older: bool) -> None:
        """Show older lines below."""
        self._has_older = has_older
        if not entries:
            return
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
        self._rows += tuple(entries)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; the whole line is its tip."""
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return about_words(self.rows[index.row()]) or None
        return super().data(index, role)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the trail goes on below."""
        return not parent.isValid() and self._has_older

    def fetchMore(self, parent: Index) -> None:
        """Ask once for what is below; it comes later."""
        if self.canFetchMore(parent) and self.rows:
            self._has_older = False
            self.older_wanted.emit(self.rows[-1].line.seq)


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
