"""Restoring: a generation of a backup becomes an office in a new folder, and can be continued."""

import json
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.problem import Cancelled
from desktop.records.facts.backup import CopyProgress, Generation
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.backup_folder import RECORDS, BackupFolder
from desktop.records.vault.backup_problems import GenerationDamaged, RestoreNeedsEmptyFolder
from desktop.records.vault.copying import copy_sealed
from desktop.records.vault.durable import (
    disk_faults_told,
    make_private_folder,
    replace_file,
    sync_folder,
    sync_to_drive,
)
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.original_store import OriginalStore
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.records.vault.records_copy import RecordsCopy
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.sealing import sealed_size

MARK = "restore-unfinished.json"
_LOCK = "office.lock"
Tell = Callable[[CopyProgress], None]


def prepare_folder(into: Path, *, generation: Generation) -> None:
    """Make the folder, or take one that is empty or in which this very restore was begun.

    Raises RestoreNeedsEmptyFolder, DiskFull or DiskFailed.
    """
    mark = _mark(generation)
    with disk_faults_told(into):
        make_private_folder(into)
        names = {path.name for path in into.iterdir()} - {_LOCK}
        if not names:
            replace_file(into / MARK, mark)
        elif MARK not in names or (into / MARK).read_bytes() != mark:
            raise RestoreNeedsEmptyFolder(folder=str(into))


def copy_generation(
    folder: BackupFolder,
    generation: Generation,
    *,
    into: Path,
    key: OfficeKey,
    tell: Tell = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Copy originals, records and keyring into a prepared folder; the records come last but one,
    and the keyring last, so that half of it is no office.

    An original that the backup lacks, or has cut short, is left out for the check to name. Raises
    GenerationDamaged, BackupDriveFailed, Cancelled, DiskFull or DiskFailed.
    """
    source = folder.of(generation.number)
    with folder.faults_told(elsewhere=into):
        records = RecordsCopy(Database(source / RECORDS, key.subkey("records"), frozen=True))
        with records:
            _check_records(records, folder, generation)
            copy = _Copy(records, store=folder.originals(), into=into, tell=tell, stopped=stopped)
            copy.bring_originals()
        _drop_journals(into)
        for name in (RECORDS, keyring.PREVIOUS, keyring.FILE):
            if (source / name).is_file():
                _copy_file(source / name, into / name)
        # what computers kept then may have been taken back since
        kept_slots.forget(into)


def finish(into: Path) -> None:
    """Take the mark of an unfinished restore away. Raises DiskFailed."""
    with disk_faults_told(into):
        (into / MARK).unlink(missing_ok=True)
        sync_folder(into)


def _check_records(records: RecordsCopy, folder: BackupFolder, generation: Generation) -> None:
    try:
        records.prove()
    except RecordsDamaged as damaged:
        others = [str(n) for n in folder.numbers() if n != generation.number]
        raise GenerationDamaged(
            number=generation.number, file=RECORDS, others=", ".join(others) or "none"
        ) from damaged


class _Copy:
    """The originals of a restore on their way."""

    def __init__(
        self,
        records: RecordsCopy,
        *,
        store: OriginalStore,
        into: Path,
        tell: Tell,
        stopped: Callable[[], bool],
    ) -> None:
        self._records, self._store, self._tell, self._stopped = records, store, tell, stopped
        self._target = FolderStore(into / "originals")
        self._began = time.monotonic()
        self._files_total, self._bytes_total = records.totals()
        self._files = self._bytes = self._moved = 0

    def bring_originals(self) -> None:
        """Copy what is not there yet; the check at the end reads all of it."""
        for _, sealed in self._records.originals():
            if not self._is_there(sealed):
                with suppress(OriginalMissing, OriginalDamaged):
                    copy_sealed(
                        sealed.name,
                        source=self._store,
                        target=self._target,
                        each_block=self._each_block,
                    )
            self._files += 1
            self._bytes += sealed.size
            self._each_block(0)

    def _is_there(self, sealed: SealedOriginal) -> bool:
        try:
            return self._target.head(sealed.name).size == sealed_size(sealed.size)
        except OriginalMissing:
            return False

    def _each_block(self, length: int) -> None:
        if self._stopped():
            raise Cancelled
        self._moved += length
        self._tell(
            CopyProgress(
                files=self._files,
                files_total=self._files_total,
                bytes=self._bytes,
                bytes_total=self._bytes_total,
                moved=self._moved,
                seconds=time.monotonic() - self._began,
            )
        )


def _drop_journals(into: Path) -> None:
    """What an interrupted restore wrote beside its records must not be played into these."""
    with disk_faults_told(into):
        for ending in ("-wal", "-shm"):
            (into / (RECORDS + ending)).unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    with disk_faults_told(target.parent):
        shutil.copyfile(source, part)
        part.chmod(0o600)
        sync_to_drive(part)
        part.replace(target)
        sync_folder(target.parent)


def _mark(generation: Generation) -> bytes:
    facts = {"office": str(generation.office), "generation": generation.number}
    return json.dumps(facts).encode()
