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
    first, second = (
        local.replace(fold=fold, tzinfo=zone) if zone else local.replace(fold=fold).astimezone()
        for fold in (0, 1)
    )
    earlier, later = first.utcoffset(), second.utcoffset()
    if earlier is None or later is None or earlier == later:
        return WallTime.PLAIN
    return WallTime.TWICE if earlier > later else WallTime.NEVER


def twice_words(local: datetime) -> str:
    """What to say of a wall time that happened twice."""
    return (
        f"{moment_words(local)} happened twice, for the clocks went back over it. "
        "Add +13:00 for the first or +12:00 for the second."
    )


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
