"""Correcting capture times: typed lengths of time, shifted clocks, daylight saving (R68)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.patient import short_date
from desktop.records.facts.time_problems import SpanNotUnderstood

_UNITS = {
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), timedelta(seconds=1)),
}
_PART = re.compile(r"(\d{1,5})\s*([a-z]+)")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_LONGEST = timedelta(days=40_000)
_FIRST_PHOTOGRAPH = 1826
_BESIDE = re.compile(r"[\s,]|and")


class WallTime(StrEnum):
    """What a wall time means where clocks are changed twice a year."""

    PLAIN = "plain"
    TWICE = "twice"
    NEVER = "never"


def typed_span(text: str) -> timedelta:
    """`1 h 2 min`, `62 min`, `3 days`, `1:02` (hours and minutes); more than nothing. Raises
    SpanNotUnderstood."""
    plain = text.strip().lower()
    if match := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    else:
        parts = _PART.findall(plain)
        left = _BESIDE.sub("", _PART.sub("", plain))
        if left or not parts or any(unit not in _UNITS for _, unit in parts):
            raise SpanNotUnderstood(text=text[:40])
        span = sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())
    if not timedelta() < span <= _LONGEST:
        raise SpanNotUnderstood(text=text[:40])
    return span


def span_words(span: timedelta) -> str:
    """`1 h 2 min`, `3 days`; nothing of it is rounded below a second."""
    seconds = int(span.total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def meaning_of(local: datetime, *, zone: tzinfo | None = None) -> WallTime:
    """Whether a wall time happened once, twice or never: in `zone`, or the workstation's. New
    Zealand's 5 April 2026 02:30 happened twice, its 27 September 2026 02:30 never."""
    earlier, later = _offsets(local, zone)
    if earlier == later:
        return WallTime.PLAIN
    return WallTime.TWICE if earlier > later else WallTime.NEVER


def twice_words(local: datetime, *, zone: tzinfo | None = None) -> str:
    """What to say of a wall time that happened twice in `zone`, or the workstation's."""
    earlier, later = (offset_words(offset) for offset in _offsets(local, zone))
    return (
        f"{moment_words(local)} happened twice, for the clocks went back over it. "
        f"Add {earlier} for the first or {later} for the second."
    )


def is_an_offset(minutes: int) -> bool:
    """Whether a clock somewhere on Earth is that far from UTC: -12:00 to +14:00, by quarters of an
    hour."""
    return -12 * 60 <= minutes <= 14 * 60 and minutes % 15 == 0


def is_before_cameras(local: datetime) -> bool:
    """Whether nobody had yet taken a photograph that lasted: a year that was mistyped."""
    return local.year < _FIRST_PHOTOGRAPH


def _offsets(local: datetime, zone: tzinfo | None) -> tuple[timedelta, timedelta]:
    """From UTC, as it was for the first and for the second time; none where nobody can tell."""
    nought = timedelta()
    try:
        first, second = (
            local.replace(fold=fold, tzinfo=zone) if zone else local.replace(fold=fold).astimezone()
            for fold in (0, 1)
        )
    except (OverflowError, OSError, ValueError):  # the system's calendar is shorter than Python's
        return nought, nought
    return first.utcoffset() or nought, second.utcoffset() or nought


def offset_words(offset: timedelta) -> str:
    """`+13:00`."""
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}"


def shifted(from_file: CaptureTime, by: timedelta) -> CaptureTime:
    """The file's time as the clock should have shown it. The offset stays: a clock that is set
    wrong says nothing of the zone. Raises SpanNotUnderstood for what leads out of the calendar."""
    try:
        local = from_file.local + by
    except OverflowError:
        raise SpanNotUnderstood(text=span_words(abs(by))) from None
    return replace(
        from_file,
        local=local,
        basis=TimeBasis.ENTERED,
        trust=TimeTrust.ENTERED,
    )


def moment_words(local: datetime) -> str:
    """`12 Nov 2026 13:00`, with seconds where there are any."""
    seconds = f":{local:%S}" if local.second else ""
    return f"{short_date(local.date())} {local:%H:%M}{seconds}"


def correction_words(image: ClinicalImage) -> str:
    """Where the time on record is a corrected one: from what, why and by whom; else nothing."""
    if not image.taken_why or image.taken is None:
        return ""
    own = image.description.taken if image.description else None
    told = f"the file's {moment_words(own.local)}" if own else "none in the file"
    return f"corrected from {told}: {image.taken_why}"
