"""Who opened the office and when, and who failed to."""

from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def note_unlocked(vault: Vault, *, by: Person, how: str = "password") -> None:
    """The office was opened by this person, with a password or the recovery key (`how`)."""
    with vault.change() as change:
        change.note("unlocked", by=by, how=how)


def note_locked(vault: Vault, *, by: Person, why: str = "") -> None:
    """The office was locked: by hand, or by itself (`why`)."""
    with vault.change() as change:
        change.note("locked", by=by, why=why)


def note_failed_unlocks(vault: Vault, *, count: int) -> None:
    """So many attempts to open the office failed since it was locked. Nothing is noted for none.

    They are known only now: the trail cannot be written while the office is locked.
    """
    if count > 0:
        with vault.change() as change:
            change.note("unlock failed", by=None, count=count)
