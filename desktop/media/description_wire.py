"""A description as JSON facts and back; the worker met hostile bytes, so its word is checked."""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from desktop.records.facts.capture import CaptureDevice, CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.media import CaptureMode, MediaDetail, Part
from desktop.records.facts.quality import Finding, Quality
from desktop.records.facts.sheet import MOST_PAGE_CODES, is_printed_code

_Word = TypeVar("_Word", bound=StrEnum)

_MEDIA_TYPE = re.compile(r"[a-z]{1,16}/[a-z0-9.+-]{1,48}")
_LONGEST_TEXT = 64
_LONGEST_NOTE = 200
_MOST_PIXELS_A_SIDE = 0xFFFFFFFF
_LONGEST_FILM_MS = 100 * 24 * 3600 * 1000
_MOST_FRAMES_A_SECOND = 100_000
_SHARPEST = 1e9

_MEASURED = {
    "sharpness": _SHARPEST,
    "brightness": 255,
    "contrast": 255,
    "dark_share": 1,
    "bright_share": 1,
}
"""What was measured, and the most that it can be; the least is 0."""


class BadReply(ValueError):
    """The worker said something that no sound worker says."""


def facts_of(description: Description) -> dict[str, object]:
    """The description as values that JSON can carry."""
    taken, device = description.taken, description.device
    return {
        "kind": description.kind.value,
        "media_type": description.media_type,
        "width": description.width,
        "height": description.height,
        "orientation": description.orientation,
        "taken": taken
        and {
            "local": taken.local.isoformat(),
            "offset": taken.utc_offset_minutes,
            "basis": taken.basis.value,
            "trust": taken.trust.value,
        },
        "device": {"make": device.make, "model": device.model, "serial": device.serial},
        "has_location": description.has_location,
        "note": description.note,
        "detail": _facts_of_detail(description.detail),
        "quality": description.quality and _facts_of_quality(description.quality),
        "page_codes": list(description.page_codes),
    }


def _facts_of_detail(detail: MediaDetail) -> dict[str, object]:
    return {
        "capture_mode": detail.capture_mode.value,
        "duration_ms": detail.duration_ms,
        "codec": detail.codec,
        "frame_rate": detail.frame_rate,
        "has_sound": detail.has_sound,
        "colour": detail.colour,
        "parts": [part.value for part in detail.parts],
        "orientation_doubtful": detail.orientation_doubtful,
        "pair_key": detail.pair_key,
    }


def _facts_of_quality(quality: Quality) -> dict[str, object]:
    return {
        "findings": [finding.value for finding in quality.findings],
        "jpeg_quality": quality.jpeg_quality,
        **{name: getattr(quality, name) for name in _MEASURED},
    }


def read_description(facts: Mapping[str, object]) -> Description:
    """The description again, every value in its bounds. Raises BadReply."""
    try:
        return _read_description(facts)
    except (KeyError, TypeError, ValueError) as reason:
        raise BadReply("not a description") from reason


def _read_description(facts: Mapping[str, object]) -> Description:
    media_type = facts["media_type"]
    if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
        raise BadReply("not a media type")
    width, height = facts["width"], facts["height"]
    device = _mapping(facts["device"])
    return Description(
        kind=MediaKind(str(facts["kind"])),
        media_type=media_type,
        width=None if width is None else whole_number(width, 1, _MOST_PIXELS_A_SIDE),
        height=None if height is None else whole_number(height, 1, _MOST_PIXELS_A_SIDE),
        orientation=whole_number(facts["orientation"], 1, 8),
        taken=_read_time(facts["taken"]),
        device=CaptureDevice(
            make=_text_or_none(device["make"]),
            model=_text_or_none(device["model"]),
            serial=_text_or_none(device["serial"]),
        ),
        has_location=facts["has_location"] is True,
        note=_text(facts["note"], _LONGEST_NOTE),
        detail=_read_detail(_mapping(facts["detail"])),
        quality=None if facts["quality"] is None else _read_quality(_mapping(facts["quality"])),
        page_codes=read_codes(facts["page_codes"]),
    )


def read_codes(value: object) -> tuple[str, ...]:
    """A few codes of our own pages, none twice. Raises BadReply."""
    if not isinstance(value, list) or len(value) > MOST_PAGE_CODES:
        raise BadReply("not a list of codes")
    if len(set(map(str, value))) != len(value):
        raise BadReply("the same code twice")
    return tuple(_code(one) for one in value)


def _code(value: object) -> str:
    code = _text(value, _LONGEST_TEXT)
    if not is_printed_code(code):
        raise BadReply("not a code of ours")
    return code


def _read_detail(facts: Mapping[str, object]) -> MediaDetail:
    duration, rate = facts["duration_ms"], facts["frame_rate"]
    return MediaDetail(
        capture_mode=CaptureMode(str(facts["capture_mode"])),
        duration_ms=None if duration is None else whole_number(duration, 0, _LONGEST_FILM_MS),
        codec=_text(facts["codec"], _LONGEST_TEXT),
        frame_rate=None if rate is None else _number(rate, _MOST_FRAMES_A_SECOND),
        has_sound=facts["has_sound"] is True,
        colour=_text(facts["colour"], _LONGEST_TEXT),
        parts=_words(facts["parts"], Part),
        orientation_doubtful=facts["orientation_doubtful"] is True,
        pair_key=_text(facts["pair_key"], _LONGEST_TEXT),
    )


def _read_quality(facts: Mapping[str, object]) -> Quality:
    jpeg = facts["jpeg_quality"]
    measured = {
        name: None if facts[name] is None else _number(facts[name], most)
        for name, most in _MEASURED.items()
    }
    return Quality(
        findings=_words(facts["findings"], Finding),
        jpeg_quality=None if jpeg is None else whole_number(jpeg, 1, 100),
        **measured,
    )


def _read_time(facts: object) -> CaptureTime | None:
    if facts is None:
        return None
    said = _mapping(facts)
    local = datetime.fromisoformat(_text(said["local"], 32))
    if local.tzinfo is not None:
        raise BadReply("a wall time with a zone")
    offset = said["offset"]
    return CaptureTime(
        local=local,
        utc_offset_minutes=None if offset is None else whole_number(offset, -14 * 60, 14 * 60),
        basis=TimeBasis(str(said["basis"])),
        trust=TimeTrust(str(said["trust"])),
    )


def whole_number(value: object, least: int, most: int) -> int:
    """The value itself, an int from `least` to `most`. Raises BadReply."""
    if type(value) is not int or not least <= value <= most:
        raise BadReply("not a number in bounds")
    return value


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadReply("not a number")
    if not (math.isfinite(value) and 0 <= value <= most):
        raise BadReply("not a number in bounds")
    return float(value)


def _words(value: object, known: type[_Word]) -> tuple[_Word, ...]:
    """Words of an enum, none twice."""
    if not isinstance(value, list) or len(value) > len(known):
        raise BadReply("not a list of words")
    read = tuple(known(str(word)) for word in value)
    if len(set(read)) != len(read):
        raise BadReply("the same word twice")
    return read


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadReply("not a mapping")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value, _LONGEST_TEXT)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BadReply("not a text in bounds")
    if any(unicodedata.category(c).startswith("C") for c in value):
        raise BadReply("a text with control characters")
    return value
