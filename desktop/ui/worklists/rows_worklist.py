"""A worklist whose rows stand in one table: fetched, counted in words, and found again."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import TickTable, table_or_empty
from desktop.ui.worklists.worklist import Worklist

R = TypeVar("R")


class RowsWorklist(Worklist, Generic[R]):
    """`loaded` tells that the rows have come. `fetch` blocks and runs in a lane.

    A list says what it is called, makes its table with `_make_table`, and lays itself out. When it
    is fetched again, the keyboard stays on the row that is the same by `_identity`.
    """

    loaded = Signal()

    def __init__(
        self,
        *,
        key: str,
        count: Callable[[], int],
        background: Background,
        fetch: Callable[[], Sequence[R]],
        notice: Notice | None = None,
    ) -> None:
        super().__init__(key=key, name="", count=count)
        self._background = background
        self._fetch = fetch
        self.notice = Notice() if notice is None else notice
        self.summary = words("", kind="quiet", wrap=True)

    def load(self) -> None:
        """Fetch the rows."""
        self._background.run(self._fetch, owner=self, done=self._show, failed=self.notice.problem)

    @property
    def chosen(self) -> R | None:
        """The row that the keyboard is on."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _make_table(
        self, model: RowsModel[R], *, shares: Sequence[int], name: str, empty: EmptyState
    ) -> None:
        """The table shows `model` under this name, and `empty` stands there instead of no rows."""
        self.model = model
        self.table = TickTable(shares=shares)
        self.table.show_model(model, name)
        self.empty = empty
        self._rows = table_or_empty(self.table, empty)

    def _column(self, room: QWidget) -> QVBoxLayout:
        """The column of a list, with its title."""
        column = QVBoxLayout(room)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(self.name, kind="title"))
        return column

    def _lay_out(self, room: QWidget) -> QVBoxLayout:
        """The column with the summary, the notice and the rows under its title."""
        column = self._column(room)
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(self._rows, 1)
        return column

    def _stack_pages(self, room: QWidget, *forms: QWidget, paper: QWidget) -> None:
        """The list in its room, and the pages that it leads to: a paper takes all the space."""
        self._room = room
        self._stack = QStackedWidget()
        for page in (room, *forms, paper):
            self._stack.addWidget(page)
        self._stack.currentChanged.connect(
            lambda _page: self.took_room.emit(self._stack.currentWidget() is paper)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _show(self, rows: Sequence[R]) -> None:
        self.notice.clear()
        self._fill(rows)
        self.loaded.emit()

    def _fill(self, rows: Sequence[R]) -> None:
        before = self.chosen
        self.model.show(rows)
        self._rows.setCurrentWidget(self.table if rows else self.empty)
        self.summary.setText(self._summary(rows) if rows else "")
        if rows:
            known = None if before is None else self._identity(before)
            places = (place for place, row in enumerate(rows) if self._identity(row) == known)
            self.table.setCurrentIndex(self.model.index(next(places, 0), 0))
        self._enable()

    def _identity(self, row: R) -> object:
        """What stays the same of a row, whatever else becomes of it."""
        return row

    def _summary(self, rows: Sequence[R]) -> str:
        """What stands over the rows, of which there is at least one."""
        return ""

    def _enable(self) -> None:
        """Offer what can be done with the chosen row."""

    def _show_room(self) -> None:
        """From a page back to the list, as it is now."""
        self._stack.setCurrentWidget(self._room)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()
