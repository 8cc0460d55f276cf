"""The records file: SQLCipher under SQLAlchemy Core, one key, two kinds of transaction."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, pool
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.problem import Problem
from desktop.records.vault.durable import drive_of, sync_to_drive
from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.records.vault.refusals import RecordsBusy, RecordsDamaged
from desktop.records.vault.wipe import wipe

_HEX = b"0123456789abcdef"
_WAIT_SECONDS = 15
_LEAST_ROOM = 64 << 10  # the shared memory beside a journal takes 32 KiB at once
_JOURNAL = "journal_mode = WAL"
_PRAGMAS = (
    _JOURNAL,
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE walks past a DELETE trigger
    "temp_store = MEMORY",
    "cache_size = -32000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
_STATUS, _GOOD = "PRAGMA cipher_status", "1"
_DAMAGE = ("not a database", "malformed", "hmac check failed", "vtable constructor failed")
_FAILURES = ("disk i/o error", "readonly database", "unable to open database")


class Database:
    """One SQLCipher file. It owns `key` (32 bytes) from here on and wipes it when it is closed.

    Safe to call from any thread; every transaction has a connection of its own. Damage, a full
    disk and a held lock are raised as Problems, whatever else goes wrong as SQLAlchemy's errors.
    """

    def __init__(
        self, path: Path, key: bytearray, *, connections: int = 4, frozen: bool = False
    ) -> None:
        """A `frozen` file is finished and is only read: nothing is written, not even beside it."""
        self.path = path
        self._key = key
        self._frozen = frozen
        self._engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=pool.QueuePool,
            pool_size=connections,
            max_overflow=0,
            pool_use_lifo=True,  # the one used last has in memory what is asked for again
        )
        event.listen(self._engine, "begin", _begin)
        event.listen(self._engine, "checkin", _let_go_if_broken)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction that may change things; it waits for any other before it begins."""
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One transaction that sees a single moment; SQLite itself refuses a change in it."""
        with self._transaction(write=False) as connection:
            yield connection

    def check_pages(self) -> None:
        """Authenticate every page of the file, used or not. Raises RecordsDamaged."""
        with self.read() as connection:
            is_whole = _pages_are_whole(connection)
        if not is_whole and not self._heals_from_its_journal():
            raise RecordsDamaged(file=self.path.name)

    def _heals_from_its_journal(self) -> bool:
        """Whether every page is whole once the journal is written into the file again.

        A crash while that is done tears a page of the file, and the journal still has it.
        """
        journal = self.path.with_name(self.path.name + "-wal")
        if not journal.is_file() or not journal.stat().st_size:
            return False
        connection = self._engine.raw_connection()
        with closing(connection), suppress(sqlcipher.DatabaseError):  # the second look will tell
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        with self.write() as alone:  # nobody writes the journal back in the middle of this look
            return _pages_are_whole(alone)

    def copy_into(self, path: Path) -> None:
        """Write everything as of one moment into a new file under the same key, and sync it.

        In one step: step by step it would begin anew with every change. Others may read and write
        meanwhile. Raises RecordsDamaged, DiskFull or DiskFailed; of the drive of `path` as well.
        """
        with self._faults_told(write=False), closing(self._engine.raw_connection()) as source:
            copy = Database(path, bytearray(self._key), connections=1)
            with closing(copy), copy._faults_told(write=True), closing(copy._keyed()) as target:
                source.driver_connection.backup(target)  # type: ignore[union-attr]
                target.execute("PRAGMA journal_mode = DELETE").fetchall()
        sync_to_drive(path)

    def export_into(self, path: Path, key: bytearray) -> None:
        """Write everything into a new file under another key, and sync it. The caller wipes `key`.

        Nobody may write meanwhile. Raises RecordsDamaged, DiskFull or DiskFailed.
        """
        literal = _literal(key)
        with self._faults_told(write=True), closing(self._keyed()) as source:
            # bound as bytes: a key in the statement's text could not be wiped
            source.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(path), literal))
            source.execute("SELECT sqlcipher_export('fresh')").fetchall()
            source.execute("DETACH DATABASE fresh")
        wipe(literal)
        sync_to_drive(path)

    def frozen_copy(self, path: Path) -> "Database":
        """A finished file that `copy_into` wrote, for reading. The caller closes it."""
        return Database(path, bytearray(self._key), connections=1, frozen=True)

    def empty_journal(self) -> None:
        """Bring everything into the file and leave an empty journal, so that nothing deleted is
        left there. Raises RecordsBusy where somebody reads for too long, DiskFull or DiskFailed."""
        with closing(self._engine.raw_connection()) as connection:
            try:
                cursor = connection.cursor()
                is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlcipher.DatabaseError as fault:
                raise self._problem_of(fault, write=True) or fault from fault
        if is_busy:
            raise RecordsBusy(file=self.path.name)

    def drop_file(self) -> None:
        """Delete the file and its journals, for a file that can be rebuilt."""
        self._engine.dispose()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def close(self) -> None:
        """Close every connection and wipe the key. Safe to call twice."""
        self._engine.dispose()
        wipe(self._key)

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[sa.Connection]:
        with (
            self._faults_told(write=write),
            self._engine.connect().execution_options(write=write) as connection,
            connection.begin(),
        ):
            yield connection
            # SQLCipher gives the damaged end of a long value out as zeros and raises nothing
            if _driver(connection).execute(_STATUS).fetchone() != (_GOOD,):
                raise self._damaged_or_unreadable()

    @contextmanager
    def _faults_told(self, *, write: bool) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DatabaseError, sqlcipher.DatabaseError) as fault:
            problem = self._problem_of(fault, write=write)
            if problem is None:
                raise
            raise problem from fault

    def _connect(self) -> Any:
        connection = self._keyed()
        try:
            for pragma in _PRAGMAS:
                if not self._frozen or pragma != _JOURNAL:
                    connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    def _keyed(self) -> Any:
        """The file with its key and nothing else set. `immutable` also reads a stick that may not
        be written to."""
        if not self._frozen:
            self._make_private()
        address = self.path.absolute().as_uri() + "?immutable=1" if self._frozen else str(self.path)
        connection = sqlcipher.connect(
            address,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            uri=self._frozen,
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            _give_key(connection, self._key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _make_private(self) -> None:
        """SQLite would make the file, and its journals after it, readable for everybody."""
        with suppress(OSError):  # SQLite then says what is wrong
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def _problem_of(self, fault: Exception, *, write: bool) -> Problem | None:
        text = str(fault).lower()
        if any(sign in text for sign in _DAMAGE):
            return self._damaged_or_unreadable()
        if "database is locked" in text:
            return RecordsBusy(file=self.path.name)
        drive = drive_of(self.path.parent)
        if "disk is full" in text:
            return DiskFull(drive=drive)
        if "readonly database" in text and not write:
            return None  # somebody changes things in a look: a fault of ours
        failure = next((sign for sign in _FAILURES if sign in text), None)
        if failure and _is_full(self.path.parent):
            return DiskFull(drive=drive)
        return DiskFailed(drive=drive, reason=failure) if failure else None

    def _damaged_or_unreadable(self) -> Problem:
        """SQLCipher calls a page that the drive does not give back damaged as well."""
        try:
            with self.path.open("rb", buffering=0) as file:
                while file.read(1 << 20):
                    pass
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return DiskFailed(drive=drive_of(self.path.parent), reason=reason)
        return RecordsDamaged(file=self.path.name)


def _pages_are_whole(connection: sa.Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None


def _is_full(folder: Path) -> bool:
    """Whether SQLite has no room for its journals, which it calls an error of the drive."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


def _let_go_if_broken(connection: Any, record: Any) -> None:
    """A connection that once met a page it could not read calls every other one damaged too."""
    if connection is not None and connection.execute(_STATUS).fetchone() != (_GOOD,):
        record.invalidate()


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    driver = _driver(connection)
    driver.execute(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")


def _driver(connection: sa.Connection) -> Any:
    """SQLCipher's own connection: through SQLAlchemy's, what belongs to each transaction would take
    longer than what is asked in most."""
    return connection.connection.driver_connection


def _give_key(connection: Any, key: bytearray) -> None:
    """Hand over a raw key without leaving a copy of it: a str could not be wiped."""
    literal = _literal(key)
    connection.set_key(literal)
    wipe(literal)


def _literal(key: bytearray) -> bytearray:
    """A raw key as SQLCipher wants it written. The caller wipes it."""
    literal = bytearray(2 * len(key) + 3)
    literal[:2], literal[-1:] = b"x'", b"'"
    for place, byte in enumerate(key):
        literal[2 + 2 * place] = _HEX[byte >> 4]
        literal[3 + 2 * place] = _HEX[byte & 15]
    return literal
