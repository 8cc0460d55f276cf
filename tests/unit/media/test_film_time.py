"""The ladder of capture times of films and recordings, and times in file names."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.bmff import CREATION_DATE, BoxFacts
from desktop.media.film_time import film_time
from desktop.media.name_time import name_time
from desktop.records.facts.capture import TimeBasis, TimeTrust

pytestmark = pytest.mark.requirement("R68")

HEADER = datetime(2024, 3, 5, 1, 36, 4, tzinfo=UTC)
SAID = "2024-03-05T14:30:20+1300"


@pytest.mark.parametrize(
    ("said", "local", "offset", "basis", "trust"),
    [
        ({CREATION_DATE: SAID, "date": "x"}, "14:30:20", 780, "qt_creationdate", "recorded"),
        ({CREATION_DATE: "2024-03-05T14:30:20"}, "14:30:20", None, "qt_creationdate", "assumed"),
        ({CREATION_DATE: "yesterday", "date": SAID}, "14:30:20", 780, "udta_date", "recorded"),
        ({"date": "2024-03-05T01:30:20Z"}, "01:30:20", 0, "udta_date", "recorded"),
        ({"©day": SAID}, "14:30:20", 780, "udta_date", "recorded"),
        ({"©day": "2024-03-05"}, "01:36:04", 0, "container_utc", "assumed"),
        ({"date": "2024-03-05T14:30:20+2300"}, "14:30:20", None, "udta_date", "assumed"),
        ({"com.android.version": "14"}, "01:35:34", 0, "container_utc", "derived"),
        ({}, "01:36:04", 0, "container_utc", "assumed"),
    ],
)
def test_the_ladder_of_boxes(
    said: dict[str, str], local: str, offset: int | None, basis: str, trust: str
) -> None:
    boxes = BoxFacts(created=HEADER, said=said)
    taken = film_time(boxes, {}, duration_ms=30_000, is_boxed=True)
    assert taken is not None
    assert taken.local.isoformat() == f"2024-03-05T{local}"
    assert taken.utc_offset_minutes == offset
    assert (taken.basis, taken.trust) == (TimeBasis(basis), TimeTrust(trust))


@pytest.mark.parametrize(
    ("tags", "local", "offset"),
    [
        ({"date": "2024-03-05", "creation_time": "14:30:20"}, "2024-03-05T14:30:20", None),
        ({"DATE": "2024-03-05T14:30:20"}, "2024-03-05T14:30:20", None),
        ({"date": "2024-03-05 14:30"}, "2024-03-05T14:30:00", None),
        ({"creation_time": "2024-03-05T01:30:20.500000Z"}, "2024-03-05T01:30:20.500000", 0),
        ({"creation_time": "2024-03-05 14:30:20"}, "2024-03-05T14:30:20", None),
        ({"date": "2021"}, None, None),
        ({"date": "2021-05-01"}, None, None),
        ({"date": "2021-05-01", "creation_time": "at noon"}, None, None),
        ({"date": "2021-13-41 25:61:61"}, None, None),
        ({}, None, None),
    ],
)
def test_tags_of_recorders(tags: dict[str, str], local: str | None, offset: int | None) -> None:
    taken = film_time(BoxFacts(), tags, duration_ms=None, is_boxed=False)
    assert (taken and taken.local.isoformat()) == local
    assert (taken and taken.utc_offset_minutes) == offset


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("20240305_143020.mp4", "2024-03-05T14:30:20"),
        ("VID_20240305_143020.mp4", "2024-03-05T14:30:20"),
        ("PXL_20240305_013020123.LS.mp4", "2024-03-05T01:30:20"),
        ("Voice 2024-03-05 14.30.20.m4a", "2024-03-05T14:30:20"),
        ("REC-2024-03-05T14:30:20.wav", "2024-03-05T14:30:20"),
        ("20240305143020.m2ts", "2024-03-05T14:30:20"),
        ("WhatsApp Video 2024-03-05 at 14.30.20.mp4", None),
        ("signal-2024-03-05-143020.mp4", None),
        ("VID-20240305-WA0001.mp4", None),
        ("20241305_143020.mp4", None),
        ("20240305_253020.mp4", None),
        ("1234567820240305143020.mp4", None),
        ("MVI_0001.MOV", None),
    ],
)
def test_times_in_names(name: str, local: str | None) -> None:
    taken = name_time(name)
    assert (taken and taken.local.isoformat()) == local
    if taken is not None:
        assert taken.utc_offset_minutes == (0 if name.startswith("PXL") else None)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["date", "creation_time"]), st.text()))
def test_no_words_are_too_strange(name: str, tags: dict[str, str]) -> None:
    name_time(name)
    film_time(BoxFacts(), tags, duration_ms=None, is_boxed=False)
