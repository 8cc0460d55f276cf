"""People come, change their role and go; the office never loses its last manager."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from desktop.records.deeds.people import (
    add_person,
    change_person,
    change_role,
    people,
    person_named,
    remove_person,
)
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.people import NewPerson, OfficeRole, Person, Role
from desktop.records.facts.people_problems import (
    CannotRemoveOneself,
    LastManager,
    NotAllowed,
    PersonAlreadyThere,
    PersonNameMissing,
    PersonUnknown,
)
from desktop.records.vault import keyring
from desktop.records.vault.engine import Database
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import KeyringDamaged, WrongPassword
from desktop.records.vault.upgrade import MIGRATIONS, upgrade_schema
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, added, deeds

pytestmark = pytest.mark.requirement("R115")

HANA = NewPerson(
    name="  Hana   Pōtae ", office_role=OfficeRole.CLERK, role=Role.NURSE, number="97zabv"
)


def hana(vault: Vault) -> Person:
    return add_person(vault, new=HANA, by=MEI)


@pytest.mark.requirement("R67")
def test_somebody_is_added_with_role_and_number(vault: Vault) -> None:
    new = hana(vault)
    assert (new.name, new.number, new.role) == ("Hana Pōtae", "97ZABV", Role.NURSE)
    assert people(vault) == [MEI, new]
    assert deeds(vault)[-1] == ("person added", MEI.name)


def test_a_person_is_found_by_name_however_it_is_typed(vault: Vault) -> None:
    new = hana(vault)
    assert person_named(vault, " hana  pōtae") == new
    with pytest.raises(PersonUnknown, match="Nobody called Rangi"):
        person_named(vault, "Rangi")


def test_a_name_is_needed_and_is_nobody_elses(vault: Vault) -> None:
    hana(vault)
    with pytest.raises(PersonNameMissing):
        add_person(vault, new=NewPerson(name="  ", office_role=OfficeRole.CLERK), by=MEI)
    with pytest.raises(PersonAlreadyThere):
        again = NewPerson(name="hana pōtae", office_role=OfficeRole.CLERK)
        add_person(vault, new=again, by=MEI)


def test_a_clerk_adds_and_removes_nobody_and_promotes_nobody(vault: Vault) -> None:
    clerk = hana(vault)
    before = deeds(vault)
    other = NewPerson(name="Somebody Else", office_role=OfficeRole.OFFICE_MANAGER)
    with pytest.raises(NotAllowed, match="office manager"):
        add_person(vault, new=other, by=clerk)
    with pytest.raises(NotAllowed):
        change_role(vault, person=clerk.id, office_role=OfficeRole.OFFICE_MANAGER, by=clerk)
    second = add_person(vault, new=other, by=MEI)
    with pytest.raises(NotAllowed):
        remove_person(vault, person=second.id, by=clerk)
    assert people(vault) == [MEI, clerk, second]
    assert deeds(vault)[: len(before)] == before
    assert len(deeds(vault)) == len(before) + 1


def test_a_new_role_counts_from_the_next_deed_on(vault: Vault) -> None:
    clerk = hana(vault)
    other = NewPerson(name="Somebody Else", office_role=OfficeRole.CLERK)
    change_role(vault, person=clerk.id, office_role=OfficeRole.OFFICE_MANAGER, by=MEI)
    add_person(vault, new=other, by=clerk)
    change_role(vault, person=MEI.id, office_role=OfficeRole.CLINICIAN, by=clerk)
    with pytest.raises(NotAllowed):
        change_role(vault, person=MEI.id, office_role=OfficeRole.OFFICE_MANAGER, by=MEI)


def test_the_last_manager_stays_one(vault: Vault) -> None:
    officer = add_person(
        vault, new=NewPerson(name="Officer", office_role=OfficeRole.PRIVACY_OFFICER), by=MEI
    )
    with pytest.raises(LastManager, match="Mei"):
        change_role(vault, person=MEI.id, office_role=OfficeRole.CLERK, by=MEI)
    with pytest.raises(LastManager):
        remove_person(vault, person=MEI.id, by=officer)
    with pytest.raises(CannotRemoveOneself):
        remove_person(vault, person=MEI.id, by=MEI)


@pytest.mark.requirement("R67", "R106")
def test_somebody_is_described_anew_and_the_trail_says_what_was(vault: Vault) -> None:
    before = hana(vault)
    said = NewPerson(
        name=" Hana Pōtae-Reed ",
        office_role=OfficeRole.PRIVACY_OFFICER,
        role=Role.HOUSE_OFFICER,
        number="97zabv",
    )
    after = change_person(vault, person=before.id, said=said, by=MEI)
    assert people(vault) == [MEI, after]
    assert (after.name, after.role) == ("Hana Pōtae-Reed", Role.HOUSE_OFFICER)
    assert after.office_role is OfficeRole.PRIVACY_OFFICER
    role, person = (entry.line for entry in trail_page(vault, most=2))
    assert (person.deed, person.facts["name"]) == (
        "person changed",
        ["Hana Pōtae", "Hana Pōtae-Reed"],
    )
    assert "number" not in person.facts  # it did not differ
    assert (role.deed, role.facts["after"]) == ("role changed", "privacy-officer")
    lines = len(deeds(vault))
    assert change_person(vault, person=before.id, said=said, by=MEI) == after
    assert len(deeds(vault)) == lines


def test_a_change_is_the_managers_and_takes_nobodys_name(vault: Vault) -> None:
    clerk = hana(vault)
    said = NewPerson(name="mei tānaka", office_role=OfficeRole.CLERK)
    with pytest.raises(PersonAlreadyThere):
        change_person(vault, person=clerk.id, said=said, by=MEI)
    with pytest.raises(PersonNameMissing):
        change_person(vault, person=clerk.id, said=replace(said, name=" "), by=MEI)
    with pytest.raises(LastManager):
        change_person(vault, person=MEI.id, said=said, by=MEI)
    with pytest.raises(NotAllowed):
        change_person(vault, person=clerk.id, said=replace(said, name="Hana Reed"), by=clerk)
    assert people(vault) == [MEI, clerk]


def test_who_left_stays_on_record_and_may_come_back_as_somebody_new(vault: Vault) -> None:
    left = hana(vault)
    patient = added(vault)
    gone = remove_person(vault, person=left.id, by=MEI)
    assert gone.is_gone
    assert people(vault) == [MEI]
    assert people(vault, gone=True) == [MEI, gone]
    with pytest.raises(PersonUnknown):
        remove_person(vault, person=left.id, by=MEI)
    back = hana(vault)
    assert back.id != left.id
    with vault.look() as look:
        assert look.patients.find(patient.id) is not None


@pytest.mark.requirement("R106")
def test_a_person_removed_opens_nothing_and_no_copy_beside_the_keyring_does(
    tmp_path: Path,
) -> None:
    office = MadeUpOffice(folder=tmp_path / "office")
    key, _ = keyring.create_keyring(
        office.folder,
        office=office.office.id,
        user=MEI.name,
        password="four made up words",
        cost=LEAST_COST,
    )
    office.secret = bytes(key.secret)
    with key, office.create() as vault:
        left = hana(vault)
        words = "other plain made words"
        keyring.set_password(
            office.folder, key, user=left.name, password=words, cost=LEAST_COST, must_change=True
        )
        keyring.set_password(
            office.folder, key, user=MEI.name, password="four made up words", cost=LEAST_COST
        )
        with keyring.unlock(office.folder, user=left.name, password=words) as opened:
            assert opened.must_change
        remove_person(vault, person=left.id, by=MEI)
    for _ in range(2):
        with pytest.raises(WrongPassword):
            keyring.unlock(office.folder, user=left.name, password=words)
        previous = office.folder / "keyring.previous.json"
        previous.replace(office.folder / "keyring.json")
        previous.write_bytes((office.folder / "keyring.json").read_bytes())
    keyring.unlock(office.folder, user=MEI.name, password="four made up words").wipe()


def test_nobody_is_gone_whose_password_could_not_be_revoked(vault: Vault) -> None:
    left = hana(vault)
    (vault.folder / "keyring.json").write_text("not a keyring")
    with pytest.raises(KeyringDamaged):
        remove_person(vault, person=left.id, by=MEI)
    assert people(vault) == [MEI, left]


def test_the_founder_of_an_older_office_becomes_its_manager(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db", bytearray(32))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text(
                "INSERT INTO person VALUES (:id, :name, 'clerk', '2026-11-23 09:00:00.000000')"
            ),
            {"id": MEI.id.hex, "name": MEI.name},
        )
    with database.write() as connection:
        upgrade_schema(connection)
    with database.read() as connection:
        from desktop.records.vault.office_shelf import OfficeShelf

        assert OfficeShelf(connection).people() == [MEI]
    database.close()
