"""Dates in the ways people type them (design section 8: number-pad dates, day first)."""

import re
from datetime import date

from desktop.records.facts.problems import DateNotUnderstood

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[-/. ]?([a-z]{3,9})[-/., ]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})[-/. ]?(\d{1,2})[-/., ]+(\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")


def typed_date(text: str, *, today: date) -> date:
    """A date typed day first (4/3/1961, 4-3-61, 04031961, 4 Mar 1961) or in ISO order.

    A year of two digits means the latest such year that is not after `today`.
    Raises DateNotUnderstood, also for days that no calendar has.
    """
    found = find_typed_date(text, today=today)
    if found is None:
        raise DateNotUnderstood(text=text[:40])
    return found


def find_typed_date(text: str, *, today: date) -> date | None:
    """As `typed_date`, but None for what is not a date."""
    plain = " ".join(text.strip().lower().split())
    if match := _YEAR_FIRST.fullmatch(plain):
        return _day(match[1], match[2], match[3], today)
    if match := _DAY_FIRST.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _day(match[3], match[2], match[1], today)
    if match := _NAMED.fullmatch(plain):
        return _day(match[3], _month(match[2]), match[1], today)
    if match := _NAMED_FIRST.fullmatch(plain):
        return _day(match[3], _month(match[1]), match[2], today)
    return None


def _month(name: str) -> str:
    return str(_MONTHS.get(name[:3], 0))


def _day(year: str, month: str, day: str, today: date) -> date | None:
    full = int(year)
    if len(year) == 2:
        full += today.year // 100 * 100
        if full > today.year:
            full -= 100
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
