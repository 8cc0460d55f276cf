"""Verbs for pages under test: plain callables over a few lists, with no vault and no device."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient
from PySide6.QtPrintSupport import QPrinter

from desktop.devices.source import MediaItem, SourceInfo, SourceState
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest, SheetReady
from desktop.intake.report import Progress, ReceiveReport
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import (
    CaptureDevice,
    CaptureTime,
    DeviceOwner,
    ModeOfCapture,
    Route,
    TimeBasis,
    TimeTrust,
)
from desktop.records.facts.clinical_image import (
    Arrival,
    ClinicalImage,
    Essential,
    FilingFacts,
    ImageState,
)
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.ids import ImageId, IntakeId, PatientId, new_uuid
from desktop.records.facts.patient import NewPatient, Patient, Sex
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.completeness import missing_essentials, state_for
from desktop.records.rules.patient_csv import ListPreview, Mapped, read_patient_list
from desktop.ui.desk.verbs import DeskVerbs, TellItems, TellProgress
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from desktop.ui.patients.verbs import ListAdded, PatientsVerbs
from desktop.ui.unlock.verbs import UnlockVerbs
from desktop.ui.window_verbs import Rooms, WindowVerbs

Stopped = Callable[[], bool]
NOW = datetime.now()  # noqa: DTZ005  wall time, as a camera has it
TODAY = NOW.date()
PHONE = SourceInfo(id="ptp:usb:001,004", route=Route.PTP, name="Pixel 8")
CARD = SourceInfo(id="folder:card", route=Route.CARD, name="Card EOS_DIGITAL")
LOCKED = SourceInfo(
    id="ptp:usb:001,007",
    route=Route.PTP,
    name="iPhone",
    state=SourceState.LOCKED,
    detail="Unlock the phone and tap “Trust this computer”.",
)


def patient(family: str, given: str, number: str, born: date | None) -> Patient:
    return Patient(
        id=PatientId(new_uuid()),
        identifiers=(nhi(number),),
        family_name=family,
        given_names=given,
        born=born,
        sex=Sex.FEMALE,
        added_at=datetime.now(UTC),
    )


HINEMOA = patient("Tāwhiri", "Hinemoa", "ZZZ0016", date(1961, 3, 4))
WIREMU = patient("Tāwhai", "Wiremu", "ZZZ0024", date(1958, 11, 20))
ANA = patient("Māhaki", "Ana", "ZZZ00AC", date(1990, 1, 5))


def item(
    name: str, *, at: datetime | None = NOW, size: int = 3_400_000, problem: str | None = None
) -> MediaItem:
    return MediaItem(
        key=name, folder="DCIM/100", name=name, size=size, modified_local=at, problem=problem
    )


def todays_items(count: int) -> list[MediaItem]:
    start = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    return [item(f"IMG_{n:04}.JPG", at=start + timedelta(seconds=n)) for n in range(1, count + 1)]


def jpeg(seed: int, *, width: int = 320, height: int = 240) -> bytes:
    """A soft picture that looks a little like skin."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    skin = QLinearGradient(0, 0, width, height)
    skin.setColorAt(0, QColor.fromHsv((18 + seed * 3) % 40, 90, 235))
    skin.setColorAt(1, QColor.fromHsv((14 + seed * 5) % 40, 120, 180))
    painter.fillRect(image.rect(), skin)
    place = QPointF(width * (0.3 + seed % 5 / 10), height * (0.35 + seed % 3 / 8))
    wound = QRadialGradient(place, width / 6)
    wound.setColorAt(0, QColor.fromHsv(2, 170, 150))
    wound.setColorAt(1, Qt.GlobalColor.transparent)
    painter.fillRect(image.rect(), wound)
    painter.end()
    return _encoded(image, "JPEG")


def page_png(text: str) -> bytes:
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(60, 80, text)
    painter.fillRect(60, 120, 500, 420, QColor.fromHsv(18, 80, 220))
    painter.end()
    return _encoded(image, "PNG")


def _encoded(image: QImage, kind: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes for a name
    return bytes(content.data())


def clinical_image(
    name: str,
    *,
    owner: Patient = HINEMOA,
    facts: DeskFacts | None = None,
    at: datetime | None = NOW,
    site: str = "",
) -> ClinicalImage:
    said = facts or DeskFacts(
        photographer=Photographer(name="Mere Parata", role=Role.NURSE),
        owner=DeviceOwner.ORGANISATION,
        purposes=frozenset({Purpose.CARE}),
        consent=Consent(form=ConsentForm.VERBAL),
        site=site,
    )
    mode = None if said.owner is None else _mode(said.owner)
    taken = None if at is None else _from_file(at)
    missing = _missing(said, mode, said.taken or taken)
    return ClinicalImage(
        id=ImageId(new_uuid()),
        state=state_for(missing),
        size=3_400_000,
        sha256=bytes(32),
        arrival=Arrival(
            intake=IntakeId(new_uuid()), file_name=name, folder="DCIM/100", modified_local=at
        ),
        received_at=datetime.now(UTC),
        received_by="Mere Parata",
        description=None,
        patient=owner.id,
        photographer=said.photographer,
        taken=said.taken or taken,
        mode=mode,
        purposes=said.purposes,
        consent=said.consent,
        site=said.site or site,
        missing=missing,
        filed_at=None if missing else datetime.now(UTC),
        filed_by="Mere Parata",
    )


def _mode(owner: DeviceOwner) -> ModeOfCapture:
    return ModeOfCapture(
        device=CaptureDevice(make="Google", model="Pixel 8"),
        owner=owner,
        route=Route.PTP,
        source_name="Pixel 8",
    )


def _from_file(at: datetime) -> CaptureTime:
    return CaptureTime(
        local=at, utc_offset_minutes=None, basis=TimeBasis.EXIF_NAIVE, trust=TimeTrust.ASSUMED
    )


def _missing(
    said: DeskFacts, mode: ModeOfCapture | None, taken: CaptureTime | None
) -> tuple[Essential, ...]:
    facts = FilingFacts(
        photographer=said.photographer,
        mode=mode,
        purposes=said.purposes,
        consent=said.consent,
    )
    return missing_essentials(facts, taken=taken)


@dataclass
class StandInSheets:
    """Sheets that are laid out at once; what went out is remembered."""

    printer_names: list[str] = field(default_factory=lambda: ["Office-Laser"])
    printed: list[tuple[SheetChoice, str]] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    prepared: list[SheetChoice] = field(default_factory=list)
    problem: Problem | None = None

    def prepare(self, choice: SheetChoice) -> SheetReady:
        if self.problem:
            raise self.problem
        self.prepared.append(choice)
        return SheetReady(
            pdf=b"%PDF-",
            number="RS7K3QX9FM",
            copy=1,
            pages=-(-len(choice.images) // choice.per_page),
            patient=choice.patient.id,
            images=choice.images,
        )

    def save(self, _choice: SheetChoice, ready: SheetReady, path: Path) -> SheetReady:
        self.saved.append(path)
        return ready

    def print(self, choice: SheetChoice, ready: SheetReady, printer: str) -> SheetReady:
        self.printed.append((choice, printer))
        return ready

    def print_on(self, choice: SheetChoice, ready: SheetReady, printer: QPrinter) -> SheetReady:
        self.printed.append((choice, printer.printerName()))
        return ready

    def preview_pages(self, _pdf: bytes, _width: int, at_most: int) -> Sequence[bytes]:
        pages = -(-len(self.prepared[-1].images) // self.prepared[-1].per_page)
        return [page_png(f"Page {n + 1} of {pages}") for n in range(min(pages, at_most))]

    @property
    def verbs(self) -> SheetVerbs:
        return SheetVerbs(
            prepare=self.prepare,
            save=self.save,
            print=self.print,
            print_on=self.print_on,
            printers=lambda: self.printer_names,
            preview_pages=self.preview_pages,
        )


@dataclass
class StandInOffice:
    """An office in a few lists; a test sets what it should answer or refuse."""

    sources: list[SourceInfo] = field(default_factory=list)
    items: dict[str, list[MediaItem]] = field(default_factory=dict)
    patients: list[Patient] = field(default_factory=lambda: [HINEMOA, WIREMU, ANA])
    charts: dict[PatientId, list[ClinicalImage]] = field(default_factory=dict)
    facts: DeskFacts | None = None
    requests: list[FileRequest] = field(default_factory=list)
    taken_back: list[ClinicalImage] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    report: FileReport | None = None
    list_problem: Problem | None = None
    file_problem: Problem | None = None
    on_file: Callable[[TellProgress, Stopped], None] = lambda _tell, _stopped: None
    sheets: StandInSheets = field(default_factory=StandInSheets)
    locked: int = 0

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

    def list_items(self, source_id: str, tell: TellItems, stopped: Stopped) -> None:
        if self.list_problem:
            raise self.list_problem
        for one in self.items.get(source_id, []):
            if stopped():
                raise Cancelled
            tell([one])

    def thumbnail(self, _source: str, one: MediaItem) -> bytes | None:
        return None if one.name.endswith(".AMR") else jpeg(sum(one.name.encode()))

    def file(self, request: FileRequest, tell: TellProgress, stopped: Stopped) -> FileReport:
        self.requests.append(request)
        if self.file_problem:
            raise self.file_problem
        self.on_file(tell, stopped)
        total = len(request.items)
        tell(Progress(done=total, total=total, bytes_done=1, bytes_total=1))
        owner = next(one for one in self.patients if one.id == request.patient)
        report = self.report or _report_of(request, owner, stopped=stopped())
        kept = [*report.filed, *report.incomplete]
        self.charts.setdefault(owner.id, []).extend(kept)
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

    def lock(self) -> None:
        self.locked += 1

    @property
    def desk(self) -> DeskVerbs:
        return DeskVerbs(
            look_for_sources=lambda: list(self.sources),
            add_folder=self.add_folder,
            list_items=self.list_items,
            thumbnail=self.thumbnail,
            find_patients=self.find,
            add_patient=self.add,
            photographers=lambda: [
                Photographer(name="Mere Parata", role=Role.NURSE),
                Photographer(name="Dr Tom Reed", role=Role.GENERAL_PRACTITIONER),
            ],
            remembered=lambda _source: self.facts,
            file=self.file,
            take_back=self.taken_back.extend,
            sheets=self.sheets.verbs,
        )

    @property
    def rooms(self) -> PatientsVerbs:
        return PatientsVerbs(
            find_patients=self.find,
            add_patient=self.add,
            images_of=lambda owner: list(self.charts.get(owner, [])),
            thumbnail=lambda image: jpeg(image.int % 7),
            picture=lambda image, _longest: jpeg(image.int % 7, width=1600, height=1200),
            read_list=self.read_list,
            add_list=self.add_list,
            sheets=self.sheets.verbs,
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
    printed: list[str] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    printer_names: list[str] = field(default_factory=lambda: ["Office-Laser"])

    def unlock(self, _user: str, passphrase: str) -> None:
        if self.problem:
            raise self.problem
        if passphrase != self.passphrase:
            raise WrongWord

    def create(self, organisation: str, user: str, passphrase: str) -> bytes:
        self.created.append((organisation, user, passphrase))
        return b"%PDF-"

    @property
    def verbs(self) -> UnlockVerbs:
        return UnlockVerbs(
            office_exists=lambda: self.exists,
            users=lambda: self.names,
            unlock=self.unlock,
            create=self.create,
            recover=lambda key, user, new: self.recovered.append((key, user, new)),
            printers=lambda: self.printer_names,
            print_recovery=lambda _pdf, printer: self.printed.append(printer),
            save_recovery=lambda _pdf, path: self.saved.append(path),
        )


def window_verbs(door: StandInDoor, office: StandInOffice) -> WindowVerbs:
    return WindowVerbs(
        unlock=door.verbs,
        rooms=lambda: Rooms(
            organisation="Te Awa Health Centre",
            user="Mere Parata",
            desk=office.desk,
            patients=office.rooms,
        ),
        lock=office.lock,
    )
