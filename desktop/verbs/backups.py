"""Backup, restore, and the check that reads everything again: what a person can ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.problem import Cancelled
from desktop.records.deeds import backups, checking, repairing, restoring
from desktop.records.deeds.checking import VerifyReport
from desktop.records.deeds.people import find_person
from desktop.records.deeds.repairing import RepairReport
from desktop.records.facts.backup import BackupMade, CopyProgress, Generation
from desktop.records.rules.shares import Share
from desktop.records.vault import keyring, restore
from desktop.records.vault.backup import KEPT_GENERATIONS, BackupReport
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.records.vault.vault import Vault
from desktop.verbs.office import Office
from desktop.verbs.problems import PersonGone

Tell = Callable[[CopyProgress], None]
TellCount = Callable[[int, int], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Opening:
    """Who restores, and with what: a password of that time, or the recovery key as typed."""

    user: str
    password: str = ""
    recovery: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """What a restore proved: the generation, and a full check of what came out of it."""

    folder: Path
    generation: Generation
    checked: VerifyReport

    @property
    def is_whole(self) -> bool:
        """Whether every original unseals and the trail ends as the backup noted."""
        return self.checked.is_whole


def back_up(
    office: Office,
    *,
    to: Path,
    keep: int = KEPT_GENERATIONS,
    read_all: bool = False,
    tell: Tell = lambda _progress: None,
    stopped: Stopped = lambda: False,
) -> BackupReport:
    """Back an open office up; others may go on working. Raises as `deeds.backups.make_backup`."""
    return backups.make_backup(
        office.vault,
        to=to,
        by=office.person,
        keep=keep,
        read_all=read_all,
        tell=tell,
        stopped=stopped,
    )


def last_backup(office: Office) -> BackupMade | None:
    """The newest good backup, or None."""
    return backups.last_backup(office.vault)


def restore_office(
    backup: Path,
    *,
    into: Path,
    opening: Opening,
    number: int | None = None,
    tell: Tell = lambda _progress: None,
    tell_check: TellCount = lambda _done, _total: None,
    stopped: Stopped = lambda: False,
) -> RestoreReport:
    """Make an office in a new or empty folder out of a backup, and prove it by a full check.

    It opens with a password of that time, or with the recovery key. A restore that was
    interrupted is continued. Raises NoBackupThere, GenerationUnknown, GenerationDamaged,
    WrongPassword, WrongRecoveryKey, RestoreNeedsEmptyFolder, PersonGone, Cancelled and what the
    drives do.
    """
    folder = BackupFolder(backup)
    generation = folder.generation(number)
    with _unlocked(folder.of(generation.number), opening) as key:
        restore.prepare_folder(into, generation=generation)
        with OfficeLock(into):
            restore.copy_generation(
                folder, generation, into=into, key=key, tell=tell, stopped=stopped
            )
            with Vault.open(into, key=key) as vault:
                report = _proved(vault, generation, tell=tell_check, stopped=stopped)
                person = find_person(vault, opening.user)
                if person is None:
                    raise PersonGone(user=opening.user)
                restoring.note_restored(
                    vault,
                    generation=generation,
                    where=folder.name,
                    report=report,
                    by=person,
                )
            restore.finish(into)
    return RestoreReport(folder=into, generation=generation, checked=report)


def _proved(
    vault: Vault, generation: Generation, *, tell: TellCount, stopped: Stopped
) -> VerifyReport:
    report = checking.verify(
        vault, originals=True, anchor=generation.head, tell=tell, stopped=stopped
    )
    if report.checked < report.images:
        raise Cancelled
    return report


def users_in(backup: Path, *, number: int | None = None) -> tuple[str, ...]:
    """Who can open a generation with a password. Raises as `restore_office`."""
    folder = BackupFolder(backup)
    return keyring.users(folder.of(folder.generation(number).number))


@contextmanager
def _unlocked(folder: Path, opening: Opening) -> Iterator[OfficeKey]:
    key = (
        keyring.unlock_with_recovery(folder, recovery=opening.recovery)
        if opening.recovery
        else keyring.unlock(folder, user=opening.user, password=opening.password)
    )
    with key:
        yield key


def check_office(
    office: Office,
    *,
    originals: bool,
    share: Share | None = None,
    tell: TellCount = lambda _done, _total: None,
    stopped: Stopped = lambda: False,
) -> VerifyReport:
    """`deeds.checking.verify`, with its line in the trail where the drive takes one.

    A share that was stopped and found nothing has none, so that it does not count as read.
    """
    report = checking.verify(
        office.vault, originals=originals, share=share, tell=tell, stopped=stopped
    )
    if share is not None and report.is_whole and stopped():
        return report
    with suppress(DiskFull, DiskFailed):  # what was found is told all the same
        checking.note_checked(office.vault, report, originals=originals, by=office.person)
    return report


def scrub_share(
    office: Office, *, share: int, of: int, stopped: Stopped = lambda: False
) -> VerifyReport:
    """Read one share of all originals again, in the background; stops between two of them.

    A stopped share has no line in the trail, so that `next_share` names it again; it then goes on
    where it was stopped.
    """
    part = Share(number=share, of=of)
    begun = checking.begun_share(office.vault, part)
    report = checking.verify(office.vault, originals=True, share=part, begun=begun, stopped=stopped)
    if stopped():
        with suppress(DiskFull, DiskFailed):  # then it is begun anew
            checking.keep_begun(office.vault, report)
    else:
        checking.note_checked(office.vault, report, originals=True, by=office.person)
        # one that stays is too old to go on from when its turn comes again
        with suppress(DiskFull, DiskFailed):
            checking.forget_begun(office.vault)
    return report


def next_share(office: Office, *, of: int) -> int:
    """The share that has waited longest, counted from 1."""
    return checking.next_share(office.vault, of=of).number


def repair(
    office: Office, found: VerifyReport, *, backup: Path, stopped: Stopped = lambda: False
) -> RepairReport:
    """Bring what a check found broken back from a backup. Raises as `deeds.repairing`."""
    return repairing.repair_from(
        office.vault, broken=found.broken, backup=backup, by=office.person, stopped=stopped
    )
