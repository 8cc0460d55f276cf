"""Which capture time stands on record, and when it cannot be believed (R68)."""

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.patient import short_date

CLOCK_SLACK = timedelta(days=1)
"""How far a device's clock may run ahead before its time is called a future one."""

_TOLD = {TimeBasis.ENTERED: "The time entered", TimeBasis.STATED: "The time stated"}

EARLIEST_ZONE = timedelta(hours=14)
"""The zone furthest ahead of UTC (UTC+14): no wall clock on Earth shows more."""


def time_on_record(
    *,
    from_file: CaptureTime | None,
    entered: CaptureTime | None,
    received_at: datetime,
) -> CaptureTime | None:
    """The entered time if there is one, else the file's. `received_at` is in UTC.

    A time in the future comes back as suspect, whoever gave it: it counts as missing until the
    right one is entered.
    """
    taken = entered if entered is not None else from_file
    if taken is None or not is_in_future(taken, received_at=received_at):
        return taken
    return replace(taken, trust=TimeTrust.SUSPECT)


def is_in_future(taken: CaptureTime, *, received_at: datetime) -> bool:
    """Whether no clock that is right could have shown this before the image was received.

    With an offset: more than a day later than the receipt. Without one: more than 14 hours later
    than the receipt in UTC, which is later than any zone's wall clock then. It is compared with the
    receipt, not with the present: waiting makes nothing credible.
    """
    wall = taken.local.replace(tzinfo=received_at.tzinfo)
    if taken.utc_offset_minutes is None:
        return wall - received_at > EARLIEST_ZONE
    return wall - received_at > CLOCK_SLACK + timedelta(minutes=taken.utc_offset_minutes)


def doubt_in_words(taken: CaptureTime | None) -> str:
    """Why a capture time is not believed and what to do, or an empty text if it is believed."""
    if taken is None or taken.trust is not TimeTrust.SUSPECT:
        return ""
    told = _TOLD.get(taken.basis, "The file's time")
    when = f"{short_date(taken.local.date())} {taken.local:%H:%M}"
    return f"{told}, {when}, cannot be right: the clock was wrong. Enter when it was taken."
