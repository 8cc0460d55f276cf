"""Bring in a patient list: choose the file, say which column is which, see what was refused."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.rules.patient_csv import Column, ListPreview, ListRow, Mapped
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.words import counted
from desktop.ui.patients.list_table import ListTable
from desktop.ui.patients.verbs import ListAdded, PatientsVerbs

_REFUSALS_SHOWN = 200


class ImportPage(QWidget):
    """`left` goes back; `patients_added` tells that the list changed."""

    left = Signal()
    patients_added = Signal()

    def __init__(
        self, *, background: Background, verbs: PatientsVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._path: Path | None = None
        self._preview: ListPreview | None = None
        self._job: Job | None = None
        self._asked = 0
        self._build()
        self._connect()
        self.clear()

    def clear(self) -> None:
        """Forget the file."""
        self._asked += 1
        self._path = self._preview = None
        self.table.show((), ())
        self._set_columns((), {})
        self.notice.clear()
        self._refusals.clear()
        self._summary.setText(self.tr("No file chosen yet."))
        self.import_button.setText(self.tr("Import"))
        self.import_button.setEnabled(False)

    @property
    def text(self) -> str:
        """Summary, notice and refusals as shown."""
        return "\n".join((self._summary.text(), self.notice.text, self._refusals.text()))

    def _build(self) -> None:
        self.back = button(self.tr("Back to the patients"), icon="arrow-left", kind="link")
        self.choose = button(self.tr("Choose a file…"), icon="file-up")
        self._summary = words("", kind="quiet", wrap=True)
        self.combos: dict[Column, QComboBox] = {column: QComboBox() for column in Column}
        form = QFormLayout()
        form.setSpacing(10)
        for column, combo in self.combos.items():
            form.addRow(
                column.words.capitalize() if column is not Column.NHI else column.words, combo
            )
        self.notice = Notice()
        self.import_button = button(self.tr("Import"), icon="users", kind="primary")
        self.stop_button = button(self.tr("Stop"), icon="x")
        self.stop_button.hide()
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(380)
        self._lay_out_side(side, form)
        self._lay_out(side)

    def _lay_out_side(self, side: QFrame, form: QFormLayout) -> None:
        content = QWidget()
        upper = QVBoxLayout(content)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(14)
        upper.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addWidget(words(self.tr("Import a patient list"), kind="title"))
        upper.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addWidget(self._summary)
        upper.addLayout(form)
        upper.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(scrolled(content, self.tr("Columns of the list")), 1)
        for widget in (self.notice, self.stop_button, self.import_button):
            column.addWidget(widget)

    def _lay_out(self, side: QFrame) -> None:
        self.table = ListTable(self)
        self.view = QTableView()
        self.view.setAccessibleName(self.tr("First rows of the list"))
        self.view.setModel(self.table)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._refusals = QLabel()
        self._refusals.setTextFormat(Qt.TextFormat.PlainText)
        self._refusals.setWordWrap(True)
        self._refusals.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._refusals.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Rows that cannot be imported"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._refusals)
        right = QVBoxLayout()
        right.setContentsMargins(24, 20, 24, 20)
        right.setSpacing(12)
        right.addWidget(words(self.tr("First rows"), kind="heading"))
        right.addWidget(self.view, 3)
        right.addWidget(words(self.tr("Rows that cannot be imported"), kind="heading"))
        right.addWidget(scroll, 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_escape(self, self._leave)
        on_click(self.choose, self._choose)
        on_click(self.import_button, self._import)
        on_click(self.stop_button, self._stop)
        for combo in self.combos.values():
            combo.activated.connect(self._remap)

    def _leave(self) -> None:
        if self._job is None:
            self.clear()
            self.left.emit()

    def _choose(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Choose the patient list"),
                kind="open",
                files=self.tr("Lists (*.csv *.txt *.tsv);;All files (*)"),
                then=self._chosen,
            )
        )

    def _chosen(self, path: Path) -> None:
        self.clear()
        self._path = path
        self._read(None)

    def _remap(self) -> None:
        chosen = {column: combo.currentData() for column, combo in self.combos.items()}
        self._read({column: place for column, place in chosen.items() if place is not None})

    def _read(self, mapping: Mapped | None) -> None:
        if self._path is None:
            return
        self._asked += 1
        self._summary.setText(self.tr("Reading {}…").format(self._path.name))
        self._background.run(
            partial(self._verbs.read_list, self._path, mapping),
            owner=self,
            done=partial(self._show, self._asked),
            failed=partial(self._failed, self._asked),
        )

    def _show(self, asked: int, preview: ListPreview) -> None:
        if asked != self._asked:
            return
        self._preview = preview
        self.notice.clear()
        self.table.show(preview.columns, preview.first)
        self.view.resizeColumnsToContents()
        self._set_columns(preview.columns, preview.mapping)
        good = len(preview.rows) - len(preview.refused)
        self._summary.setText(
            self.tr("{}: {} can be imported, {} cannot.").format(
                self._path.name if self._path else "", counted(good, "row"), len(preview.refused)
            )
        )
        if preview.problem is not None:
            self.notice.problem(preview.problem)
        self._show_refusals(preview.refused)
        self.import_button.setText(self.tr("Import {}").format(counted(good, "patient")))
        self.import_button.setEnabled(preview.problem is None and good > 0)

    def _failed(self, asked: int, problem: Problem) -> None:
        if asked == self._asked:
            self._summary.setText("")
            self.notice.problem(problem)

    def _set_columns(self, columns: tuple[str, ...], mapping: Mapped) -> None:
        for column, combo in self.combos.items():
            combo.clear()
            combo.addItem(self.tr("not in this list"), None)
            for place, name in enumerate(columns):
                combo.addItem(name, place)
            combo.setCurrentIndex(combo.findData(mapping[column]) if column in mapping else 0)
            combo.setEnabled(bool(columns))

    def _import(self) -> None:
        if self._preview is None or self._job is not None:
            return
        preview, verb = self._preview, self._verbs.add_list
        self.import_button.setEnabled(False)
        self.stop_button.show()
        self._job = self._background.run_long(
            lambda tell, stopped: verb(preview, tell, stopped),
            owner=self,
            told=self._tell,
            done=self._imported,
            failed=self._not_imported,
            latest_only=True,
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _tell(self, done: int) -> None:
        self._summary.setText(self.tr("{} done…").format(counted(done, "row")))

    def _imported(self, report: ListAdded) -> None:
        self._end()
        said = self.tr("{} added, {} already on record, {} refused.").format(
            counted(report.added, "patient"), report.already, len(report.refused)
        )
        if report.not_reached:
            said += self.tr(" Stopped before {}.").format(counted(report.not_reached, "row"))
        whole = not report.refused and not report.not_reached
        self.notice.say(said, tone="good" if whole else "warning")
        self._summary.setText("")
        self._show_refusals(report.refused)
        self.patients_added.emit()

    def _not_imported(self, problem: Problem) -> None:
        self._end()
        self.import_button.setEnabled(True)
        self.notice.problem(problem)

    def _end(self) -> None:
        self._job = None
        self.stop_button.hide()

    def _show_refusals(self, refused: tuple[ListRow, ...]) -> None:
        told = [
            self.tr("Row {}: {}").format(row.number, row.patient)
            for row in refused[:_REFUSALS_SHOWN]
        ]
        if len(refused) > _REFUSALS_SHOWN:
            told.append(self.tr("… and {} more.").format(len(refused) - _REFUSALS_SHOWN))
        self._refusals.setText("\n".join(told) or self.tr("None."))
