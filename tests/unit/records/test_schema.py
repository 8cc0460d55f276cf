"""Migrations and tables are one layout; a vault from the future is refused."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql

from desktop.records.deeds.sheet_loop import confirm_in_hand, hand_over
from desktop.records.deeds.sheets import register_sheet, sheets_of
from desktop.records.facts.sheet import NewSheet, SheetKind, page_code
from desktop.records.vault import keeping_triggers, trail_triggers
from desktop.records.vault.engine import Database
from desktop.records.vault.fts_search import TABLE
from desktop.records.vault.refusals import OfficeFromTheFuture
from desktop.records.vault.table_names import metadata
from desktop.records.vault.upgrade import LAYOUTS, MIGRATIONS, upgrade_schema
from tests.unit.records.made_up import MEI, MadeUpOffice, added

TRIGGERS = (*trail_triggers.TRIGGERS, *keeping_triggers.TRIGGERS)
EXTRA = re.compile(rf"{TABLE}|schema_version|{'|'.join(TRIGGERS)}")


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "migrated.db", bytearray(32))
    with database.write() as connection:
        upgrade_schema(connection)
    yield database
    database.close()


def test_migrations_build_the_tables_of_the_program(migrated: Database) -> None:
    def ours(thing: sa.schema.SchemaItem, name: str | None, *_: object) -> bool:
        return not EXTRA.match(name or "")

    with migrated.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_migrations_build_the_same_constraints(migrated: Database, tmp_path: Path) -> None:
    direct = Database(tmp_path / "direct.db", bytearray(32))
    with direct.write() as connection:
        metadata.create_all(connection)
    assert layout(migrated) == layout(direct)
    direct.close()


def layout(database: Database) -> dict[str, list[str]]:
    """Every table and index as SQL, its columns and constraints in one order: a column that was
    added later stands behind the constraints."""
    with database.read() as connection:
        rows = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql <> ''"))
        return {
            row.name: sorted(_parts(" ".join(row.sql.split())))
            for row in rows
            if not EXTRA.match(row.name)
        }


def _parts(sql: str) -> list[str]:
    """What stands between the commas of the outermost brackets, and what is before them."""
    head, _, body = sql.partition("(")
    parts, depth = [head.strip(), ""], 0
    for letter in body.rstrip().removesuffix(")"):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def test_every_step_is_known_by_name() -> None:
    steps = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(steps)) == LAYOUTS


def test_an_office_up_to_date_opens_without_the_migration_library(office: MadeUpOffice) -> None:
    office.create().close()
    script = (
        "import sys; from pathlib import Path; from uuid import UUID\n"
        "from desktop.records.vault.office_key import OfficeKey\n"
        "from desktop.records.vault.vault import Vault\n"
        f"key = OfficeKey(bytearray(range(32)), office=UUID({str(office.office.id)!r}))\n"
        f"Vault.open(Path({str(office.folder)!r}), key=key).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)


def test_upgrading_twice_changes_nothing(migrated: Database) -> None:
    before = layout(migrated)
    with migrated.write() as connection:
        upgrade_schema(connection)
    assert layout(migrated) == before


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "half.db", bytearray(32))
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        upgrade_schema(connection)
        _ = 1 / 0
    assert layout(database) == {}
    database.close()


@pytest.mark.requirement("R79")
def test_papers_of_an_office_before_there_was_handing_over_can_be_handed_over(
    office: MadeUpOffice,
) -> None:
    vault = office.create()
    patient = added(vault)
    new = NewSheet(
        patient=patient.id,
        images=[],
        pages=1,
        number="NT7K3QX9FM",
        target="printer Desk",
        kind=SheetKind.NOTICE,
    )
    sheet = register_sheet(vault, new, by=MEI)
    digits = page_code(sheet.number, 1)[-2:]
    held = confirm_in_hand(vault, sheet=sheet.id, check_digits=digits, by=MEI)
    vault.close()
    database = Database(office.folder / "records.db", office.key().subkey("records"))
    with database.write() as connection:
        for column in ("handed_at", "handed_by", "handed_to"):
            connection.execute(sa.text(f"ALTER TABLE sheet DROP COLUMN {column}"))
        connection.execute(sa.text("UPDATE schema_version SET version_num = '0016'"))
    database.close()
    with office.open() as upgraded:
        assert sheets_of(upgraded, patient.id) == [held]
        gone = hand_over(upgraded, sheet=held.id, to=patient.name, by=MEI)
        assert sheets_of(upgraded, patient.id) == [gone]


def test_the_tables_can_be_written_for_a_server(migrated: Database) -> None:
    for table in metadata.sorted_tables:
        ddl = str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect()))
        assert ddl.startswith("\nCREATE TABLE")
        assert "DATETIME" not in ddl


def test_a_vault_from_the_future_is_refused_and_left_alone(office: MadeUpOffice) -> None:
    office.create().close()
    records = office.folder / "records.db"
    database = Database(records, office.key().subkey("records"))
    with database.write() as connection:
        connection.execute(sa.text("UPDATE schema_version SET version_num = '9999'"))
    database.close()
    before = records.read_bytes()
    with pytest.raises(OfficeFromTheFuture, match="9999"):
        office.open()
    assert records.read_bytes() == before
