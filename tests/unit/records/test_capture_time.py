"""Which capture time stands on record, and that none from the future is believed (R68)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.rules.capture_time import doubt_in_words, is_in_future, time_on_record

pytestmark = pytest.mark.requirement("R68")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WALL_NOW = NOW.replace(tzinfo=None)
FIRST, LAST = datetime.fromisoformat("0001-01-01"), datetime.fromisoformat("9999-12-31")
offsets = st.none() | st.integers(-12 * 60, 14 * 60)


def taken(
    local: datetime, offset: int | None = None, basis: TimeBasis = TimeBasis.EXIF_NAIVE
) -> CaptureTime:
    return CaptureTime(
        local=local, utc_offset_minutes=offset, basis=basis, trust=TimeTrust.RECORDED
    )


def future(time: CaptureTime) -> bool:
    return is_in_future(time, received_at=NOW)


@pytest.mark.parametrize(
    ("local", "offset", "expected"),
    [
        (WALL_NOW + timedelta(hours=14), None, False),
        (WALL_NOW + timedelta(hours=14, seconds=1), None, True),
        (WALL_NOW + timedelta(hours=13), 780, False),
        (WALL_NOW + timedelta(hours=13 + 24), 780, False),
        (WALL_NOW + timedelta(hours=13 + 24, seconds=1), 780, True),
        (WALL_NOW + timedelta(hours=14), 0, False),
        (WALL_NOW + timedelta(hours=25), 0, True),
        (FIRST, None, False),
        (FIRST, 840, False),
        (LAST, None, True),
        (LAST, -720, True),
    ],
)
def test_the_edges_of_the_future(local: datetime, offset: int | None, expected: bool) -> None:
    assert future(taken(local, offset)) is expected


@given(st.integers(-10_000, 0), offsets)
def test_what_a_right_clock_shows_is_never_in_the_future(minutes: int, offset: int | None) -> None:
    shown = WALL_NOW + timedelta(minutes=minutes + (offset or 0))
    assert not future(taken(shown, offset))


@given(st.datetimes(), offsets)
def test_no_time_breaks_the_rule(local: datetime, offset: int | None) -> None:
    time = taken(local, offset)
    on_record = time_on_record(from_file=time, entered=None, received_at=NOW)
    assert on_record is not None
    assert (on_record.trust is TimeTrust.SUSPECT) is future(time)
    assert on_record.local == local


def test_the_entered_time_wins() -> None:
    from_file = taken(WALL_NOW - timedelta(days=1))
    entered = taken(WALL_NOW - timedelta(days=2), basis=TimeBasis.ENTERED)
    on_record = time_on_record(from_file=from_file, entered=entered, received_at=NOW)
    assert on_record == entered
    only_file = time_on_record(from_file=from_file, entered=None, received_at=NOW)
    assert only_file == from_file
    assert time_on_record(from_file=None, entered=None, received_at=NOW) is None


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (TimeBasis.ENTERED, "The time entered, 01 Jan 2031 10:00"),
        (TimeBasis.EXIF_NAIVE, "The file's"),
    ],
)
def test_a_doubt_is_said_in_words(basis: TimeBasis, words: str) -> None:
    late = taken(datetime.fromisoformat("2031-01-01T10:00:00"), basis=basis)
    doubted = time_on_record(from_file=late, entered=None, received_at=NOW)
    assert words in doubt_in_words(doubted)
    assert doubt_in_words(taken(WALL_NOW)) == ""
    assert doubt_in_words(None) == ""
