"""Printers: whether each prints true to size, its check page, and what was measured on it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.facts.printer_check import LifeSize
from desktop.ui.office.printer_form import PrinterForm
from desktop.ui.office.printer_verbs import PrinterLine, PrintersVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import RowsTable, table_or_empty
from desktop.ui.parts.waiting_prints import WaitingPrints

_SHARES = (40, 60)
_NOTHING, _TABLE, _EMPTY = 0, 1, 2


class PrintersPane(QWidget):
    """One check at a time; anybody may measure."""

    def __init__(self, *, background: Background, verbs: PrintersVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._trays: dict[str, Sequence[str]] = {}
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch the printers of this computer, and what is known of each."""
        self._trays.clear()
        self.waiting.forget()
        self.waiting.look()
        self._background.run(
            self._verbs.printers, owner=self, done=self._show, failed=self.notice.problem
        )

    @property
    def chosen(self) -> PrinterLine | None:
        """Which line is chosen."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _build(self) -> None:
        self.model: RowsModel[PrinterLine] = RowsModel(
            ((self.tr("Printer"), _which), (self.tr("True to size?"), _state)), self
        )
        self.table = RowsTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Printers"))
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.empty = EmptyState(
            icon="printer",
            heading=self.tr("No printer is set up on this computer"),
            sentence=self.tr(
                "Set one up in the system's settings, and come back. Or add one by its address "
                "where something is printed, under “Another, by its address…”: it stands here "
                "then. A check page that was printed elsewhere can be stored at the right."
            ),
        )
        self._stack = table_or_empty(self.table, self.empty)
        self.told = words("", wrap=True)
        self.notice = Notice()
        self.form = PrinterForm()
        self.waiting = WaitingPrints(
            background=self._background, waiting=self._verbs.waiting, cancel=self._verbs.cancel
        )
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 16)
        left.setSpacing(12)
        left.addWidget(words(self.tr("Printers"), kind="title"))
        left.addWidget(
            words(
                self.tr(
                    "Life size on a sheet is certified only on a printer, tray and paper whose "
                    "check page measured right within the last 12 months."
                ),
                kind="quiet",
                wrap=True,
            )
        )
        left.addWidget(self.notice)
        left.addWidget(self._stack, 1)
        left.addWidget(self.told)
        left.addWidget(self.waiting)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.form)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.form.print_wanted.connect(self._print)
        self.form.saved.connect(self._store)
        self.waiting.settled.connect(self.notice.clear)

    def _show(self, lines: Sequence[PrinterLine]) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self.model.show(lines)
        self._stack.setCurrentIndex(_TABLE if lines else _EMPTY)
        if lines:
            self.table.selectRow(min(row, len(lines) - 1))
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen
        self.told.setText(line.words if line else "")
        self.form.ask_for(line, self._trays.get(line.name, ()) if line else ())
        if line is not None and line.is_here and line.name not in self._trays:
            self._trays[line.name] = ()
            self._background.run(
                partial(self._verbs.trays, line.name),
                owner=self,
                done=partial(self._know_trays, line.name),
                failed=self.notice.problem,
            )

    def _know_trays(self, name: str, trays: Sequence[str]) -> None:
        self._trays[name] = trays
        line = self.chosen
        if line is not None and line.name == name:
            self.form.ask_for(line, trays)

    def _print(self) -> None:
        line = self.chosen
        if line is None:
            return
        tray, paper = str(self.form.tray.currentData()), Paper(self.form.paper.currentData())
        self.notice.say(self.tr("Working…"))
        self.form.print_button.setEnabled(False)
        self._background.run(
            partial(self._verbs.print_page, line.name, tray, paper),
            owner=self,
            done=partial(self._printed, line.name),
            failed=self._not_printed,
        )

    def _printed(self, name: str, number: str) -> None:
        self.form.print_button.setEnabled(True)
        self.form.measure(number)
        self.notice.say(
            self.tr(
                "Sent to {}. Measure the page with a steel rule, and type at the right what you "
                "found."
            ).format(name),
            tone="good",
        )

    def _not_printed(self, problem: Problem) -> None:
        self.form.print_button.setEnabled(True)
        self.notice.problem(problem)
        self.waiting.look_after_failing()

    def _store(self) -> None:
        try:
            measured = self.form.measured
        except Problem as problem:
            self.notice.problem(problem)
            return
        self.form.save_button.setEnabled(False)
        self._background.run(
            partial(self._verbs.store, self.form.code.text(), measured),
            owner=self,
            done=self._stored,
            failed=self._not_stored,
        )

    def _stored(self, said: LifeSize) -> None:
        self.form.save_button.setEnabled(True)
        self.form.clear()
        self.notice.say(
            self.tr("Stored. {}").format(said.words), tone="good" if said.is_certain else "warning"
        )
        self.load()
        self.table.setFocus()

    def _not_stored(self, problem: Problem) -> None:
        self.form.save_button.setEnabled(True)
        self.notice.problem(problem)


def _which(line: PrinterLine) -> str:
    named = line.tray if "tray" in line.tray.casefold() else f"tray {line.tray}"
    tray = named if line.tray else "any tray"
    return f"{line.name} · {tray} · {line.paper}" if line.paper else line.name


def _state(line: PrinterLine) -> str:
    return f"{line.state}; {line.checked}" if line.checked else line.state
