"""A device is cleared of what was filed from it: asked, under way, attested, and how it stands."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.devices.source import SourceInfo
from desktop.intake.clearing_report import ClearOffer, ClearReport
from desktop.problem import Problem
from desktop.records.facts.clearance import Deposit
from desktop.ui.desk.clear_offer import ClearOfferFace
from desktop.ui.desk.clear_progress import ClearProgress
from desktop.ui.desk.clear_result import ClearResultFace
from desktop.ui.parts.attest_form import AttestForm
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.clearing_verbs import ClearingVerbs


class ClearStep(QWidget):
    """`started` and `ended` carry the SourceInfo that nothing else may read meanwhile;
    `receipt_asked` the IntakeId; `done` tells that the person is done, `put_off` that they go back
    with nothing deleted."""

    started = Signal(object)
    ended = Signal(object)
    receipt_asked = Signal(object)
    done = Signal()
    put_off = Signal()

    def __init__(self, *, background: Background, verbs: ClearingVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._job: Job | None = None
        self._offer: ClearOffer | None = None
        self._source: SourceInfo | None = None
        self._report: ClearReport | None = None
        self.offer_face = ClearOfferFace()
        self.progress = ClearProgress()
        self.attest_form = AttestForm(user=verbs.user)
        self.result = ClearResultFace()
        self._stack = QStackedWidget()
        for face in (self.offer_face, self.progress, self.attest_form, self.result):
            self._stack.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()

    @property
    def is_clearing(self) -> bool:
        """Whether a device is being cleared now."""
        return self._job is not None

    def open_for(self, offer: ClearOffer, source: SourceInfo | None) -> None:
        """Ask about this intake; `source` is the device if it is connected."""
        self._offer, self._source, self._report = offer, source, None
        if offer.outstanding:
            self._ask()
        else:
            self._show_result()

    def focus(self) -> None:
        """Go to what is asked."""
        face = self._stack.currentWidget()
        if face is self.progress:
            self.progress.stop_button.setFocus()
        elif face is self.result:
            self.result.receipt_button.setFocus()
        elif face is self.attest_form:
            self.attest_form.name.setFocus()
        else:
            self.offer_face.back.setFocus()

    def _connect(self) -> None:
        self.offer_face.agreed.connect(self._clear)
        self.offer_face.attest_asked.connect(self._ask_word)
        self.offer_face.left.connect(self.put_off)
        self.progress.stopped.connect(self._stop)
        self.attest_form.attested.connect(self._attest)
        self.attest_form.left.connect(self._ask)
        self.result.receipt_asked.connect(self._want_receipt)
        self.result.again_asked.connect(self._ask)
        self.result.attest_asked.connect(self._ask_word)
        self.result.left.connect(self.done)

    def _ask(self) -> None:
        if self._offer is not None:
            self._stack.setCurrentWidget(self.offer_face)
            self.offer_face.show_offer(self._offer, in_the_way=self._in_the_way(self._offer))

    def _in_the_way(self, offer: ClearOffer) -> str:
        if self._source is None:
            return self.tr(
                "{} is not connected. Connect it, and clear it then; or have it attested."
            ).format(offer.source_name)
        return self._source.cannot_clear or offer.refused

    def _clear(self) -> None:
        offer, source = self._offer, self._source
        if offer is None or source is None or self._job is not None:
            return
        self._stack.setCurrentWidget(self.progress)
        self.progress.start(offer.source_name, len(offer.outstanding))
        verb = self._verbs.clear
        self.started.emit(source)
        self._job = self._background.run_long(
            lambda tell, stopped: verb(offer.intake, source.id, tell, stopped),
            owner=self,
            told=self.progress.show_progress,
            done=partial(self._cleared, source),
            failed=partial(self._not_cleared, source),
            latest_only=True,
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _cleared(self, source: SourceInfo, report: ClearReport) -> None:
        self._job, self._report = None, report
        self.ended.emit(source)
        self._look_again()

    def _not_cleared(self, source: SourceInfo, problem: Problem) -> None:
        self._job = None
        self.ended.emit(source)
        self._ask()
        self.offer_face.notice.problem(problem)

    def _look_again(self) -> None:
        """Whatever happened, what is on record now is what is shown."""
        if self._offer is None:
            return
        self._background.run(
            partial(self._verbs.offer, self._offer.intake),
            owner=self,
            done=self._looked,
            failed=self.result.notice.problem,
            lane="vault",
        )

    def _looked(self, offer: ClearOffer) -> None:
        self._offer = offer
        self._show_result()

    def _show_result(self) -> None:
        if self._offer is not None:
            self._stack.setCurrentWidget(self.result)
            self.result.show_result(self._offer, self._report)

    def _ask_word(self) -> None:
        if self._offer is not None:
            left = self._offer.outstanding
            self._stack.setCurrentWidget(self.attest_form)
            self.attest_form.start(
                count=len(left), device=self._offer.source_name, name=left[0].depositor
            )

    def _attest(self, name: str) -> None:
        if self._offer is None:
            return
        self._report = None
        left = [one.id for one in self._offer.outstanding]
        self._background.run(
            partial(self._verbs.attest, left, name),
            owner=self,
            done=self._attested,
            failed=self.attest_form.refuse,
            lane="vault",
        )

    def _attested(self, _deposits: Sequence[Deposit]) -> None:
        self._look_again()

    def _want_receipt(self) -> None:
        if self._offer is not None:
            self.receipt_asked.emit(self._offer.intake)
