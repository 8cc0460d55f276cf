"""When and with what: the ladder of capture times, and what devices write that is not so."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from desktop.media.exif_facts import exif_facts, plain_text
from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from tests.unit.media.made_photos import exif_block

AUCKLAND = timezone(timedelta(hours=13))
NOW = datetime(2026, 2, 3, 12, 0, tzinfo=AUCKLAND)

ORIGINAL, DIGITIZED, CHANGED = 0x9003, 0x9004, 0x0132
OFFSET_CHANGED, OFFSET_ORIGINAL = 0x9010, 0x9011
SUBSEC = 0x9291
TAKEN = {ORIGINAL: "2024:03:05 14:30:20"}
GPS_CLOCK = {29: "2024:03:05", 7: (1.0, 30.0, 5.0)}


def _taken(
    photo: dict[int, Any],
    place: dict[int, Any] | None = None,
    first: dict[int, Any] | None = None,
) -> CaptureTime | None:
    return exif_facts(exif_block(first, photo, place), now=NOW).taken


@pytest.mark.requirement("R68")
def test_the_offset_of_the_file_is_the_best() -> None:
    taken = _taken(TAKEN | {OFFSET_ORIGINAL: "+13:00"}, {29: "2024:03:05", 7: (2.0, 30.0, 5.0)})
    assert taken == CaptureTime(
        local=datetime.fromisoformat("2024-03-05T14:30:20"),
        utc_offset_minutes=13 * 60,
        basis=TimeBasis.EXIF_OFFSET,
        trust=TimeTrust.RECORDED,
    )
    assert taken.utc == datetime(2024, 3, 5, 1, 30, 20, tzinfo=UTC)


@pytest.mark.requirement("R68")
def test_the_gps_clock_gives_the_offset() -> None:
    taken = _taken(TAKEN, GPS_CLOCK)
    assert taken is not None
    assert (taken.utc_offset_minutes, taken.basis) == (13 * 60, TimeBasis.EXIF_GPS)
    assert taken.trust is TimeTrust.DERIVED


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    "place",
    [
        {29: "2024:03:05", 7: (1.0, 32.0, 0.0)},  # the fix is older than the photo
        {29: "2024:03:02", 7: (1.0, 30.0, 5.0)},  # three days apart
        {7: (1.0, 30.0, 5.0)},  # no date
        {29: "2024:03:05"},
        {29: "0000:00:00", 7: (1.0, 30.0, 5.0)},
        {29: "2024:03:05", 7: (1.0, 30.0)},
        {29: "2024:03:05", 7: (99.0, 30.0, 5.0)},
    ],
)
def test_a_gps_clock_that_cannot_be_right_says_nothing(place: dict[int, Any]) -> None:
    taken = _taken(TAKEN, place)
    assert taken is not None
    assert (taken.utc_offset_minutes, taken.basis) == (None, TimeBasis.EXIF_NAIVE)
    assert taken.trust is TimeTrust.ASSUMED


@pytest.mark.requirement("R68")
def test_half_hours_and_quarters_are_offsets_too() -> None:
    chatham = _taken({ORIGINAL: "2024:03:05 15:15:10"}, GPS_CLOCK)
    assert chatham is not None
    assert chatham.utc_offset_minutes == 13 * 60 + 45


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("+12:00", 720),
        ("-03:30", -210),
        ("+1245", 765),
        ("Z", 0),
        ("   :  ", None),
        ("+99:99", None),
        ("+13:07", None),
        ("13:00", None),
        ("+१३:००", None),
    ],
)
def test_offsets_that_clocks_use(words: str, minutes: int | None) -> None:
    taken = _taken(TAKEN | {OFFSET_ORIGINAL: words.encode() + b"\0"})
    assert taken is not None
    assert taken.utc_offset_minutes == minutes


@pytest.mark.requirement("R68")
def test_the_offset_of_a_change_counts_only_where_nothing_was_changed() -> None:
    same = _taken(TAKEN | {OFFSET_CHANGED: "+13:00"}, first={CHANGED: TAKEN[ORIGINAL]})
    later = _taken(TAKEN | {OFFSET_CHANGED: "+01:00"}, first={CHANGED: "2025:01:02 03:04:05"})
    assert same is not None
    assert same.utc_offset_minutes == 780
    assert later is not None
    assert later.utc_offset_minutes is None


@pytest.mark.requirement("R68")
def test_the_time_of_a_change_is_never_the_capture_time() -> None:
    assert _taken({}, first={CHANGED: "2024:03:05 14:30:20"}) is None


@pytest.mark.requirement("R68")
def test_the_time_of_digitising_is_the_last_resort() -> None:
    taken = _taken({DIGITIZED: "2024:03:05 14:30:20"})
    assert taken is not None
    assert (taken.basis, taken.trust) == (TimeBasis.EXIF_DIGITIZED, TimeTrust.ASSUMED)


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    "words",
    ["", "    :  :     :  :  ", "0000:00:00 00:00:00", "2024:13:01 00:00:00", "yesterday", "2024"],
)
def test_blanks_and_dates_that_are_none_are_no_capture_time(words: str) -> None:
    assert _taken({ORIGINAL: words}) is None


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("words", "offset"),
    [
        ("1990:05:05 10:00:00", None),
        ("2024:01:01 00:00:07", None),
        ("2024:01:01 00:00:07", "+13:00"),
        ("2031:05:05 10:00:00", None),
        ("2026:02:03 12:30:00", None),
        ("2026:02:03 12:30:00", "+13:00"),
        ("2026:02:03 02:30:00", "+00:00"),
    ],
)
def test_a_clock_that_was_never_set_or_runs_ahead_is_suspect(
    words: str, offset: str | None
) -> None:
    taken = _taken({ORIGINAL: words} | ({OFFSET_ORIGINAL: offset} if offset else {}))
    assert taken is not None
    assert taken.trust is TimeTrust.SUSPECT


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("words", "offset"),
    [
        ("2026:02:03 11:59:00", None),
        ("2026:02:03 12:01:00", None),
        ("2026:02:02 22:59:00", "+00:00"),
        ("2024:01:01 00:01:00", None),
        ("2024:07:01 00:00:00", None),
    ],
)
def test_a_photo_of_just_now_is_not_suspect(words: str, offset: str | None) -> None:
    taken = _taken({ORIGINAL: words} | ({OFFSET_ORIGINAL: offset} if offset else {}))
    assert taken is not None
    assert taken.trust is not TimeTrust.SUSPECT


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("words", "micro"), [("68", 680_000), ("123456789", 123_456), ("x", 0), ("   ", 0)]
)
def test_fractions_of_a_second_are_kept(words: str, micro: int) -> None:
    taken = _taken(TAKEN | {SUBSEC: words})
    assert taken is not None
    assert taken.local.microsecond == micro


@pytest.mark.requirement("R68")
@settings(max_examples=60)
@given(
    st.datetimes(datetime.fromisoformat("1995-01-02"), datetime.fromisoformat("2026-01-01")),
    st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15),
)
def test_every_time_with_every_offset_comes_back(moment: datetime, minutes: int) -> None:
    words = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    photo = {
        ORIGINAL: f"{moment:%Y:%m:%d %H:%M:%S}",
        OFFSET_ORIGINAL: words,
        SUBSEC: f"{moment.microsecond:06}",
    }
    taken = _taken(photo)
    assert taken is not None
    assert (taken.local, taken.utc_offset_minutes) == (moment, minutes)


@pytest.mark.requirement("R69")
def test_the_device_is_named_without_what_makers_add() -> None:
    block = exif_block(
        {0x010F: "  HTC\0\0junk", 0x0110: "Desire\x07  \u202e HD ".encode()}, {0xA431: "012345678"}
    )
    device = exif_facts(block, now=NOW).device
    assert (device.make, device.model, device.serial) == ("HTC", "Desire HD", "012345678")


@pytest.mark.requirement("R69")
@pytest.mark.parametrize("junk", ["\x01\x9f\xff\x12", "0000000", "   ", "Zoë"])
def test_a_serial_that_is_binary_or_empty_is_none(junk: str) -> None:
    block = exif_block({0x010F: "Maker"}, {0xA431: junk.encode("latin-1") + b"\0"})
    assert exif_facts(block, now=NOW).device.serial is None


@pytest.mark.requirement("R69")
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_text_becomes_one_short_line_or_none(words: str | bytes) -> None:
    shown = plain_text(words)
    assert shown is None or (0 < len(shown) <= 64 and shown.isprintable())


@pytest.mark.requirement("R103")
@pytest.mark.parametrize(
    ("latitude", "longitude", "there"),
    [
        ((36.0, 51.0, 0.0), (174.0, 46.0, 0.0), True),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), False),
        ((0.0, 0.0, 0.0), (6.0, 0.0, 0.0), True),
        ((36.0, 51.0), (174.0, 46.0), False),
    ],
)
def test_a_place_is_told_only_where_there_was_a_fix(
    latitude: tuple[float, ...], longitude: tuple[float, ...], *, there: bool
) -> None:
    block = exif_block(place={1: "S", 2: latitude, 3: "E", 4: longitude})
    assert exif_facts(block, now=NOW).has_location is there


@pytest.mark.requirement("R103")
def test_zero_by_zero_is_no_fix() -> None:
    none = (IFDRational(0, 0),) * 3
    assert not exif_facts(exif_block(place={2: none, 4: none}), now=NOW).has_location


@pytest.mark.filterwarnings("ignore")
def test_no_block_and_no_tiff_say_nothing() -> None:
    for block in (b"", b"MM", b"not a tiff block at all", b"II*\0\xff\xff\xff\xff"):
        said = exif_facts(block, now=NOW)
        assert said.taken is None
        assert not said.has_location


REAL = exif_block(
    {0x010F: "Maker", 0x0110: "Model", 0x0112: 6},
    TAKEN | {OFFSET_ORIGINAL: "+13:00", SUBSEC: "12", 0xA431: "12345"},
    {2: (36.0, 51.0, 0.0), 4: (174.0, 46.0, 0.0), **GPS_CLOCK},
)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(REAL) - 1), st.integers(0, 255)), max_size=10))
@pytest.mark.filterwarnings("ignore")
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(REAL)
    for place, byte in changes:
        changed[place] = byte
    exif_facts(bytes(changed), now=NOW)


@given(st.binary(max_size=200))
@pytest.mark.filterwarnings("ignore")
def test_random_blocks_never_raise(noise: bytes) -> None:
    exif_facts(b"II*\0\x08\0\0\0" + noise, now=NOW)
    exif_facts(b"MM\0*\0\0\0\x08" + noise, now=NOW)
