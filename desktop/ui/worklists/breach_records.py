"""Breach records: what became of each lost or stolen device, step by step, until it is closed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.breach import Breach, BreachStep
from desktop.records.facts.patient import short_date
from desktop.records.facts.sheet import grouped
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.choices import choice_of, chosen
from desktop.ui.parts.paper_page import PaperPage
from desktop.ui.parts.pieces import EmptyState, button, on_click, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted, sentence_case
from desktop.ui.worklists.breach_verbs import BreachVerbs, breach_order
from desktop.ui.worklists.rows_worklist import RowsWorklist

_SHARES = (19, 22, 14, 14, 31)


def _done_words(row: Breach) -> str:
    return "; ".join(f"{one.step.words}, {short_date(one.on)}" for one in row.steps)


class BreachModel(RowsModel[Breach]):
    """One record a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("Number"), lambda row: grouped(row.number)),
                (
                    self.tr("Device"),
                    lambda row: f"{row.source_name}, {row.depositor or self.tr('not on record')}",
                ),
                (self.tr("When"), lambda row: short_date(row.happened_on)),
                (self.tr("On it then"), lambda row: counted(row.images, "image")),
                (
                    self.tr("Done so far"),
                    lambda row: sentence_case(_done_words(row)) or self.tr("nothing yet"),
                ),
            ),
            parent,
        )


class BreachRecords(RowsWorklist[Breach]):
    """A record a row."""

    def __init__(self, *, background: Background, verbs: BreachVerbs, ask: AskPath) -> None:
        super().__init__(
            key="breaches",
            count=lambda: len(verbs.open_ones()),
            background=background,
            fetch=verbs.open_ones,
        )
        self.name = self.tr("Breach records")
        self._verbs = verbs
        self.paper = PaperPage(
            background=background,
            printing=verbs.printing,
            preview=verbs.preview_page,
            ask=ask,
        )
        self._build()
        self._connect()
        self._enable()

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "A lost or stolen device opens a record from the list “Not cleared” or from "
                    "the register of devices. Note each step here; a privacy officer or an office "
                    "manager closes it with what it came to. Enter shows its paper."
                ),
            )
        ]

    def _build(self) -> None:
        self._make_table(
            BreachModel(self),
            shares=_SHARES,
            name=self.tr("Breach records that are not closed"),
            empty=EmptyState(
                icon="check",
                heading=self.tr("No breach record is open"),
                sentence=self.tr("A lost device opens one, from the list “Not cleared”."),
            ),
        )
        room = QWidget()
        column = self._column(room)
        column.addWidget(self.notice)
        column.addWidget(self._rows, 1)
        self.what = words("", kind="quiet", wrap=True)
        column.addWidget(self.what)
        column.addLayout(self._build_step())
        column.addLayout(self._build_closing())
        self._stack_pages(room, paper=self.paper)

    def _build_step(self) -> QHBoxLayout:
        self.step: QComboBox = choice_of(
            {one.value: sentence_case(one.words) for one in BreachStep},
            name=self.tr("What was done"),
            placeholder=self.tr("Choose what was done"),
        )
        self.day = QLineEdit()
        self.day.setAccessibleName(self.tr("On which day"))
        self.day.setPlaceholderText(self.tr("today"))
        self.note = QLineEdit()
        self.note.setMaxLength(400)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("report number, name"))
        self.step_button = button(self.tr("Note the step"), icon="check", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_label(self.tr("Done"), self.step))
        row.addWidget(self.step, 4)
        row.addWidget(self.day, 2)
        row.addWidget(self.note, 3)
        row.addWidget(self.step_button)
        return row

    def _build_closing(self) -> QHBoxLayout:
        self.outcome = QLineEdit()
        self.outcome.setMaxLength(400)
        self.outcome.setAccessibleName(self.tr("What it came to"))
        self.outcome.setPlaceholderText(self.tr("for example erased in time; not notifiable"))
        self.close_button = button(self.tr("Close the record"))
        self.paper_button = button(self.tr("Paper…"), icon="printer")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_label(self.tr("Came to"), self.outcome))
        row.addWidget(self.outcome, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.paper_button)
        return row

    def _connect(self) -> None:
        self.table.opened.connect(lambda _index: self._show_paper())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        on_click(self.step_button, self._note_step)
        for field in (self.day, self.note):
            field.returnPressed.connect(self._note_step)
        self.outcome.returnPressed.connect(self._close)
        on_click(self.close_button, self._close)
        on_click(self.paper_button, self._show_paper)
        self.paper.left.connect(self._show_room)

    def _show(self, rows: Sequence[Breach]) -> None:
        self._fill(rows)  # that a record was closed stays said
        self.loaded.emit()

    def _identity(self, row: Breach) -> object:
        return row.id

    def _enable(self) -> None:
        row = self.chosen
        for widget in (
            *(self.step, self.day, self.note, self.step_button),
            *(self.outcome, self.close_button, self.paper_button),
        ):
            widget.setEnabled(row is not None)
        self.what.setText(row.what if row is not None else "")

    def _note_step(self) -> None:
        row, step = self.chosen, chosen(self.step)
        if row is None:
            return
        if not step:
            self.notice.say(self.tr("Choose first what was done."), tone="problem")
            self.step.setFocus()
            return
        today = date.today()  # noqa: DTZ011  a day is by the wall calendar
        try:
            typed = self.day.text().strip()
            day = typed_date(typed, today=today) if typed else today
        except Problem as problem:
            self.notice.problem(problem)
            self.day.setFocus()
            return
        self._run(partial(self._verbs.step, row.id, BreachStep(step), day, self.note.text()))

    def _close(self) -> None:
        if (row := self.chosen) is not None:
            self._run(partial(self._verbs.close, row.id, self.outcome.text()))

    def _run(self, work: "partial[Breach]") -> None:
        self._background.run(
            work, owner=self, done=self._done, failed=self.notice.problem, lane="vault"
        )

    def _done(self, record: Breach) -> None:
        self.notice.clear()
        self.step.setCurrentIndex(-1)
        for field in (self.day, self.note):
            field.clear()
        if not record.is_open:
            self.outcome.clear()
            said = self.tr("Breach record {} is closed. It stays on record.")
            self.notice.say(said.format(grouped(record.number)), tone="good")
        self.changed.emit()
        self.load()

    def _show_paper(self) -> None:
        if (row := self.chosen) is not None:
            self._stack.setCurrentWidget(self.paper)
            self.paper.open_for(breach_order(self._verbs, row))


def _label(text: str, field: QWidget) -> QLabel:
    made = words(text)
    made.setBuddy(field)
    made.setMinimumWidth(64)
    return made
