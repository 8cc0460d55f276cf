"""Not in chart: printed sheets that nobody has filed or handed over yet, and a field to say so
(R79)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.sheet import grouped
from desktop.records.facts.sheet_problems import CopyNotSaid
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.copy_question import CopyQuestion
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.page_code_watch import takes_codes
from desktop.ui.parts.pieces import EmptyState, button, on_click
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.sheet_stack import SheetStack
from desktop.ui.parts.sheet_verbs import SheetVerbs
from desktop.ui.parts.sheet_words import kind_words
from desktop.ui.parts.words import counted
from desktop.ui.worklists.rows_worklist import RowsWorklist
from desktop.ui.worklists.uncleared_model import days_words

_SHARES = (38, 21, 6, 7, 11, 17)


class LooseModel(RowsModel[SheetOf]):
    """One copy a row."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(
            (
                (self.tr("Patient"), lambda row: row.patient.banner),
                (self.tr("Paper"), _paper),
                (self.tr("Copy"), lambda row: str(row.sheet.copy)),
                (self.tr("Pages"), lambda row: str(row.sheet.pages)),
                (self.tr("How long"), lambda row: days_words(row.sheet.made_at, now=now())),
                (self.tr("State"), lambda row: row.sheet.stands),
            ),
            parent,
        )


def _paper(row: SheetOf) -> str:
    """Its kind and its number, which is not broken over two lines."""
    number = grouped(row.sheet.number).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{kind_words(row.sheet)} {number}"


class NotInChart(RowsWorklist[SheetOf]):
    """A copy a row, the oldest first."""

    def __init__(self, *, background: Background, verbs: SheetVerbs, ask: AskPath) -> None:
        stack = SheetStack(background=background, verbs=verbs, ask=ask)
        super().__init__(
            key="not-in-chart",
            count=verbs.loop.count,
            background=background,
            fetch=verbs.loop.waiting,
            notice=stack.notice,
        )
        self.name = self.tr("Not in chart")
        self._verbs = verbs.loop
        self.stack, self.steps = stack, stack.steps
        self._build()
        self._connect()

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "A printed paper, of whatever kind, waits here until it is in the paper chart, "
                    "or with the person it is written to. At the chart, scan the square code of "
                    "any page into the field, or type what stands under it, and press Enter. The "
                    "volume is remembered for each patient; type it where it is another one."
                ),
            ),
            (
                self.tr("Each copy"),
                self.tr(
                    "Enter on a row opens what the register knows of it. “In hand” asks for the "
                    "check digits of the last page; then “Handed over…” asks who took a letter, "
                    "cover, notice or query along. Of a form that a patient signs, one copy stays. "
                    "A spoiled page spoils its copy: shred it, say so, and print the next."
                ),
            ),
        ]

    def _build(self) -> None:
        self._make_table(
            LooseModel(self),
            shares=_SHARES,
            name=self.tr("Copies that are in no chart"),
            empty=EmptyState(
                icon="file-text",
                heading=self.tr("Every printed sheet is where it belongs"),
                sentence=self.tr(
                    "Print one from a patient's chart or after filing at the Desk; it waits here "
                    "until its code is scanned at the paper chart, or somebody took it along."
                ),
            ),
        )
        self.record_button = button(self.tr("Open"), icon="file-text")
        self.record_button.setAccessibleName(self.tr("Open the record of this copy"))
        self.record_button.setToolTip(self.tr("What the register knows of it (Enter)"))
        self.steps.lead(self.record_button)
        room = QWidget()
        column = self._column(room)
        column.addLayout(self._build_scan())
        self.which = CopyQuestion()
        column.addWidget(self.which)
        column.addWidget(self.notice)
        column.addWidget(self.summary)
        column.addWidget(self._rows, 1)
        column.addWidget(self.steps)
        self.stack.take_room(room)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _build_scan(self) -> QHBoxLayout:
        self.code, self.volume = QLineEdit(), QLineEdit()
        takes_codes(self.code)
        self.code.setPlaceholderText(self.tr("Scan a code, or type RS 7K3Q X9FM 01 46"))
        self.volume.setPlaceholderText(self.tr("as the last one"))
        self.volume.setMaxLength(80)
        self.file_button = button(self.tr("It is in the chart"), icon="check", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, field, share in (
            (self.tr("Put into the chart"), self.code, 3),
            (self.tr("Volume"), self.volume, 1),
        ):
            form = QFormLayout()
            form.setSpacing(6)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
            form.addRow(label, field)
            row.addLayout(form, share)
        row.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _connect(self) -> None:
        self.code.returnPressed.connect(self._file)
        self.volume.returnPressed.connect(self._file)
        on_click(self.file_button, self._file)
        self.code.textEdited.connect(lambda _text: self.which.clear())
        self.which.chosen.connect(self._file_copy)
        self.which.refused.connect(self._back_to_code)
        self.stack.left.connect(self.which.refuse)  # by Escape
        on_click(self.record_button, self._open_record)
        self.table.opened.connect(lambda _index: self._open_record())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.stack.settled.connect(self._settled)
        self.stack.currentChanged.connect(
            lambda _page: self.took_room.emit(not self.stack.is_in_room)
        )

    def _show(self, rows: Sequence[SheetOf]) -> None:
        self._fill(rows)  # what was said of the last sheet stays
        self.loaded.emit()

    def _identity(self, row: SheetOf) -> object:
        return row.sheet.id

    def _summary(self, rows: Sequence[SheetOf]) -> str:
        patients = counted(len({row.patient.id for row in rows}), "patient")
        long = days_words(rows[0].sheet.made_at, now=datetime.now(UTC))
        copies = self.tr("1 copy") if len(rows) == 1 else self.tr("{} copies").format(len(rows))
        return self.tr("{} of {} in no chart. The oldest waits {}.").format(copies, patients, long)

    def _enable(self) -> None:
        self.steps.show_sheet(self.chosen)
        self.record_button.setEnabled(self.chosen is not None)

    def _open_record(self) -> None:
        if (row := self.chosen) is not None:
            self.sheet_wanted.emit(row)

    def _file(self) -> None:
        self._file_copy(None)

    def _file_copy(self, copy: int | None) -> None:
        self.which.clear()
        self._background.run(
            partial(self._verbs.file, self.code.text(), self.volume.text(), copy),
            owner=self,
            done=self._filed,
            failed=self._not_filed,
            lane="vault",
        )

    def _filed(self, filed: SheetOf) -> None:
        self.code.clear()
        self.volume.clear()  # the next sheet may be of somebody else
        self.code.setFocus()
        sheet = filed.sheet
        volume = self.tr(", volume {}").format(sheet.volume) if sheet.volume else ""
        said = self.tr("Sheet {}, copy {} is in the chart of {}{}.").format(
            sheet.number, sheet.copy, filed.patient.banner, volume
        )
        if sheet.pages > 1:
            said += self.tr(" All {} pages belong there.").format(sheet.pages)
        if filed.others:
            copies = ", ".join(str(one) for one in filed.others)
            said += self.tr(" Still in no chart: copy {}.").format(copies)
        self._settled(said)

    def _not_filed(self, problem: Problem) -> None:
        if isinstance(problem, CopyNotSaid):
            self.notice.clear()
            self.which.ask(problem)
            return
        self.notice.problem(problem)
        self._back_to_code()

    def _back_to_code(self) -> None:
        self.code.setFocus()
        self.code.selectAll()

    def _settled(self, sentence: str) -> None:
        if sentence:
            self.notice.say(sentence, tone="good")
        if not self.code.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.load()
