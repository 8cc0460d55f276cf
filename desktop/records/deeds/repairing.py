"""Repairing: damaged and missing originals come back from a backup that holds a good copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.problem import Problem
from desktop.records.deeds.checking import ORIGINAL_REPAIRED, Broken
from desktop.records.facts.people import Person
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.backup_problems import NoBackupThere
from desktop.records.vault.copying import copy_sealed
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import OriginalMissing
from desktop.records.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRepaired:
    """An image that stays broken, and what is wrong with its copy in the backup."""

    broken: Broken
    problem: Problem


@dataclass(slots=True, kw_only=True)
class RepairReport:
    """What became of broken images. Those that a stop left out are in neither list."""

    where: str
    repaired: list[Broken] = field(default_factory=list)
    not_repaired: list[NotRepaired] = field(default_factory=list)


def repair_from(
    vault: Vault,
    *,
    broken: Sequence[Broken],
    backup: Path,
    by: Person,
    stopped: Callable[[], bool] = lambda: False,
) -> RepairReport:
    """Replace each broken original by the copy in a backup, if that unseals to the same bytes.

    The damaged file is set aside, not deleted; each repair has its line in the trail. Raises
    NotAllowed, NoBackupThere, BackupOfAnother, BackupDriveFailed, DiskFull or DiskFailed; what was
    repaired before stays so.
    """
    vault.check_right(ORIGINAL_REPAIRED, by=by)
    folder = BackupFolder(backup)
    with vault.look() as look:
        office = look.office.facts().id
    report = RepairReport(where=folder.name)
    with folder.faults_told(elsewhere=vault.folder):
        if not folder.has_originals:
            raise NoBackupThere(place=str(backup))
        folder.check_owner(office)
        store = folder.originals()
        theirs = vault.originals.elsewhere(store)
        for one in broken:
            if stopped():
                break
            problem = _repair(vault, one, store=store, theirs=theirs)
            if problem is not None:
                report.not_repaired.append(NotRepaired(broken=one, problem=problem))
                continue
            with vault.change() as change:
                change.note(
                    "original repaired",
                    by=by,
                    image=one.image,
                    was=one.problem.code,
                    where=folder.name,
                )
            report.repaired.append(one)
    return report


def _repair(
    vault: Vault, broken: Broken, *, store: FolderStore, theirs: Originals
) -> Problem | None:
    """Bring one original back; why it could not be, or None."""
    with vault.look() as look:
        sealed = look.images.sealed(broken.image)
    if (problem := theirs.check(sealed, cold=True)) is not None:
        return problem
    copy_sealed(
        sealed.name,
        source=store,
        target=vault.store,
        before_finish=partial(_set_aside, vault.store, sealed.name),
    )
    return vault.originals.check(sealed, cold=True)


def _set_aside(store: FolderStore, name: str) -> None:
    try:
        store.head(name)
    except OriginalMissing:
        return
    store.set_damaged_aside(name)
