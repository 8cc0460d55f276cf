"""A capture time as a person types it: a date in any way, then a time of day."""

import re
from datetime import datetime, time, timedelta

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.problems import DateNotUnderstood
from desktop.records.facts.time_problems import NoSuchOffset, NoSuchTime
from desktop.records.rules.time_correction import (
    WallTime,
    is_an_offset,
    meaning_of,
    moment_words,
    offset_words,
)
from desktop.records.rules.typed_date import find_typed_date

_TIME = re.compile(r"[ ,T]+(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$", re.IGNORECASE)


def typed_moment(text: str, *, now: datetime) -> datetime:
    """`12/11/2026 10:42`, `12 Nov 2026 10.42 am`, `today 9:15`. No zone. Raises DateNotUnderstood,
    also where the time of day is missing: a date alone is not a capture time."""
    found = find_typed_moment(text, now=now)
    if found is None:
        raise DateNotUnderstood(text=text[:40])
    return found


def find_typed_moment(text: str, *, now: datetime) -> datetime | None:
    """As `typed_moment`, but None for what is not one."""
    plain = " ".join(text.split())
    match = _TIME.search(plain)
    if match is None:
        return None
    day_text = plain[: match.start()].strip(" ,")
    is_today = day_text.lower() == "today"
    day = now.date() if is_today else find_typed_date(day_text, today=now.date())
    clock = _clock(match)
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock)


def entered(at: datetime, *, offset: int | None = None) -> CaptureTime:
    """A capture time that the desk entered (R68), so many minutes from UTC where that is known.
    Raises NoSuchTime for an hour that was left out where clocks went forward, and NoSuchOffset."""
    if offset is None and meaning_of(at) is WallTime.NEVER:
        raise NoSuchTime(when=moment_words(at))
    if offset is not None and not is_an_offset(offset):
        raise NoSuchOffset(offset=offset_words(timedelta(minutes=offset)))
    return CaptureTime(
        local=at, utc_offset_minutes=offset, basis=TimeBasis.ENTERED, trust=TimeTrust.ENTERED
    )


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if not match[2] and not half:
        return None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)
