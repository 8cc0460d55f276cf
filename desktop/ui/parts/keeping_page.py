"""How long a patient's images are kept, and what holds them: said, and changed (R105, R109)."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient, short_date
from desktop.records.facts.retention import Hold, HoldKind
from desktop.records.rules.retention import LEAST_YEARS, MOST_YEARS
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.keeping_verbs import Keeping, KeepingVerbs, NewHold
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, rule, scrolled, words
from desktop.ui.parts.words import hold_words, kept_words, sentence_case
from desktop.ui.parts.wrapped_list import WrappedList

_SIDE, _FORM = 340, 320


class KeepingPage(QWidget):
    """One patient at a time. `changed` tells that something was held, lifted or kept longer; `left`
    that the person goes back to where they came from."""

    changed = Signal()
    left = Signal()
    loaded = Signal()

    def __init__(self, *, background: Background, verbs: KeepingVerbs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._patient: Patient | None = None
        self._build()
        self._connect()

    def open_for(self, patient: Patient, *, image: ImageId | None = None, what: str = "") -> None:
        """Show this patient's; with an `image`, a hold may be placed on that one alone."""
        self._patient = patient
        self.banner.show_patient(patient)
        self.notice.clear()
        for field in (self.reason, self.why, self.service):
            field.clear()
        self.scope.clear()
        self.scope.addItem(self.tr("All images, also those still to come"), None)
        if image is not None:
            self.scope.addItem(self.tr("Only this one: {}").format(what), image)
            self.scope.setCurrentIndex(1)
        self._show(Keeping(retention=None, holds=(), years=LEAST_YEARS))
        self.kept.clear()
        self._fetch()
        self.kind.setFocus()

    @property
    def chosen(self) -> Hold | None:
        """The hold that is chosen in the list."""
        hold = self.holds.chosen
        return hold if isinstance(hold, Hold) else None

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_side())
        layout.addLayout(self._build_holds(), 1)
        layout.addWidget(self._build_form())

    def _build_side(self) -> QFrame:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self.kept = words("", wrap=True)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(words(self.tr("Retention and holds"), kind="title", wrap=True))
        inner.addWidget(self.banner)
        inner.addWidget(self.kept)
        for heading, field, act in self._changes():
            label = words(heading, wrap=True)
            label.setBuddy(field)
            field.setAccessibleName(heading)
            inner.addWidget(rule())
            inner.addWidget(label)
            inner.addWidget(field)
            inner.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(scrolled(content, self.tr("How long images are kept")))
        return side

    def _changes(self) -> tuple[tuple[str, QWidget, QPushButton], ...]:
        """What makes the time longer: a later service, or more years for the whole office."""
        self.service = QLineEdit()
        self.service.setPlaceholderText(self.tr("for example 14 Mar 2026"))
        self.service_button = button(self.tr("Note the service"), icon="check")
        self.years = QSpinBox()
        self.years.setRange(LEAST_YEARS, MOST_YEARS)
        self.years.setSuffix(self.tr(" years"))
        self.years_button = button(self.tr("Keep for so long"), icon="calendar-clock")
        every = self.tr("The office keeps every image after the last service for")
        return (
            (self.tr("A service was provided on"), self.service, self.service_button),
            (every, self.years, self.years_button),
        )

    def _build_holds(self) -> QVBoxLayout:
        self.notice = Notice()
        self.holds = WrappedList(self.tr("Holds of this patient"))
        self.none = words(self.tr("Nothing is held."), kind="quiet")
        self.why = QLineEdit()
        self.why.setAccessibleName(self.tr("Why the hold is lifted"))
        self.why.setPlaceholderText(self.tr("Why it may be lifted, for example: case closed"))
        self.lift_button = button(self.tr("Lift the hold"), icon="lock-open")
        column = QVBoxLayout()
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Holds"), kind="heading"))
        column.addWidget(self.notice)
        column.addWidget(self.none)
        column.addWidget(self.holds, 1)
        column.addWidget(self.why)
        column.addWidget(self.lift_button, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _build_form(self) -> QFrame:
        self.kind, self.scope = QComboBox(), QComboBox()
        for kind in HoldKind:
            self.kind.addItem(sentence_case(kind.words), kind)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Which complaint, case or request"))
        self.place_button = button(self.tr("Place the hold"), icon="shield", kind="primary")
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Because of"), self.kind)
        form.addRow(self.tr("Reason"), self.reason)
        form.addRow(self.tr("What is held"), self.scope)
        for field in (self.kind, self.scope):
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(_FORM)
        column = QVBoxLayout(panel)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("A new hold"), kind="heading"))
        column.addWidget(
            words(
                self.tr("What is held is not destroyed, however old it is, until it is lifted."),
                kind="quiet",
                wrap=True,
            )
        )
        column.addLayout(form)
        column.addWidget(self.place_button)
        column.addStretch(1)
        return panel

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_escape(self, self.left.emit)
        for made, field, act in (
            (self.place_button, self.reason, self._place),
            (self.lift_button, self.why, self._lift),
            (self.service_button, self.service, self._note_service),
        ):
            on_click(made, act)
            field.returnPressed.connect(act)
        on_click(self.years_button, self._set_years)
        self.holds.currentRowChanged.connect(lambda _row: self._enable())

    def _fetch(self) -> None:
        patient = self._patient
        if patient is not None:
            self._background.run(
                partial(self._verbs.keeping_of, patient.id),
                owner=self,
                done=partial(self._show_of, patient),
                failed=self.notice.problem,
                lane="vault",
            )

    def _show_of(self, patient: Patient, keeping: Keeping) -> None:
        if self._patient is patient:
            self._show(keeping)
            self.loaded.emit()

    def _show(self, keeping: Keeping) -> None:
        self.kept.setText(kept_words(keeping.retention))
        self.years.setValue(keeping.years)
        self.holds.clear()
        for hold in sorted(keeping.holds, key=lambda one: not one.is_open):
            self.holds.add(_told(hold), hold)
        self.holds.setCurrentRow(0)
        self.holds.setVisible(bool(keeping.holds))
        self.none.setVisible(not keeping.open_holds)
        self._enable()

    def _enable(self) -> None:
        may_lift = self.chosen is not None and self.chosen.is_open
        self.why.setEnabled(may_lift)
        self.lift_button.setEnabled(may_lift)

    def _place(self) -> None:
        if self._patient is not None:
            new = NewHold(
                patient=self._patient.id,
                image=self.scope.currentData(),
                kind=HoldKind(self.kind.currentData()),
                reason=self.reason.text(),
            )
            self._do(
                partial(self._verbs.place_hold, new),
                self.tr(
                    "The hold is placed. Nothing that it names is destroyed until it is lifted."
                ),
            )

    def _lift(self) -> None:
        hold = self.chosen
        if hold is not None and hold.is_open:
            self._do(
                partial(self._verbs.lift_hold, hold.id, self.why.text()),
                self.tr("The hold is lifted. It stays on record."),
            )

    def _note_service(self) -> None:
        if self._patient is None:
            return
        try:
            on = typed_date(self.service.text(), today=date.today())  # noqa: DTZ011  wall calendar
        except Problem as problem:
            self.notice.problem(problem)
            return
        self._do(
            partial(self._verbs.note_service, self._patient.id, on),
            self.tr("The service of {} is noted.").format(short_date(on)),
        )

    def _set_years(self) -> None:
        years = self.years.value()
        self._do(
            partial(self._verbs.set_years, years),
            self.tr("The office keeps every image for {} years after the last service.").format(
                years
            ),
        )

    def _do(self, work: Callable[[], object], sentence: str) -> None:
        self._background.run(
            work,
            owner=self,
            done=partial(self._done, sentence),
            failed=self.notice.problem,
            lane="vault",
        )

    def _done(self, sentence: str, _result: object) -> None:
        for field in (self.reason, self.why, self.service):
            field.clear()
        self.notice.say(sentence, tone="good")
        self._fetch()
        self.changed.emit()


def _told(hold: Hold) -> str:
    said, which = hold_words(hold), "" if hold.image is None else "\nOne image alone."
    if hold.lifted_at is None:
        return sentence_case(said) + which
    on = short_date(hold.lifted_at.astimezone().date())
    return f"No longer {said}{which}\nLifted on {on} by {hold.lifted_by}: {hold.lifted_why}"
