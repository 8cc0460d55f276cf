"""Deposits that may still be on a device, and verbs about them for pages under test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.intake.clearing_report import ClearOffer, ClearReport, NotCleared
from desktop.intake.filing_report import FileRequest
from desktop.intake.report import Progress
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clearance_problems import AttestationUnsigned, NotOursToClear
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import DepositId, ImageId, IntakeId, PatientId, new_uuid
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.page_scan import FormDue
from desktop.records.rules.ageing import overdue_words
from desktop.records.rules.clearing import REMINDERS
from desktop.ui.parts.clearing_verbs import ClearingVerbs, Stopped, TellProgress
from desktop.ui.parts.sheet_verbs import SheetVerbs
from desktop.ui.worklists.verbs import (
    FormsVerbs,
    RetentionVerbs,
    UnclearedVerbs,
    UnfiledVerbs,
    WorklistsVerbs,
)
from tests.ui.made_advice import StandInAdvice
from tests.ui.made_breaches import StandInBreaches, StandInFromOthers
from tests.ui.made_facts import ONE_PAGE, page_png
from tests.ui.made_printing import print_verbs


def deposit(
    name: str,
    *,
    intake: IntakeId,
    source: str = "Pixel 8",
    depositor: str = "Mere Parata",
    owner: DeviceOwner = DeviceOwner.ORGANISATION,
    days: int = 0,
    patient: PatientId | None = None,
    refused_why: str = "",
    state: ImageState = ImageState.FILED,
) -> Deposit:
    """One that was received so many days ago."""
    return Deposit(
        id=DepositId(new_uuid()),
        intake=intake,
        image=ImageId(new_uuid()),
        folder="DCIM/100",
        file_name=name,
        size=3_400_000,
        sha256=b"s" * 32,
        deposited_at=datetime.now(UTC) - timedelta(days=days, minutes=1),
        source_name=source,
        route=Route.PTP,
        settled=Clearance.OUTSTANDING,
        state=state,
        left_out=0,
        owner=owner,
        depositor=depositor,
        patient=patient,
        refused_why=refused_why,
    )


@dataclass
class StandInClearing:
    """Devices that do what they are told, but for what a test says that they `keep`."""

    intakes: dict[IntakeId, list[Deposit]] = field(default_factory=dict)
    keeps: dict[str, Problem] = field(default_factory=dict)
    refused: str = ""
    clear_problem: Problem | None = None
    on_clear: Callable[[TellProgress, Stopped], None] = lambda _tell, _stopped: None
    asked: list[tuple[IntakeId, str]] = field(default_factory=list)
    attested: list[tuple[str, int]] = field(default_factory=list)
    receipts: list[IntakeId] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    policy: OfficeSettings = field(default_factory=OfficeSettings)
    breaches: StandInBreaches = field(default_factory=StandInBreaches)
    from_others: StandInFromOthers = field(default_factory=StandInFromOthers)
    forms: list[FormDue] = field(default_factory=list)
    advice: StandInAdvice = field(default_factory=StandInAdvice)

    def received(self, request: FileRequest, intake: IntakeId, source: str) -> None:
        """What a filing leaves on its device."""
        photographer = request.facts.photographer
        self.intakes[intake] = [
            deposit(
                one.name,
                intake=intake,
                source=source,
                depositor=photographer.name if photographer else "",
                owner=request.facts.owner or DeviceOwner.OTHER,
                patient=request.patient,
            )
            for one in request.items
        ]

    def offer(self, intake: IntakeId) -> ClearOffer:
        deposits = self.intakes[intake]
        source = deposits[0].source_name
        ours = any(one.clearance is Clearance.OUTSTANDING for one in deposits)
        return ClearOffer(
            intake=intake,
            source_name=source,
            deposits=tuple(deposits),
            refused=self.refused or ("" if ours else str(NotOursToClear(source=source))),
            reminders=REMINDERS,
        )

    def clear(
        self, intake: IntakeId, source_id: str, tell: TellProgress, stopped: Stopped
    ) -> ClearReport:
        self.asked.append((intake, source_id))
        if self.clear_problem:
            raise self.clear_problem
        self.on_clear(tell, stopped)
        report = ClearReport()
        deposits = self.intakes[intake]
        for place, one in enumerate(deposits):
            if stopped():
                report.stopped_by = Cancelled()
                report.not_reached.append(one)
                continue
            tell(Progress(done=place, total=len(deposits), bytes_done=0, bytes_total=1))
            if problem := self.keeps.get(one.file_name):
                deposits[place] = replace(one, refused_why=str(problem))
                report.refused.append(NotCleared(deposit=one, problem=problem))
            else:
                deposits[place] = self._settled(one, Clearance.CLEARED)
                report.cleared.append(one)
        return report

    def attest(self, wanted: Sequence[DepositId], name: str) -> Sequence[Deposit]:
        if not name.strip():
            raise AttestationUnsigned
        self.attested.append((name, len(wanted)))
        for deposits in self.intakes.values():
            deposits[:] = [
                replace(self._settled(one, Clearance.ATTESTED), attested_by=name)
                if one.id in wanted
                else one
                for one in deposits
            ]
        return []

    def waiting(self) -> list[Deposit]:
        every = [one for deposits in self.intakes.values() for one in deposits]
        return [one for one in every if one.clearance is Clearance.OUTSTANDING]

    def make_receipt(self, intake: IntakeId, _paper: Paper) -> bytes:
        self.receipts.append(intake)
        return ONE_PAGE

    @staticmethod
    def _settled(one: Deposit, settled: Clearance) -> Deposit:
        return replace(one, settled=settled, settled_at=datetime.now(UTC), refused_why="")

    @property
    def verbs(self) -> ClearingVerbs:
        return ClearingVerbs(
            user="Mere Parata",
            overdue=lambda: overdue_words(
                self.waiting(), now=datetime.now(UTC), policy=self.policy
            ),
            offer=self.offer,
            clear=self.clear,
            attest=self.attest,
            make_receipt=self.make_receipt,
            save_receipt=lambda _intake, _pdf, path: self.saved.append(path),
            print_receipt=lambda _intake, _pdf, _paper, to: self.printed.append(to.printer),
            printing=print_verbs(),
            preview_page=lambda _laid, _page, _width: page_png("Receipt"),
        )

    def worklists(self, retention: RetentionVerbs, sheets: SheetVerbs) -> WorklistsVerbs:
        """The verbs of every list."""
        return WorklistsVerbs(
            retention=retention,
            uncleared=self.uncleared,
            unfiled=self.unfiled,
            forms=FormsVerbs(count=lambda: len(self.forms), outstanding=lambda: list(self.forms)),
            advice=self.advice.verbs,
            from_others=self.from_others.verbs,
            sheets=sheets,
        )

    @property
    def unfiled(self) -> UnfiledVerbs:
        def waiting() -> list[Deposit]:
            every = [one for deposits in self.intakes.values() for one in deposits]
            return [one for one in every if one.state is ImageState.RECEIVED]

        return UnfiledVerbs(count=lambda: len(waiting()), waiting=waiting)

    @property
    def uncleared(self) -> UnclearedVerbs:
        return UnclearedVerbs(
            count=lambda: len(self.waiting()),
            waiting=self.waiting,
            policy=lambda: self.policy,
            clearing=self.verbs,
            breaches=self.breaches.verbs,
        )
