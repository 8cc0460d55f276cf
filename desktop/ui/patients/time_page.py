"""Correcting when images were taken: of one its time, of several their device's clock (R68)."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.patient import Patient
from desktop.records.rules.time_correction import (
    WallTime,
    meaning_of,
    moment_words,
    twice_words,
    typed_span,
)
from desktop.records.rules.typed_moment import typed_moment
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, words
from desktop.ui.parts.words import counted
from desktop.ui.patients.verbs import CorrectTimes, TimesCorrected, TimeWanted

_OFFSET = re.compile(r"\s*([+-])(\d{2}):?(\d{2})$")
_WIDE = 560


class TimePage(QWidget):
    """`changed` tells that times were corrected; `left` that the person goes back."""

    changed = Signal()
    left = Signal()

    def __init__(self, *, background: Background, correct: CorrectTimes) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._correct = correct
        self._images: tuple[ClinicalImage, ...] = ()
        self._build()
        self._connect()

    def open_for(self, patient: Patient, images: Sequence[ClinicalImage]) -> None:
        """Correct these images of this patient."""
        self._images = tuple(images)
        self.banner.show_patient(patient)
        self.notice.clear()
        for field in (self.at, self.span, self.why):
            field.clear()
        self.whole_intake.setChecked(False)
        self._now.setText("\n".join(_told(one) for one in self._images[:6]))
        is_one = len(self._images) == 1
        self.by_time.setEnabled(is_one)
        (self.by_time if is_one else self.by_clock).setChecked(True)
        self._choose()
        (self.at if is_one else self.span).setFocus()

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self._now = words("", kind="quiet", wrap=True)
        self.by_time = QRadioButton(self.tr("It was taken at another time"))
        self.by_clock = QRadioButton(self.tr("The device's clock was wrong"))
        self.at, self.span, self.why = QLineEdit(), QLineEdit(), QLineEdit()
        self.at.setAccessibleName(self.tr("When it was taken"))
        self.at.setPlaceholderText(self.tr("day month year hour:minute, +13:00 where it is known"))
        self.span.setAccessibleName(self.tr("By how much the clock was off"))
        self.span.setPlaceholderText(self.tr("for example 1 h 2 min"))
        self.direction = QComboBox()
        self.direction.setAccessibleName(self.tr("Behind or ahead"))
        self.direction.addItem(self.tr("behind"), 1)
        self.direction.addItem(self.tr("ahead"), -1)
        self.whole_intake = QCheckBox(
            self.tr("All that came in with them, also into other patients' records")
        )
        self.why.setPlaceholderText(self.tr("for example it was never set to summer time"))
        self.why.setMaxLength(300)
        self.notice = Notice()
        self.correct_button = button(self.tr("Correct"), icon="check", kind="primary")
        self._lay_out()

    def _lay_out(self) -> None:
        clock = QHBoxLayout()
        clock.setSpacing(8)
        clock.addWidget(self.span, 1)
        clock.addWidget(self.direction)
        reason = QFormLayout()
        reason.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        reason.addRow(self.tr("Why it is corrected"), self.why)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words(self.tr("Correct the capture time"), kind="title", wrap=True))
        for part in (self.banner, self._now, self.by_time, self.at, self.by_clock):
            column.addWidget(part)
        column.addLayout(clock)
        column.addWidget(self.whole_intake)
        column.addLayout(reason)
        column.addWidget(
            words(
                self.tr("The file's own time stays, and both are shown and printed."),
                kind="small",
                wrap=True,
            )
        )
        column.addWidget(self.notice)
        column.addWidget(self.correct_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(_WIDE)
        holder.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(holder, 1)
        layout.addStretch(1)

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_click(self.correct_button, self._ask)
        on_escape(self, self.left.emit)
        self.by_time.toggled.connect(self._choose)
        for field in (self.at, self.span, self.why):
            field.returnPressed.connect(self._ask)

    def _choose(self) -> None:
        is_time = self.by_time.isChecked()
        self.at.setEnabled(is_time)
        for part in (self.span, self.direction, self.whole_intake):
            part.setEnabled(not is_time)

    def _ask(self) -> None:
        if not self.correct_button.isEnabled():
            return
        self.notice.clear()
        try:
            wanted = self._wanted()
        except Problem as problem:
            self.notice.problem(problem)
            (self.at if self.by_time.isChecked() else self.span).setFocus()
            return
        is_twice = (
            wanted.at is not None
            and wanted.offset is None
            and meaning_of(wanted.at) is WallTime.TWICE
        )
        if wanted.at is not None and is_twice:
            self.notice.say(twice_words(wanted.at), tone="warning")
            self.at.setFocus()
            return
        self.correct_button.setEnabled(False)
        self._background.run(
            partial(self._correct, wanted),
            owner=self,
            done=self._done,
            failed=self._failed,
            lane="vault",
        )

    def _wanted(self) -> TimeWanted:
        images, why = tuple(one.id for one in self._images), self.why.text()
        if not self.by_time.isChecked():
            span = typed_span(self.span.text()) * int(self.direction.currentData())
            whole = self.whole_intake.isChecked()
            return TimeWanted(images=images, behind=span, whole_intake=whole, why=why)
        text, offset = self.at.text(), None
        if match := _OFFSET.search(text):
            minutes = int(match[2]) * 60 + int(match[3])
            text, offset = text[: match.start()], -minutes if match[1] == "-" else minutes
        now = datetime.now()  # noqa: DTZ005  a typed time is by the wall clock
        return TimeWanted(images=images, at=typed_moment(text, now=now), offset=offset, why=why)

    def _done(self, done: TimesCorrected) -> None:
        self.correct_button.setEnabled(True)
        said = self.tr("{} corrected.").format(counted(done.corrected, "image"))
        if done.left_alone:
            left = self.tr("{} left alone: no time of its own, or one that a person entered.")
            said += " " + left.format(counted(done.left_alone, "image"))
        if done.print_again:
            numbers = ", ".join(done.print_again)
            said += " " + self.tr("Print again, for paper shows the old time: {}.").format(numbers)
        self.notice.say(said, tone="good")
        self.changed.emit()
        self.back.setFocus()

    def _failed(self, problem: Problem) -> None:
        self.correct_button.setEnabled(True)
        self.notice.problem(problem)
        self.why.setFocus()


def _told(image: ClinicalImage) -> str:
    when = moment_words(image.taken.local) if image.taken else "no time"
    basis = f" ({image.taken.basis.words})" if image.taken else ""
    return f"{image.arrival.file_name}: {when}{basis}"
