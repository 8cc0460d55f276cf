"""Advice awaited: what was asked, what waits for it, and a place for the answer (R65)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.records.facts.advice import Advice
from desktop.ui.parts.advice_verbs import AdviceVerbs, AwaitedAdvice
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, button, on_click, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted
from desktop.ui.worklists.rows_worklist import RowsWorklist
from desktop.ui.worklists.uncleared_model import days_words

_SHARES = (36, 30, 12, 12, 10)
_MOST = 400


class AwaitedModel(RowsModel[AwaitedAdvice]):
    """One question a row."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(
            (
                (self.tr("What is asked"), lambda row: row.advice.asked.question),
                (self.tr("About"), self._about),
                (self.tr("Parked"), _parked),
                (self.tr("Asked by"), lambda row: row.advice.by),
                (self.tr("How long"), lambda row: days_words(row.advice.at, now=now())),
            ),
            parent,
        )

    def _about(self, row: AwaitedAdvice) -> str:
        return row.patient.banner if row.patient else self.tr("nobody in particular")


def _parked(row: AwaitedAdvice) -> str:
    images = row.advice.asked.images
    return counted(len(images), "image") if images else "–"


class AdviceAwaited(RowsWorklist[AwaitedAdvice]):
    """A question a row, the oldest first."""

    def __init__(self, *, background: Background, verbs: AdviceVerbs) -> None:
        super().__init__(
            key="advice-awaited", count=verbs.count, background=background, fetch=verbs.awaited
        )
        self.name = self.tr("Advice awaited")
        self._verbs = verbs
        self._make_table(
            AwaitedModel(self),
            shares=_SHARES,
            name=self.tr("Questions without an answer"),
            empty=EmptyState(
                icon="info",
                heading=self.tr("No advice is awaited"),
                sentence=self.tr(
                    "F2 asks for advice on every page. What is asked there waits here, with the "
                    "images that are parked for it, until the answer is noted."
                ),
            ),
        )
        self._lay_out(self).addWidget(self._build_answer())
        self.table.opened.connect(self.adviser.setFocus)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        on_click(self.note_button, self._note)
        self.adviser.returnPressed.connect(self.answer.setFocus)
        self.answer.returnPressed.connect(self._note)
        self._enable()

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "What was asked with F2 waits here. Images that were parked with a question "
                    "are neither filed nor given out before its answer is noted. Enter on a row "
                    "goes to who gave the advice, Enter there to what it was, and Enter notes it."
                ),
            )
        ]

    def _build_answer(self) -> QWidget:
        self.adviser, self.answer = QLineEdit(), QLineEdit()
        self.note_button = button(self.tr("Note the advice"), icon="check", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, field, share in (
            (self.tr("Who gave the advice"), self.adviser, 1),
            (self.tr("What it was"), self.answer, 2),
        ):
            field.setMaxLength(_MOST)
            field.setAccessibleName(label)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(words(label, kind="quiet"))
            column.addWidget(field)
            row.addLayout(column, share)
        last = QVBoxLayout()
        last.addStretch(1)
        last.addWidget(self.note_button)
        row.addLayout(last)
        self.answer_form = QWidget()
        self.answer_form.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        return self.answer_form

    def _identity(self, row: AwaitedAdvice) -> object:
        return row.advice.id

    def _summary(self, rows: Sequence[AwaitedAdvice]) -> str:
        return self.tr("Choose a question, and write who gave the advice and what it was.")

    def _enable(self) -> None:
        self.answer_form.setVisible(self.chosen is not None)

    def _note(self) -> None:
        if (row := self.chosen) is None:
            return
        self._background.run(
            partial(self._verbs.note, row.advice.id, self.adviser.text(), self.answer.text()),
            owner=self,
            done=self._noted,
            failed=self.notice.problem,
        )

    def _noted(self, advice: Advice) -> None:
        self.adviser.clear()
        self.answer.clear()
        self.changed.emit()
        self.load()
        self.table.setFocus()
