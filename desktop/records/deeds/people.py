"""The people of the office: added, described anew, given another role, removed."""

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
    RenameNeedsPassphrase,
)
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.key_slot import KeySlot
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Change, Look, Vault

Slot = tuple[OfficeKey, KeySlot]
"""The office key as it was proved, and what `keyring.new_slot` made with it."""


def people(vault: Vault, *, gone: bool = False) -> list[Person]:
    """Everybody who works here, in the order in which they were added; `gone`: who left as well."""
    with vault.look() as look:
        return [person for person in look.office.people() if gone or not person.is_gone]


def find_person(vault: Vault, name: str) -> Person | None:
    """Who works here under this name; as in the keyring, case and surplus spaces do not matter."""
    wanted = _clean(name).casefold()
    return next((one for one in people(vault) if one.name.casefold() == wanted), None)


def person_named(vault: Vault, name: str) -> Person:
    """As `find_person`. Raises PersonUnknown."""
    person = find_person(vault, name)
    if person is None:
        raise PersonUnknown(name=name)
    return person


def add_person(vault: Vault, *, new: NewPerson, by: Person, slot: Slot | None = None) -> Person:
    """Put somebody on record who works here. Without a `slot` they cannot log in until they are
    given a password.

    Raises PersonNameMissing, PersonAlreadyThere, NotAllowed; with a `slot` what the keyring does.
    """
    with vault.change() as change:
        name = _free_name(change, new.name)
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
        if slot is not None:
            _give(vault, change, added, slot, by=by)
    return added


def change_person(
    vault: Vault, *, person: PersonId, said: NewPerson, by: Person, slot: Slot | None = None
) -> Person:
    """Describe somebody anew: name, role in the health service, number, role at the office.

    What does not differ leaves no line. Who can log in needs a `slot` under another name: without
    one RenameNeedsPassphrase is raised. With a slot under the name they keep, that is another
    password, for somebody else than `by`. What they did stays on record under the name it was done
    under. Raises PersonNameMissing, PersonAlreadyThere, PersonUnknown, LastManager, NotAllowed, and
    what the keyring does.
    """
    vault.check_right("person changed", by=by)
    with vault.look() as look:
        before, after = _described(look, person, said)
    if after == before and slot is None:
        return before
    with vault.change() as change:
        before, after = _described(change, person, said)
        is_renamed = after.name.casefold() != before.name.casefold()
        if is_renamed and slot is None and _logs_in(vault, before.name):
            raise RenameNeedsPassphrase(name=before.name)
        _note_differences(change, before, after, by=by)
        if after.office_role is not before.office_role:
            kept_slots.forget(vault.folder, user=before.name)
        if slot is not None:
            _give(vault, change, after, slot, by=by)
    if is_renamed:
        # only now: until the commit the old name is the one that opens the office
        keyring.revoke(vault.folder, user=before.name)
    return after


def change_role(vault: Vault, *, person: PersonId, office_role: OfficeRole, by: Person) -> Person:
    """Give somebody another role at the office, from the next deed on. What a computer keeps for
    them opens nothing any more: they remember their key again, in the new role.

    Raises PersonUnknown, LastManager, NotAllowed, and the problems of the keyring and the drive.
    """
    with vault.change() as change:
        before = _known(change, person)
        _set_role(change, before, office_role, by=by)
        kept_slots.forget(vault.folder, user=before.name)
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


def _described(look: Look, person: PersonId, said: NewPerson) -> tuple[Person, Person]:
    before = _known(look, person)
    after = replace(
        before,
        name=_free_name(look, said.name, of=person),
        role=said.role,
        number=professional_number(said.number),
        office_role=said.office_role,
    )
    return before, after


def _note_differences(change: Change, before: Person, after: Person, *, by: Person) -> None:
    told = {
        name: [getattr(before, name), getattr(after, name)]
        for name in ("name", "role", "number")
        if getattr(before, name) != getattr(after, name)
    }
    if told:
        change.office.describe_person(after)
        change.note("person changed", by=by, who=after.id, **told)
    if after.office_role is not before.office_role:
        _set_role(change, before, after.office_role, by=by)


def _set_role(change: Change, before: Person, office_role: OfficeRole, *, by: Person) -> None:
    if office_role is not OfficeRole.OFFICE_MANAGER:
        _refuse_last_manager(change, before)
    change.office.set_office_role(before.id, office_role)
    change.note(
        "role changed",
        by=by,
        who=before.id,
        before=before.office_role.value,
        after=office_role.value,
    )


def _give(vault: Vault, change: Change, person: Person, slot: Slot, *, by: Person) -> None:
    """Last in a change: whatever fails before it, the keyring is as it was."""
    key, made = slot
    if person.id != by.id:
        change.note("password given", by=by, who=person.id, name=person.name)
    keyring.put_slot(vault.folder, key, made)


def _logs_in(vault: Vault, name: str) -> bool:
    if not keyring.exists(vault.folder):
        return False
    return any(user.casefold() == name.casefold() for user in keyring.users(vault.folder))


def _free_name(look: Look, typed: str, *, of: PersonId | None = None) -> str:
    """The name as it is kept, where nobody else who works here has it."""
    name = _clean(typed)
    if not name:
        raise PersonNameMissing
    others = (one for one in _present(look) if one.id != of)
    if any(one.name.casefold() == name.casefold() for one in others):
        raise PersonAlreadyThere(name=name)
    return name


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
