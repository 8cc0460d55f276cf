"""Until when older backups hold the keys, as the history of backups tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import BackupMade
from desktop.records.rules.older_backups import older_backups

pytestmark = pytest.mark.requirement("R107")

DONE = datetime(2037, 1, 5, 2, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def made(generation: int, at: datetime, *, where: str = "STICK", keep: int = 3) -> BackupMade:
    head = Anchor(seq=generation, mac=bytes(32))
    return BackupMade(at=at, where=where, generation=generation, images=1, head=head, keep=keep)


def daily(first: int, last: int, *, where: str = "STICK") -> list[BackupMade]:
    """One a day; number 10 an hour before the disposal."""
    return [
        made(n, DONE - timedelta(hours=1) + (n - 10) * DAY, where=where)
        for n in range(first, last + 1)
    ]


def test_the_last_one_goes_when_as_many_newer_ones_are_there_as_are_kept() -> None:
    (place,) = older_backups(daily(5, 10), done=DONE, now=DONE).places
    assert (place.where, place.generation, place.left) == ("STICK", 10, 3)
    assert place.gone_by == DONE - timedelta(hours=1) + 3 * DAY
    now = DONE + 2 * DAY
    (place,) = older_backups(daily(5, 12), done=DONE, now=now).places
    assert (place.generation, place.left) == (10, 1)
    found = older_backups(daily(5, 13), done=DONE, now=DONE + 3 * DAY)
    assert (found.places, found.gone, found.until) == ((), ("STICK",), None)


def test_a_backup_that_is_late_is_expected_now() -> None:
    late = DONE + 20 * DAY
    (place,) = older_backups(daily(5, 10), done=DONE, now=late).places
    assert place.gone_by == late + 2 * DAY


def test_after_a_single_one_nobody_can_tell_when() -> None:
    history = [*daily(5, 10), made(1, DONE - 40 * DAY, where="Safe")]
    found = older_backups(sorted(history, key=lambda one: one.at), done=DONE, now=DONE)
    assert {place.where: place.gone_by is None for place in found.places} == {
        "STICK": False,
        "Safe": True,
    }
    assert found.until is None


def test_the_last_place_to_let_go_decides() -> None:
    weekly = [made(n, DONE + (n - 4) * 7 * DAY, where="Safe") for n in (1, 2, 3)]
    found = older_backups([*weekly, *daily(5, 10)], done=DONE, now=DONE)
    assert found.until == DONE + 2 * 7 * DAY


def test_two_sticks_of_one_name_are_two_places() -> None:
    history = [*daily(8, 9), made(1, DONE - 30 * timedelta(minutes=1)), *daily(10, 10)]
    history.sort(key=lambda one: one.at)
    found = older_backups(history, done=DONE, now=DONE)
    assert sorted(place.generation for place in found.places) == [1, 10]


def test_what_a_place_keeps_may_change() -> None:
    history = daily(5, 11)
    history[-1] = replace(history[-1], keep=1)
    assert older_backups(history, done=DONE, now=DONE + DAY).gone == ("STICK",)
    history[-1] = replace(history[-1], keep=9)
    (place,) = older_backups(history, done=DONE, now=DONE + DAY).places
    assert place.left == 8


def test_backups_made_since_hold_nothing() -> None:
    found = older_backups(daily(11, 12), done=DONE, now=DONE + 3 * DAY)
    assert (found.places, found.gone) == ((), ())
