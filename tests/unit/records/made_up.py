"""A made-up office for tests of the records: its people, its patients, and images of nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from desktop.records.deeds.patients import add_patient
from desktop.records.deeds.receiving import begin_intake, receive
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
    Description,
    FilingFacts,
    MediaKind,
)
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import IntakeId, OfficeId, PersonId, new_uuid
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import OfficeRole, Person, Photographer, Role
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.rules.matching import PatientLink, link
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Vault

TODAY = date(2026, 11, 23)
# A fixed id: a child process that makes this module anew must be the same person.
MEI = Person(
    id=PersonId(UUID("01a20700-0000-7000-8000-00000000000a")),
    name="Mei Tānaka",
    role=Role.CLERK,
    office_role=OfficeRole.OFFICE_MANAGER,
)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class MadeUpOffice:
    """A new office in a folder, its key, and short ways to what tests need."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    secret: bytes = bytes(range(32))
    office: OfficeFacts = field(
        default_factory=lambda: OfficeFacts(
            id=OfficeId(new_uuid()), organisation="Te Whare Hauora o Tūī", address="1 Tūī Street"
        )
    )

    def key(self) -> OfficeKey:
        return OfficeKey(bytearray(self.secret), office=self.office.id)

    def create(self) -> Vault:
        with self.key() as key:
            return Vault.create(
                self.folder, office=self.office, owner=MEI, key=key, clock=self.clock
            )

    def open(self) -> Vault:
        with self.key() as key:
            return Vault.open(self.folder, key=key, clock=self.clock)


def new_patient(
    number: str = "ZZZ0016",
    family: str = "Pōmare",
    given: str = "Aroha",
    born: date | None = date(1961, 3, 4),
) -> NewPatient:
    return NewPatient(
        identifiers=(identifier(number),), family_name=family, given_names=given, born=born
    )


def added(
    vault: Vault,
    number: str = "ZZZ0016",
    family: str = "Pōmare",
    born: date | None = date(1961, 3, 4),
) -> Patient:
    return add_patient(vault, new=new_patient(number, family, born=born), by=MEI)


def reading(content: bytes) -> Callable[[memoryview], int]:
    offset = 0

    def read_into(buffer: memoryview) -> int:
        nonlocal offset
        piece = content[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        offset += len(piece)
        return len(piece)

    return read_into


def kept(vault: Vault, content: bytes) -> SealedOriginal:
    return vault.originals.keep(reading(content), expected=len(content))


def intake(vault: Vault) -> IntakeId:
    return begin_intake(vault, source_name="Card EOS_DIGITAL", route=Route.CARD, by=MEI)


def arrival(intake_id: IntakeId, name: str = "IMG_0001.JPG") -> Arrival:
    return Arrival(
        intake=intake_id,
        file_name=name,
        folder="DCIM/100EOS",
        modified_local=datetime.fromisoformat("2026-11-22T14:05:00"),
    )


def received(
    vault: Vault, content: bytes = b"a wound", name: str = "IMG_0001.JPG"
) -> ClinicalImage:
    sealed = kept(vault, content)
    return receive(vault, sealed=[(sealed, arrival(intake(vault), name))], by=MEI)[0].image


def time_of_file(local: datetime | None = None, offset: int | None = 780) -> CaptureTime:
    return CaptureTime(
        local=local or datetime.fromisoformat("2026-11-22T14:03:11"),
        utc_offset_minutes=offset,
        basis=TimeBasis.EXIF_OFFSET if offset is not None else TimeBasis.EXIF_NAIVE,
        trust=TimeTrust.RECORDED if offset is not None else TimeTrust.ASSUMED,
    )


def described_as(taken: CaptureTime | None) -> Description:
    return Description(
        kind=MediaKind.PHOTO,
        media_type="image/jpeg",
        width=4000,
        height=3000,
        orientation=6,
        taken=taken,
        device=CaptureDevice(make="Canon", model="EOS 90D", serial="0123456789"),
        has_location=True,
    )


def mode() -> ModeOfCapture:
    return ModeOfCapture(
        device=CaptureDevice(make="Canon", model="EOS 90D"),
        owner=DeviceOwner.ORGANISATION,
        route=Route.CARD,
        source_name="Card EOS_DIGITAL",
    )


def whole_facts(*, taken: CaptureTime | None = None) -> FilingFacts:
    return FilingFacts(
        photographer=Photographer(name="Dr Hine Kōwhai", role=Role.REGISTRAR),
        mode=mode(),
        purposes=frozenset({Purpose.CARE, Purpose.TEACHING}),
        consent=Consent(form=ConsentForm.WRITTEN, reference="F-12"),
        site="left forearm",
        taken=taken,
    )


def linked(patient: Patient) -> PatientLink:
    return link(patient, number=patient.number, born=patient.born)


def deeds(vault: Vault) -> list[tuple[str, str]]:
    """What the trail holds: deed and who."""
    with vault._database.read() as connection:
        rows = connection.execute(sa.text("SELECT deed, by FROM trail ORDER BY seq"))
        return [(row.deed, row.by) for row in rows]
