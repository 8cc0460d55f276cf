"""Two databases that wait beside the office's own until the keyring gives the key they open with.

The keyring is replaced at one stroke, and only after both files are whole. So a waiting records
file that opens with the key at hand and holds the office belongs to a rotation that was decided,
and takes the place of the old one; one that does not is left from one that never was, and goes.
"""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from desktop.records.vault import keyring
from desktop.records.vault.durable import disk_faults_told, sync_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.schema import office

RECORDS, RENDITIONS = "records.db", "renditions.db"
_SIDE_FILES = ("-wal", "-shm", "-journal")  # the last while the file was being made


def waiting(folder: Path, name: str) -> Path:
    """Where the new file of `name` waits."""
    return folder / name.replace(".db", ".rotated.db")


def settle_rotation(folder: Path, key: OfficeKey) -> None:
    """End a rotation that was cut short, forwards or backwards; nothing to do is the usual case.

    Needs the office lock, before the databases are opened. Safe to cut short and to repeat. Raises
    RecordsDamaged, having changed nothing, where neither file opens with `key`; DiskFailed.
    """
    with disk_faults_told(folder):
        is_waiting = waiting(folder, RECORDS).exists()
    if not is_waiting:
        drop_waiting(folder)
    elif _opens(waiting(folder, RECORDS), key):
        keyring.forget_previous(folder)
        _swap(folder, RENDITIONS)
        _swap(folder, RECORDS)
    elif _opens(folder / RECORDS, key):
        drop_waiting(folder)
    else:
        raise RecordsDamaged(file=RECORDS)


def drop_waiting(folder: Path) -> None:
    """Leave nothing of a rotation that was not decided. Raises DiskFailed."""
    with disk_faults_told(folder):
        for name in (RECORDS, RENDITIONS):
            _drop(waiting(folder, name), "", *_SIDE_FILES)


def _opens(path: Path, key: OfficeKey) -> bool:
    """Whether records open with `key` and hold an office: an empty file opens with every key, and
    is what a crash leaves at the beginning of an export."""
    with disk_faults_told(path.parent):
        if not path.is_file():
            return False
    with closing(Database(path, key.subkey("records"), connections=1)) as database:
        try:
            with database.read() as connection:
                if not sa.inspect(connection).has_table(office.name):
                    return False
                return connection.execute(sa.select(office.c.id)).first() is not None
        except RecordsDamaged:
            return False


def _swap(folder: Path, name: str) -> None:
    new = waiting(folder, name)
    with disk_faults_told(folder):
        if not new.exists():
            return
        # a journal of the old file, laid over the new one, would spoil it
        _drop(folder / name, *_SIDE_FILES)
        _drop(new, *_SIDE_FILES)
        new.replace(folder / name)
        sync_folder(folder)


def _drop(path: Path, *endings: str) -> None:
    for ending in endings:
        path.with_name(path.name + ending).unlink(missing_ok=True)
