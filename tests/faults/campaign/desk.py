"""A day of small deeds as a job: settings, people, their passwords, holds, printed sheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.records.deeds.holds import lift_hold, place_hold
from desktop.records.deeds.keys import give_password
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.people import add_person, change_role, remove_person
from desktop.records.deeds.settings import change_settings
from desktop.records.deeds.sheets import register_sheet
from desktop.records.facts.identifiers import local_number
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import NewPerson, OfficeRole, Person
from desktop.records.facts.retention import HoldKind
from desktop.records.facts.sheet import NewSheet
from desktop.records.vault import keyring
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import WrongPassword
from desktop.records.vault.vault import Vault
from tests.faults.campaign.rekeying import HANA, HER_PASSWORD
from tests.faults.campaign.steps import say_head
from tests.faults.campaign.words import Said, Say, office_in
from tests.unit.records.made_up import MEI

TAMA, HIS_PASSWORD = "Tama Rua", "saddle comet brisk fern"
_SHEET, _COPIES = "RS7K3QX9FM", 2
_SETTINGS = OfficeSettings(idle_minutes=5, address="2 Kōwhai Street")


def do_small_deeds(folder: Path, say: Say) -> None:
    """Each is acknowledged as the row that the office then has."""
    office = office_in(folder)
    with office.open() as vault, office.key() as key:
        change_settings(vault, settings=_SETTINGS, by=MEI)
        _row(vault, say, "settings", _SETTINGS.address)
        _row(vault, say, "setting", "idle-minutes", str(_SETTINGS.idle_minutes))
        tama = _person(vault, TAMA) or add_person(
            vault, new=NewPerson(name=TAMA, office_role=OfficeRole.CLERK), by=MEI
        )
        give_password(vault, key=key, person=tama, password=HIS_PASSWORD, by=MEI, cost=LEAST_COST)
        say("given", user=TAMA)
        tama = change_role(vault, person=tama.id, office_role=OfficeRole.PRIVACY_OFFICER, by=MEI)
        _row(vault, say, "person", TAMA, tama.role.value, tama.office_role.value, "1")
        owner = patient_with_number(vault, number=local_number("L0"))
        _hold(vault, say, owner, "It hurt", lifted="")
        _hold(vault, say, owner, "A letter", lifted="Answered")
        _sheets(vault, say, owner)
        hana = _person(vault, HANA)
        if hana is not None:
            remove_person(vault, person=hana.id, by=MEI)
        say("removed", user=HANA)
        say_head(vault, say)


def wrong_passwords(folder: Path, said: Sequence[Said]) -> Iterator[str]:
    """Who was given a password has it, and who was removed has none."""
    office = office_in(folder)
    for one in said:
        if one.what == "given" and not _unlocks(office.folder, TAMA, HIS_PASSWORD):
            yield f"{TAMA} was given a password that opens nothing"
        if one.what == "removed" and _unlocks(office.folder, HANA, HER_PASSWORD):
            yield f"{HANA} was removed and her password opens the office"
    with office.open() as vault, vault.look() as look:
        gone = {person.name for person in look.office.people() if person.is_gone}
    if gone & set(keyring.users(office.folder)):
        yield f"of {gone} somebody still has a password"


def _person(vault: Vault, name: str) -> Person | None:
    with vault.look() as look:
        people = [one for one in look.office.people() if one.name == name and not one.is_gone]
    return people[0] if people else None


def _hold(vault: Vault, say: Say, owner: Patient, reason: str, *, lifted: str) -> None:
    with vault.look() as look:
        there = [one for one in look.retention.holds_of(owner.id) if one.reason == reason]
    kind = HoldKind.COMPLAINT
    hold = (
        there[0] if there else place_hold(vault, patient=owner.id, kind=kind, reason=reason, by=MEI)
    )
    if lifted and hold.lifted_at is None:
        lift_hold(vault, hold=hold.id, reason=lifted, by=MEI)
    _row(vault, say, "hold", kind.value, reason, "0" if lifted else "1", lifted)


def _sheets(vault: Vault, say: Say, owner: Patient) -> None:
    with vault.look() as look:
        images = [image.id for image in look.images.of_patient(owner.id)]
        last = look.sheets.last_copy(_SHEET)
    for copy in range(last.copy + 1 if last else 1, _COPIES + 1):
        register_sheet(
            vault,
            NewSheet(
                patient=owner.id,
                images=images,
                pages=1,
                number=_SHEET,
                target="pdf",
            ),
            by=MEI,
        )
        _row(vault, say, "sheet", _SHEET, str(copy), "1", "pdf", "1")


def _row(vault: Vault, say: Say, *row: str) -> None:
    say("row", row=row)
    say_head(vault, say)


def _unlocks(folder: Path, user: str, password: str) -> bool:
    try:
        keyring.unlock(folder, user=user, password=password).wipe()
    except WrongPassword:
        return False
    return True
