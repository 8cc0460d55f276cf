"""The items of one source as tiles to tick; only the recent ones are shown until asked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QPixmap

from desktop.devices.source import MediaItem
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tiles import Index, Role
from desktop.ui.parts.words import moment, size_words


class Period(Enum):
    """How far back items are shown; a phone holds its owner's private life."""

    TODAY = 1
    WEEK = 7
    ALL = 0

    def holds(self, at: datetime | None, *, today: date) -> bool:
        """Whether an item of that device time is shown. Undated items only show under ALL."""
        if self is Period.ALL:
            return True
        return at is not None and at.date() > today - timedelta(days=self.value)


class ItemModel(QAbstractListModel):
    """Ticks belong to shown items only: what is hidden cannot be filed by accident."""

    ticks_changed = Signal()

    def __init__(
        self,
        *,
        pictures: Pictures,
        fetch: Callable[[MediaItem], Callable[[], bytes | None]],
        today: Callable[[], date],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._fetch = fetch
        self._today = today
        self._all: list[MediaItem] = []
        self._shown: list[MediaItem] = []
        self._row_of: dict[str, int] = {}
        self._ticked: set[str] = set()
        self._filed: set[str] = set()
        self._period = Period.TODAY
        self._faces: dict[int, Callable[[MediaItem], object]] = {
            Qt.ItemDataRole.DisplayRole: self._name,
            Qt.ItemDataRole.AccessibleTextRole: self._aloud,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.CheckStateRole: self._tick,
            Role.PICTURE: self._picture,
            Role.NO_PICTURE: self._no_picture,
            Role.CAPTION: self._caption,
            Role.MARK: self._mark,
            Role.MARK_WORDS: self._mark_words,
            Role.DIMMED: self._dimmed,
            Role.FACT: self._fact,
        }
        pictures.arrived.connect(self._picture_came)

    def clear(self) -> None:
        """Forget the source that was shown."""
        self.beginResetModel()
        self._all, self._shown, self._row_of = [], [], {}
        self._ticked.clear()
        self._filed.clear()
        self._pictures.clear()
        self.endResetModel()
        self.ticks_changed.emit()

    def append(self, items: Sequence[MediaItem]) -> None:
        """Take items as they are found; those of the period appear at once."""
        self._all.extend(items)
        recent = [item for item in items if self._holds(item)]
        if not recent:
            return
        first = len(self._shown)
        self.beginInsertRows(QModelIndex(), first, first + len(recent) - 1)
        self._shown.extend(recent)
        self._row_of.update((item.key, first + place) for place, item in enumerate(recent))
        self.endInsertRows()

    def show_period(self, period: Period) -> None:
        """Show this period; what it hides loses its tick."""
        self.beginResetModel()
        self._period = period
        self._shown = [item for item in self._all if self._holds(item)]
        self._row_of = {item.key: row for row, item in enumerate(self._shown)}
        self._ticked &= set(self._row_of)
        self.endResetModel()
        self.ticks_changed.emit()

    @property
    def ticked(self) -> tuple[MediaItem, ...]:
        """What is ticked, in the order of the device."""
        return tuple(item for item in self._shown if item.key in self._ticked)

    @property
    def hidden(self) -> int:
        """How many items are a count and not a picture."""
        return len(self._all) - len(self._shown)

    @property
    def total(self) -> int:
        """How many items the source has so far."""
        return len(self._all)

    def note_filed(self, items: Sequence[MediaItem]) -> None:
        """Mark items as in the record now, and take their ticks away."""
        self._filed |= {item.key for item in items}
        self.untick_all()

    def untick_all(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many items are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Items with a problem can be looked at but not ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._shown[index.row()].problem is None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands on a tile."""
        face = self._faces.get(role) if index.isValid() else None
        return face(self._shown[index.row()]) if face else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one item."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        item = self._shown[index.row()]
        if item.problem is not None:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(item.key)
        else:
            self._ticked.discard(item.key)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()
        return True

    def _name(self, item: MediaItem) -> str:
        return item.name

    def _aloud(self, item: MediaItem) -> str:
        return ", ".join(filter(None, (item.name, _date(item), self._mark_words(item))))

    def _tip(self, item: MediaItem) -> str:
        return item.problem or f"{item.folder}/{item.name} · {size_words(item.size)}"

    def _tick(self, item: MediaItem) -> Qt.CheckState | None:
        if item.problem is not None:
            return None
        return Qt.CheckState.Checked if item.key in self._ticked else Qt.CheckState.Unchecked

    def _picture(self, item: MediaItem) -> QPixmap | None:
        return self._pictures.get(item.key, self._fetch(item))

    def _no_picture(self, item: MediaItem) -> bool:
        return self._pictures.is_absent(item.key)

    def _caption(self, item: MediaItem) -> str:
        return _date(item)

    def _dimmed(self, item: MediaItem) -> bool:
        return item.problem is not None

    def _fact(self, item: MediaItem) -> MediaItem:
        return item

    def _mark(self, item: MediaItem) -> tuple[str, str] | None:
        if item.problem is not None:
            return ("triangle-alert", "warning")
        return ("circle-check", "good") if item.key in self._filed else None

    def _mark_words(self, item: MediaItem) -> str:
        if item.problem is not None:
            return "cannot be read"
        return "in the record" if item.key in self._filed else ""

    def _holds(self, item: MediaItem) -> bool:
        return self._period.holds(item.modified_local, today=self._today())

    def _picture_came(self, key: str) -> None:
        row = self._row_of.get(key)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Role.PICTURE])


def _date(item: MediaItem) -> str:
    return moment(item.modified_local) if item.modified_local else "no date"
