"""Deeds on the keyring: each writes its line first, and the slot before the line is committed.

So a right that is missing or a drive that fails leaves neither. What is slow about a password is
done before the records are held for the change. The callers prove the password that gives the
office key, and wipe the key.
"""

from desktop.records.facts.people import Person
from desktop.records.vault import keyring
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.recovery_key import RecoveryKey
from desktop.records.vault.vault import Vault


def change_password(
    vault: Vault, *, key: OfficeKey, password: str, by: Person, cost: KeyCost = STANDARD_COST
) -> None:
    """A person chooses their own password. Raises PasswordTooShort, PasswordTooEasy, NotAllowed,
    and the problems of the keyring and the drive."""
    slot = keyring.new_slot(key, user=by.name, password=password, cost=cost)
    with vault.change() as change:
        change.note("password changed", by=by)
        keyring.put_slot(vault.folder, key, slot)


def give_password(
    vault: Vault,
    *,
    key: OfficeKey,
    person: Person,
    password: str,
    by: Person,
    cost: KeyCost = STANDARD_COST,
) -> None:
    """Give somebody a first password, or another for one that is lost; they choose their own at the
    next log-in. Raises as `change_password` does."""
    vault.check_right("password given", by=by)
    slot = keyring.new_slot(key, user=person.name, password=password, cost=cost, must_change=True)
    with vault.change() as change:
        change.note("password given", by=by, who=person.id, name=person.name)
        keyring.put_slot(vault.folder, key, slot)


def replace_recovery_key(vault: Vault, *, key: OfficeKey, by: Person) -> RecoveryKey:
    """A new recovery key; every sheet printed before opens nothing. Raises NotAllowed, and the
    problems of the keyring and the drive."""
    with vault.change() as change:
        change.note("recovery key replaced", by=by)
        return keyring.replace_recovery(vault.folder, key)
