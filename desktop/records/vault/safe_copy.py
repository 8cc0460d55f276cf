"""The records as they were before an upgrade, beside themselves until the upgrade proved good."""

from pathlib import Path

from desktop.records.vault.durable import disk_faults_told, sync_folder
from desktop.records.vault.engine import Database
from desktop.records.vault.upgrade import is_of_an_older_layout

SAFE_COPY = "records.before-upgrade.db"


def keep_safe_copy(database: Database) -> bool:
    """Copy the records where an upgrade is about to change them; whether it is.

    Raises OfficeFromTheFuture, DiskFull and DiskFailed; then nothing was changed.
    """
    with database.read() as connection:
        if not is_of_an_older_layout(connection):
            return False
    safe = database.path.with_name(SAFE_COPY)
    part = safe.with_name(safe.name + ".part")
    with disk_faults_told(safe.parent):
        part.unlink(missing_ok=True)
        database.copy_into(part)
        part.replace(safe)
        sync_folder(safe.parent)
    return True


def drop_safe_copy(folder: Path) -> None:
    """Let the copy go, for good: once the office opened well in its new layout, or where a disposal
    may leave no key in it. Raises DiskFailed."""
    safe = folder / SAFE_COPY
    with disk_faults_told(folder):
        if safe.exists():
            safe.unlink()
            sync_folder(folder)
