"""The right of the Desk: a filing in four steps, patient, facts, progress, report; then the device
is cleared."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.clearing_report import ClearOffer
from desktop.intake.filing_report import FileReport, FileRequest
from desktop.problem import Problem
from desktop.records.facts.patient import Patient
from desktop.ui.desk.clear_step import ClearStep
from desktop.ui.desk.draft import DeskDraft
from desktop.ui.desk.facts_step import FactsStep
from desktop.ui.desk.page_offer import PageOffer
from desktop.ui.desk.patient_step import PatientStep
from desktop.ui.desk.progress_step import ProgressStep
from desktop.ui.desk.report_step import ReportStep
from desktop.ui.desk.unknown_device import UnknownDevice
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.sheet_verbs import SheetChoice


class FilingPanel(QFrame):
    """`filing_ended` carries the items that are in the record now; `sheet_wanted` a SheetChoice."""

    filing_started = Signal()
    filing_ended = Signal(object)
    filing_taken_back = Signal()
    sheet_wanted = Signal(object)

    def __init__(self, *, background: Background, verbs: DeskVerbs) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._background = background
        self._verbs = verbs
        self._job: Job | None = None
        self._report: FileReport | None = None
        self._filed_for: Patient | None = None
        self._source: SourceInfo | None = None
        self._filed_from: SourceInfo | None = None
        self._offer: ClearOffer | None = None
        self.patient_step = PatientStep(background=background, verbs=verbs)
        self.facts_step = FactsStep(background=background, verbs=verbs)
        self.progress_step = ProgressStep()
        self.report_step = ReportStep()
        self.clear_step = ClearStep(background=background, verbs=verbs.clearing)
        self._stack = QStackedWidget()
        filing = (self.patient_step, self.facts_step, self.progress_step, self.report_step)
        for step in (*filing, self.clear_step):
            self._stack.addWidget(step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        self.pages = PageOffer(background=background, verbs=verbs)
        layout.addWidget(self.pages)
        layout.addWidget(self._stack, 1)  # what it does not need, nobody above it takes
        self.unknown_device = UnknownDevice(background=background, verbs=verbs.handover)
        layout.addWidget(self.unknown_device)
        self._connect()

    @property
    def chosen_patient(self) -> Patient | None:
        """Who is chosen now; nobody once a filing ended."""
        return self.facts_step.patient

    @property
    def shown_patient(self) -> Patient | None:
        """Whom this is about now: who is chosen, or of whose filing the report is shown."""
        if self._stack.currentWidget() is self.report_step:
            return self._filed_for
        return self.facts_step.patient

    @property
    def draft(self) -> DeskDraft | None:
        """What is half done and must outlive a lock; None where nobody is chosen."""
        patient = self.facts_step.patient
        if patient is None:
            return None
        return DeskDraft(patient=patient, fields=self.facts_step.typed)

    def restore(self, draft: DeskDraft) -> None:
        """Go on where a lock interrupted."""
        self._take_patient(draft.patient)
        self.facts_step.put_back(draft.fields)
        self.facts_step.notice.say(
            self.tr("This is what you had begun when the office was locked. Tick the images again.")
        )

    @property
    def is_filing(self) -> bool:
        """Whether a filing, or the clearing after it, is under way."""
        return self._job is not None or self.clear_step.is_clearing

    def open_clearing(self, offer: ClearOffer, source: SourceInfo | None) -> None:
        """Clear a device of an earlier intake, unless a filing or a clearing is begun."""
        if self._stack.currentWidget() is self.facts_step:
            self.facts_step.notice.say(
                self.tr("File these images or go back first. Then clear {}.").format(
                    offer.source_name
                )
            )
        elif not self.is_filing:
            self.next_patient()
            self._offer, self._filed_from = offer, source
            self._clear()

    def focus_search(self) -> None:
        """Go to the search, unless a patient is chosen or a filing runs: then to what is asked."""
        step = self._stack.currentWidget()
        if step is self.report_step:
            self.next_patient()
        elif step is self.facts_step:
            self.facts_step.second.setFocus()
        elif step is self.clear_step:
            self.clear_step.focus()
        else:
            self.patient_step.search.setFocus()

    def show_items(self, source: SourceInfo | None, items: Sequence[MediaItem]) -> None:
        """What is ticked now."""
        self._source = source
        self.facts_step.show_items(source, items)
        self.pages.show_items(source, items)

    def next_patient(self) -> None:
        """Back to the beginning, with nobody chosen."""
        self._report = self._filed_for = self._filed_from = self._offer = None
        self.report_step.clear()
        self.unknown_device.clear()
        self.facts_step.clear()
        self.pages.show_patient(None)
        self.patient_step.start()
        self._stack.setCurrentWidget(self.patient_step)
        self.patient_step.search.setFocus()

    def _connect(self) -> None:
        self.patient_step.patient_chosen.connect(self._take_patient)
        self.pages.patient_chosen.connect(self._take_patient)
        self.facts_step.left.connect(self.next_patient)
        self.facts_step.filing_asked.connect(self._file)
        self.progress_step.cancelled.connect(self._cancel)
        self.report_step.next_asked.connect(self.next_patient)
        self.report_step.print_asked.connect(self._want_sheet)
        self.report_step.clear_asked.connect(self._clear)
        self.clear_step.started.connect(self._clearing)
        self.clear_step.put_off.connect(self._put_off)
        self.clear_step.done.connect(self.next_patient)
        self.report_step.undo_asked.connect(self._take_back)

    def _take_patient(self, patient: Patient) -> None:
        self._stack.setCurrentWidget(self.facts_step)
        self.facts_step.start(patient)
        self.pages.show_patient(patient)

    def _file(self, request: FileRequest) -> None:
        patient = self.facts_step.patient
        if patient is None or self._job is not None:
            return
        self._stack.setCurrentWidget(self.progress_step)
        self.progress_step.start(patient, len(request.items))
        verb, self._filed_from = self._verbs.file, self._source
        self._job = self._background.run_long(
            lambda tell, stopped: verb(request, tell, stopped),
            owner=self,
            told=self.progress_step.show_progress,
            done=partial(self._filed, request, patient),
            failed=self._not_filed,
            latest_only=True,
        )
        self.filing_started.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _filed(self, request: FileRequest, patient: Patient, report: FileReport) -> None:
        self._job = None
        self._report, self._filed_for = report, patient
        self.facts_step.clear()
        self.pages.show_patient(None)
        self.patient_step.start()
        self._stack.setCurrentWidget(self.report_step)
        self.report_step.show_report(report, patient)
        self.unknown_device.look((*report.filed, *report.incomplete))
        self.filing_ended.emit(_in_record(request, report))
        if report.receive.intake is not None:
            self._background.run(
                partial(self._verbs.clearing.offer, report.receive.intake),
                owner=self,
                done=partial(self._offer_clearing, report),
                failed=self.report_step.notice.problem,
                lane="vault",
            )

    def _offer_clearing(self, report: FileReport, offer: ClearOffer) -> None:
        source = self._filed_from
        if report is not self._report or source is None or not offer.is_ours:
            return  # somebody else is served by now, or it is the patient's own device (R122)
        self._offer = offer
        self.report_step.offer_clearing(can_clear=not source.cannot_clear)

    def _clear(self) -> None:
        if self._offer is not None:
            self._stack.setCurrentWidget(self.clear_step)
            self.clear_step.open_for(self._offer, self._filed_from)

    def _clearing(self, _source: SourceInfo) -> None:
        self.report_step.end_undo()

    def _put_off(self) -> None:
        if self._report is None:
            self.next_patient()
        else:
            self._stack.setCurrentWidget(self.report_step)
            self.report_step.clear_button.setFocus()

    def _not_filed(self, problem: Problem) -> None:
        self._job = None
        self._stack.setCurrentWidget(self.facts_step)
        self.facts_step.refuse(problem)
        self.filing_ended.emit(())

    def _want_sheet(self) -> None:
        if self._report and self._filed_for:
            images = (*self._report.filed, *self._report.already, *self._report.incomplete)
            choice = SheetChoice(patient=self._filed_for, images=tuple(i.id for i in images))
            self.sheet_wanted.emit(choice)

    def _take_back(self) -> None:
        if self._report is None:
            return
        images = (*self._report.filed, *self._report.incomplete)
        self._background.run(
            partial(self._verbs.take_back, images),
            owner=self,
            done=self._taken_back,
            failed=self.report_step.notice.problem,
            lane="vault",
        )

    def _taken_back(self, _nothing: None) -> None:
        self.report_step.undone(
            self.tr("The images are no longer in that record. They wait sealed in the tray.")
        )
        self.filing_taken_back.emit()


def _in_record(request: FileRequest, report: FileReport) -> tuple[MediaItem, ...]:
    """The chosen items that were kept: all but the refused, the unfiled and the unreached."""
    left_out = {refused.item.key for refused in report.receive.refused}
    left_out |= {item.key for item in report.receive.not_reached}
    unfiled = {(n.image.arrival.folder, n.image.arrival.file_name) for n in report.not_filed}
    return tuple(
        item
        for item in request.items
        if item.key not in left_out and (item.folder, item.name) not in unfiled
    )
