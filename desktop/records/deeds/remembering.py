"""Letting a computer keep one's key to the office, and taking that back.

As in `deeds.keys` the line is written first, and the slot before the line is committed.
"""

from desktop.records.facts.office_settings import RememberingNotPermitted
from desktop.records.facts.people import Person
from desktop.records.vault import kept_slots
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Vault


def check_permission(vault: Vault) -> None:
    """Raise RememberingNotPermitted unless the office's settings permit it."""
    with vault.look() as look:
        if not look.settings.read().may_remember:
            raise RememberingNotPermitted


def remember_key(
    vault: Vault, *, key: OfficeKey, kept: KeptSecret, workstation: str, by: Person
) -> None:
    """From now on `kept` opens the office as this person, in the place of what was kept for them
    before. Raises RememberingNotPermitted, NotAllowed, and the problems of the keyring and the
    drive."""
    slot = kept_slots.new_slot(key, user=by.name, kept=kept)
    with vault.change() as change:
        change.note("key remembered by a computer", by=by, workstation=workstation)
        if not change.settings.read().may_remember:
            raise RememberingNotPermitted
        kept_slots.put_slot(vault.folder, key, slot)


def forget_key(vault: Vault, *, by: Person, why: str = "") -> bool:
    """Nothing that a computer keeps for this person opens the office any more. Whether there was
    something; nothing is noted for nothing. Raises NotAllowed, and as `remember_key` does."""
    if not kept_slots.kept_for(vault.folder, by.name):
        return False
    with vault.change() as change:
        change.note("key forgotten by a computer", by=by, why=why)
        return kept_slots.forget(vault.folder, user=by.name)
