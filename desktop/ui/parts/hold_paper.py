"""After printing: is every page in hand? Who has the last one can type its check digits (R79)."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.sheet import Sheet
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.loop_verbs import LoopVerbs, SheetOf
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, words
from desktop.ui.parts.sheet_verbs import SheetChoice
from desktop.ui.parts.sheet_words import kind_words
from desktop.ui.parts.words import counted

_WIDTH = 460


class HoldPaper(QWidget):
    """One copy at a time, and no preview of it beside the question. `confirmed` carries the Sheet
    that is in hand; `again_wanted` the SheetChoice of the next copy; `left` goes back, and leaves
    the copy where it waits."""

    confirmed = Signal(object)
    again_wanted = Signal(object)
    left = Signal()

    def __init__(self, *, background: Background, verbs: LoopVerbs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._held: SheetOf | None = None
        self._build()
        self._connect()

    def open_for(self, held: SheetOf) -> None:
        """Ask about this copy."""
        self._held = held
        sheet = held.sheet
        self.banner.show_patient(held.patient)
        pages = counted(sheet.pages, "page")
        did = (
            self.tr("Did its only page")
            if sheet.pages == 1
            else self.tr("Did all {}").format(pages)
        )
        self.sentence.setText(
            self.tr(
                "{} {}, copy {}. {} come out, whole and in the right colours? Look at the last "
                "page: the two digits at the end of the line under its square code prove that you "
                "hold it."
            ).format(kind_words(sheet), sheet.number, sheet.copy, did)
        )
        self.shred.setText(
            self.tr(
                "Copy {} is noted as destroyed. Shred it now, every page of it: it names a patient."
            ).format(sheet.copy)
        )
        self.again_button.setText(self.tr("Print copy {}…").format(sheet.copy + 1))
        self.digits.clear()
        self.why.clear()
        self.notice.clear()
        self._steps.setCurrentIndex(0)
        self.digits.setFocus()

    def clear(self) -> None:
        """Forget the copy and whose it is."""
        self._held = None
        self.banner.clear()
        for label in (self.sentence, self.shred):
            label.clear()

    def _build(self) -> None:
        self.banner = PatientBanner()
        self.notice = Notice()
        self._steps = QStackedWidget()
        for step in (self._build_question(), self._build_bad(), self._build_shredded()):
            self._steps.addWidget(step)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(words(self.tr("Hold the paper"), kind="title"))
        column.addWidget(self.banner)
        column.addWidget(self.notice)
        column.addWidget(self._steps)
        column.addStretch(1)
        held = QWidget()
        held.setLayout(column)
        held.setFixedWidth(_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(held, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def _build_question(self) -> QWidget:
        self.sentence = words("", wrap=True)
        self.digits = QLineEdit()
        self.digits.setMaxLength(2)
        self.digits.setFixedWidth(72)
        self.confirm_button = button(self.tr("All is in hand"), icon="check", kind="primary")
        self.bad_button = button(self.tr("A page is bad…"), icon="triangle-alert")
        self.later = button(self.tr("Later"))
        self.later.setToolTip(self.tr("It waits in the worklist “Not in chart”"))
        form = _form(self.tr("Last page shows the check digits"), self.digits)
        return _step(self.sentence, form, self.confirm_button, self.bad_button, self.later)

    def _build_bad(self) -> QWidget:
        self.why = QLineEdit()
        self.why.setMaxLength(400)
        self.why.setPlaceholderText(self.tr("for example: page 2 is smeared"))
        self.destroy_button = button(self.tr("Destroy this copy"), icon="x", kind="primary")
        self.back = button(self.tr("Back"))
        said = words(
            self.tr("Then the whole copy is shredded, and the register says why."), wrap=True
        )
        return _step(
            said, _form(self.tr("What is wrong with it"), self.why), self.destroy_button, self.back
        )

    def _build_shredded(self) -> QWidget:
        self.shred = words("", wrap=True)
        self.again_button = button(self.tr("Print the next copy…"), icon="printer", kind="primary")
        self.no_more = button(self.tr("Print nothing more"))
        return _step(self.shred, None, self.again_button, self.no_more)

    def _connect(self) -> None:
        on_escape(self, self._escape)
        self.digits.returnPressed.connect(self._confirm)
        on_click(self.confirm_button, self._confirm)
        on_click(self.bad_button, self._ask_why)
        on_click(self.later, self._leave)
        self.why.returnPressed.connect(self._destroy)
        on_click(self.destroy_button, self._destroy)
        on_click(self.back, self._escape)
        on_click(self.again_button, self._want_again)
        on_click(self.no_more, self._leave)

    def _confirm(self) -> None:
        if self._held is not None:
            self._background.run(
                partial(self._verbs.confirm, self._held.sheet.id, self.digits.text()),
                owner=self,
                done=self._confirmed,
                failed=self._refuse,
                lane="vault",
            )

    def _confirmed(self, sheet: Sheet) -> None:
        self.clear()
        self.confirmed.emit(sheet)

    def _refuse(self, problem: Exception) -> None:
        self.notice.problem(problem)
        field = self.why if self._steps.currentIndex() else self.digits
        field.setFocus()
        field.selectAll()

    def _ask_why(self) -> None:
        self.notice.clear()
        self._steps.setCurrentIndex(1)
        self.why.setFocus()

    def _destroy(self) -> None:
        if self._held is not None:
            self._background.run(
                partial(self._verbs.destroy, self._held.sheet.id, self.why.text()),
                owner=self,
                done=self._destroyed,
                failed=self._refuse,
                lane="vault",
            )

    def _destroyed(self, _sheet: Sheet) -> None:
        self.notice.clear()
        self._steps.setCurrentIndex(2)
        self.again_button.setFocus()

    def _want_again(self) -> None:
        if (held := self._held) is not None:
            choice = next_copy(held, why=self.why.text())
            self.clear()
            self.again_wanted.emit(choice)

    def _escape(self) -> None:
        if self._steps.currentIndex() == 1:
            self.notice.clear()
            self._steps.setCurrentIndex(0)
            self.digits.setFocus()
        else:
            self._leave()

    def _leave(self) -> None:
        self.clear()
        self.left.emit()


def next_copy(of: SheetOf, *, why: str) -> SheetChoice:
    """The same images under the same number, as one copy more."""
    return SheetChoice(
        patient=of.patient,
        images=of.sheet.images,
        kind=of.sheet.kind,
        written=of.sheet.written,
        again=of.sheet.number,
        why=why.strip(),
    )


def _form(label: str, field: QLineEdit) -> QFormLayout:
    form = QFormLayout()
    form.setSpacing(6)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    form.addRow(label, field)
    return form


def _step(said: QWidget, form: QFormLayout | None, *buttons: QWidget) -> QWidget:
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    column.addWidget(said)
    if form is not None:
        column.addLayout(form)
    row = QHBoxLayout()
    row.setSpacing(8)
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return step
