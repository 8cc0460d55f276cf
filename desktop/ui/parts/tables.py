"""Tables of whole rows: how they look, and one whose rows can be ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop.ui.parts.tick_grid import turn_ticks


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


class TickTable(QTableView):
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
