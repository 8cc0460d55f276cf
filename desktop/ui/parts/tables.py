"""Tables of whole rows: how they look, and one whose rows can be ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.parts.tick_grid import turn_ticks
from desktop.ui.parts.tiles import Index

_PADDING, _TICK, _GAP = 28, 26, 12  # as in the style sheet, with room for rounding
_MOST_WRAPPED = 1000  # measuring more rows than this would hold the window up


def dress(view: QTableView, name: str, *, widths: Sequence[int]) -> None:
    """Make a view a calm table of whole rows: widths of all columns but the last, which takes the
    rest. Call it when the model is set."""
    view.setAccessibleName(name)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)


def table_or_empty(table: QTableView, empty: QWidget) -> QStackedWidget:
    """Nothing while rows are on their way; then the table, or what says that there are none."""
    rows = QStackedWidget()
    for widget in (QWidget(), table, empty):
        rows.addWidget(widget)
    return rows


class RowsTable(QTableView):
    """Its columns that are not hidden share the width as `shares` say, and long texts wrap. None
    gets narrower than its heading: what that takes, the wider ones give, the widest first."""

    def __init__(self, *, shares: Sequence[int]) -> None:
        super().__init__()
        self._shares = tuple(shares)
        self._fitting = False

    def show_model(self, model: QAbstractItemModel, name: str) -> None:
        """Show this model, under this name for those who cannot see it."""
        self.setModel(model)
        dress(self, name, widths=())
        self.setItemDelegate(_WrappingCell(self))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out; the row that the keyboard is on stays in sight."""
        super().resizeEvent(event)
        self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        if self._fitting:  # another height of the rows may take the scroll bar away
            return
        self._fitting = True
        widths = self._widths()
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        if self.model() is not None and self.model().rowCount() <= _MOST_WRAPPED:
            self.resizeRowsToContents()
        self._fitting = False

    def _widths(self) -> dict[int, int]:
        """Of every column that is not hidden."""
        room = self.viewport().width()
        shares = {
            column: share
            for column, share in enumerate(self._shares)
            if not self.isColumnHidden(column)
        }
        total = sum(shares.values())
        heading = self.horizontalHeader().sectionSizeHint
        widths = {
            column: max(room * share // total, heading(column)) for column, share in shares.items()
        }
        over = max(sum(widths.values()) - room, 0)
        for column in sorted(widths, key=widths.__getitem__, reverse=True):
            given = min(over, widths[column] - heading(column))
            widths[column] -= given
            over -= given
        return widths


class _WrappingCell(QStyledItemDelegate):
    """Qt's own delegate wraps at the width of the column and forgets the style sheet's padding."""

    def __init__(self, shown: QTableView) -> None:
        super().__init__(shown)
        self._table = shown

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height that the text needs in its column."""
        taken = _PADDING + (_TICK if index.data(Qt.ItemDataRole.CheckStateRole) is not None else 0)
        room = QRect(0, 0, max(self._table.columnWidth(index.column()) - taken, 1), 1 << 20)
        wrap = int(Qt.TextFlag.TextWordWrap)
        needed = self._table.fontMetrics().boundingRect(room, wrap, str(index.data()))
        return QSize(room.width(), needed.height() + _GAP)


class TickTable(RowsTable):
    """Space ticks the rows that are selected, Shift and arrows select, Ctrl+A ticks all.

    The ticks are those of the first column. Enter says what row a person opens.
    """

    opened = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Ctrl+A, Enter; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            turn_ticks(self)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            turn_ticks(self, only_on=True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
