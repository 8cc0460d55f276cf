"""An office as the first released layout had it, filled without the program of today."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from desktop.records.facts.ids import OfficeId, new_uuid
from desktop.records.vault.durable import make_private_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals
from desktop.records.vault.trail import append_line
from desktop.records.vault.upgrade import LAYOUTS, MIGRATIONS
from desktop.records.vault.vault import ORIGINALS, RECORDS
from tests.faults.campaign.words import office_in
from tests.unit.records.made_up import MEI

IMAGES = 4
_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def make_first_layout(folder: Path) -> None:
    """An office with one person, one patient and four images, one of them filed."""
    made = office_in(folder)
    make_private_folder(made.folder)
    with made.key() as key:
        database = Database(made.folder / RECORDS, key.subkey("records"))
        originals = Originals(FolderStore(made.folder / ORIGINALS), key.subkey("wrapping"))
        with database.write() as connection:
            _migrate(connection)
            _fill(connection, originals, key.subkey("trail"), made.office.id)
        originals.close()
        database.close()


def _migrate(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, LAYOUTS[0])


def _fill(
    connection: sa.Connection, originals: Originals, trail_key: bytearray, office: OfficeId
) -> None:
    tables = sa.MetaData()
    tables.reflect(connection, only=["office", "person", "patient", "identifier", "intake"])
    tables.reflect(connection, only=["image", "original"])

    def add(table: str, **values: object) -> None:
        connection.execute(sa.insert(tables.tables[table]).values(**values))

    def note(deed: str, **about: object) -> None:
        append_line(connection, trail_key, at=_AT, by=MEI.name, deed=deed, about=about)

    patient, intake = new_uuid().hex, new_uuid().hex
    add("office", id=office.hex, organisation="x", address="", created_at=_AT)
    add("person", id=MEI.id.hex, name=MEI.name, role=MEI.role.value, added_at=_AT)
    moments = {"added_at": _AT, "touched_at": _AT}
    names = {"family_name": "Pōmare", "given_names": "Aroha"}
    add("patient", ordinal=1, id=patient, born=_AT.date(), sex="F", **names, **moments)
    add("identifier", scheme="local", value="L0", patient_id=patient, place=0)
    add("intake", id=intake, source_name="Card", route="card", begun_at=_AT, begun_by=MEI.name)
    note("office created")
    note("patient added", patient=patient)
    for number in range(IMAGES):
        image = new_uuid()
        plain = hashlib.sha512(bytes([number])).digest() * 1_000
        sealed = originals.keep(io.BytesIO(plain).readinto, expected=len(plain))
        add(
            "image",
            id=image.hex,
            intake_id=intake,
            file_name=f"{number}.JPG",
            folder="DCIM",
            received_at=_AT,
            received_by=MEI.name,
            **(_filed(patient) if number == 0 else _IN_TRAY),
        )
        add(
            "original",
            image_id=image.hex,
            name=sealed.name,
            size=sealed.size,
            sha256=sealed.sha256,
            wrapped_key=sealed.wrapped_key,
        )
        note("image received", image=str(image))
        if number == 0:
            note("image filed", image=str(image), patient=patient)


_IN_TRAY = {"state": "received", "purposes": "", "site": "", "missing": ""}


def _filed(patient: str) -> dict[str, object]:
    return {
        "state": "filed",
        "patient_id": patient,
        "linked_at": _AT,
        "photographer_name": "Hana Parata",
        "photographer_role": "nurse",
        "taken_local": "2026-11-22T08:03:11",
        "taken_basis": "exif_naive",
        "taken_trust": "assumed",
        "mode_owner": "organisation",
        "mode_route": "card",
        "mode_source": "Card",
        "purposes": "care",
        "consent_form": "written",
        "consent_reference": "",
        "site": "",
        "missing": "",
        "filed_at": _AT,
        "filed_by": MEI.name,
    }
