"""A capture time as a person types it: a date in any way, then a time of day."""

import re
from datetime import datetime, time

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.problems import DateNotUnderstood
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


def entered(at: datetime) -> CaptureTime:
    """A capture time that the desk entered (R68); its zone is not known."""
    return CaptureTime(
        local=at, utc_offset_minutes=None, basis=TimeBasis.ENTERED, trust=TimeTrust.ENTERED
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
