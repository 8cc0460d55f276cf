"""The commands on the office as a whole, each parsed as typed and run on an open office."""

from typing import Any

import pytest

from desktop.cli import parser
from desktop.commands_audit import audit
from desktop.commands_office import is_mine, run
from desktop.records.deeds.trail_reading import trail_head
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.office_settings import BackupDaysRefused, ClearingDaysRefused
from desktop.records.vault.vault import Vault
from desktop.verbs.office import Office
from tests.unit.records.made_up import MadeUpOffice, deeds
from tests.unit.retention.test_archive import opened


@pytest.fixture
def open_office(vault: Vault, office: MadeUpOffice) -> Office:
    return opened(vault, office)


def told(office: Office, *words: str) -> Any:
    options = parser().parse_args(words)
    assert is_mine(options.command)
    return run(options, office)


@pytest.mark.requirement("R106", "R115")
def test_settings_are_told_and_changed_one_by_one(open_office: Office) -> None:
    stands = {
        "idle_minutes": 10,
        "backup_days": 7,
        "address": "1 Tūī Street",
        "clear_after_backup": False,
        "may_remember": False,
        "remind_days": 7,
        "manager_days": 14,
        "advice_contacts": "",
        "paper_days": 0,
        "paper_basis": "",
        "written_consent": False,
        "consent_text": "",
        "foot_text": "",
        "logo": "",
        "remembered": [],
    }
    assert told(open_office, "settings") == stands
    assert deeds(open_office.vault)[-1][0] == "office created"
    assert told(open_office, "settings", "--backup-days", "3") == stands | {"backup_days": 3}
    told(open_office, "settings", "--address", "")
    assert open_office.facts.address == ""
    assert told(open_office, "settings") == stands | {"backup_days": 3, "address": ""}
    assert told(open_office, "settings", "--may-remember", "yes")["may_remember"]
    now = told(open_office, "settings", "--clear-after-backup", "yes", "--may-remember", "no")
    assert (now["clear_after_backup"], now["may_remember"]) == (True, False)
    with pytest.raises(SystemExit):
        told(open_office, "settings", "--may-remember", "perhaps")
    with pytest.raises(BackupDaysRefused):
        told(open_office, "settings", "--backup-days", "0")


@pytest.mark.requirement("R75")
def test_the_manager_is_told_no_earlier_than_who_brought_it(open_office: Office) -> None:
    now = told(open_office, "settings", "--remind-days", "3", "--manager-days", "5")
    assert (now["remind_days"], now["manager_days"]) == (3, 5)
    for wrong in (("--remind-days", "6"), ("--remind-days", "0"), ("--manager-days", "91")):
        with pytest.raises(ClearingDaysRefused):
            told(open_office, "settings", *wrong)


@pytest.mark.requirement("R106")
def test_a_printed_line_fits_or_what_to_do_is_said(open_office: Office) -> None:
    def asked(head: str) -> Any:
        options = parser().parse_args(("audit", "--printed", head))
        return audit(options, open_office, lambda _progress: None)

    found = asked(trail_head(open_office.vault).text)
    assert found["fits"]
    assert "line 1, written 23 Nov 2026" in found["said"]
    ended = asked(Anchor(seq=1234, mac=bytes(32)).text)
    assert not ended["fits"]
    assert "line 1,234 was printed, and the trail ends at 1." in ended["words"]
    other = asked(Anchor(seq=1, mac=bytes(32)).text)
    assert "of another office" in other["words"]
    assert "call whoever answers for privacy" in other["words"]
