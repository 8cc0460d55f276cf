"""A capture time put right: with a reason, the file's own beside it, a line in the trail (R68)."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.deeds.correcting_time import (
    correct_clock,
    correct_time,
    images_of_intake,
    printed_on,
)
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import image as image_with
from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, ImageState
from desktop.records.facts.filing_problems import ImageNotLinked
from desktop.records.facts.time_problems import (
    NoSuchOffset,
    NoSuchTime,
    NothingToCorrect,
    SpanNotUnderstood,
    TimeBeforeCameras,
    TimeNotBelievable,
    TimeReasonMissing,
)
from desktop.records.facts.trail import TrailFilter
from desktop.records.rules.time_correction import (
    WallTime,
    correction_words,
    meaning_of,
    span_words,
    twice_words,
    typed_span,
)
from desktop.records.rules.typed_moment import entered
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    added,
    deeds,
    linked,
    received,
    time_of_file,
    whole_facts,
)
from tests.unit.records.test_filing import described

pytestmark = pytest.mark.requirement("R68")

AUCKLAND = ZoneInfo("Pacific/Auckland")
WHY = "the clock was wrong"


def filed(vault: Vault, facts: FilingFacts | None = None) -> ClinicalImage:
    image = described(vault)
    link = linked(added(vault))
    return file_image(vault, image=image.id, link=link, facts=facts or whole_facts(), by=MEI)


def test_a_corrected_time_stands_beside_the_files_own_with_its_reason(vault: Vault) -> None:
    before = filed(vault)
    own = time_of_file()
    at = own.local + timedelta(hours=1, minutes=2)
    after = correct_time(vault, image=before.id, at=at, offset=780, why=f" {WHY}. ", by=MEI)
    assert after.taken is not None
    assert (after.taken.local, after.taken.utc_offset_minutes) == (at, 780)
    assert after.description is not None
    assert after.description.taken == own
    assert (after.filed_at, after.filed_by) == (before.filed_at, before.filed_by)
    said = correction_words(after)
    assert said.startswith("corrected from the file's ")
    assert f"{own.local:%H:%M}" in said
    assert said.endswith(f"{WHY} – {MEI.name}")
    assert deeds(vault)[-1] == ("capture time corrected", MEI.name)
    with vault.look() as look:
        *_, line = look.trail.lines(TrailFilter())
    for told in (own.local.isoformat(), at.isoformat(), WHY):
        assert told in line.about


def test_a_clock_is_put_right_for_a_whole_intake_and_saying_it_twice_shifts_once(
    vault: Vault,
) -> None:
    before = filed(vault)
    images = [one.id for one in images_of_intake(vault, before.arrival.intake)]
    assert images == [before.id]
    behind = timedelta(hours=1, minutes=2)
    for _ in range(2):
        (after,) = correct_clock(vault, images=images, behind=behind, why=WHY, by=MEI)
        assert after.taken is not None
        assert after.taken.local == time_of_file().local + behind
        assert after.taken.utc_offset_minutes == time_of_file().utc_offset_minutes
    assert "1 h 2 min behind" in correction_words(after)
    (back,) = correct_clock(vault, images=images, behind=-behind, why=WHY, by=MEI)
    assert back.taken is not None
    assert back.taken.local == time_of_file().local - behind
    assert printed_on(vault, [back]) == []


def test_what_a_person_entered_at_filing_is_left_alone_by_a_clock(vault: Vault) -> None:
    said = replace(time_of_file(), local=datetime.fromisoformat("2026-11-01T08:00:00"))
    image = filed(vault, replace(whole_facts(), taken=said))
    with pytest.raises(NothingToCorrect):
        correct_clock(vault, images=[image.id], behind=timedelta(hours=1), why=WHY, by=MEI)


@pytest.mark.parametrize(
    ("at", "why", "problem"),
    [
        ("2026-11-01T08:00:00", "  ", TimeReasonMissing),
        ("2099-11-01T08:00:00", WHY, TimeNotBelievable),
    ],
)
def test_a_correction_that_makes_it_worse_changes_nothing(
    vault: Vault, at: str, why: str, problem: type[Problem]
) -> None:
    before = filed(vault)
    with pytest.raises(problem):
        correct_time(
            vault, image=before.id, at=datetime.fromisoformat(at), offset=None, why=why, by=MEI
        )
    assert image_with(vault, before.id) == before


def test_what_lies_in_the_tray_is_corrected_when_it_is_filed(vault: Vault) -> None:
    image = described(vault)
    at = datetime.fromisoformat("2026-11-01T08:00:00")
    with pytest.raises(ImageNotLinked):
        correct_time(vault, image=image.id, at=at, offset=None, why=WHY, by=MEI)


def test_an_image_without_a_time_becomes_whole_by_its_correction(vault: Vault) -> None:
    image = received(vault)
    link = linked(added(vault))
    lacking = file_image(vault, image=image.id, link=link, facts=whole_facts(), by=MEI)
    assert lacking.state is ImageState.INCOMPLETE
    at = datetime.fromisoformat("2026-11-01T08:00:00")
    whole = correct_time(vault, image=image.id, at=at, offset=None, why=WHY, by=MEI)
    assert whole.state is ImageState.FILED
    assert "none in the file" in correction_words(whole)
    names = [name for name, _ in deeds(vault)][-2:]
    assert names == ["capture time corrected", "image filed"]


@pytest.mark.parametrize(
    ("local", "meaning"),
    [
        ("2026-04-05T02:30:00", WallTime.TWICE),
        ("2026-09-27T02:30:00", WallTime.NEVER),
        ("2026-04-05T03:00:00", WallTime.PLAIN),
        ("2026-11-12T13:00:00", WallTime.PLAIN),
    ],
)
def test_hours_that_daylight_saving_repeats_or_leaves_out_are_known(
    local: str, meaning: WallTime
) -> None:
    assert meaning_of(datetime.fromisoformat(local), zone=AUCKLAND) is meaning


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("zone", "local", "first", "second"),
    [
        ("Pacific/Auckland", "2026-04-05T02:30:00", "+13:00", "+12:00"),
        ("Pacific/Chatham", "2026-04-05T03:30:00", "+13:45", "+12:45"),
        ("America/New_York", "2026-11-01T01:30:00", "-04:00", "-05:00"),
    ],
)
def test_an_hour_that_came_twice_is_told_by_the_zones_own_offsets(
    zone: str, local: str, first: str, second: str
) -> None:
    told = twice_words(datetime.fromisoformat(local), zone=ZoneInfo(zone))
    assert f"Add {first} for the first or {second} for the second." in told


@pytest.mark.requirement("R68")
@pytest.mark.parametrize("offset", [13 * 60 + 7, 23 * 60 + 59, -13 * 60])
def test_no_clock_is_so_far_from_utc(offset: int) -> None:
    noon = datetime.fromisoformat("2026-11-12T12:00")
    with pytest.raises(NoSuchOffset):
        entered(noon, offset=offset)
    for known in (13 * 60 + 45, -12 * 60, 14 * 60):
        assert entered(noon, offset=known).utc_offset_minutes == known


@pytest.mark.requirement("R68")
def test_an_hour_that_was_left_out_is_not_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        with pytest.raises(NoSuchTime):
            entered(datetime.fromisoformat("2026-09-27T02:30"))
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.requirement("R68")
def test_a_year_that_was_mistyped_is_refused(vault: Vault) -> None:
    one = filed(vault)
    with pytest.raises(TimeBeforeCameras):
        correct_time(
            vault,
            image=one.id,
            at=datetime.fromisoformat("1802-01-01T10:00"),
            offset=None,
            why="typed",
            by=MEI,
        )
    assert image_with(vault, one.id).taken == one.taken


@given(st.integers(1, 10_000_000))
def test_a_length_of_time_is_read_as_it_is_told(seconds: int) -> None:
    span = timedelta(seconds=seconds)
    assert typed_span(span_words(span)) == span


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1 h 2 min", 62), ("62 min", 62), ("1:02", 62), ("1 hour and 2 minutes", 62), ("3 d", 4320)],
)
def test_lengths_of_time_are_read_as_people_type_them(text: str, minutes: int) -> None:
    assert typed_span(text) == timedelta(minutes=minutes)


@given(st.text(max_size=20))
def test_nothing_else_is_taken_for_a_length_of_time(text: str) -> None:
    with suppress(SpanNotUnderstood):
        assert typed_span(text) > timedelta()
