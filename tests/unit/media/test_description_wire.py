"""A description goes through JSON whole, and a lying worker is not believed."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.description_wire import BadReply, facts_of, read_description
from desktop.records.facts.capture import CaptureDevice, CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.media import CaptureMode, MediaDetail, Part
from desktop.records.facts.quality import Finding, Quality

WHOLE = Description(
    kind=MediaKind.PHOTO,
    media_type="image/jpeg",
    width=4000,
    height=3000,
    orientation=6,
    taken=CaptureTime(
        local=datetime.fromisoformat("2024-03-05T14:30:20.680000"),
        utc_offset_minutes=780,
        basis=TimeBasis.EXIF_OFFSET,
        trust=TimeTrust.RECORDED,
    ),
    device=CaptureDevice(make="Maker", model="Mōdel", serial="12345"),
    has_location=True,
    detail=MediaDetail(
        capture_mode=CaptureMode.LIVE_PHOTO,
        duration_ms=2_400,
        codec="hevc / aac",
        frame_rate=29.97,
        has_sound=True,
        colour="Display P3",
        parts=(Part.THUMBNAIL, Part.GAIN_MAP),
        orientation_doubtful=True,
        pair_key="6F6E8E1C-1B1B-4B7C-9B0D-000000000000",
    ),
    quality=Quality(
        findings=(Finding.BLURRED, Finding.TOO_DARK),
        sharpness=61.5,
        brightness=30.0,
        contrast=20.0,
        dark_share=0.4,
        bright_share=0.0,
        jpeg_quality=93,
    ),
    page_codes=("CF7K3QX9FM0148", "RS7K3QX9FM0175"),
)
DETAIL: dict[str, Any] = facts_of(WHOLE)["detail"]  # type: ignore[assignment]
QUALITY: dict[str, Any] = facts_of(WHOLE)["quality"]  # type: ignore[assignment]
BARE = Description(kind=MediaKind.UNKNOWN, media_type="text/plain", note="this is text")


@pytest.mark.parametrize("description", [WHOLE, BARE])
def test_a_description_comes_back_whole(description: Description) -> None:
    assert read_description(json.loads(json.dumps(facts_of(description)))) == description


@pytest.mark.parametrize(
    "lie",
    [
        {"kind": "gossip"},
        {"media_type": "image/jpeg\r\nSet: x"},
        {"media_type": 7},
        {"width": 0},
        {"width": -1},
        {"width": True},
        {"width": 1 << 40},
        {"height": "3000"},
        {"orientation": 9},
        {"orientation": None},
        {"page_codes": None},
        {"page_codes": ["CF7K3QX9FM0149"]},
        {"page_codes": ["CF7K3QX9FM0148", "CF7K3QX9FM0148"]},
        {"page_codes": [7]},
        {"page_codes": ["CF7K3QX9FM0148"] * 9},
        {"device": None},
        {"device": {"make": "x" * 65, "model": None, "serial": None}},
        {"device": {"make": "a\u202eb", "model": None, "serial": None}},
        {"device": {"make": None}},
        {"note": "x" * 201},
        {"note": "line\nline"},
        {"taken": "yesterday"},
        {"taken": {"local": "2024-03-05T14:30:20+13:00", "offset": 0, "basis": "exif_offset"}},
        {"taken": {"local": "x", "offset": 0, "basis": "exif_offset", "trust": "recorded"}},
        {"detail": None},
        {"detail": DETAIL | {"capture_mode": "gossip"}},
        {"detail": DETAIL | {"duration_ms": -1}},
        {"detail": DETAIL | {"duration_ms": 1e3}},
        {"detail": DETAIL | {"frame_rate": float("nan")}},
        {"detail": DETAIL | {"frame_rate": True}},
        {"detail": DETAIL | {"codec": "x" * 65}},
        {"detail": DETAIL | {"colour": "a\nb"}},
        {"detail": DETAIL | {"pair_key": None}},
        {"detail": DETAIL | {"parts": ["thumbnail", "thumbnail"]}},
        {"detail": DETAIL | {"parts": "thumbnail"}},
        {"detail": DETAIL | {"parts": ["thumbnail", "bomb"]}},
        {"quality": {}},
        {"quality": QUALITY | {"findings": [1]}},
        {"quality": QUALITY | {"sharpness": -0.1}},
        {"quality": QUALITY | {"brightness": float("inf")}},
        {"quality": QUALITY | {"dark_share": 1.01}},
        {"quality": QUALITY | {"jpeg_quality": 101}},
    ],
)
def test_a_lie_is_refused(lie: dict[str, Any]) -> None:
    with pytest.raises(BadReply):
        read_description(facts_of(WHOLE) | lie)


@given(st.dictionaries(st.sampled_from(sorted(facts_of(WHOLE))), st.integers() | st.text()))
def test_random_facts_raise_nothing_else(facts: dict[str, object]) -> None:
    try:
        read_description(facts_of(WHOLE) | facts)
    except BadReply:
        return
