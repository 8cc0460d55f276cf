"""A new office key: databases under it, data keys wrapped with it, a keyring that gives it.

What it cannot do: an old copy of the office, a backup above all, still opens with the old passwords
and shows what it held. The sealed files stay as they are: whoever kept both the old office key and
a data key, and gets hold of the sealed file, can read that original.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop.problem import Problem
from desktop.records.facts.people import Person
from desktop.records.vault import keyring
from desktop.records.vault.durable import disk_faults_told, sync_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.image_shelf import ImageShelf
from desktop.records.vault.kept_keys import keep_trail_key, trail_key
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.office_key import OfficeKey, Purpose
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.recovery_key import RecoveryKey
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.rotated_files import (
    RECORDS,
    RENDITIONS,
    drop_waiting,
    settle_rotation,
    waiting,
)
from desktop.records.vault.schema import original
from desktop.records.vault.vault import ORIGINALS, Change, Clock, Vault, utc_now
from desktop.records.vault.wipe import wipe

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What a rotation leaves to do. `recovery` is seen once; every earlier sheet opens nothing.

    `without_password` are people whose passwords nobody here knows: they need new ones.
    `unreadable` counts originals whose data key was damaged before; it stays as it was.
    `unsettled` is what the drive did once the new key stood: the next opening ends the rotation,
    and until then the old key still opens the old files.
    """

    recovery: RecoveryKey
    without_password: tuple[str, ...]
    unreadable: int
    unsettled: Problem | None = None


def rotate_office_key(
    folder: Path,
    *,
    key: OfficeKey,
    by: Person,
    passwords: Mapping[str, str],
    clock: Clock = utc_now,
    cost: KeyCost = STANDARD_COST,
    tell: Tell = lambda _done, _total: None,
) -> Rotation:
    """Give the office another key, for those of `passwords` (by name), which were proved before.

    Needs the office lock, and the office closed. `key` is the present one; the caller wipes it.
    Wherever it is cut short, either the old keyring opens everything or the new one does. Raises
    NotAllowed, DiskFull, DiskFailed and as `Vault.open` does; the office is then as it was.
    """
    with Vault.open(folder, key=key, clock=clock) as vault, vault.change() as change:
        change.note("office key rotation begun", by=by)
    users = keyring.users(folder)
    with OfficeKey.fresh(office=key.office, opened_by=by.name) as new:
        with ExitStack() as on_failure:
            on_failure.callback(drop_waiting, folder)
            _export(folder, old=key, new=new)
            unreadable = _rewrap(folder, old=key, new=new, by=by, clock=clock, tell=tell)
            content, recovery = keyring.keyring_for(new, passwords=passwords, cost=cost)
            with disk_faults_told(folder):
                sync_folder(folder)  # the names of the files that wait, before anything needs them
            on_failure.pop_all()
        keyring.put_in_place(folder, content)  # from here on it is decided
        unsettled = _settle(folder, new)
    known = {name.casefold() for name in passwords}
    return Rotation(
        recovery=recovery,
        without_password=tuple(name for name in users if name.casefold() not in known),
        unreadable=unreadable,
        unsettled=unsettled,
    )


def _settle(folder: Path, new: OfficeKey) -> Problem | None:
    """What goes wrong now is told beside the recovery key: else nobody would ever see that."""
    try:
        settle_rotation(folder, new)
    except Problem as problem:
        return problem
    return None


def _export(folder: Path, *, old: OfficeKey, new: OfficeKey) -> None:
    """The records last: where they wait, the renditions do as well."""
    files: tuple[tuple[str, Purpose], ...] = ((RENDITIONS, "renditions"), (RECORDS, "records"))
    for name, purpose in files:
        source = Database(folder / name, old.subkey(purpose), connections=1)
        fresh = new.subkey(purpose)
        try:
            with closing(source):
                source.export_into(waiting(folder, name), fresh)
        except RecordsDamaged:
            if name == RECORDS:
                raise
            drop_waiting(folder)  # thumbnails are begun anew where their file does not open
        finally:
            wipe(fresh)


def _rewrap(
    folder: Path, *, old: OfficeKey, new: OfficeKey, by: Person, clock: Clock, tell: Tell
) -> int:
    """Data keys and the trail's key under the new key, and the line that tells of it: one commit in
    the file that waits. How many data keys did not open."""
    store = FolderStore(folder / ORIGINALS)
    before, after = _originals(store, old), _originals(store, new)
    database = Database(waiting(folder, RECORDS), new.subkey("records"), connections=1)
    with closing(database), closing(before), closing(after):
        with database.write() as connection:
            unreadable = _rewrap_originals(connection, before, after, tell)
            secret = trail_key(connection, old)
            keep_trail_key(connection, new, secret)
            change = Change(connection, now=clock(), trail_key=secret)
            change.note("office key rotated", by=by, unreadable=unreadable)
            wipe(secret)
        database.check_pages()
        # closing does not say that it failed to, and the journal of a file that waits is dropped
        database.empty_journal()
    return unreadable


def _originals(store: FolderStore, key: OfficeKey) -> Originals:
    wrapping = key.subkey("wrapping")
    try:
        return Originals(store, wrapping)
    finally:
        wipe(wrapping)


def _rewrap_originals(
    connection: sa.Connection, before: Originals, after: Originals, tell: Tell
) -> int:
    shelf = ImageShelf(connection)
    total, _ = shelf.totals()
    done = unreadable = 0
    last = None
    while page := shelf.every_original(after=last):
        for image, sealed in page:
            try:
                wrapped = before.rewrapped(sealed, into=after)
            except OriginalDamaged:
                unreadable += 1
                continue
            row = sa.update(original).where(original.c.image_id == image)
            connection.execute(row.values(wrapped_key=wrapped))
        last = page[-1][0]
        done += len(page)
        tell(done, total)
    return unreadable
