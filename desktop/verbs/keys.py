"""Passwords and the recovery key of an open office: each asks again for the password of whoever
does it, for the open office itself no longer holds the key."""

from collections.abc import Sequence

from desktop.records.deeds import keys, people
from desktop.records.facts.ids import PersonId
from desktop.records.facts.people import NewPerson, Person
from desktop.records.vault import keyring
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


def add_person(
    office: Office,
    *,
    new: NewPerson,
    password: str,
    own_password: str,
    cost: KeyCost = STANDARD_COST,
) -> Person:
    """Somebody new with a first password, both or neither. Raises as `give_password` and
    `deeds.people.add_person`."""
    office.vault.check_right("person added", by=office.person)
    with proved_key(office.folder, user=office.person.name, password=own_password) as key:
        slot = keyring.new_slot(key, user=new.name, password=password, cost=cost, must_change=True)
        return people.add_person(office.vault, new=new, by=office.person, slot=(key, slot))


def change_person(
    office: Office,
    *,
    person: PersonId,
    said: NewPerson,
    password: str = "",
    own_password: str = "",
    cost: KeyCost = STANDARD_COST,
) -> Person:
    """Describe somebody anew, and give them `password` where one is named. Another name needs one,
    since the log-in goes by it; whoever renames themselves keeps `own_password`.

    Raises as `give_password` and `deeds.people.change_person`.
    """
    office.vault.check_right("person changed", by=office.person)
    is_me = person == office.person.id
    wanted = (own_password if said.name != office.person.name else "") if is_me else password
    if not wanted:
        return _changed(office, person, said, None)
    with proved_key(office.folder, user=office.person.name, password=own_password) as key:
        slot = keyring.new_slot(
            key, user=said.name, password=wanted, cost=cost, must_change=not is_me
        )
        return _changed(office, person, said, (key, slot))


def new_recovery_key(office: Office, *, own_password: str) -> Sequence[tuple[str, str]]:
    """A recovery key in the place of the one before, to be seen once: four lines, each with its
    check. Raises WrongPassword, TooManyAttempts, NotAllowed."""
    with proved_key(office.folder, user=office.person.name, password=own_password) as key:
        return keys.replace_recovery_key(office.vault, key=key, by=office.person).lines


def _changed(office: Office, person: PersonId, said: NewPerson, slot: people.Slot | None) -> Person:
    after = people.change_person(
        office.vault, person=person, said=said, by=office.person, slot=slot
    )
    if after.id == office.person.id:
        office.person = after
    return after
