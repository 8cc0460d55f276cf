"""A grid of pictures to tick: space ticks, Shift and arrows extend, Ctrl+A ticks all."""

from collections.abc import Iterable, Sequence
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.ui.parts.fling import Fling
from desktop.ui.parts.tiles import Index, TileDelegate, is_ticked
from desktop.ui.theme import worn

_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_AT_REST = 60  # milliseconds without a leap


@runtime_checkable
class TurnsRows(Protocol):
    """A model that turns the ticks of many rows with one piece of news, however many there are."""

    def turn_rows(self, rows: Sequence[int], *, only_on: bool) -> None:
        """Tick those of these rows that can be ticked; if all are ticked already, take the ticks
        away. With `only_on` a person asked for all there are: nothing is taken away, and a model
        may leave some out."""
        ...


@runtime_checkable
class ExpectsRows(Protocol):
    """A model that gets ready what rows show before they come on screen."""

    def expect_rows(self, rows: range) -> None:
        """These may be on screen soon; what is on screen now goes before them."""
        ...


@runtime_checkable
class HoldsPictures(Protocol):
    """A model that can do without pictures for a moment."""

    def hold_pictures(self, *, held: bool) -> None:
        """While held, show the pictures that are here and fetch none."""
        ...


class TickGrid(QListView):
    """Shows any model that answers `Role`. Enter says that the person is done here; after a rush
    through the list `came_to_rest` says that what is shown now is meant to be seen."""

    went_on = Signal()
    current_moved = Signal(object)
    opened = Signal(object)
    came_to_rest = Signal()

    def __init__(self, name: str, *, fling: Fling | None = None) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(5)  # two tiles stand beside each other in the narrowest window
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fling = fling or Fling()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AT_REST)
        self._rest.timeout.connect(self._come_to_rest)
        self._tiles = TileDelegate(self)
        self.setItemDelegate(self._tiles)
        # it paints its own ground, so that scrolling moves the pixels and paints only what is new;
        # under a style sheet Qt takes a viewport for see-through and paints every tile again
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """Room for three tiles beside each other."""
        return QSize(560, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tiles out for the new width."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(24)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Have the next screen ready on the way that the person scrolls; where they rush past more
        than can be seen, fetch nothing until they are somewhere."""
        super().scrollContentsBy(dx, dy)
        model = self.model()
        if self._fling.scrolled(dy, page=self.viewport().height()):
            if not self._rest.isActive() and isinstance(model, HoldsPictures):
                model.hold_pictures(held=True)
            self._rest.start()
        elif dy and not self._rest.isActive() and isinstance(model, ExpectsRows):
            rows = self._rows_beyond(downwards=dy < 0)
            model.expect_rows(rows)

    def _come_to_rest(self) -> None:
        model = self.model()
        if isinstance(model, HoldsPictures):
            model.hold_pictures(held=False)
            self.viewport().update()
        self.came_to_rest.emit()

    def _rows_beyond(self, *, downwards: bool) -> range:
        """A screen's rows below or above this one, to a line or two: tiles lie evenly."""
        bar, page = self.verticalScrollBar(), self.viewport().height()
        count, whole = self.model().rowCount(), bar.maximum() + page
        begin = bar.value() + (page if downwards else -page)
        first, last = begin * count // whole, (begin + page) * count // whole + 1
        return range(max(0, first), min(count, last))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the tiles, each piece for itself: Qt would paint all between a strip that
        was scrolled in and a tile whose picture came."""
        ground = worn("window")
        self._tiles.keep_up()
        for piece in cast("Iterable[QRect]", event.region()):
            painter = QPainter(self.viewport())
            painter.fillRect(piece, ground)
            painter.end()
            super().paintEvent(QPaintEvent(piece))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the person is now."""
        super().currentChanged(current, previous)
        self.current_moved.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Ctrl+A, Enter; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            turn_ticks(self)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            turn_ticks(self, only_on=True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_on.emit()
        elif event.key() == Qt.Key.Key_F4 and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def start_at_first(self) -> None:
        """Put the person on the first tile, if there is one and they are nowhere yet."""
        if not self.currentIndex().isValid() and self.model().rowCount() > 0:
            self.selectionModel().setCurrentIndex(
                self.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def stand_at(self, row: int) -> None:
        """Put the person on this tile, and nothing else: what is selected and ticked stays."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)


def turn_ticks(view: QAbstractItemView, *, only_on: bool = False) -> None:
    """Tick what is selected in a view; if all of it is ticked already, take the ticks away.

    Where the person stands outside the selection, only that item is meant. A row of a table has
    its tick in the first column.
    """
    model, selection = view.model(), view.selectionModel()
    current = view.currentIndex().siblingAtColumn(0)
    alone = not only_on and current.isValid() and not selection.isSelected(current)
    if isinstance(model, TurnsRows):
        found = cast("Iterable[QItemSelectionRange]", selection.selection())
        ranges = [(one.top(), one.bottom()) for one in found]
        ranges = [(current.row(), current.row())] if alone else ranges
        rows = [row for top, bottom in ranges for row in range(top, bottom + 1)]
        model.turn_rows(rows, only_on=only_on)
        return
    selected = [one for one in selection.selectedIndexes() if one.column() == 0]
    meant = [current] if alone else selected
    chosen = [index for index in meant if index.flags() & Qt.ItemFlag.ItemIsUserCheckable]
    all_on = all(is_ticked(index) for index in chosen)
    state = Qt.CheckState.Unchecked if all_on and not only_on else Qt.CheckState.Checked
    for index in chosen:
        model.setData(index, state, _CHECK)
