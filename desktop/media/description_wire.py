"""A description as JSON facts and back; the worker met hostile bytes, so its word is checked."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from desktop.records.facts.capture import CaptureDevice, CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Description, MediaKind

_MEDIA_TYPE = re.compile(r"[a-z]{1,16}/[a-z0-9.+-]{1,48}")
_LONGEST_TEXT = 64
_LONGEST_NOTE = 200
_MOST_PIXELS_A_SIDE = 0xFFFFFFFF


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
