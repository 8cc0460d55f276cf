"""An office of any size, filled straight into its tables with seeded, made-up rows."""

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from desktop.records.facts.capture import DeviceOwner, Route, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import ImageState, MediaKind
from desktop.records.facts.consent import ConsentForm, Purpose
from desktop.records.facts.identifiers import Scheme
from desktop.records.facts.ids import OfficeId, PatientId, PersonId, new_uuid
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.patient import Sex
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.vault import fts_search, schema
from desktop.records.vault.engine import Database
from desktop.records.vault.folding import index_words
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import ORIGINALS, RECORDS, Vault

CHART, TRAY = 5_000, 60
FAMILY = [
    "Smith",
    "Jones",
    "Williams",
    "Brown",
    "Taylor",
    "Wilson",
    "Singh",
    "Kaur",
    "Patel",
    "Wang",
    "Li",
    "Zhang",
    "Chen",
    "Nguyễn",
    "Tran",
    "Pōmare",
    "Ngata",
    "Te-Rangi",
    "Parata",
    "Ngāti",
    "Tūhoe",
    "Herewini",
    "Walker",
    "Young",
    "King",
    "Wright",
    "Scott",
    "Green",
    "O’Brien",
    "Macdonald",
    "Campbell",
    "Fraser",
    "Van-der-Berg",
    "Müller",
    "Sørensen",
    "Kowalski",
    "Fonoti",
    "Tuilagi",
    "Faleolo",
]
GIVEN = [
    "Aroha",
    "Hana",
    "Mere",
    "Wiremu",
    "Tama",
    "Kahurangi",
    "Rangi",
    "Anahera",
    "Oliver",
    "Jack",
    "Noah",
    "Charlotte",
    "Amelia",
    "Isla",
    "Grace",
    "Sophie",
    "Lucas",
    "William",
    "James",
    "Ella",
    "Mia",
    "Ava",
    "Arjun",
    "Priya",
    "Wei",
    "Min",
    "Anh",
    "Sione",
    "Mele",
    "Ioane",
    "Tui",
]
_SYLLABLES = [
    "ka",
    "ra",
    "ma",
    "ta",
    "wa",
    "pa",
    "na",
    "ha",
    "mo",
    "ro",
    "ko",
    "to",
    "hu",
    "ru",
    "ki",
    "ri",
    "ti",
    "shan",
    "ber",
    "lin",
    "dor",
    "ven",
    "mar",
    "sel",
]
_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_GROUP = 5_000
_ROOM = "PRAGMA cache_size = -1000000"  # random names and hashes touch the whole of an index
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledOffice:
    """Where it lies, how to open it, and the patient whose chart has 5,000 images."""

    folder: Path
    office: OfficeFacts
    secret: bytes
    chart: PatientId
    clerk: Person

    def open(self) -> Vault:
        """The office as the program opens it once the password was checked."""
        with OfficeKey(bytearray(self.secret), office=self.office.id) as key:
            return Vault.open(self.folder, key=key)


def fill_office(folder: Path, *, patients: int, images: int, seed: int) -> FilledOffice:
    """A new office with so many patients, and images with an empty file each.

    5,000 of the images are one patient's and 60 lie in the tray, whatever the size.
    """
    chance = random.Random(seed)  # noqa: S311 - the same rows each time
    clerk = _clerk()
    facts = OfficeFacts(id=OfficeId(new_uuid()), organisation="Benchmark")
    secret = secrets.token_bytes(32)
    with OfficeKey(bytearray(secret), office=facts.id) as key:
        Vault.create(folder, office=facts, owner=clerk, key=key).close()
        database = Database(folder / RECORDS, key.subkey("records"))
    intake = new_uuid()
    try:
        ids = _put_patients(database, chance, patients)
        with database.write() as connection:
            connection.execute(sa.insert(schema.intake).values(_intake(intake)))
        _put_images(database, chance, ids, intake, images)
        with database.read() as connection:
            names = list(connection.execute(sa.select(schema.original.c.name)).scalars())
    finally:
        database.close()
    _put_files(folder / ORIGINALS, names)
    return FilledOffice(
        folder=folder, office=facts, secret=secret, chart=PatientId(ids[0]), clerk=clerk
    )


def _clerk() -> Person:
    manager = OfficeRole.OFFICE_MANAGER
    return Person(id=PersonId(new_uuid()), name="clerk", role=Role.CLERK, office_role=manager)


def typed(count: int, seed: int) -> Iterator[str]:
    """What clerks type, a key at a time: names, the beginnings of two names, and numbers."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        family, given = chance.choice(FAMILY), chance.choice(GIVEN)
        number = str(chance.randrange(100_000, 999_999))
        whole = chance.choice([family, _made_name(chance), f"{family} {given}", number])
        yield from (whole[:length] for length in range(1, len(whole) + 1))


def _put_patients(database: Database, chance: random.Random, count: int) -> list[UUID]:
    ids: list[UUID] = []
    for first in range(1, count + 1, _GROUP):
        ordinals = range(first, min(first + _GROUP, count + 1))
        rows = [_patient(chance, ordinal) for ordinal in ordinals]
        numbers = [
            {"scheme": Scheme.LOCAL, "value": str(o), "patient_id": row["id"], "place": 0}
            for o, row in zip(ordinals, rows, strict=True)
        ]
        words = [(o, _words(row)) for o, row in zip(ordinals, rows, strict=True)]
        with database.write() as connection:
            connection.exec_driver_sql(_ROOM)
            connection.execute(sa.insert(schema.patient), rows)
            connection.execute(sa.insert(schema.identifier), numbers)
            fts_search.put_words(connection, words)
        ids += [UUID(str(row["id"])) for row in rows]
    return ids


def _words(row: Row) -> str:
    names = (str(row["family_name"]), str(row["given_names"]))
    return index_words(names=names, numbers=(str(row["ordinal"]),))


def _patient(chance: random.Random, ordinal: int) -> Row:
    family = chance.choice(FAMILY) if chance.random() < 0.7 else _made_name(chance)
    at = _NOW - timedelta(minutes=chance.randrange(5_000_000))
    return {
        "ordinal": ordinal,
        "id": new_uuid(),
        "family_name": family.replace("-", " "),
        "given_names": f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}",
        "born": date(1930, 1, 1) + timedelta(days=chance.randrange(34_000)),
        "sex": Sex.UNKNOWN,
        "added_at": at,
        "touched_at": at,
    }


def _made_name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5))).capitalize()


def _intake(intake: UUID) -> Row:
    named = {"source_name": "Card", "route": Route.CARD, "begun_by": "clerk"}
    return {"id": intake, "begun_at": _NOW, **named}


def _put_images(
    database: Database, chance: random.Random, patients: Sequence[UUID], intake: UUID, count: int
) -> None:
    rows = (_image(chance, number, patients, intake) for number in range(count))
    while group := list(islice(rows, _GROUP)):
        # A row of the tray has fewer columns, and one statement inserts one shape
        in_tray = [row for row in group if row["state"] is ImageState.RECEIVED]
        linked = [row for row in group if row["state"] is ImageState.FILED]
        with database.write() as connection:
            connection.exec_driver_sql(_ROOM)
            for shape in filter(None, (in_tray, linked)):
                connection.execute(sa.insert(schema.image), shape)
            connection.execute(
                sa.insert(schema.original), [_original(chance, row["id"]) for row in group]
            )


def _image(
    chance: random.Random, number: int, patients: Sequence[UUID], intake: UUID
) -> dict[str, object]:
    at = _NOW - timedelta(minutes=chance.randrange(5_000_000))
    row: dict[str, object] = {
        "id": new_uuid(),
        "state": ImageState.RECEIVED,
        "intake_id": intake,
        "file_name": f"IMG_{number}.JPG",
        "folder": "DCIM",
        "received_at": at,
        "received_by": "clerk",
        "described_at": at,
        "kind": MediaKind.PHOTO,
        "media_type": "image/jpeg",
        "width": 4032,
        "height": 3024,
        "orientation": 1,
        "has_location": False,
        "note": "",
        "purposes": (),
        "missing": (),
        "site": "",
    }
    if number < TRAY:
        return row
    owner = patients[0] if number < TRAY + CHART else chance.choice(patients)
    return {**row, **_filing(owner, at)}


def _filing(owner: UUID, at: datetime) -> Row:
    return {
        "state": ImageState.FILED,
        "patient_id": owner,
        "linked_at": at,
        "photographer_name": "Hana Parata",
        "photographer_role": Role.NURSE,
        "taken_local": at.replace(tzinfo=None),
        "taken_basis": TimeBasis.EXIF_NAIVE,
        "taken_trust": TimeTrust.ASSUMED,
        "mode_owner": DeviceOwner.ORGANISATION,
        "mode_route": Route.CARD,
        "mode_source": "Card",
        "purposes": (Purpose.CARE,),
        "consent_form": ConsentForm.WRITTEN,
        "consent_reference": "",
        "filed_at": at,
        "filed_by": "clerk",
    }


def _original(chance: random.Random, image: object) -> Row:
    return {
        "image_id": image,
        "name": f"{chance.getrandbits(128):032x}",
        "size": 0,
        "sha256": chance.randbytes(32),
        "wrapped_key": chance.randbytes(60),
    }


def _put_files(originals: Path, names: Sequence[str]) -> None:
    """An empty file for each: opening an office lists them, and reads none."""
    for shard in {name[:2] for name in names}:
        (originals / shard).mkdir(exist_ok=True)
    for name in names:
        (originals / name[:2] / name).touch()
