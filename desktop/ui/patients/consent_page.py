"""Consent that was refused or withdrawn: what stands, a new one, and one that was lifted."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import ConsentEnd, EndKind, NewConsentEnd, Withdrawn
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import RowsTable, table_or_empty
from desktop.ui.parts.words import counted, moment, sentence_case
from desktop.ui.patients.consent_verbs import ConsentVerbs
from desktop.ui.patients.named_images import NamedImages

_SHARES = (17, 24, 21, 20, 18)
_FORM = 400
T = TypeVar("T")


class EndsModel(RowsModel[ConsentEnd]):
    """One refusal or withdrawal a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("When"), lambda row: moment(row.at.astimezone())),
                (self.tr("What"), lambda row: sentence_case(row.said.kind.words)),
                (self.tr("Of"), lambda row: sentence_case(row.said.what or row.scope)),
                (self.tr("Said by"), lambda row: row.said.said_by),
                (self.tr("Now"), self._now),
            ),
            parent,
        )

    def _now(self, row: ConsentEnd) -> str:
        return self.tr("Stands") if row.stands else row.lifted_why


class ConsentPage(QWidget):
    """One patient at a time. `left` goes back; `loaded` tells that what stands has come."""

    left = Signal()
    loaded = Signal()

    def __init__(self, *, background: Background, verbs: ConsentVerbs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background, self._verbs = background, verbs
        self._patient: Patient | None = None
        self._build()
        on_click(self.back, self._leave)
        on_escape(self, self._leave)
        on_click(self.record_button, self._record)
        on_click(self.again_button, self._again)
        self.kind.currentIndexChanged.connect(lambda _row: self._fit())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._offer())
        self._fit()

    def open_for(self, patient: Patient) -> None:
        """Show what stands for this patient."""
        self._patient = patient
        self.banner.show_patient(patient)
        self.notice.clear()
        self._empty_form()
        self.model.show(())
        self._show_images(patient, ())
        self._fetch()
        self._background.run(
            partial(self._verbs.images, patient.id),
            owner=self,
            done=partial(self._show_images, patient),
            failed=self.notice.problem,
            lane="vault",
        )
        self.kind.setFocus()

    def clear(self) -> None:
        """Forget whose consent it was."""
        self._patient = None
        self.banner.clear()
        self.model.show(())
        self.images.show_images(())
        self._empty_form()
        self.notice.clear()

    @property
    def chosen(self) -> ConsentEnd | None:
        """The row that the keyboard is on."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner, self.notice = PatientBanner(), Notice()
        self.banner.fold(is_folded=True)
        self.model = EndsModel(self)
        self.table = RowsTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Refused and withdrawn"))
        self.empty = EmptyState(
            icon="shield",
            heading=self.tr("Nothing was refused or withdrawn"),
            sentence=self.tr("What is noted here holds at once and stays on record."),
        )
        self._rows = table_or_empty(self.table, self.empty)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._rows, 1)
        right.addLayout(self._build_again())
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._build_form())
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (words(self.tr("Consent"), kind="title"), self.banner, self.notice):
            column.addWidget(part)
        column.addLayout(row, 1)

    def _build_form(self) -> QWidget:
        self.kind = QComboBox()
        self.kind.addItem(self.tr("Consent is withdrawn"), EndKind.WITHDRAWN)
        self.kind.addItem(self.tr("Clinical images are refused"), EndKind.REFUSED)
        self.said_by, self.what, self.why, self.form = (QLineEdit() for _ in range(4))
        for field in (self.said_by, self.what, self.why):
            field.setMaxLength(400)
        self.said_by.setPlaceholderText(self.tr("the patient, or name and relationship"))
        self.form.setPlaceholderText(self.tr("CW 7K3Q X9FM"))
        self.purposes = {one: QCheckBox(sentence_case(one.words)) for one in Purpose}
        self.images = NamedImages(self.tr("Which images; none is every image"))
        content = QWidget()
        content.setLayout(self._build_fields())
        self.record_button = button(self.tr("Record it"), icon="check", kind="primary")
        side = QWidget()
        side.setFixedWidth(_FORM)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(scrolled(content, self.tr("What was said")), 1)
        column.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        return side

    def _build_fields(self) -> QFormLayout:
        ticks = QGridLayout()
        for place, tick in enumerate(self.purposes.values()):
            ticks.addWidget(tick, place // 2, place % 2)
        self._fields = form = QFormLayout()
        form.setContentsMargins(0, 0, 12, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("What was said"), self.kind)
        form.addRow(self.tr("Said by"), self.said_by)
        form.addRow(self.tr("For which uses; none is every use"), ticks)
        form.addRow(self.tr("Which images; none is every image"), self.images)
        form.addRow(self.tr("What was offered"), self.what)
        form.addRow(self.tr("Why, if they wished to say"), self.why)
        form.addRow(self.tr("Number of the signed paper"), self.form)
        return form

    def _build_again(self) -> QHBoxLayout:
        self.again_why = QLineEdit()
        self.again_why.setAccessibleName(self.tr("How consent was given again, or what was wrong"))
        self.again_why.setPlaceholderText(self.tr("signed again on …, or entered by mistake"))
        self.again_button = button(self.tr("Given again"), icon="undo-2")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.again_why, 1)
        row.addWidget(self.again_button)
        return row

    def _fit(self) -> None:
        refused = EndKind(self.kind.currentData()) is EndKind.REFUSED
        self._fields.setRowVisible(self.what, refused)
        self._fields.setRowVisible(self.images, not refused and self.images.count() > 0)

    def _empty_form(self) -> None:
        for field in (self.said_by, self.what, self.why, self.form, self.again_why):
            field.clear()
        for tick in self.purposes.values():
            tick.setChecked(False)
        self.images.untick()
        self.kind.setCurrentIndex(0)
        self._offer()

    def _offer(self) -> None:
        can = self.chosen is not None and self.chosen.stands
        self.again_why.setEnabled(can)
        self.again_button.setEnabled(can)

    def _fetch(self) -> None:
        if (patient := self._patient) is not None:
            self._background.run(
                partial(self._verbs.of_patient, patient.id),
                owner=self,
                done=partial(self._show, patient),
                failed=self.notice.problem,
                lane="vault",
            )

    def _show(self, patient: Patient, ends: Sequence[ConsentEnd]) -> None:
        if self._patient is None or patient.id != self._patient.id:
            return
        self.model.show(ends)
        self._rows.setCurrentWidget(self.table if ends else self.empty)
        if ends:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._offer()
        self.loaded.emit()

    def _show_images(self, patient: Patient, images: Sequence[tuple[ImageId, str]]) -> None:
        if self._patient is not None and patient.id == self._patient.id:
            self.images.show_images(images)
            self._fit()

    def _record(self) -> None:
        if (patient := self._patient) is None:
            return
        kind = EndKind(self.kind.currentData())
        new = NewConsentEnd(
            patient=patient.id,
            kind=kind,
            purposes=frozenset(one for one, tick in self.purposes.items() if tick.isChecked()),
            images=self.images.ticked if kind is EndKind.WITHDRAWN else frozenset(),
            said_by=self.said_by.text(),
            what=self.what.text() if kind is EndKind.REFUSED else "",
            why=self.why.text(),
            form=self.form.text(),
        )
        if kind is EndKind.REFUSED:
            self._run(partial(self._verbs.refuse, new), self._refused)
        else:
            self._run(partial(self._verbs.withdraw, new), self._withdrawn)

    def _again(self) -> None:
        if (end := self.chosen) is not None:
            self._run(partial(self._verbs.again, end.id, self.again_why.text()), self._given_again)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self._failed, lane="vault")

    def _failed(self, problem: Problem) -> None:
        self.notice.problem(problem)

    def _refused(self, _end: object) -> None:
        self._settled(self.tr("The refusal is on record."))

    def _given_again(self, _end: object) -> None:
        self._settled(self.tr("Consent was given again: that is on record."))

    def _withdrawn(self, done: Withdrawn) -> None:
        said = self.tr("The withdrawal holds from now on: {}.").format(done.end.scope)
        if done.recalled:
            copies = ", ".join(f"{one.number} copy {one.copy}" for one in done.recalled)
            said += self.tr(" Recalled, to be taken out and shredded: {}.").format(copies)
        if done.told:
            who = ", ".join(dict.fromkeys(one.recipient for one in done.told))
            often = counted(len(done.told), "time")
            said += self.tr(" To be told ({} given out): {}.").format(often, who)
        self._settled(said)

    def _settled(self, sentence: str) -> None:
        self._empty_form()
        self.notice.say(sentence, tone="good")
        self._fetch()

    def _leave(self) -> None:
        self.clear()
        self.left.emit()
