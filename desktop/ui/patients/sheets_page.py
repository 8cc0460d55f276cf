"""The sheets of one patient: where each copy is, and what can be done about it (R79)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import Sheet, SheetState, grouped, page_code
from desktop.records.rules.sheet_loop import may_follow
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.pieces import EmptyState, button, on_click, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.sheet_stack import SheetStack
from desktop.ui.parts.sheet_verbs import SheetVerbs
from desktop.ui.parts.sheet_words import kind_words, sheet_words
from desktop.ui.parts.tables import TickTable, table_or_empty
from desktop.ui.parts.words import moment

_SHARES = (20, 17, 6, 7, 18, 22, 10)


class SheetsModel(RowsModel[Sheet]):
    """One copy a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("Number"), lambda row: grouped(row.number)),
                (self.tr("Paper"), kind_words),
                (self.tr("Copy"), lambda row: str(row.copy)),
                (self.tr("Pages"), lambda row: str(row.pages)),
                (self.tr("Made"), lambda row: moment(row.made_at.astimezone())),
                (self.tr("State"), lambda row: row.stands),
                (self.tr("Volume"), lambda row: row.volume),
            ),
            parent,
        )


class SheetsPage(QWidget):
    """One patient at a time. `left` goes back to the chart; `loaded` tells that the sheets have
    come."""

    left = Signal()
    loaded = Signal()

    def __init__(self, *, background: Background, verbs: SheetVerbs, ask: AskPath) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs.loop
        self._patient: Patient | None = None
        self._read: SheetOf | None = None
        self.stack = SheetStack(background=background, verbs=verbs, ask=ask)
        self.notice, self.steps = self.stack.notice, self.stack.steps
        self._build()
        self._connect()

    def open_for(self, patient: Patient, *, found: SheetOf | None = None) -> None:
        """Show this patient's sheets, and the keyboard on the one that was found."""
        self._patient, self._read = patient, found
        self.banner.show_patient(patient)
        self.model.show(())  # not another patient's sheets under this name, not for a moment
        self._offer()
        self.notice.clear()
        self.volume.clear()
        self.stack.show_room()
        self._fetch()
        self.table.setFocus()

    def clear(self) -> None:
        """Forget whose sheets they were."""
        self._patient = self._read = None
        self.banner.clear()
        self.model.show(())
        self._offer()
        self.stack.hold.clear()
        self.stack.sheet.clear()

    @property
    def chosen(self) -> SheetOf | None:
        """The copy that the keyboard is on, with the page that was read if it is that one."""
        index = self.table.currentIndex()
        if self._patient is None or not index.isValid():
            return None
        sheet = self.model.rows[index.row()]
        page = self._read.page if self._read and self._read.sheet.id == sheet.id else 0
        return SheetOf(sheet=sheet, patient=self._patient, page=page)

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self.banner.fold(is_folded=True)
        self.what = words("", wrap=True)
        self.model = SheetsModel(self)
        self.table = TickTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Sheets of this patient"))
        self.empty = EmptyState(
            icon="file-text",
            heading=self.tr("No sheet was printed for this patient yet"),
            sentence=self.tr("Go back to the chart and print one; it is followed from then on."),
        )
        self._rows = table_or_empty(self.table, self.empty)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words(self.tr("Printed sheets"), kind="title"))
        for widget in (self.banner, self.notice):
            column.addWidget(widget)
        column.addWidget(self._rows, 1)
        column.addWidget(self.what)
        column.addWidget(self._build_filing())
        column.addWidget(self.steps)
        self.stack.take_room(room)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _build_filing(self) -> QWidget:
        """For a page that was scanned just now, so that it is at hand."""
        self.volume = QLineEdit()
        self.volume.setMaxLength(80)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setPlaceholderText(self.tr("volume, or as the last one"))
        self.file_button = button(self.tr("It is in the chart"), icon="check", kind="primary")
        self.filing = QWidget()
        row = QHBoxLayout(self.filing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.file_button)
        row.addWidget(self.volume, 1)
        row.addStretch(1)
        return self.filing

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        self.stack.left.connect(self._leave)
        self.stack.settled.connect(self._settled)
        on_click(self.file_button, self._file)
        self.volume.returnPressed.connect(self._file)
        self.table.opened.connect(lambda _index: self._go_to_steps())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._offer())

    def _fetch(self) -> None:
        if (patient := self._patient) is not None:
            self._background.run(
                partial(self._verbs.of_patient, patient.id),
                owner=self,
                done=partial(self._show, patient),
                failed=self.notice.problem,
                lane="vault",
            )

    def _show(self, patient: Patient, sheets: Sequence[Sheet]) -> None:
        if self._patient is None or patient.id != self._patient.id:
            return
        before = self.chosen or self._read
        self.model.show(sheets)
        self._rows.setCurrentWidget(self.table if sheets else self.empty)
        again = [row for row, one in enumerate(sheets) if before and one.id == before.sheet.id]
        if sheets:
            self.table.setCurrentIndex(self.model.index(again[0] if again else 0, 0))
        self._offer()
        self.loaded.emit()

    def _offer(self) -> None:
        chosen = self.chosen
        self.what.setText(sheet_words(chosen.sheet, page=chosen.page) if chosen else "")
        self.steps.show_sheet(chosen)
        may_file = chosen is not None and may_follow(chosen.sheet.state, SheetState.IN_CHART)
        self.filing.setVisible(may_file and chosen is not None and chosen.page > 0)

    def _go_to_steps(self) -> None:
        """Enter on a copy goes to what can be done with it, the most likely first."""
        if self.filing.isVisible():
            self.file_button.setFocus()
        else:
            self.steps.take_keyboard()

    def _file(self) -> None:
        if (chosen := self.chosen) is not None and chosen.page:
            code = page_code(chosen.sheet.number, chosen.page)
            self._background.run(
                partial(self._verbs.file, code, self.volume.text(), chosen.sheet.copy),
                owner=self,
                done=self._filed,
                failed=self._refuse,
                lane="vault",
            )

    def _filed(self, filed: SheetOf) -> None:
        self.volume.clear()
        volume = self.tr(", volume {}").format(filed.sheet.volume) if filed.sheet.volume else ""
        self._settled(
            self.tr("Sheet {}, copy {} is in the chart of {}{}.").format(
                filed.sheet.number, filed.sheet.copy, filed.patient.banner, volume
            )
        )

    def _refuse(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self.volume.setFocus()

    def _settled(self, sentence: str) -> None:
        if sentence:
            self.notice.say(sentence, tone="good")
        self.table.setFocus()
        self._fetch()

    def _leave(self) -> None:
        self.clear()
        self.left.emit()
