"""People, their passwords and the recovery key, as an office uses them."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.records.deeds.people import add_person, people, person_named, remove_person
from desktop.records.facts.passphrase import PasswordMustChange
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.people_problems import NotAllowed, RenameNeedsPassphrase
from desktop.records.vault import keyring
from desktop.records.vault.key_slot import wrap
from desktop.records.vault.keyring import LEAST_COST, STANDARD_COST, KeyCost
from desktop.records.vault.keyring_file import read_keyring
from desktop.records.vault.problems import (
    PasswordTooEasy,
    WrongPassword,
    WrongRecoveryKey,
)
from desktop.verbs import failed_unlocks, keys
from desktop.verbs.keys import (
    change_password,
    change_person,
    give_password,
    new_recovery_key,
)
from desktop.verbs.office import Office, open_office, recover_office, recovery_sheet
from desktop.verbs.problems import (
    PasswordUnchanged,
    TooManyAttempts,
)
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.test_bad_input import Desk, desk
from tests.unit.printing.reading import codes, pages
from tests.unit.records.made_up import deeds

__all__ = ["desk"]

pytestmark = pytest.mark.requirement("R115")

OTHER = "rātā kettle anvil moss"
FIRST = "lantern gravel swim oat"
CLERK = NewPerson(name="Hana Pōtae", office_role=OfficeRole.CLERK)


@pytest.fixture
def folder(tmp_path: Path, office_to_copy: Path) -> Path:
    return Path(shutil.copytree(office_to_copy, tmp_path / "office"))


def opened(folder: Path, user: str = USER, password: str = PASSWORD, new: str = "") -> Office:
    return open_office(folder, user=user, password=password, new_password=new, cost=LEAST_COST)


def with_clerk(folder: Path) -> None:
    with opened(folder) as office:
        clerk = add_person(office.vault, new=CLERK, by=office.person)
        give_password(office, person=clerk, password=FIRST, own_password=PASSWORD, cost=LEAST_COST)


def test_the_founder_manages_the_office(folder: Path) -> None:
    with opened(folder) as office:
        assert office.person.office_role is OfficeRole.OFFICE_MANAGER


def test_one_chooses_another_password_knowing_the_old(folder: Path) -> None:
    with opened(folder) as office:
        with pytest.raises(WrongPassword):
            change_password(office, old=FIRST, new=OTHER, cost=LEAST_COST)
        with pytest.raises(PasswordUnchanged):
            change_password(office, old=PASSWORD, new=PASSWORD, cost=LEAST_COST)
        with pytest.raises(PasswordTooEasy, match="“password”"):
            change_password(office, old=PASSWORD, new="password1234", cost=LEAST_COST)
        assert deeds(office.vault)[-1][0] == "unlocked"
        change_password(office, old=PASSWORD, new=OTHER, cost=LEAST_COST)
        assert deeds(office.vault)[-1][0] == "password changed"
    with pytest.raises(WrongPassword):
        opened(folder)
    opened(folder, password=OTHER).close()


def test_a_first_password_opens_nothing_until_it_is_changed(folder: Path) -> None:
    with_clerk(folder)
    with pytest.raises(PasswordMustChange, match="Hana"):
        opened(folder, CLERK.name, FIRST)
    with pytest.raises(PasswordUnchanged):
        opened(folder, CLERK.name, FIRST, new=FIRST)
    with opened(folder, CLERK.name, FIRST, new=OTHER) as office:
        assert office.person.name == CLERK.name
        assert ("password changed", CLERK.name) in deeds(office.vault)
    opened(folder, CLERK.name, OTHER).close()
    with pytest.raises(WrongPassword):
        opened(folder, CLERK.name, FIRST)


def test_a_clerk_gives_nobody_a_password_and_no_new_recovery_key(folder: Path) -> None:
    with_clerk(folder)
    before = (folder / "keyring.json").read_bytes
    with opened(folder, CLERK.name, FIRST, new=OTHER) as office:
        held = before()
        manager = person_named(office.vault, USER)
        with pytest.raises(NotAllowed):
            give_password(
                office, person=manager, password=FIRST, own_password=OTHER, cost=LEAST_COST
            )
        with pytest.raises(NotAllowed):
            new_recovery_key(office, own_password=OTHER)
        assert before() == held


def test_who_was_removed_cannot_open_the_office(folder: Path) -> None:
    with_clerk(folder)
    with opened(folder) as office:
        clerk = person_named(office.vault, CLERK.name)
        remove_person(office.vault, person=clerk.id, by=office.person)
        assert [one.name for one in people(office.vault)] == [USER]
    with pytest.raises(WrongPassword):
        opened(folder, CLERK.name, FIRST, new=OTHER)
    assert keyring.users(folder) == (USER,)


def test_another_name_opens_the_office_and_the_old_one_does_not(folder: Path) -> None:
    with_clerk(folder)
    renamed = replace(CLERK, name="Hana Reed")
    with opened(folder) as office:
        clerk = person_named(office.vault, CLERK.name)
        change = partial(change_person, office, person=clerk.id, said=renamed, cost=LEAST_COST)
        with pytest.raises(RenameNeedsPassphrase, match="Hana Pōtae logs in"):
            change()
        with pytest.raises(WrongPassword):
            change(password=OTHER, own_password=FIRST)
        with pytest.raises(PasswordTooEasy):
            change(password="password1234", own_password=PASSWORD)
        assert person_named(office.vault, CLERK.name) == clerk
        change(password=OTHER, own_password=PASSWORD)
        assert keyring.users(folder) == (USER, "Hana Reed")
        assert deeds(office.vault)[-1][0] == "password given"
    with pytest.raises(WrongPassword):
        opened(folder, CLERK.name, FIRST)
    with pytest.raises(PasswordMustChange):
        opened(folder, "Hana Reed", OTHER)


def test_one_renames_oneself_and_keeps_the_password(folder: Path) -> None:
    said = NewPerson(name="Rangi Tū", office_role=OfficeRole.OFFICE_MANAGER)
    with opened(folder) as office:
        me = office.person.id
        change_person(office, person=me, said=said, own_password=PASSWORD, cost=LEAST_COST)
        assert office.person.name == "Rangi Tū"
        change_password(office, old=PASSWORD, new=OTHER, cost=LEAST_COST)
        assert deeds(office.vault)[-1] == ("password changed", "Rangi Tū")
    assert keyring.users(folder) == ("Rangi Tū",)
    opened(folder, "Rangi Tū", OTHER).close()


def test_somebody_new_is_added_with_a_password_or_not_at_all(folder: Path) -> None:
    with opened(folder) as office:
        with pytest.raises(WrongPassword):
            keys.add_person(office, new=CLERK, password=FIRST, own_password=OTHER)
        with pytest.raises(PasswordTooEasy):
            keys.add_person(office, new=CLERK, password="password1234", own_password=PASSWORD)
        assert [one.name for one in people(office.vault)] == [USER]
        keys.add_person(office, new=CLERK, password=FIRST, own_password=PASSWORD, cost=LEAST_COST)
        assert [one for one, _ in deeds(office.vault)[-2:]] == ["person added", "password given"]
    with pytest.raises(PasswordMustChange):
        opened(folder, CLERK.name, FIRST)


def test_the_records_are_free_while_a_password_is_sealed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as office:

        def while_others_work(*args: Any, **named: Any) -> Any:
            with office.vault.change() as change:  # else it would wait for itself, and be refused
                change.note("trail checked", by=office.person)
            return wrap(*args, **named)

        monkeypatch.setattr(f"{keyring.__name__}.wrap", while_others_work)
        keys.add_person(office, new=CLERK, password=FIRST, own_password=PASSWORD, cost=LEAST_COST)
        change_password(office, old=PASSWORD, new=OTHER, cost=LEAST_COST)
        names = [name for name, _ in deeds(office.vault)]
    assert names.count("trail checked") == 2


def test_the_code_on_the_sheet_opens_the_office(folder: Path) -> None:
    with opened(folder) as office:
        lines = new_recovery_key(office, own_password=PASSWORD)
        sheet = recovery_sheet(office.facts, office.person, lines)
    (page,) = pages(sheet, dpi=150)
    (scanned,) = codes(page)
    recover_office(folder, recovery=f"{scanned}\n", user=USER, password=OTHER).close()
    opened(folder, password=OTHER).close()


def test_a_new_recovery_key_takes_the_place_of_the_old(folder: Path) -> None:
    with opened(folder) as office:
        first = new_recovery_key(office, own_password=PASSWORD)
        second = new_recovery_key(office, own_password=PASSWORD)
    typed = ["\n".join(f"{text} {check}" for text, check in lines) for lines in (first, second)]
    with pytest.raises(WrongRecoveryKey):
        recover_office(folder, recovery=typed[0], user=USER, password=OTHER)
    recover_office(folder, recovery=typed[1], user=USER, password=OTHER).close()


def cost_of(folder: Path) -> KeyCost:
    return next(s for s in read_keyring(folder).slots if s.user == USER).cost


def test_a_slot_that_is_cheap_to_guess_at_is_strengthened_at_log_in(folder: Path) -> None:
    assert cost_of(folder) == LEAST_COST
    open_office(folder, user=USER, password=PASSWORD).close()
    assert cost_of(folder) == STANDARD_COST
    stored = (folder / "keyring.json").read_bytes()
    assert (folder / "keyring.previous.json").read_bytes() == stored
    opened(folder).close()
    assert (folder / "keyring.json").read_bytes() == stored


def test_wrong_passwords_slow_the_next_attempt_and_lock_nobody_out(folder: Path) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def attempt(password: str, at: datetime) -> None:
        failed_unlocks.proved_key(folder, user=USER, password=password, now=at).wipe()

    waits = []
    for _ in range(10):
        with pytest.raises(WrongPassword):
            attempt(OTHER, now)
        waits.append(failed_unlocks.seconds_to_wait(folder, now=now))
        now += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 0, 2, 4, 8, 16, 30, 30, 30]
    with pytest.raises(WrongPassword):
        attempt(OTHER, now)
    with pytest.raises(TooManyAttempts, match="Wait 30 seconds"):
        attempt(PASSWORD, now)
    with pytest.raises(TooManyAttempts, match="Wait 1 seconds"):
        attempt(PASSWORD, now + timedelta(seconds=29))
    attempt(PASSWORD, now + timedelta(seconds=30))
    attempt(PASSWORD, now - timedelta(days=1))  # the clock was set back
    with opened(folder) as office:
        assert ("unlock failed", "nobody") in deeds(office.vault)
    assert failed_unlocks.seconds_to_wait(folder, now=now) == 0


def test_marks_that_somebody_spoiled_keep_nobody_out(folder: Path) -> None:
    (folder / "failed-unlocks").write_bytes(b"\xff nonsense\n" * 50)
    opened(folder).close()


def test_people_and_passwords_by_the_command_line(desk: Desk, tmp_path: Path) -> None:
    first, own = tmp_path / "first.txt", tmp_path / "own.txt"
    first.write_text(FIRST + "\n", encoding="utf-8")
    own.write_text(OTHER + "\n", encoding="utf-8")
    more = ["--as", "clerk", "--role", "nurse", "--number", "99ZAAA"]
    added = desk.json("people", "add", CLERK.name, *more, "--first-password-file", str(first))
    assert added["can_log_in"]
    assert "probably mistyped" in added["warning"]
    assert "Say who you are" in desk.refused("people", "list")
    as_manager = ("--user", USER)
    listed = desk.json("people", "list", *as_manager)
    assert [one["name"] for one in listed] == [USER, CLERK.name]
    desk.password_file.write_text(FIRST, encoding="utf-8")
    as_clerk = ("--user", CLERK.name)
    assert "Choose your own" in desk.refused("people", "list", *as_clerk)
    desk.json("password", "--new-password-file", str(own), *as_clerk)
    desk.password_file.write_text(OTHER, encoding="utf-8")
    assert "office manager" in desk.refused("people", "role", USER, "clerk", *as_clerk)
    desk.password_file.write_text(PASSWORD, encoding="utf-8")
    desk.json("people", "role", CLERK.name, "clinician", *as_manager)
    right = desk.json("people", "change", CLERK.name, "--number", "97ZABV", *as_manager)
    assert (right["number"], right["role"], right["warning"]) == ("97ZABV", "nurse", "")
    renamed = ("people", "change", CLERK.name, "--name", "Hana Reed", *as_manager)
    assert "for the new name" in desk.refused(*renamed)
    desk.json(*renamed, "--first-password-file", str(first))
    assert "only office manager" in desk.refused("people", "role", USER, "clerk", *as_manager)
    assert desk.json("people", "remove", "Hana Reed", *as_manager)["state"] == "gone"


def test_a_lost_password_is_replaced_by_the_recovery_key_on_the_command_line(
    desk: Desk, tmp_path: Path
) -> None:
    lines = desk.json("recovery-sheet")["recovery_key"]
    typed, new = tmp_path / "recovery.txt", tmp_path / "new.txt"
    typed.write_text("\n".join(lines), encoding="utf-8")
    new.write_text(OTHER, encoding="utf-8")
    desk.password_file.write_text("forgotten long ago", encoding="utf-8")
    by_key = ("password", "--recovery-file", str(typed), "--new-password-file", str(new))
    assert desk.json(*by_key) == {"password_of": USER, "must_change": False}
    desk.password_file.write_text(OTHER, encoding="utf-8")
    assert desk.json("verify")["trail"] == "ok"
    desk.json("recovery-sheet")
    assert "does not open this office" in desk.refused(*by_key)


def test_a_new_recovery_sheet_and_office_key_by_the_command_line(
    desk: Desk, tmp_path: Path
) -> None:
    sheet = tmp_path / "recovery.pdf"
    desk.json("recovery-sheet", "--out", str(sheet))
    assert sheet.read_bytes().startswith(b"%PDF")
    assert codes(pages(sheet.read_bytes(), dpi=150)[0]) != []
    rotated = desk.json("rotate-key", "--recovery-sheet", str(sheet), "--no-code")
    assert codes(pages(sheet.read_bytes(), dpi=150)[0]) == []
    assert rotated["need_a_new_password"] == []
    assert "old passwords" in rotated["note"]
    assert desk.json("verify", "--originals")["trail"] == "ok"
