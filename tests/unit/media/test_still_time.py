"""The lower rungs of the ladder of a still's time: EXIF 3.0 texts, XMP, the name of the file."""

import struct
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.apple_note import apple_note
from desktop.media.exif_facts import ExifFacts, exif_facts
from desktop.media.name_time import name_time
from desktop.media.still import Asked
from desktop.media.still_time import still_time
from desktop.media.xmp_facts import XmpFacts, xmp_facts
from desktop.records.facts.capture import TimeBasis, TimeTrust
from tests.unit.media.made_photos import exif_block

NOW = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
XMP = xmp_facts(
    b'<a exif:DateTimeOriginal="2024-05-01T10:15:00.25+12:00" photoshop:DateCreated="1999-">'
)
NAME = "IMG_20240502_101500.jpg"


def _in_utf8(texts: dict[int, str], photo: dict[int, str]) -> bytes:
    """A block whose texts are of the type that EXIF 3.0 brought (CIPA DC-008-2023 4.6.2)."""
    every = [text.encode() + b"\0" for text in (*texts.values(), *photo.values())]
    second = 8 + 2 + 12 * (len(texts) + 1) + 4
    heap = second + 2 + 12 * len(photo) + 4
    places = [heap + sum(len(text) for text in every[:n]) for n in range(len(every))]
    entries = [
        struct.pack(">HHII", tag, 129, len(text), place)
        for tag, text, place in zip((*texts, *photo), every, places, strict=True)
    ]
    first = [*entries[: len(texts)], struct.pack(">HHII", 0x8769, 4, 1, second)]
    block = b"MM\0*" + struct.pack(">IH", 8, len(first)) + b"".join(first) + bytes(4)
    block += struct.pack(">H", len(photo)) + b"".join(entries[len(texts) :]) + bytes(4)
    return block + b"".join(every)


@pytest.mark.requirement("R68", "R69")
def test_texts_of_exif_3_are_read() -> None:
    block = _in_utf8(
        {0x010F: "Kāmera", 0x0110: "Ataata ①"}, {0x9003: "2024:05:01 10:15:00", 0x9011: "+12:00"}
    )
    facts = exif_facts(block, now=NOW)
    assert (facts.device.make, facts.device.model) == ("Kāmera", "Ataata ①")
    assert facts.taken is not None
    assert (facts.taken.utc_offset_minutes, facts.taken.basis) == (720, TimeBasis.EXIF_OFFSET)


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("exif", "xmp", "name", "basis"),
    [
        ({0x9003: "2024:04:30 10:15:00"}, XMP, NAME, TimeBasis.EXIF_NAIVE),
        ({0x9004: "2024:04:30 10:15:00"}, XMP, NAME, TimeBasis.EXIF_DIGITIZED),
        ({}, XMP, NAME, TimeBasis.XMP),
        ({}, XmpFacts(), NAME, TimeBasis.FILE_NAME),
        ({}, XmpFacts(), "IMG-20240501-WA0001.jpg", None),
        ({}, XmpFacts(), "IMG_0001.JPG", None),
    ],
)
def test_each_rung_stands_below_the_one_before(
    exif: dict[int, str], xmp: XmpFacts, name: str, basis: TimeBasis | None
) -> None:
    facts = exif_facts(exif_block({}, exif), now=NOW) if exif else ExifFacts()
    taken = still_time(facts, xmp, Asked(now=NOW, file_name=name))
    assert (taken and taken.basis) == basis
    assert taken is None or taken.trust is TimeTrust.ASSUMED


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("moment", "offset", "trust"),
    [
        ("2000:01:01 00:12:03", "", TimeTrust.SUSPECT),
        ("2000:01:01 17:00:00", "+13:00", TimeTrust.SUSPECT),
        ("2000:01:02 00:12:03", "", TimeTrust.ASSUMED),
        ("2026:01:01 00:12:03", "", TimeTrust.ASSUMED),
        ("0001:01:01 00:00:00", "+13:00", TimeTrust.SUSPECT),
        ("9999:12:31 23:59:59", "-11:00", TimeTrust.SUSPECT),
    ],
)
def test_a_clock_that_was_never_set_is_in_doubt(moment: str, offset: str, trust: TimeTrust) -> None:
    taken = exif_facts(exif_block({}, {0x9003: moment, 0x9011: offset}), now=NOW).taken
    assert taken is not None
    assert taken.trust is trust
    assert f"{taken.local:%H:%M:%S}" == moment[-8:]


@pytest.mark.requirement("R68")
def test_a_name_from_the_future_is_in_doubt() -> None:
    taken = still_time(ExifFacts(), XmpFacts(), Asked(now=NOW, file_name="20270501_101500.jpg"))
    assert taken is not None
    assert taken.trust is TimeTrust.SUSPECT


@pytest.mark.requirement("R68")
def test_xmp_tells_time_and_what_lies_in_the_file() -> None:
    assert XMP.taken == datetime.fromisoformat("2024-05-01T10:15:00.250")
    assert XMP.offset == timedelta(hours=12)
    as_element = xmp_facts(b"<photoshop:DateCreated>2024-05-01T10:15Z</photoshop:DateCreated>")
    assert (as_element.taken, as_element.offset) == (
        datetime.fromisoformat("2024-05-01T10:15:00"),
        timedelta(),
    )
    assert xmp_facts(b'exif:DateTimeOriginal="2024-05-01T10:15:00+99:99"').offset is None
    assert xmp_facts(b'exif:DateTimeOriginal="2024-13-01T10:15:00"').taken is None
    assert xmp_facts(b'<x GCamera:MotionPhoto="1" GCamera:BurstID="b"/>').is_motion_photo
    assert not xmp_facts(b'<x GCamera:MotionPhoto="0"/>').is_motion_photo
    assert xmp_facts(b"<x hdrgm:Version='1.0'/>").has_gain_map


@pytest.mark.requirement("R103")
@pytest.mark.parametrize(
    ("packet", "has_place"),
    [
        (b'exif:GPSLatitude="43,54.0S" exif:GPSLongitude="176,30.0W"', True),
        (b"<exif:GPSLatitude>0,0.0N</exif:GPSLatitude><exif:GPSLongitude>9,3E<", True),
        (b'exif:GPSLatitude="0,0.0N" exif:GPSLongitude="0,0.0E"', False),
        (b'exif:GPSLatitude="43,54.0S" exif:GPSAltitude="120/1"', False),
    ],
)
def test_xmp_tells_that_a_place_is_in_it(packet: bytes, has_place: bool) -> None:
    assert xmp_facts(b"<a " + packet).has_place is has_place


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Screenshot_20240501-101500_Chrome.jpg", "2024-05-01T10:15:00"),
        ("Screen Shot 2024-05-01 at 1.15.00 PM.png", "2024-05-01T13:15:00"),
        ("Screenshot 2024-05-01 at 12.15.00\N{NARROW NO-BREAK SPACE}AM.png", "2024-05-01T00:15:00"),
        ("WIN_20240501_10_15_00_Pro.jpg", "2024-05-01T10:15:00"),
        ("Screen Shot 2024-05-01 at 13.15.00 PM.png", None),
        ("1714550100000.jpg", None),
    ],
)
def test_names_that_devices_give(name: str, moment: str | None) -> None:
    taken = name_time(name)
    assert (taken and taken.local) == (moment and datetime.fromisoformat(moment))


@given(st.binary(max_size=300))
def test_nothing_raises_for_any_bytes(noise: bytes) -> None:
    xmp_facts(b"exif:DateTimeOriginal='" + noise)
    apple_note(b"Apple iOS\0\0\1MM" + noise)
    apple_note(noise)
