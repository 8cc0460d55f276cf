"""Counts, sizes, days and ages as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.records.facts.patient import Patient, Sex, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.records.facts.retention import Hold, Retention


def counted(number: int, noun: str) -> str:
    """`1 image`, `3 images`, `1,204 images`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def sentence_case(text: str) -> str:
    """The first letter large, the rest as it is: `GP` stays `GP`."""
    return text[:1].upper() + text[1:]


def size_words(size: int) -> str:
    """Bytes in the unit that people see on a device: 512 B, 48 KB, 4.2 MB."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("KB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5 or unit == "GB":
            break
    return f"{amount:.1f} {unit}" if amount < 10 and unit != "KB" else f"{amount:.0f} {unit}"


def moment(at: datetime) -> str:
    """`12 Nov 2026 10:42`, whatever the locale."""
    return f"{short_date(at.date())} {at:%H:%M}"


def span(moments: Sequence[datetime]) -> str:
    """`12 Nov 2026 10:42–10:44`, or both days where there are two. Not for an empty sequence."""
    first, last = min(moments), max(moments)
    if (first.date(), first.hour, first.minute) == (last.date(), last.hour, last.minute):
        return moment(first)
    if first.date() == last.date():
        return f"{moment(first)}–{last:%H:%M}"
    return f"{moment(first)} – {moment(last)}"


def age(born: date, *, today: date) -> str:
    """Whole years, or months below two years, as on a wristband."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months < 24:
        return counted(max(months, 0), "month")
    return counted(months // 12, "year")


def born_and_age(patient: Patient, *, today: date) -> str:
    """`born 04 Mar 1961 · 65 years`, or that it is not on record."""
    if patient.born is None:
        return "born: not on record"
    return f"born {short_date(patient.born)} · {age(patient.born, today=today)}"


def sex_words(sex: Sex) -> str:
    """Administrative sex in a word."""
    return {
        Sex.FEMALE: "female",
        Sex.MALE: "male",
        Sex.OTHER: "another",
        Sex.UNKNOWN: "not stated",
    }[sex]


def hold_words(hold: Hold) -> str:
    """A hold that blocks: its kind, its reason, since when and by whom."""
    since = short_date(hold.placed_at.astimezone().date())
    return f"held ({hold.kind.words}): {hold.reason}; since {since}, by {hold.placed_by}"


def kept_words(retention: Retention | None) -> str:
    """Until when a patient's images are kept, and since which service the time runs."""
    if retention is None:
        return "There are no images to keep yet."
    until, last = short_date(retention.retain_until), short_date(retention.last_service)
    return f"Kept until {until} or longer. The last service that counts was on {last}."
