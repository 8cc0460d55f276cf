"""How far a device's clock is off, by what a person reads on it (R27, R68)."""

import re
from datetime import date, datetime, time, timedelta

from desktop.records.facts.device_problems import ClockNotUnderstood

_SHOWN = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])m)?",
    re.IGNORECASE,
)
_HALF_DAY = timedelta(hours=12)


def clock_off_seconds(shown: str, *, now: datetime) -> int:
    """Seconds by which a clock that shows this is ahead of `now` (wall time, without a zone).

    Without a day the nearest such time counts. Without seconds the device may be anywhere within
    its minute, so the least difference counts. Raises ClockNotUnderstood.
    """
    match = _SHOWN.fullmatch(" ".join(shown.split()))
    if match is None:
        raise ClockNotUnderstood(text=shown[:40])
    year, month, day, _, _, second, _ = match.groups()
    try:
        on = date(int(year), int(month), int(day)) if year else now.date()
        at = datetime.combine(on, _time(match))
    except ValueError as error:
        raise ClockNotUnderstood(text=shown[:40]) from error
    off = at - now.replace(microsecond=0)
    if not year:
        off = (off + _HALF_DAY) % timedelta(days=1) - _HALF_DAY
    seconds = round(off.total_seconds())
    if second is None:
        return seconds if seconds > 0 else min(seconds + 59, 0)
    return seconds


def _time(match: re.Match[str]) -> time:
    hour, half = int(match[4]), (match[7] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match[5]), int(match[6] or 0))
