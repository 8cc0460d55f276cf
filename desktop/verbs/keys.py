"""Passwords and the recovery key of an open office: each asks again for the password of whoever
does it, for the open office itself no longer holds the key."""

from collections.abc import Sequence

from desktop.records.deeds import keys
from desktop.records.facts.people import Person
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.verbs.failed_unlocks import proved_key
from desktop.verbs.office import Office
from desktop.verbs.problems import PasswordUnchanged


def change_password(office: Office, *, old: str, new: str, cost: KeyCost = STANDARD_COST) -> None:
    """The person who opened the office chooses another password.

    Raises WrongPassword, TooManyAttempts, PasswordUnchanged, PasswordTooShort, PasswordTooEasy.
    """
    if new == old:
        raise PasswordUnchanged
    with proved_key(office.folder, user=office.person.name, password=old) as key:
        keys.change_password(office.vault, key=key, password=new, by=office.person, cost=cost)


def give_password(
    office: Office,
    *,
    person: Person,
    password: str,
    own_password: str,
    cost: KeyCost = STANDARD_COST,
) -> None:
    """Give somebody a password that they must change when they first use it.

    Raises WrongPassword or TooManyAttempts for `own_password`, PasswordTooShort, PasswordTooEasy,
    NotAllowed.
    """
    with proved_key(office.folder, user=office.person.name, password=own_password) as key:
        keys.give_password(
            office.vault, key=key, person=person, password=password, by=office.person, cost=cost
        )


def new_recovery_key(office: Office, *, own_password: str) -> Sequence[tuple[str, str]]:
    """A recovery key in the place of the one before, to be seen once: four lines, each with its
    check. Raises WrongPassword, TooManyAttempts, NotAllowed."""
    with proved_key(office.folder, user=office.person.name, password=own_password) as key:
        return keys.replace_recovery_key(office.vault, key=key, by=office.person).lines
