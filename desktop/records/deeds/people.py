"""The people of the office: added, given another role, removed."""

import unicodedata
from dataclasses import replace

from desktop.records.facts.hpi import professional_number
from desktop.records.facts.ids import PersonId, new_uuid
from desktop.records.facts.people import NewPerson, OfficeRole, Person
from desktop.records.facts.people_problems import (
    CannotRemoveOneself,
    LastManager,
    PersonAlreadyThere,
    PersonNameMissing,
    PersonUnknown,
)
from desktop.records.vault import keyring
from desktop.records.vault.vault import Look, Vault


def people(vault: Vault, *, gone: bool = False) -> list[Person]:
    """Everybody who works here, in the order in which they were added; `gone`: who left as well."""
    with vault.look() as look:
        return [person for person in look.office.people() if gone or not person.is_gone]


def person_named(vault: Vault, name: str) -> Person:
    """Who works here under this name; case and surplus spaces do not matter.

    Raises PersonUnknown.
    """
    wanted = _clean(name).casefold()
    for person in people(vault):
        if person.name.casefold() == wanted:
            return person
    raise PersonUnknown(name=name)


def add_person(vault: Vault, *, new: NewPerson, by: Person) -> Person:
    """Put somebody on record who works here. They cannot log in until they are given a password.

    Raises PersonNameMissing, PersonAlreadyThere, NotAllowed.
    """
    name = _clean(new.name)
    if not name:
        raise PersonNameMissing
    with vault.change() as change:
        if any(one.name.casefold() == name.casefold() for one in _present(change)):
            raise PersonAlreadyThere(name=name)
        added = Person(
            id=PersonId(new_uuid()),
            name=name,
            role=new.role,
            office_role=new.office_role,
            number=professional_number(new.number),
        )
        change.office.add_person(added, at=change.now)
        change.note(
            "person added", by=by, who=added.id, name=name, office_role=added.office_role.value
        )
    return added


def change_role(vault: Vault, *, person: PersonId, office_role: OfficeRole, by: Person) -> Person:
    """Give somebody another role at the office, from the next deed on.

    Raises PersonUnknown, LastManager, NotAllowed.
    """
    with vault.change() as change:
        before = _known(change, person)
        if office_role is not OfficeRole.OFFICE_MANAGER:
            _refuse_last_manager(change, before)
        change.office.set_office_role(person, office_role)
        change.note(
            "role changed",
            by=by,
            who=person,
            before=before.office_role.value,
            after=office_role.value,
        )
    return replace(before, office_role=office_role)


def remove_person(vault: Vault, *, person: PersonId, by: Person) -> Person:
    """Somebody left: their password opens nothing from now on, and what they did stays on record.

    It does not change the office key, which they may have kept, nor older copies of the keyring:
    `rotate_office_key` does. Raises PersonUnknown, CannotRemoveOneself, LastManager, NotAllowed,
    KeyringDamaged and the problems of the drive.
    """
    with vault.change() as change:
        before = _known(change, person)
        if person == by.id:
            raise CannotRemoveOneself(name=before.name)
        _refuse_last_manager(change, before)
        change.office.mark_gone(person, at=change.now)
        change.note("person removed", by=by, who=person, name=before.name)
        # last, and before the commit: whatever fails, nobody is gone whose password still opens
        keyring.revoke(vault.folder, user=before.name)
    return replace(before, gone_at=change.now)


def _present(look: Look) -> list[Person]:
    return [person for person in look.office.people() if not person.is_gone]


def _known(look: Look, person: PersonId) -> Person:
    known = look.office.person(person)
    if known is None or known.is_gone:
        raise PersonUnknown(name=known.name if known else str(person))
    return known


def _refuse_last_manager(look: Look, person: Person) -> None:
    managers = [p for p in _present(look) if p.office_role is OfficeRole.OFFICE_MANAGER]
    if [manager.id for manager in managers] == [person.id]:
        raise LastManager(name=person.name)


def _clean(name: str) -> str:
    """A name as it is kept: composed, one space between words."""
    return " ".join(unicodedata.normalize("NFC", name).split())
