"""A list of images to be destroyed: looked at, approved by a second person, carried out (R107)."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Cancelled, Problem
from desktop.records.facts.disposal import Disposal, ListedImage
from desktop.records.facts.patient import short_date
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import RowsTable
from desktop.ui.parts.words import counted, moment, sentence_case
from desktop.ui.worklists.verbs import DisposalReview, DisposalVerbs

_SIDE = 380
_SHARES = (30, 19, 20, 31)


class DisposalPage(QWidget):
    """One list at a time. `carried_out` carries the number of a list that is done; `left` tells
    that the person goes back, `changed` that records were changed."""

    left = Signal()
    changed = Signal()
    loaded = Signal()
    carried_out = Signal(str)

    def __init__(self, *, background: Background, verbs: DisposalVerbs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._number = ""
        self._review: DisposalReview | None = None
        self._job: Job | None = None
        self._build()
        self._connect()
        self._enable()

    def open_for(self, number: str, *, note: str = "") -> None:
        """Show a list that waits; `note` is said beside it."""
        self._number = number
        self._review = None
        self.title.setText(self.tr("Disposal {}").format(number))
        self.told.clear()
        self.model.show(())
        self._forget()
        self.notice.clear()
        if note:
            self.notice.say(note)
        self._enable()
        self._fetch()
        self.back.setFocus()

    @property
    def is_running(self) -> bool:
        """Whether images are being destroyed now."""
        return self._job is not None

    def _build(self) -> None:
        self.model = RowsModel[ListedImage](
            (
                (self.tr("Patient"), lambda one: one.banner),
                (self.tr("Image"), lambda one: sentence_case(one.what)),
                (self.tr("Kept until"), _kept_until),
                (self.tr("Stays, because"), lambda one: one.why_not),
            ),
            self,
        )
        self.table = RowsTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Images on this list"))
        right = QVBoxLayout()
        right.setContentsMargins(24, 16, 24, 16)
        right.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_side())
        layout.addLayout(right, 1)

    def _build_side(self) -> QFrame:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.title = words("", kind="title", wrap=True)
        self.told = words("", wrap=True)
        self.warning, self.notice = Notice(), Notice()
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title, self.told, self.warning, self._build_approval()):
            inner.addWidget(widget)
        inner.addStretch(1)
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        self._scroll = scrolled(content, self.tr("The list, and who approves it"))
        column.addWidget(self._scroll, 1)
        for widget in (self.notice, *self._build_acts()):
            column.addWidget(widget)
        return side

    def _build_approval(self) -> QWidget:
        self.who = QComboBox()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.approval = QWidget()
        form = QFormLayout(self.approval)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Second person"), self.who)
        form.addRow(self.tr("Their own passphrase"), self.passphrase)
        return self.approval

    def _build_acts(self) -> tuple[QWidget, ...]:
        self.how_far = words("", kind="quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Images decided on"))
        self.bar.setTextVisible(False)
        self.stop_button = button(self.tr("Stop"), icon="x")
        self.approve_button = button(self.tr("Approve"), icon="check", kind="primary")
        self.approve_button.setAccessibleName(self.tr("Approve and destroy"))
        self.destroy_button = button(self.tr("Destroy…"), icon="triangle-alert", kind="primary")
        self.destroy_button.setAccessibleName(self.tr("Destroy"))
        self.sure_button = button(self.tr("Yes"), icon="triangle-alert")
        self.sure_button.setAccessibleName(self.tr("Yes, destroy for good"))
        self.withdraw_button = button(self.tr("Take the list back"), icon="undo-2", kind="link")
        return (
            *(self.how_far, self.bar, self.stop_button, self.approve_button),
            *(self.destroy_button, self.sure_button, self.withdraw_button),
        )

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_escape(self, self._leave)
        on_click(self.approve_button, self._approve)
        self.passphrase.returnPressed.connect(self._approve)
        on_click(self.destroy_button, self._ask_destroy)
        on_click(self.sure_button, self._carry_out)
        on_click(self.stop_button, self._stop)
        on_click(self.withdraw_button, self._withdraw)

    def _leave(self) -> None:
        if not self.is_running:
            self._forget()
            self.left.emit()

    def _fetch(self) -> None:
        self._background.run(
            partial(self._verbs.review, self._number),
            owner=self,
            done=self._show,
            failed=self.notice.problem,
        )

    def _show(self, review: DisposalReview) -> None:
        if review.batch.number != self._number:
            return
        self._review = review
        self.model.show(review.images)
        self.told.setText(self._told(review))
        self.who.clear()
        self.who.addItems(list(review.may_approve))
        self.who.setCurrentIndex(max(self.who.findText(review.user), 0))
        self._warn(review)
        self._enable()
        if self.focusWidget() in {None, self.back}:
            (self.destroy_button if self.approval.isHidden() else self.who).setFocus()
            self._scroll.ensureWidgetVisible(self.passphrase)
        self.loaded.emit()

    def _told(self, review: DisposalReview) -> str:
        batch = review.batch
        proposed = moment(batch.proposed_at.astimezone())
        said = self.tr("{} on this list, put forward by {} on {}.").format(
            counted(len(batch.images), "image"), batch.proposed_by, proposed
        )
        if batch.approved_at is not None:
            approved = moment(batch.approved_at.astimezone())
            said += self.tr(" Approved by {} on {}. {} left to decide on.").format(
                batch.approved_by, approved, counted(len(review.images), "image")
            )
        elif review.may_approve:
            said += self.tr(
                " Somebody else looks at the list and approves it here with their own passphrase."
            )
        return said

    def _warn(self, review: DisposalReview) -> None:
        spared = len(review.images) - review.free
        said = self.tr(
            "{} will be destroyed for good, with the previews. Nobody can bring them back: this "
            "cannot be undone."
        ).format(counted(review.free, "image"))
        if review.free == 0:
            said = self.tr("Nothing on this list may be destroyed now.")
        if spared:
            said += self.tr(" {} will stay; the reason stands beside it.").format(
                counted(spared, "image")
            )
        if review.batch.approved_at is None and not review.may_approve:
            said += self.tr(
                " Nobody else here may approve it: a second privacy officer or office manager is "
                "needed (Office, People)."
            )
        self.warning.say(said, tone="warning")

    def _enable(self) -> None:
        review, runs = self._review, self.is_running
        waits = review is not None and not runs
        is_approved = review is not None and review.batch.approved_at is not None
        may_approve = review is not None and bool(review.may_approve) and review.free > 0
        self.warning.setVisible(waits)
        self.approval.setVisible(waits and not is_approved and may_approve)
        self.approve_button.setVisible(waits and not is_approved and may_approve)
        self.withdraw_button.setVisible(waits and not is_approved)
        self.destroy_button.setVisible(waits and is_approved)
        self.sure_button.hide()
        for widget in (self.how_far, self.bar, self.stop_button):
            widget.setVisible(runs)
        self.back.setEnabled(not runs)
        images = counted(review.free, "image") if review else ""
        self.approve_button.setText(self.tr("Approve and destroy {}").format(images))
        self.destroy_button.setText(self.tr("Destroy {}…").format(images))
        self.sure_button.setText(self.tr("Yes, destroy {} for good").format(images))

    def _approve(self) -> None:
        name, passphrase = self.who.currentText(), self.passphrase.text()
        if not passphrase:
            said = self.tr("{} has to type their own passphrase. Nothing was destroyed.")
            self.notice.say(said.format(name), tone="warning")
            self.passphrase.setFocus()
            return
        self._forget()
        self.approve_button.setEnabled(False)
        self._background.run(
            partial(self._verbs.approve, self._number, name, passphrase),
            owner=self,
            done=lambda _batch: self._carry_out(),
            failed=self._refused,
        )

    def _refused(self, problem: Problem) -> None:
        self.approve_button.setEnabled(True)
        self.notice.problem(problem)
        self.passphrase.setFocus()

    def _ask_destroy(self) -> None:
        self.sure_button.show()
        self.sure_button.setFocus()

    def _carry_out(self) -> None:
        if self._job is not None:
            return
        number, verb = self._number, self._verbs.carry_out
        self.approve_button.setEnabled(True)
        self.notice.clear()
        self.how_far.clear()
        self.told.setText(self.tr("Images are being destroyed. Stop ends it between two of them."))
        self.bar.setRange(0, 0)
        self._job = self._background.run_long(
            lambda tell, stopped: verb(number, tell, stopped),
            owner=self,
            told=self._tell,
            done=self._done,
            failed=self._interrupted,
            latest_only=True,
        )
        self._enable()
        self.stop_button.setFocus()

    def _tell(self, progress: tuple[int, int]) -> None:
        done, total = progress
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.how_far.setText(self.tr("{} of {}").format(f"{done:,}", counted(total, "image")))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _done(self, _done: Disposal) -> None:
        self._job = None
        self._review = None
        self._enable()
        self.changed.emit()
        self.carried_out.emit(self._number)

    def _interrupted(self, problem: Problem) -> None:
        self._job = None
        self._enable()
        if isinstance(problem, Cancelled):
            said = self.tr("Stopped. What is left on the list was not destroyed.")
            self.notice.say(said, tone="warning")
        else:
            self.notice.problem(problem)
        self.changed.emit()
        self._fetch()

    def _withdraw(self) -> None:
        self._background.run(
            partial(self._verbs.withdraw, self._number),
            owner=self,
            done=self._withdrawn,
            failed=self.notice.problem,
        )

    def _withdrawn(self, _nothing: None) -> None:
        self.changed.emit()
        self._leave()

    def _forget(self) -> None:
        """No passphrase stays in a field."""
        self.passphrase.clear()


def _kept_until(one: ListedImage) -> str:
    return short_date(one.retain_until) if one.retain_until else ""
