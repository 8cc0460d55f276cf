"""Backing up while the office is in use: records as of one moment, and every original they name."""

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from desktop.problem import Cancelled, Problem
from desktop.records.facts.backup import CopyProgress, Generation, Unsaved
from desktop.records.facts.ids import ImageId
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.rules.shares import Share
from desktop.records.vault import keyring
from desktop.records.vault.backup_folder import RECORDS, SUMS, BackupFolder, write_manifest
from desktop.records.vault.backup_problems import BackupPlaceWrong, BackupReadBackDiffers
from desktop.records.vault.copying import EarlierSums, SumsFile, copy_sealed, sum_of_sealed
from desktop.records.vault.durable import disk_faults_told, replace_file
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.records.vault.records_copy import RecordsCopy, drop_from_cache
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.sealing import sealed_size
from desktop.records.vault.vault import Vault

Tell = Callable[[CopyProgress], None]
Stopped = Callable[[], bool]
KEPT_GENERATIONS = 7
_SHARES = 30  # so many backups read everything on the drive again


@dataclass(slots=True, kw_only=True)
class BackupReport:
    """What a backup did. `unsaved` are originals that it could not take."""

    made: Generation
    where: str
    manifest: bytes
    bytes: int
    copied: int = 0
    copied_bytes: int = 0
    read_again: int = 0
    copied_again: int = 0
    unsaved: tuple[Unsaved, ...] = ()
    generations: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every original on record is in it."""
        return not self.unsaved


def write_generation(
    vault: Vault,
    folder: BackupFolder,
    *,
    keep: int = KEPT_GENERATIONS,
    read_all: bool = False,
    tell: Tell = lambda _progress: None,
    stopped: Stopped = lambda: False,
) -> BackupReport:
    """Write the next generation, prove it, make it current, and let all but `keep` go.

    Originals that lie there already are not copied again; a thirtieth of them, or with `read_all`
    all, are read again. Raises BackupPlaceWrong, BackupOfAnother, BackupTooNew, BackupDriveFull,
    BackupDriveFailed, BackupReadBackDiffers, Cancelled, and of the office RecordsDamaged and
    DiskFailed. Whatever it raises, the generation before stands, and originals copied stay.
    """
    _check_place(vault, folder)
    with vault.look() as look:
        office, moment = look.office.facts().id, look.now
    with folder.faults_told(elsewhere=vault.folder), ExitStack() as on_failure:
        part = folder.begin(office)
        on_failure.callback(shutil.rmtree, part, ignore_errors=True)
        _copy_keyring(vault.folder, part)
        _copy_records(vault, part, drive=folder.drive)
        with vault.records_copy(part / RECORDS) as records:
            run = _Run(vault, folder, part, records=records, tell=tell, stopped=stopped)
            run.bring_originals(read_all=read_all)
            made = Generation(
                number=run.number,
                office=office,
                made_at=moment,
                images=run.files_total,
                head=records.head(),
                absent=tuple(one.name for one in run.unsaved),
            )
        with disk_faults_told(part):
            manifest = write_manifest(part, made)
        folder.finish(part, office=office)
        on_failure.pop_all()
        _prove(folder, made.number)
        folder.prune(keep=keep)
        return run.report(made, manifest=manifest, generations=tuple(folder.numbers()))


def _check_place(vault: Vault, folder: BackupFolder) -> None:
    ours, theirs = vault.folder.resolve(), folder.folder.resolve()
    why = ""
    if theirs.is_relative_to(ours):
        why = "it lies within the office and would be lost with it"
    elif keyring.exists(theirs):
        why = "it is an office itself"
    elif not theirs.is_dir() and not theirs.parent.is_dir():
        why = "it is not there"
    elif theirs.exists() and not theirs.is_dir():
        why = "it is a file"
    if why:
        raise BackupPlaceWrong(place=str(folder.folder), why=why)


def _copy_keyring(office: Path, part: Path) -> None:
    for name in (keyring.FILE, keyring.PREVIOUS):
        with disk_faults_told(office):
            content = (office / name).read_bytes() if (office / name).is_file() else None
        if content is not None:
            with disk_faults_told(part):
                replace_file(part / name, content)


def _copy_records(vault: Vault, part: Path, *, drive: str) -> None:
    vault.copy_records(part / RECORDS)
    with disk_faults_told(part):
        drop_from_cache(part / RECORDS)
    try:
        with vault.records_copy(part / RECORDS) as records:
            records.prove()
    except RecordsDamaged as damaged:
        vault.check_records()
        raise BackupReadBackDiffers(drive=drive) from damaged


def _prove(folder: BackupFolder, number: int) -> None:
    """Nothing older goes before the new generation was read from the drive as it was written."""
    for path in folder.of(number).iterdir():
        with disk_faults_told(path):
            drop_from_cache(path)
    folder.generation(number)


@dataclass(slots=True)
class _Counts:
    copied: int = 0
    copied_bytes: int = 0
    read_again: int = 0
    copied_again: int = 0
    files: int = 0
    bytes: int = 0
    moved: int = 0
    began: float = field(default_factory=time.monotonic)


class _Run:
    """One backup on its way through the originals."""

    def __init__(
        self,
        vault: Vault,
        folder: BackupFolder,
        part: Path,
        *,
        records: RecordsCopy,
        tell: Tell,
        stopped: Stopped,
    ) -> None:
        self.number = int(part.stem)
        self.files_total, self.bytes_total = records.totals()
        self.unsaved: list[Unsaved] = []
        self._vault, self._folder, self._part, self._records = vault, folder, part, records
        self._tell, self._stopped = tell, stopped
        self._store = folder.originals()
        self._theirs = vault.originals.elsewhere(self._store)
        self._share = Share(number=self.number % _SHARES + 1, of=_SHARES)
        self._counts = _Counts()

    def bring_originals(self, *, read_all: bool) -> None:
        """See that every original is in the backup, and write their sums."""
        earlier = EarlierSums(self._folder.newest_sums())
        with disk_faults_told(self._part), SumsFile(self._part / SUMS) as sums:
            for image, sealed in self._records.originals():
                self._check_stopped()
                known = earlier.of(sealed.name)
                is_due = read_all or self._share.holds(image)
                sum_ = self._bring(image, sealed, known=known, is_due=is_due)
                if sum_ is not None:
                    sums.add(sealed.name, sum_)
                self._done(sealed)

    def report(
        self, made: Generation, *, manifest: bytes, generations: tuple[int, ...]
    ) -> BackupReport:
        """What was done, once all of it is."""
        counts = self._counts
        return BackupReport(
            made=made,
            where=self._folder.name,
            manifest=manifest,
            bytes=self.bytes_total,
            copied=counts.copied,
            copied_bytes=counts.copied_bytes,
            read_again=counts.read_again,
            copied_again=counts.copied_again,
            unsaved=tuple(self.unsaved),
            generations=generations,
        )

    def _bring(
        self, image: ImageId, sealed: SealedOriginal, *, known: bytes | None, is_due: bool
    ) -> bytes | None:
        """The sum of an original that is in the backup now, or None where nobody has it whole."""
        size = self._size_there(sealed.name)
        if size is None:
            return self._copy(image, sealed)
        if size == sealed_size(sealed.size):
            if known is not None and not is_due:
                return known
            self._counts.read_again += 1
            self._counts.moved += size
            problem = self._theirs.check(sealed, cold=True)
            if problem is None:
                return known or sum_of_sealed(sealed.name, store=self._store)
            if not isinstance(problem, OriginalDamaged | OriginalMissing):
                raise problem
        return self._copy_over(image, sealed)

    def _copy_over(self, image: ImageId, sealed: SealedOriginal) -> bytes | None:
        """Replace what is damaged in the backup, unless the office has nothing better."""
        if (problem := self._vault.originals.check(sealed, cold=True)) is not None:
            self._leave_out(image, sealed, problem)
            return None
        self._store.delete(sealed.name)
        self._counts.copied_again += 1
        return self._copy(image, sealed)

    def _copy(self, image: ImageId, sealed: SealedOriginal) -> bytes | None:
        try:
            sum_ = copy_sealed(
                sealed.name,
                source=self._vault.store,
                target=self._store,
                each_block=self._moved,
            )
        except (OriginalMissing, OriginalDamaged) as problem:
            self._leave_out(image, sealed, problem)
            return None
        if (copied := self._theirs.check(sealed, cold=True)) is not None:
            self._store.delete(sealed.name)
            if (in_office := self._vault.originals.check(sealed, cold=True)) is not None:
                self._leave_out(image, sealed, in_office)
                return None
            raise BackupReadBackDiffers(drive=self._folder.drive) from copied
        self._counts.copied += 1
        self._counts.copied_bytes += sealed_size(sealed.size)
        return sum_

    def _leave_out(self, image: ImageId, sealed: SealedOriginal, problem: Problem) -> None:
        if not isinstance(problem, OriginalMissing | OriginalDamaged):
            raise problem
        self.unsaved.append(Unsaved(image=image, name=sealed.name, why=str(problem)))

    def _size_there(self, name: str) -> int | None:
        try:
            return self._store.head(name).size
        except OriginalMissing:
            return None

    def _check_stopped(self) -> None:
        if self._stopped():
            raise Cancelled

    def _moved(self, length: int) -> None:
        self._check_stopped()
        self._counts.moved += length
        self._say()

    def _done(self, sealed: SealedOriginal) -> None:
        self._counts.files += 1
        self._counts.bytes += sealed.size
        self._say()

    def _say(self) -> None:
        counts = self._counts
        self._tell(
            CopyProgress(
                files=counts.files,
                files_total=self.files_total,
                bytes=counts.bytes,
                bytes_total=self.bytes_total,
                moved=counts.moved,
                seconds=time.monotonic() - counts.began,
            )
        )
