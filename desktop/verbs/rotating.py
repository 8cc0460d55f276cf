"""A new office key: done with the office closed, by an office manager."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.printing.stationery import Stationery
from desktop.records.deeds.people import person_named
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.passphrase import PasswordMustChange
from desktop.records.facts.people import Person
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.rotation import Rotation, rotate_office_key
from desktop.records.vault.vault import Vault
from desktop.verbs.door import office_exists
from desktop.verbs.failed_unlocks import proved_key
from desktop.verbs.problems import NoOffice
from desktop.verbs.stationery import stationery_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RotatedOffice:
    """What was done, and for whose sheet: the recovery key in `rotation` is seen once."""

    facts: OfficeFacts
    person: Person
    rotation: Rotation
    own: Stationery


def rotate_key(
    folder: Path,
    *,
    user: str,
    password: str,
    cost: KeyCost = STANDARD_COST,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> RotatedOffice:
    """Give a closed office another key. Only `user` can log in afterwards.

    Raises NoOffice, OfficeInUse, WrongPassword, TooManyAttempts, PasswordMustChange, PersonUnknown,
    NotAllowed, and the problems of the drive; the office is then as it was.
    """
    if not office_exists(folder):
        raise NoOffice(folder=str(folder))
    with OfficeLock(folder), proved_key(folder, user=user, password=password) as key:
        if key.must_change:
            raise PasswordMustChange(user=key.opened_by)
        with Vault.open(folder, key=key) as vault:
            person = person_named(vault, user)
            with vault.look() as look:
                facts = look.office.facts()
            own = stationery_of(vault)
        rotation = rotate_office_key(
            folder, key=key, by=person, passwords={person.name: password}, cost=cost, tell=tell
        )
    return RotatedOffice(facts=facts, person=person, rotation=rotation, own=own)
