"""The records file: sealed, guarded, and its faults in words."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.records.vault.engine import Database
from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.records.vault.refusals import RecordsDamaged


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "records.db", bytearray(range(32)))
    with made.write() as connection:
        connection.execute(sa.text("CREATE TABLE note (words TEXT)"))
        connection.execute(sa.text("INSERT INTO note VALUES ('Pōmare, Aroha')"))
    return made


def test_nothing_lies_in_the_clear(database: Database, tmp_path: Path) -> None:
    files = list(tmp_path.iterdir())
    assert len(files) == 3
    written = b"".join(path.read_bytes() for path in files)
    assert "Pōmare".encode() not in written
    assert b"SQLite format" not in written
    database.close()


def test_without_the_key_it_does_not_open(database: Database, tmp_path: Path) -> None:
    database.close()
    other = Database(database.path, bytearray(32))
    with pytest.raises(RecordsDamaged), other.read():
        pass
    other.close()
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(database.path).execute("SELECT * FROM note")


def test_closing_wipes_the_key(tmp_path: Path) -> None:
    key = bytearray(range(32))
    made = Database(tmp_path / "records.db", key)
    made.close()
    made.close()
    assert key == bytes(32)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_the_file_is_kept_as_decided(database: Database, pragma: str, value: object) -> None:
    with database.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
    database.close()


def test_a_look_cannot_change_anything(database: Database) -> None:
    with (
        pytest.raises(sa.exc.OperationalError, match="readonly"),
        database.read() as connection,
    ):
        connection.execute(sa.text("DELETE FROM note"))
    with database.write() as connection:
        connection.execute(sa.text("INSERT INTO note VALUES ('more')"))
    with database.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM note")).scalar_one() == 2
    database.close()


def test_a_change_keeps_all_others_out_from_its_first_moment(database: Database) -> None:
    other = sqlcipher.connect(str(database.path), timeout=0, isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{bytes(range(32)).hex()}'\"")
    with database.write():
        assert other.execute("SELECT count(*) FROM note").fetchone() == (1,)
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_what_fails_is_undone(database: Database) -> None:
    with pytest.raises(KeyError), database.write() as connection:
        connection.execute(sa.text("DELETE FROM note"))
        raise KeyError
    with database.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM note")).scalar_one() == 1
    database.close()


def test_a_full_disk_is_told_and_loses_nothing(database: Database) -> None:
    # the same error as a full disk gives, from a limit that the test can set
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pytest.raises(DiskFull), database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        for _ in range(50):
            connection.execute(sa.text("INSERT INTO note VALUES (:words)"), {"words": "x" * 9000})
    with database.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM note")).scalar_one() == 1
    database.close()


def test_an_export_that_finds_no_place_is_told(database: Database, tmp_path: Path) -> None:
    """As on a drive that fails: SQLite words it another way than where it opens the file itself."""
    with pytest.raises(DiskFailed, match="unable to open"):
        database.export_into(tmp_path / "not there" / "new.db", bytearray(32))


def test_damage_is_told_as_damage(database: Database) -> None:
    database.close()
    content = bytearray(database.path.read_bytes())
    content[1000:1100] = bytes(100)
    database.path.write_bytes(content)
    again = Database(database.path, bytearray(range(32)))
    with pytest.raises(RecordsDamaged, match=r"records\.db"), again.read() as connection:
        connection.execute(sa.text("SELECT * FROM note"))
    again.close()


@pytest.mark.requirement("R115")
def test_the_records_and_their_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "records.db", bytearray(32))
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.close()
    assert "records.db-wal" in modes
    assert set(modes.values()) == {0o600}
