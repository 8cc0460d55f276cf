"""Retention: ten years that begin on the day after the last date of service (R105).

Health (Retention of Health Information) Regulations 1996 (SR 1996/343): "10 years beginning on the
day after the date shown in the health information as the most recent date on which a provider
provided services". A year that begins on 29 February ends with 28 February of a common year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.records.facts.retention_problems import ScheduleTooLong, ScheduleTooShort

LEAST_YEARS = 10
MOST_YEARS = 150
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How many years the office keeps images. Raises ScheduleTooShort below the law's ten, and
    ScheduleTooLong above what a calendar holds."""

    years: int = LEAST_YEARS

    def __post_init__(self) -> None:
        if self.years < LEAST_YEARS:
            raise ScheduleTooShort(years=self.years, least=LEAST_YEARS)
        if self.years > MOST_YEARS:
            raise ScheduleTooLong(years=self.years, most=MOST_YEARS)


STATUTE = Schedule()


def last_date_of_service(*, entered: date | None, evidence: Iterable[date]) -> date | None:
    """The date from which the years are counted; None where nothing is known.

    `evidence` are the days on which images were received or filed. Each shows a service, so a date
    entered by hand moves the last one on and never back: a slip may not shorten the time.
    """
    days = [*evidence] if entered is None else [entered, *evidence]
    return max(days, default=None)


def disposable_from(last_service: date, schedule: Schedule = STATUTE) -> date:
    """The first day on which images may be destroyed."""
    begins = last_service + _DAY
    try:
        return begins.replace(year=begins.year + schedule.years)
    except ValueError:  # 29 February; the period is over when that February is
        return date(begins.year + schedule.years, 3, 1)


def retain_until(last_service: date, schedule: Schedule = STATUTE) -> date:
    """The last day on which images have to be kept."""
    return disposable_from(last_service, schedule) - _DAY


def last_service_over(today: date, schedule: Schedule = STATUTE) -> date:
    """The latest last date of service whose images may be destroyed on `today`."""
    try:
        begins = today.replace(year=today.year - schedule.years)
    except ValueError:  # today is 29 February, and there was none then
        begins = date(today.year - schedule.years, 2, 28)
    return begins - _DAY
