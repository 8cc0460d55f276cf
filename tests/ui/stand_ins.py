"""Verbs for pages under test: plain callables over a few lists, with no vault and no device."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress, ReceiveReport
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import (
    Route,
)
from desktop.records.facts.clinical_image import (
    ClinicalImage,
    ImageState,
)
from desktop.records.facts.ids import IntakeId, PatientId, new_uuid
from desktop.records.facts.passphrase import PasswordMustChange
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.records.rules.patient_csv import ListPreview, Mapped, read_patient_list
from desktop.ui.desk.draft import DeskDraft
from desktop.ui.desk.verbs import DeskVerbs, PageOn, SourceVerbs, TellItems, TellProgress
from desktop.ui.parts.upkeep_verbs import UpkeepVerbs
from desktop.ui.patients.verbs import ListAdded, PatientsVerbs, TimesCorrected
from desktop.ui.unlock.verbs import UnlockVerbs
from desktop.ui.window_verbs import Rooms, WindowVerbs
from tests.ui.made_clearing import StandInClearing
from tests.ui.made_consent import StandInConsent
from tests.ui.made_copies import MadeCopies
from tests.ui.made_devices import StandInDevices
from tests.ui.made_facts import (
    ANA,
    HINEMOA,
    TODAY,
    WIREMU,
    clinical_image,
    jpeg,
    todays_items,
)
from tests.ui.made_papers import StandInPapers
from tests.ui.made_printing import StandInPrinters
from tests.ui.made_retention import StandInRetention
from tests.ui.made_scanners import StandInScanners
from tests.ui.made_sheets import StandInSheets
from tests.ui.made_trail import StandInTrail
from tests.ui.made_views import StandInViewer

Stopped = Callable[[], bool]


@dataclass
class StandInOffice(StandInScanners):
    """An office in a few lists; a test sets what it should answer or refuse."""

    sources: list[SourceInfo] = field(default_factory=list)
    items: dict[str, list[MediaItem]] = field(default_factory=dict)
    seen: dict[FileMark, Seen] = field(default_factory=dict)
    pictured: list[str] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=lambda: [HINEMOA, WIREMU, ANA])
    charts: dict[PatientId, list[ClinicalImage]] = field(default_factory=dict)
    facts: DeskFacts | None = None
    requests: list[FileRequest] = field(default_factory=list)
    taken_back: list[ClinicalImage] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    report: FileReport | None = None
    list_problem: Problem | None = None
    eject_problem: Problem | None = None
    camera_problem: Problem | None = None
    remembered_cameras: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    on_try: Callable[[], None] = lambda: None
    file_problem: Problem | None = None
    on_file: Callable[[TellProgress, Stopped], None] = lambda _tell, _stopped: None
    sheets: StandInSheets = field(default_factory=StandInSheets)
    viewer: StandInViewer = field(default_factory=StandInViewer)
    copies: MadeCopies = field(default_factory=MadeCopies)
    clearing: StandInClearing = field(default_factory=StandInClearing)
    pages: list[PageOn] = field(default_factory=list)
    locked: int = 0
    locked_why: list[str] = field(default_factory=list)
    draft: DeskDraft | None = None
    idle_minutes: int = 10
    trail: StandInTrail = field(default_factory=StandInTrail)
    retention: StandInRetention = field(default_factory=StandInRetention)
    standing_damage: str = ""
    on_lock: Callable[[], object] = lambda: None
    on_check: Callable[[Stopped], str] = lambda _stopped: ""
    on_remake: Callable[[Callable[[tuple[int, int]], None], Stopped], int] = lambda *_: 0

    @property
    def devices(self) -> StandInDevices:
        """One register for the Desk and for the Office room."""
        return self.trail.devices

    def find(self, text: str) -> Sequence[Patient]:
        self.searches.append(text)
        wanted = text.casefold().replace("ā", "a")
        return [
            one
            for one in self.patients
            if wanted in f"{one.name} {one.number.value}".casefold().replace("ā", "a")
        ]

    def add(self, new: NewPatient) -> Patient:
        added = Patient(
            id=PatientId(new_uuid()),
            identifiers=new.identifiers,
            family_name=new.family_name,
            given_names=new.given_names,
            born=new.born,
            sex=new.sex,
            added_at=datetime.now(UTC),
        )
        self.patients.append(added)
        return added

    def add_folder(self, path: Path) -> SourceInfo:
        source = SourceInfo(id=f"folder:{path}", route=Route.FOLDER, name=path.name)
        self.sources.append(source)
        self.items.setdefault(source.id, todays_items(2))
        return source

    def try_again(self, source_id: str) -> list[SourceInfo]:
        """Unlocked meanwhile, or whatever a test says."""
        self.tried.append(source_id)
        self.on_try()
        return list(self.sources)

    def eject(self, source_id: str) -> str:
        if self.eject_problem:
            raise self.eject_problem
        self.sources = [one for one in self.sources if one.id != source_id]
        return "You can take EOS_DIGITAL out now."

    def add_camera(self, address: str, remember: bool) -> SourceInfo:
        if self.camera_problem:
            raise self.camera_problem
        camera = SourceInfo(id=f"ptpip:{address}", route=Route.NETWORK, name=f"Camera at {address}")
        self.sources.append(camera)
        self.remembered_cameras += [address] if remember else []
        self.items.setdefault(camera.id, todays_items(2))
        return camera

    def remove_camera(self, source_id: str) -> None:
        self.sources = [one for one in self.sources if one.id != source_id]

    def scan_more(self, source_id: str, tell: TellItems, stopped: Stopped) -> None:
        if self.scan_problem:
            raise self.scan_problem
        held = self.items[source_id]
        held.append(replace(held[0], key=f"scan {len(held) + 1:03}.png"))
        self.list_items(source_id, tell, stopped)

    def remove_scanner(self, source_id: str) -> None:
        self.remove_camera(source_id)
        del self.items[source_id]

    def list_items(self, source_id: str, tell: TellItems, stopped: Stopped) -> None:
        if self.list_problem:
            raise self.list_problem
        for one in self.items.get(source_id, []):
            if stopped():
                raise Cancelled
            tell([one])

    def thumbnail(self, _source: str, one: MediaItem) -> bytes | None:
        self.pictured.append(one.name)
        return None if one.name.endswith(".AMR") else jpeg(sum(one.name.encode()))

    def file(self, request: FileRequest, tell: TellProgress, stopped: Stopped) -> FileReport:
        self.requests.append(request)
        if self.file_problem:
            raise self.file_problem
        self.on_file(tell, stopped)
        tell(Progress(done=1, total=1, bytes_done=1, bytes_total=1))
        owner = next(one for one in self.patients if one.id == request.patient)
        report = self.report or _report_of(request, owner, stopped=stopped())
        kept = [*report.filed, *report.incomplete]
        self.charts.setdefault(owner.id, []).extend(kept)
        if kept and request.source_id:
            source = next(one for one in self.sources if one.id == request.source_id)
            report.receive.intake = IntakeId(new_uuid())
            self.clearing.received(request, report.receive.intake, source.name)
        return report

    def read_list(self, path: Path, mapping: Mapped | None) -> ListPreview:
        return read_patient_list(path.read_bytes(), today=TODAY, mapping=mapping)

    def add_list(
        self, preview: ListPreview, tell: Callable[[int], None], _stopped: Stopped
    ) -> ListAdded:
        good = [row.patient for row in preview.rows if isinstance(row.patient, NewPatient)]
        for done, new in enumerate(good, start=1):
            self.add(new)
            tell(done)
        return ListAdded(added=len(good), already=0, refused=preview.refused)

    def check_share(self, stopped: Stopped) -> str:
        return self.on_check(stopped)

    def remake(self, tell: Callable[[tuple[int, int]], None], stopped: Stopped) -> int:
        return self.on_remake(tell, stopped)

    def lock(self, why: str, draft: DeskDraft | None) -> None:
        self.on_lock()
        self.locked += 1
        self.locked_why.append(why)
        self.draft = draft

    @property
    def desk(self) -> DeskVerbs:
        return DeskVerbs(
            handover=self.devices.desk,
            sources=SourceVerbs(
                look=lambda: list(self.sources),
                try_again=self.try_again,
                add_folder=self.add_folder,
                eject=self.eject,
                add_camera=self.add_camera,
                remove_camera=self.remove_camera,
                find_scanners=self.find_scanners,
                scan_settings=lambda: dict(self.scan_settings),
                add_scanner=self.add_scanner,
                remove_scanner=self.remove_scanner,
            ),
            list_items=self.list_items,
            scan_more=self.scan_more,
            seen=lambda _source: dict(self.seen),
            thumbnail=self.thumbnail,
            find_patients=self.find,
            add_patient=self.add,
            photographers=lambda: [
                Photographer(name="Mere Parata", role=Role.NURSE),
                Photographer(name="Dr Tom Reed", role=Role.GENERAL_PRACTITIONER),
            ],
            remembered=lambda _source: self.facts,
            pages=lambda items: [one for one in self.pages if one.name in {i.name for i in items}],
            file=self.file,
            take_back=self.taken_back.extend,
            sheets=self.sheets.verbs,
            clearing=self.clearing.verbs,
        )

    @property
    def rooms(self) -> PatientsVerbs:
        return PatientsVerbs(
            find_patients=self.find,
            add_patient=self.add,
            images_of=lambda owner: list(self.charts.get(owner, [])),
            thumbnail=lambda image: jpeg(image.int % 7),
            viewer=self.viewer.verbs,
            copies=self.copies.verbs,
            declined_of=self.devices.declined_of,
            correct_times=lambda wanted: TimesCorrected(corrected=len(wanted.images)),
            read_list=self.read_list,
            add_list=self.add_list,
            sheets=self.sheets.verbs,
            papers=StandInPapers().verbs(),
            consent=StandInConsent().verbs,
            keeping=self.retention.keeping,
        )


def _report_of(request: FileRequest, owner: Patient, *, stopped: bool) -> FileReport:
    if stopped:
        receive = ReceiveReport(not_reached=list(request.items), stopped_by=Cancelled())
        return FileReport(receive=receive)
    kept = [
        clinical_image(one.name, owner=owner, facts=request.facts, at=one.modified_local)
        for one in request.items
    ]
    return FileReport(
        receive=ReceiveReport(received=kept),
        filed=[one for one in kept if one.state is ImageState.FILED],
        incomplete=[one for one in kept if one.state is ImageState.INCOMPLETE],
    )


class WrongWord(Problem):
    """A refusal at the door."""

    words = "That passphrase does not open the office. Check Caps Lock and try again."


@dataclass
class StandInDoor:
    """A door with one passphrase."""

    exists: bool = True
    names: list[str] = field(default_factory=lambda: ["Mere Parata", "Tom Reed"])
    passphrase: str = "four plain words here"
    problem: Problem | None = None
    created: list[tuple[str, str, str]] = field(default_factory=list)
    recovered: list[tuple[str, str, str]] = field(default_factory=list)
    was_given: bool = False
    chosen: str = ""
    printed: list[tuple[bytes, PrintOptions]] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    printers: StandInPrinters = field(default_factory=StandInPrinters)

    def unlock(self, _user: str, passphrase: str, new_passphrase: str) -> None:
        if self.problem:
            raise self.problem
        if passphrase != self.passphrase:
            raise WrongWord
        if self.was_given and not new_passphrase:
            raise PasswordMustChange(user="Mere Parata")
        self.chosen = new_passphrase

    def create(self, organisation: str, user: str, passphrase: str) -> Callable[[Paper], bytes]:
        self.created.append((organisation, user, passphrase))
        return lambda paper: paper.value.encode()

    @property
    def verbs(self) -> UnlockVerbs:
        return UnlockVerbs(
            office_exists=lambda: self.exists,
            users=lambda: self.names,
            get_ready=lambda: None,
            unlock=self.unlock,
            create=self.create,
            recover=lambda key, user, new: self.recovered.append((key, user, new)),
            printing=lambda: self.printers.verbs,
            print_recovery=lambda pdf, _paper, to: self.printed.append((pdf, to)),
            save_recovery=lambda _pdf, path: self.saved.append(path),
        )


def window_verbs(door: StandInDoor, office: StandInOffice) -> WindowVerbs:
    return WindowVerbs(
        unlock=door.verbs,
        rooms=lambda: Rooms(
            warning="",
            organisation="Te Awa Health Centre",
            user="Mere Parata",
            desk=office.desk,
            patients=office.rooms,
            worklists=office.clearing.worklists(office.retention.verbs, office.sheets.verbs),
            office=office.trail.verbs,
            upkeep=UpkeepVerbs(
                last_backup=office.trail.last_backup,
                standing_damage=lambda: office.standing_damage,
                check_share=office.check_share,
                remake_thumbnails=office.remake,
                settle_prints=lambda: None,
            ),
            idle_minutes=office.idle_minutes,
            draft=office.draft,
        ),
        lock=office.lock,
    )
