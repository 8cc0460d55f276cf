"""The records file: SQLCipher under SQLAlchemy Core, one key, two kinds of transaction."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, pool
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.problem import Problem
from desktop.records.vault.durable import drive_of
from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.records.vault.refusals import RecordsBusy, RecordsDamaged
from desktop.records.vault.wipe import wipe

_HEX = b"0123456789abcdef"
_WAIT_SECONDS = 15
_LEAST_ROOM = 64 << 10  # the shared memory beside a journal takes 32 KiB at once
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE walks past a DELETE trigger
    "temp_store = MEMORY",
    "cache_size = -32000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
_DAMAGE = ("not a database", "malformed", "hmac check failed")
_FAILURES = ("disk i/o error", "readonly database", "unable to open database file")


class Database:
    """One SQLCipher file. It owns `key` (32 bytes) from here on and wipes it when it is closed.

    Safe to call from any thread; every transaction has a connection of its own. Damage, a full
    disk and a held lock are raised as Problems, whatever else goes wrong as SQLAlchemy's errors.
    """

    def __init__(self, path: Path, key: bytearray, *, connections: int = 4) -> None:
        self.path = path
        self._key = key
        self._engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=pool.QueuePool,
            pool_size=connections,
            max_overflow=0,
        )
        event.listen(self._engine, "begin", _begin)

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
            if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
                raise RecordsDamaged(file=self.path.name)

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
        try:
            with (
                self._engine.connect().execution_options(write=write) as connection,
                connection.begin(),
            ):
                yield connection
        except (sa.exc.DatabaseError, sqlcipher.DatabaseError) as fault:
            problem = self._problem_of(fault, write=write)
            if problem is None:
                raise
            raise problem from fault

    def _connect(self) -> Any:
        self._make_private()
        connection = sqlcipher.connect(
            str(self.path), timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            _give_key(connection, self._key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
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
            return RecordsDamaged(file=self.path.name)
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


def _is_full(folder: Path) -> bool:
    """Whether SQLite has no room for its journals, which it calls an error of the drive."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _give_key(connection: Any, key: bytearray) -> None:
    """Hand over a raw key without leaving a copy of it: a str could not be wiped."""
    literal = bytearray(2 * len(key) + 3)
    literal[:2], literal[-1:] = b"x'", b"'"
    for place, byte in enumerate(key):
        literal[2 + 2 * place] = _HEX[byte >> 4]
        literal[3 + 2 * place] = _HEX[byte & 15]
    connection.set_key(literal)
    wipe(literal)
