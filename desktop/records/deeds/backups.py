"""Backups: making one, and knowing when the last good one was made."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import BackupMade, CopyProgress, OlderBackups
from desktop.records.facts.people import Person
from desktop.records.facts.trail import TrailFilter, TrailLine
from desktop.records.rules.older_backups import older_backups
from desktop.records.vault.backup import KEPT_GENERATIONS, BackupReport, write_generation
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.vault import Vault

BACKUP_MADE = "backup made"
_PAGE = 20


def make_backup(
    vault: Vault,
    *,
    to: Path,
    by: Person,
    keep: int = KEPT_GENERATIONS,
    read_all: bool = False,
    tell: Callable[[CopyProgress], None] = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> BackupReport:
    """Back the office up into a folder, a stick or a share, as `vault.backup.write_generation`.

    The line in the trail carries the head that is in the backup, and the sum of its manifest.
    """
    vault.check_right(BACKUP_MADE, by=by)
    folder = BackupFolder(to)
    report = write_generation(
        vault, folder, keep=keep, read_all=read_all, tell=tell, stopped=stopped
    )
    made = report.made
    with vault.change() as change:
        change.note(
            "backup made",
            by=by,
            where=folder.name,
            generation=made.number,
            images=made.images,
            keep=keep,
            unsaved=len(report.unsaved),
            head_seq=made.head.seq,
            head=made.head.mac.hex(),
            manifest=report.manifest.hex(),
        )
    return report


def last_backup(vault: Vault) -> BackupMade | None:
    """The newest backup that had every original, wherever it went; None if there never was one."""
    before: int | None = None
    wanted = TrailFilter(deed=BACKUP_MADE)
    while True:
        with vault.look() as look:
            page = look.trail.page(wanted, before=before, most=_PAGE)
        for line in page:
            if line.deed == BACKUP_MADE and line.facts.get("unsaved") == 0 and line.at:
                return _made(line, at=line.at)
        if not page:
            return None
        before = page[-1].seq


def backups_before(vault: Vault, *, done: datetime) -> OlderBackups:
    """Which backups from before `done` (UTC) still hold what was destroyed then, and until when."""
    with vault.look() as look:
        history: list[BackupMade] = []
        at = datetime.min.replace(tzinfo=UTC)
        for line in look.trail.lines(TrailFilter(deed=BACKUP_MADE)):
            at = line.at or at  # a damaged time: no earlier than the line before it
            if line.deed == BACKUP_MADE and line.facts:
                history.append(_made(line, at=at))
        return older_backups(history, done=done, now=look.now)


def _made(line: TrailLine, *, at: datetime) -> BackupMade:
    facts: Any = line.facts
    return BackupMade(
        at=at,
        where=facts["where"],
        generation=facts["generation"],
        images=facts["images"],
        head=Anchor(seq=facts["head_seq"], mac=bytes.fromhex(facts["head"])),
        keep=facts.get("keep", KEPT_GENERATIONS),
    )
