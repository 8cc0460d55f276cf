"""The locked room: one office, open; every change is one transaction with its line."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import Person
from desktop.records.facts.trail import TrailLine
from desktop.records.vault.durable import disk_faults_told, make_private_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.image_shelf import ImageShelf
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.office_shelf import OfficeShelf
from desktop.records.vault.original_store import Swept
from desktop.records.vault.originals import Originals
from desktop.records.vault.patient_shelf import PatientShelf
from desktop.records.vault.problems import OfficeAlreadyThere, OriginalMissing
from desktop.records.vault.refusals import RecordsMissing
from desktop.records.vault.renditions import Renditions
from desktop.records.vault.schema import office as office_table
from desktop.records.vault.sheet_shelf import SheetShelf
from desktop.records.vault.trail import Anchor, TrailVerdict, append_line, verify_trail
from desktop.records.vault.upgrade import upgrade_schema
from desktop.records.vault.wipe import wipe

RECORDS, ORIGINALS = "records.db", "originals"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The workstation's clock, in UTC."""
    return datetime.now(UTC)


class Look:
    """The shelves as they stand at one moment."""

    def __init__(self, connection: sa.Connection, *, now: datetime) -> None:
        self.now = now
        self.patients = PatientShelf(connection)
        self.images = ImageShelf(connection)
        self.sheets = SheetShelf(connection)
        self.office = OfficeShelf(connection)


class Change(Look):
    """The shelves in one write transaction. `now` is its moment, in UTC, for every row of it."""

    def __init__(self, connection: sa.Connection, *, now: datetime, trail_key: bytearray) -> None:
        super().__init__(connection, now=now)
        self._connection = connection
        self._trail_key = trail_key
        self.is_noted = False

    def note(self, deed: str, *, by: Person | None, **about: object) -> TrailLine:
        """Write the line of this deed into the trail. `by` is None where nobody has said who."""
        facts: Mapping[str, object] = {key: _plain(value) for key, value in about.items()}
        if by is not None:
            facts = {**facts, "person": str(by.id)}
        self.is_noted = True
        return append_line(
            self._connection,
            self._trail_key,
            at=self.now,
            by=by.name if by else "nobody",
            deed=deed,
            about=facts,
        )


class Vault:
    """An open office. Every method may be called from any thread, never from a window's own.

    Hold the office's lock from before it is opened until after it is closed.
    """

    def __init__(self, folder: Path, *, key: OfficeKey, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.swept: Swept | None = None
        """What was tidied away at opening; its `doubt` must be shown to the office's people."""
        with ExitStack() as on_failure:
            self._trail_key = key.subkey("trail")
            on_failure.callback(wipe, self._trail_key)
            self._database = Database(folder / RECORDS, key.subkey("records"))
            on_failure.callback(self._database.close)
            self._store = FolderStore(folder / ORIGINALS)
            wrapping = key.subkey("wrapping")
            self.originals = Originals(self._store, wrapping)
            wipe(wrapping)
            self.renditions = Renditions(folder, key.subkey("renditions"))
            on_failure.pop_all()

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        office: OfficeFacts,
        owner: Person,
        key: OfficeKey,
        clock: Clock = utc_now,
    ) -> Self:
        """Found an office, with its first line in the trail. The caller wipes `key`.

        Raises OfficeAlreadyThere, DiskFull or DiskFailed.
        """
        if office.id != key.office:
            raise ValueError("this key belongs to another office")
        with disk_faults_told(folder):
            make_private_folder(folder)
            if (folder / RECORDS).exists():
                raise OfficeAlreadyThere(folder=str(folder))
        with ExitStack() as on_failure:
            vault = cls(folder, key=key, clock=clock)
            on_failure.callback(vault.close)
            with vault._database.write() as connection:
                upgrade_schema(connection)
            with vault.change() as change:
                change.office.found(office, at=change.now)
                change.office.add_person(owner, at=change.now)
                change.note("office created", by=owner, office=office.id, name=office.organisation)
            on_failure.pop_all()
        return vault

    @classmethod
    def open(cls, folder: Path, *, key: OfficeKey, clock: Clock = utc_now) -> Self:
        """Open an office, bring its tables up to date, and tidy what a crash left behind.

        Raises RecordsMissing, RecordsDamaged, OfficeFromTheFuture, DiskFull or DiskFailed. The
        caller wipes `key`.
        """
        if not (folder / RECORDS).is_file():
            raise RecordsMissing(folder=str(folder))
        with ExitStack() as on_failure:
            vault = cls(folder, key=key, clock=clock)
            on_failure.callback(vault.close)
            with vault._database.write() as connection:
                upgrade_schema(connection)
                if connection.execute(sa.select(office_table.c.id)).first() is None:
                    raise RecordsMissing(folder=str(folder))
            with vault.look() as look:
                known = frozenset(look.images.original_names())
            vault.swept = vault.originals.sweep(known)
            on_failure.pop_all()
        return vault

    @contextmanager
    def change(self) -> Iterator[Change]:
        """One write transaction. Leaving it without a line in the trail undoes it: a fault."""
        with self._database.write() as connection:
            change = Change(connection, now=self.clock(), trail_key=self._trail_key)
            yield change
            if not change.is_noted:
                raise AssertionError("a change without its line in the trail")

    @contextmanager
    def look(self) -> Iterator[Look]:
        """One read transaction: everything in it is seen at the same moment."""
        with self._database.read() as connection:
            yield Look(connection, now=self.clock())

    def sealed_size(self, name: str) -> int | None:
        """How many sealed bytes an original has on disk, without reading them; None if missing."""
        try:
            return self._store.head(name).size
        except OriginalMissing:
            return None

    def check_records(self) -> None:
        """Prove every page of the records file. Raises RecordsDamaged."""
        self._database.check_pages()

    def verify_trail(self, *, anchor: Anchor | None = None) -> TrailVerdict:
        """As `trail.verify_trail`, on this office."""
        with self._database.read() as connection:
            return verify_trail(connection, self._trail_key, anchor=anchor)

    def close(self) -> None:
        """Close every file and wipe every key that was drawn. Safe to call twice."""
        self.renditions.close()
        self.originals.close()
        self._database.close()
        wipe(self._trail_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _plain(value: object) -> object:
    """What JSON can say; an id or a moment as its text."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
