"""The daily share over a real office: a flipped bit is named until it is repaired."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.records.facts.trail import TrailFilter
from desktop.records.rules.shares import Share
from desktop.records.vault import vault
from desktop.records.vault.folder_sweep import MOST_FROM_A_CRASH
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.tour import Tour
from desktop.verbs import backups, upkeep
from desktop.verbs.office import Office
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.test_bad_input import FACTS, WHO, Desk, desk
from tests.end_to_end.toured import toured

__all__ = ["desk"]


@pytest.fixture
def harmed(desk: Desk, tmp_path: Path) -> tuple[Desk, Path]:
    """An office of one image, a good backup of it, and then one bit of the original flipped."""
    card, stick = tmp_path / "card", tmp_path / "STICK"
    card.mkdir()
    shutil.copy(sample_photos()[0], card)
    desk.json("file", "--from", str(card), *WHO, *FACTS)
    desk.json("backup", str(stick))
    (original,) = [path for path in desk.office.glob("originals/??/*") if path.is_file()]
    content = bytearray(original.read_bytes())
    content[len(content) // 2] ^= 1
    original.write_bytes(content)
    return desk, stick


@pytest.fixture
def station(harmed: tuple[Desk, Path]) -> Iterator[Workstation]:
    made = Workstation(Settings(office=harmed[0].office, office_was_named=True), cost=LEAST_COST)
    made.unlock(USER, PASSWORD)
    yield made
    made.lock()


@pytest.fixture
def tour(station: Workstation, tmp_path: Path) -> Iterator[Tour]:
    with toured(station, tmp_path) as made:
        yield made


def due_share(office: Office) -> None:
    """Note the share before the one that holds the image, so that it is the next."""
    with office.vault.look() as look:
        ((image, _),) = look.images.every_original(after=None)
    number = next(n for n in range(1, 31) if Share(number=n, of=upkeep.SHARES).holds(image))
    before = (number - 2) % upkeep.SHARES + 1
    backups.scrub_share(office, share=before, of=upkeep.SHARES)


def shares_noted(office: Office) -> list[object]:
    with office.vault.look() as look:
        wanted = TrailFilter(deed="office checked")
        return [line.facts["share"] for line in look.trail.lines(wanted)]


@pytest.mark.requirement("R73", "R106")
def test_a_flipped_original_is_named_by_the_window_until_it_is_repaired(
    tour: Tour,
    station: Workstation,
    harmed: tuple[Desk, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, stick = harmed
    window = tour.window
    with station.using() as office:
        due_share(office)
        now = datetime.now(UTC)
        assert not upkeep.share_is_due(office, now=now)
        assert upkeep.share_is_due(office, now=now + timedelta(days=1))
    tour.until(lambda: window.upkeep.last_backup.text == "Last backup: today", "the last backup")
    monkeypatch.setattr(upkeep, "share_is_due", lambda _office, now: True)
    window.upkeep.look()
    tour.until(lambda: "damaged or missing" in window.notice.text, "the notice")
    name = sample_photos()[0].name
    assert f"1 original of 1 patient damaged or missing: {name}." in window.notice.text
    assert "chartroom verify --originals --repair-from BACKUP" in window.notice.text
    tour.settle()
    with station.using() as office:
        assert "found 1 original damaged or missing" in upkeep.standing_damage(office)
        found = backups.check_office(office, originals=True)
        backups.repair(office, found, backup=stick)
        assert upkeep.standing_damage(office) == ""


@pytest.mark.requirement("R73")
def test_a_stopped_share_is_not_noted(station: Workstation) -> None:
    with station.using() as office:
        assert upkeep.check_due_share(office, stopped=lambda: True) == ""
        assert shares_noted(office) == []
        calls = iter([False, True, False, False, False, False])
        assert upkeep.check_due_share(office, stopped=lambda: next(calls, False)) == ""
        assert shares_noted(office) == []  # once stopped it stays so
        office.vault.renditions.keep_progress("share begun", "no longer understood")
        upkeep.check_due_share(office)
        assert shares_noted(office) == ["1/30"]
        upkeep.check_due_share(office)
        assert shares_noted(office) == ["1/30"]  # one a day


@pytest.mark.requirement("R73")
def test_what_opening_a_large_office_left_is_tidied_and_a_doubt_told(
    station: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.lock()
    monkeypatch.setattr(vault, "_SWEPT_WHOLE", 0)
    monkeypatch.setattr(vault, "_SWEPT_AT_OPENING", 1)
    for number in range(MOST_FROM_A_CRASH + 1):
        shelf = station.settings.office / "originals" / f"{number:02x}"
        shelf.mkdir(exist_ok=True)
        (shelf / f"{number:02x}{number:030}").touch()
    station.unlock(USER, PASSWORD)
    with station.using() as office:
        assert office.warning == ""
        assert upkeep.check_due_share(office, stopped=lambda: True) == ""
        assert "101 sealed originals have no record" in upkeep.check_due_share(office)
        assert upkeep.check_due_share(office) == ""  # told once


@pytest.mark.requirement("R73")
def test_a_share_gives_way_to_filing_and_to_the_lock(station: Workstation) -> None:
    check = upkeep.upkeep_verbs(station).check_share
    station.is_filing = True
    assert check(lambda: False) == ""
    with station.using() as office:
        assert shares_noted(office) == []


@pytest.mark.requirement("R73")
def test_damage_stands_until_a_later_check_of_the_same_share_is_whole(
    station: Workstation,
) -> None:
    with station.using() as office:
        (original,) = [p for p in office.folder.glob("originals/??/*") if p.is_file()]
        harmed = original.read_bytes()
        backups.scrub_share(office, share=1, of=1)
        assert upkeep.standing_damage(office)
        backups.check_office(office, originals=False)
        assert upkeep.standing_damage(office)  # it read nothing
        one = Share(number=1, of=1)
        for share in (one, None):
            backups.check_office(office, originals=True, share=share, stopped=lambda: True)
        assert upkeep.standing_damage(office)  # it ended before it read any
        content = bytearray(harmed)
        content[len(content) // 2] ^= 1
        original.write_bytes(content)
        backups.scrub_share(office, share=1, of=1)
        assert upkeep.standing_damage(office) == ""
