"""Sealed originals that no record names. They are listed and explained; nothing here removes one.

Why not: docs/decisions/0011-orphans-stay.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.records.facts.orphan import Orphan
from desktop.records.vault.backup_folder import SUMS, BackupFolder
from desktop.records.vault.backup_problems import NoBackupThere
from desktop.records.vault.copying import EarlierSums
from desktop.records.vault.vault import Vault


def orphans(vault: Vault, *, backup: Path | None = None) -> list[Orphan]:
    """Every one of them, by name, and with `backup` which of its generations know it.

    What opening left to be tidied is tidied first. Reading adds no line to the trail. Raises
    DiskFailed; of a backup NoBackupThere, BackupOfAnother, BackupTooNew and BackupDriveFailed.
    """
    vault.finish_sweep()
    found = vault.store.orphans()
    return found if backup is None else _asked(vault, found, BackupFolder(backup))


def _asked(vault: Vault, found: Sequence[Orphan], folder: BackupFolder) -> list[Orphan]:
    with vault.look() as look:
        office = look.office.facts().id
    with folder.faults_told(elsewhere=vault.folder):
        folder.check_owner(office)
        numbers = folder.numbers()
        if not numbers:
            raise NoBackupThere(place=str(folder.folder))
        knowing: dict[str, tuple[int, ...]] = {}
        for number in numbers:
            sums = EarlierSums(folder.of(number) / SUMS)
            for one in found:
                if sums.of(one.name) is not None:
                    knowing[one.name] = (*knowing.get(one.name, ()), number)
    return [replace(one, generations=knowing.get(one.name, ())) for one in found]
