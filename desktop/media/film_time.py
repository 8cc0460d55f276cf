"""When a film or sound recording was made: the ladder from the best word to none (R68)."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from desktop.media.bmff import CREATION_DATE, BoxFacts
from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust

_MOMENT = re.compile(
    r"(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?\s*"
    r"(Z|[+-]\d\d:?\d\d)?"
)
_DAY = re.compile(r"\d{4}[-:]\d\d[-:]\d\d")
_CLOCK = re.compile(r"\d\d[:-]\d\d[:-]\d\d")
_FURTHEST = timedelta(hours=14)
_QUARTER = timedelta(minutes=15)

_LOCAL_TAGS = ("date", "time", "recording_time", "date_recorded")
"""ID3, Vorbis, RIFF and BWF, as FFmpeg names them: by the recorder's clock, zone not said."""


def film_time(
    boxes: BoxFacts, tags: Mapping[str, str], *, duration_ms: int | None, is_boxed: bool
) -> CaptureTime | None:
    """The best capture time that the file itself has, not yet weighed; None where it has none.
    `tags` are those of the container, untrusted."""
    ladder = _of_boxes(boxes, duration_ms) if is_boxed else _of_tags(tags)
    return next(ladder, None)


def _of_boxes(boxes: BoxFacts, duration_ms: int | None) -> Iterator[CaptureTime]:
    # after a trim or an export the header has the time of that, and only these the capture's
    yield from _said(boxes.said.get(CREATION_DATE), TimeBasis.QT_CREATION_DATE)
    yield from _said(boxes.said.get("date"), TimeBasis.UDTA_DATE)
    yield from _said(boxes.said.get("\N{COPYRIGHT SIGN}day"), TimeBasis.UDTA_DATE)
    if boxes.created is None:
        return
    if any(name.startswith("com.android.") for name in boxes.said):
        # Android writes the header when the recording stops
        began = boxes.created - timedelta(milliseconds=duration_ms or 0)
        yield _in_utc(began, TimeTrust.DERIVED)
    else:
        yield _in_utc(boxes.created, TimeTrust.ASSUMED)


def _of_tags(tags: Mapping[str, str]) -> Iterator[CaptureTime]:
    known = {name.lower(): text for name, text in tags.items()}
    day, clock = known.get("date", ""), known.get("creation_time", "")
    if _DAY.fullmatch(day) and _CLOCK.fullmatch(clock):  # Broadcast Wave has two fields
        yield from _said(f"{day} {clock.replace('-', ':')}", TimeBasis.RECORDER_CLOCK)
    for name in _LOCAL_TAGS:
        yield from _said(known.get(name), TimeBasis.RECORDER_CLOCK)
    for said in _said(clock, TimeBasis.RECORDER_CLOCK):  # AVI without a zone, the others in UTC
        yield said if said.utc is None else _in_utc(said.utc, TimeTrust.ASSUMED)


def _said(text: str | None, basis: TimeBasis) -> Iterator[CaptureTime]:
    """A date with a time of day; a date alone says when a song came out, not when it was sung."""
    found = _MOMENT.fullmatch((text or "").strip())
    if found is None:
        return
    *numbers, fraction, _ = found.groups("00")
    offset = _offset(found[8])
    try:
        local = datetime.strptime("".join(numbers), "%Y%m%d%H%M%S")
    except ValueError:
        return
    yield CaptureTime(
        local=local.replace(microsecond=int(fraction.ljust(6, "0"))),
        utc_offset_minutes=None if offset is None else offset // timedelta(minutes=1),
        basis=basis,
        trust=TimeTrust.ASSUMED if offset is None else TimeTrust.RECORDED,
    )


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return timedelta()
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if size > _FURTHEST or size % _QUARTER:
        return None
    return -size if zone[0] == "-" else size


def _in_utc(moment: datetime, trust: TimeTrust) -> CaptureTime:
    return CaptureTime(
        local=moment.astimezone(UTC).replace(tzinfo=None),
        utc_offset_minutes=0,
        basis=TimeBasis.CONTAINER_UTC,
        trust=trust,
    )
