"""The locked room: one office, open; every change is one transaction with its line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from desktop.problem import Problem
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import Person
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.facts.trail import TrailLine
from desktop.records.rules.rights import check_right
from desktop.records.vault.advice_shelf import AdviceShelf
from desktop.records.vault.breach_shelf import BreachShelf
from desktop.records.vault.came_from_shelf import CameFromShelf
from desktop.records.vault.consent_shelf import ConsentShelf
from desktop.records.vault.copy_shelf import CopyShelf
from desktop.records.vault.deposit_shelf import DepositShelf
from desktop.records.vault.device_shelf import DeviceShelf
from desktop.records.vault.disposal_shelf import DisposalShelf
from desktop.records.vault.durable import disk_faults_told, make_private_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.image_shelf import ImageShelf
from desktop.records.vault.journal_check import check_journal
from desktop.records.vault.kept_keys import trail_key
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.office_shelf import OfficeShelf
from desktop.records.vault.original_store import Sweep, Swept
from desktop.records.vault.originals import Originals
from desktop.records.vault.patient_shelf import PatientShelf
from desktop.records.vault.printer_shelf import PrinterShelf
from desktop.records.vault.problems import OfficeAlreadyThere, OriginalMissing
from desktop.records.vault.records_copy import RecordsCopy
from desktop.records.vault.refusals import RecordsMissing
from desktop.records.vault.renditions import Renditions
from desktop.records.vault.retention_shelf import RetentionShelf
from desktop.records.vault.rotated_files import settle_rotation
from desktop.records.vault.safe_copy import drop_safe_copy, keep_safe_copy
from desktop.records.vault.scale_shelf import ScaleShelf
from desktop.records.vault.scan_shelf import ScanShelf
from desktop.records.vault.schema import office as office_table
from desktop.records.vault.settings_shelf import SettingsShelf
from desktop.records.vault.sheet_shelf import SheetShelf
from desktop.records.vault.tidy_mark import leave_mark, proof_of, take_mark
from desktop.records.vault.tie_shelf import TieShelf
from desktop.records.vault.trail import Anchor, TrailVerdict, append_line, verify_trail
from desktop.records.vault.trail_shelf import TrailShelf
from desktop.records.vault.upgrade import upgrade_schema
from desktop.records.vault.wipe import wipe

RECORDS, ORIGINALS = "records.db", "originals"
_SWEPT_WHOLE = 20_000  # an opening looks through so many originals before anybody notices
_SWEPT_AT_OPENING = 2_000  # and of more, so many of those where something was changed last
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
        self.scales = ScaleShelf(connection)
        self.ties = TieShelf(connection)
        self.deposits = DepositShelf(connection)
        self.came_from = CameFromShelf(connection)
        self.breaches = BreachShelf(connection)
        self.devices = DeviceShelf(connection)
        self.sheets = SheetShelf(connection)
        self.office = OfficeShelf(connection)
        self.retention = RetentionShelf(connection)
        self.disposals = DisposalShelf(connection)
        self.trail = TrailShelf(connection)
        self.settings = SettingsShelf(connection)
        self.copies = CopyShelf(connection)
        self.printers = PrinterShelf(connection)
        self.scans = ScanShelf(connection)
        self.consents = ConsentShelf(connection)
        self.advice = AdviceShelf(connection)


class Change(Look):
    """The shelves in one write transaction. `now` is its moment, in UTC, for every row of it."""

    def __init__(self, connection: sa.Connection, *, now: datetime, trail_key: bytearray) -> None:
        super().__init__(connection, now=now)
        self._connection = connection
        self._trail_key = trail_key
        self.is_noted = False
        # read first: nobody gives themselves a right within the change that needs it
        self._people = {one.id: one for one in self.office.people() if not one.is_gone}

    def note(self, deed: str, *, by: Person | None, **about: object) -> TrailLine:
        """Write the line of this deed into the trail. `by` is None where nobody has said who.

        Raises NotAllowed, which undoes the change, unless this person may do the deed now.
        """
        name = self._checked(deed, by)
        facts: Mapping[str, object] = {key: _plain(value) for key, value in about.items()}
        if by is not None:
            facts = {**facts, "person": str(by.id)}
        self.is_noted = True
        return append_line(
            self._connection,
            self._trail_key,
            at=self.now,
            by=name,
            deed=deed,
            about=facts,
        )

    def _checked(self, deed: str, by: Person | None) -> str:
        """Whose line it is, by what was on record before this change, not by what we are handed."""
        if by is None:
            check_right(deed, None, who="Chartroom itself")
            return "nobody"
        is_founding = not self._people
        known = by if is_founding else self._people.get(by.id)
        if known is None:
            raise NotAllowed(deed=deed, who=by.name, may="people who work at this office")
        check_right(deed, known.office_role, who=known.name)
        return known.name


class Vault:
    """An open office. Every method may be called from any thread, never from a window's own.

    Hold the office's lock from before it is opened until after it is closed.
    """

    def __init__(self, folder: Path, *, key: OfficeKey, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self._sweep: Sweep | None = None
        self._was_opened = False
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

        `owner` is its first office manager. Raises OfficeAlreadyThere, DiskFull or DiskFailed.
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

        Before tables are changed, the records are copied beside themselves; the copy goes with the
        next opening that finds nothing to change.

        Raises RecordsMissing, RecordsDamaged, OfficeFromTheFuture, DiskFull or DiskFailed. The
        caller wipes `key`.
        """
        settle_rotation(folder, key)
        if not (folder / RECORDS).is_file():
            raise RecordsMissing(folder=str(folder))
        check_journal(folder / RECORDS)
        with ExitStack() as on_failure:
            vault = cls(folder, key=key, clock=clock)
            on_failure.callback(vault.close)
            is_upgraded = keep_safe_copy(vault._database)
            with vault._database.write() as connection:
                upgrade_schema(connection)
                if connection.execute(sa.select(office_table.c.id)).first() is None:
                    raise RecordsMissing(folder=str(folder))
                vault._trail_key = trail_key(connection, key)
            vault._tidy()
            if not is_upgraded:
                drop_safe_copy(folder)
            on_failure.pop_all()
        return vault

    def _tidy(self) -> None:
        """Clear away what a crash left, unless the last close says that there is nothing."""
        mark = take_mark(self.folder)
        if mark != self._proof():
            with self.look() as look:
                is_large = look.images.are_more_than(_SWEPT_WHOLE)
                known = frozenset(look.disposals.files_left())
                if not is_large:
                    known = known.union(look.images.original_names())
            known_in = partial(self._names_in, also=known) if is_large else lambda _: known
            self._sweep = self.originals.sweeping(known_in)
            self._sweep.go_on(most=_SWEPT_AT_OPENING if is_large else None)
        self._was_opened = True

    def _names_in(self, beginning: str, *, also: frozenset[str]) -> Collection[str]:
        with self.look() as look:
            return also.union(look.images.original_names(beginning))

    def _proof(self) -> bytes:
        with self.look() as look:
            head = look.trail.head()
        return proof_of(head, self._store.state())

    @property
    def swept(self) -> Swept | None:
        """What was tidied away since it was opened; its `doubt` must be shown to the office's
        people. None in a new office."""
        if self._sweep is not None:
            return self._sweep.swept
        return Swept() if self._was_opened else None

    def finish_sweep(self, *, stopped: Callable[[], bool] = lambda: False) -> None:
        """End the tidying that opening a large office after a crash only began. Others may go on
        working. Ends early when `stopped`; raises RecordsDamaged or DiskFailed."""
        if self._sweep is not None:
            self._sweep.go_on(stopped=stopped)

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

    def check_right(self, deed: str, *, by: Person) -> None:
        """Raise NotAllowed before long work that `Change.note` would refuse at its end."""
        with self.look() as look:
            known = {one.id: one for one in look.office.people() if not one.is_gone}.get(by.id)
        if known is None:
            raise NotAllowed(deed=deed, who=by.name, may="people who work at this office")
        check_right(deed, known.office_role, who=known.name)

    @property
    def store(self) -> FolderStore:
        """The sealed originals as they lie, for copying them as they are."""
        return self._store

    def copy_records(self, path: Path) -> None:
        """Write the records as of one moment into a new file. Raises as `Database.copy_into`."""
        self._database.copy_into(path)

    def records_copy(self, path: Path) -> RecordsCopy:
        """Open a file that `copy_records` wrote; the caller closes it."""
        return RecordsCopy(self._database.frozen_copy(path))

    def sealed_size(self, name: str) -> int | None:
        """How many sealed bytes an original has on disk, without reading them; None if missing."""
        try:
            return self._store.head(name).size
        except OriginalMissing:
            return None

    def erase(self, names: Iterable[str]) -> None:
        """Leave nothing of originals whose rows a disposal has deleted: neither a key in a journal
        or in a copy from before an upgrade, nor a sealed file. Raises RecordsBusy, DiskFull or
        DiskFailed; then do it again."""
        drop_safe_copy(self.folder)
        self._database.empty_journal()
        self.renditions.empty_journal()
        for name in names:
            self.originals.remove_destroyed(name)

    def check_records(self) -> None:
        """Prove every page of the records file. Raises RecordsDamaged."""
        self._database.check_pages()

    def verify_trail(
        self,
        *,
        anchor: Anchor | None = None,
        tell: Callable[[int, int], None] = lambda _done, _total: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> TrailVerdict:
        """As `trail.verify_trail`, on this office."""
        with self._database.read() as connection:
            return verify_trail(
                connection, self._trail_key, anchor=anchor, tell=tell, stopped=stopped
            )

    def close(self) -> None:
        """Close every file and wipe every key that was drawn. Safe to call twice."""
        with ExitStack() as always:
            for last in (
                partial(wipe, self._trail_key),
                self._database.close,
                self.originals.close,
                self.renditions.close,
            ):
                always.callback(last)
            self.originals.let_nothing_wait()
            with suppress(Problem):  # without the mark, the next opening looks for itself
                self._leave_mark()

    def _leave_mark(self) -> None:
        was_opened, self._was_opened = self._was_opened, False
        swept = self._sweep.swept if self._sweep else Swept()
        if was_opened and swept.is_over and swept.doubt is None:
            fresh = self.originals.fresh
            with self.look() as look:
                without_row = fresh - look.images.on_record(fresh)
            if self._store.is_clear_of(without_row):
                leave_mark(self.folder, self._proof())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _plain(value: object) -> object:
    """What JSON can say; an id or a moment as its text."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
