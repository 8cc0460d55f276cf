"""What the office decides for itself, and half-done work between a lock and the next unlock."""

from dataclasses import replace

import pytest

from desktop.records.deeds.drafts import keep_draft, take_draft
from desktop.records.deeds.looking import office as office_facts
from desktop.records.deeds.network_cameras import (
    forget_camera,
    remember_camera,
    remembered_cameras,
)
from desktop.records.deeds.settings import change_settings, office_settings
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.ids import PersonId, new_uuid
from desktop.records.facts.office_settings import (
    BackupDaysRefused,
    IdleMinutesRefused,
    OfficeSettings,
)
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, deeds

TAMA = replace(MEI, id=PersonId(new_uuid()), name="Tama Reed")


@pytest.mark.requirement("R115")
def test_a_new_office_locks_after_ten_minutes(vault: Vault) -> None:
    assert office_settings(vault) == OfficeSettings(idle_minutes=10, address="1 Tūī Street")


@pytest.mark.requirement("R106")
def test_a_changed_setting_is_kept_and_in_the_trail(office: MadeUpOffice, vault: Vault) -> None:
    wanted = OfficeSettings(idle_minutes=3, backup_days=1, address="2 Kōwhai Road")
    change_settings(vault, settings=wanted, by=MEI)
    vault.close()
    with office.open() as again:
        assert office_settings(again) == wanted
        assert office_facts(again).address == "2 Kōwhai Road"
        line = trail_page(again, most=1)[0].line
    assert (line.deed, line.facts["idle_minutes"]) == ("settings changed", [10, 3])
    assert line.facts["backup_days"] == [7, 1]


@pytest.mark.requirement("R115")
def test_no_computer_may_keep_a_key_until_the_office_says_so(vault: Vault) -> None:
    assert not office_settings(vault).may_remember
    wanted = replace(office_settings(vault), may_remember=True)
    assert change_settings(vault, settings=wanted, by=MEI) == office_settings(vault) == wanted
    assert trail_page(vault, most=1)[0].line.facts["may_remember"] == [False, True]


def test_what_does_not_differ_is_not_noted(vault: Vault) -> None:
    before = deeds(vault)
    change_settings(vault, settings=office_settings(vault), by=MEI)
    assert deeds(vault) == before


def test_a_network_camera_is_remembered_until_it_is_forgotten(
    office: MadeUpOffice, vault: Vault
) -> None:
    for address in ("192.168.1.20:15740", "10.0.0.2:99", "192.168.1.20:15740"):
        remember_camera(vault, address=address, by=MEI)
    change_settings(vault, settings=OfficeSettings(idle_minutes=3), by=MEI)
    vault.close()
    with office.open() as again:
        assert remembered_cameras(again) == ["192.168.1.20:15740", "10.0.0.2:99"]
        for _ in range(2):
            forget_camera(again, address="192.168.1.20:15740", by=MEI)
        assert remembered_cameras(again) == ["10.0.0.2:99"]
        said = [text for pair in deeds(again) for text in pair]
        noted = [text for text in said if text.startswith("network camera")]
    assert noted == ["network camera remembered"] * 2 + ["network camera forgotten"]


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_an_office_that_never_locks_is_refused(vault: Vault, minutes: int) -> None:
    with pytest.raises(IdleMinutesRefused, match=str(minutes)):
        change_settings(vault, settings=OfficeSettings(idle_minutes=minutes), by=MEI)
    assert office_settings(vault).idle_minutes == 10


@pytest.mark.requirement("R106")
@pytest.mark.parametrize("days", [0, 91])
def test_an_office_that_is_never_reminded_of_its_backup_is_refused(vault: Vault, days: int) -> None:
    with pytest.raises(BackupDaysRefused, match=str(days)):
        change_settings(vault, settings=OfficeSettings(backup_days=days), by=MEI)


def test_settings_that_another_hand_spoiled_are_the_programs_own(vault: Vault) -> None:
    with vault._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('idle-minutes', '9999')")
        connection.exec_driver_sql("INSERT INTO setting VALUES ('backup-days', 'never')")
    assert (office_settings(vault).idle_minutes, office_settings(vault).backup_days) == (60, 7)


@pytest.mark.requirement("R115")
def test_a_draft_comes_back_once_to_whoever_left_it(office: MadeUpOffice, vault: Vault) -> None:
    keep_draft(vault, text="an older one", by=TAMA)
    keep_draft(vault, text="Pōmare, left forearm", by=MEI)
    vault.close()
    files = [p for p in office.folder.rglob("*") if p.is_file()]
    assert not any(b"left forearm" in path.read_bytes() for path in files)
    with office.open() as again:
        assert take_draft(again, by=MEI) == "Pōmare, left forearm"
        assert take_draft(again, by=MEI) is None


@pytest.mark.requirement("R115")
def test_a_draft_is_gone_once_somebody_else_came(vault: Vault) -> None:
    keep_draft(vault, text="Pōmare", by=MEI)
    assert take_draft(vault, by=TAMA) is None
    assert take_draft(vault, by=MEI) is None
