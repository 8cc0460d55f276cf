"""The other days of a device: each a count, and pictures only once a person ticks it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from desktop.devices.private_images import Apart, Day
from desktop.records.facts.patient import short_date
from desktop.ui.parts.pieces import words
from desktop.ui.parts.tick_grid import turn_ticks
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted

_ROWS = 4  # what is shown at once, so that the pictures keep the room
_Place = tuple[int, int]


class DayModel(QAbstractListModel):
    """Days, the newest first, then what has none. `ticks_changed` tells that another set of days is
    asked for."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._days: list[Day] = []
        self._counts: Mapping[Day, int] = {}
        self._ticked: frozenset[Day] = frozenset()

    @property
    def ticked(self) -> frozenset[Day]:
        """The days that are asked for."""
        return self._ticked

    def start(self, *, today: date, ticked: frozenset[Day]) -> None:
        """Another source: no day of it is known yet, and these were asked for before."""
        self.beginResetModel()
        self._days, self._counts = [], {}
        self._today, self._ticked = today, ticked
        self.endResetModel()

    def show(self, counts: Mapping[Day, int]) -> None:
        """How many items each day has by now; days only ever come."""
        self._counts = counts
        for day in counts.keys() - set(self._days) - {self._today}:
            row = bisect_left(self._days, _place(day), key=_place)
            self.beginInsertRows(QModelIndex(), row, row)
            self._days.insert(row, day)
            self.endInsertRows()
        if self._days:
            self.dataChanged.emit(self.index(0), self.index(len(self._days) - 1))

    def tick(self, day: Day) -> None:
        """Ask for this day too."""
        self._set_ticked(self._ticked | {day})

    def turn_rows(self, rows: Sequence[int], *, only_on: bool) -> None:
        """See `TurnsRows`."""
        days = {self._days[row] for row in rows}
        on = only_on or not days <= self._ticked
        self._set_ticked(self._ticked | days if on else self._ticked - days)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many days are told."""
        return 0 if parent.isValid() else len(self._days)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every day can be asked for."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The day with its count, and whether it is asked for."""
        if not index.isValid():
            return None
        day = self._days[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(day)
            case Qt.ItemDataRole.CheckStateRole:
                is_on = day in self._ticked
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for one day, or no longer."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        day = {self._days[index.row()]}
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self._set_ticked(self._ticked | day if on else self._ticked - day)
        return True

    def _set_ticked(self, ticked: frozenset[Day]) -> None:
        self._ticked = ticked
        if self._days:
            self.dataChanged.emit(self.index(0), self.index(len(self._days) - 1))
        self.ticks_changed.emit()

    def _words(self, day: Day) -> str:
        count = counted(self._counts[day], "image")
        if day is Apart.UNDATED:
            return self.tr("No date — {}").format(count)
        if day is Apart.NO_CAMERA_IMAGE:
            return self.tr("Screenshots, downloads, chat apps — {}").format(
                counted(self._counts[day], "file")
            )
        said = f"{short_date(day)} — {count}"
        return said if day <= self._today else self.tr("{}, after today").format(said)


class DayList(QWidget):
    """Days to tick: Space ticks, Ctrl+A ticks all. Hidden while there is no other day."""

    def __init__(self) -> None:
        super().__init__()
        self.model = DayModel(self)
        self._heading = words("", kind="quiet")
        self._heading.setWordWrap(True)
        self.view = _View()
        self.view.setAccessibleName(self.tr("Other days, each a count until it is ticked"))
        self.view.setModel(self.model)
        self._heading.setBuddy(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.view)
        self.hide()

    @property
    def text(self) -> str:
        """The line above the days."""
        return self._heading.text()

    def say(self, hidden: int) -> None:
        """Tell how many images are not shown, and make room for some days."""
        rows = self.model.rowCount()
        self.setVisible(rows > 0)
        if not rows:
            return
        self._heading.setText(
            self.tr("Other days: {} not shown. Tick a day to see its images.").format(
                counted(hidden, "image")
            )
            if hidden
            else self.tr("Other days: all shown")
        )
        self.view.setFixedHeight(self.view.height_of(min(rows, _ROWS)))


class _View(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("days")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def height_of(self, rows: int) -> int:
        return rows * max(self.sizeHintForRow(0), 1) + 2 * self.frameWidth() + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            turn_ticks(self)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            turn_ticks(self, only_on=True)
        else:
            super().keyPressEvent(event)


def _place(day: Day) -> _Place:
    """The newest day comes first, what has none last."""
    if isinstance(day, date):
        return (0, -day.toordinal())
    return (1, 0) if day is Apart.UNDATED else (1, 1)
