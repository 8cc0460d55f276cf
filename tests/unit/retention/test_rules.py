"""Ten years that begin on the day after the last date of service, leap days and all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.retention_problems import ScheduleTooLong, ScheduleTooShort
from desktop.records.rules.retention import (
    LEAST_YEARS,
    MOST_YEARS,
    Schedule,
    disposable_from,
    last_date_of_service,
    last_service_over,
    retain_until,
)

pytestmark = pytest.mark.requirement("R105")

DAY = timedelta(days=1)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
schedules = st.builds(Schedule, years=st.integers(LEAST_YEARS, MOST_YEARS))


@pytest.mark.parametrize(
    ("last_service", "first_day"),
    [
        (date(2016, 3, 14), date(2026, 3, 15)),
        (date(2015, 12, 31), date(2026, 1, 1)),
        (date(2016, 2, 28), date(2026, 3, 1)),
        (date(2016, 2, 29), date(2026, 3, 1)),
        (date(2018, 2, 28), date(2028, 3, 1)),
    ],
)
def test_the_vectors_of_the_regulations(last_service: date, first_day: date) -> None:
    assert disposable_from(last_service) == first_day
    assert retain_until(last_service) == first_day - DAY


def test_a_leap_day_at_the_end_is_still_within_the_time() -> None:
    assert retain_until(date(2018, 2, 28)) == date(2028, 2, 29)
    assert retain_until(date(2016, 2, 28)) == date(2026, 2, 28)


def test_a_longer_schedule_counts_and_a_shorter_one_is_refused() -> None:
    assert retain_until(date(2016, 3, 14), Schedule(years=20)) == date(2036, 3, 14)
    with pytest.raises(ScheduleTooShort, match="9 years is shorter than the law"):
        Schedule(years=9)
    with pytest.raises(ScheduleTooLong):
        Schedule(years=MOST_YEARS + 1)


@given(days, schedules)
def test_never_less_than_the_years_and_hardly_a_day_more(last: date, schedule: Schedule) -> None:
    until = retain_until(last, schedule)
    assert until.year - last.year == schedule.years
    assert last.replace(year=until.year, day=min(last.day, 28)) <= until
    assert until - last <= timedelta(days=366 * schedule.years)


@given(days, schedules)
def test_a_later_service_never_shortens(last: date, schedule: Schedule) -> None:
    assert retain_until(last, schedule) <= retain_until(last + DAY, schedule)
    assert retain_until(last) <= retain_until(last, schedule)


@given(days, schedules)
def test_the_last_service_that_is_over_is_exactly_that(today: date, schedule: Schedule) -> None:
    over = last_service_over(today, schedule)
    assert disposable_from(over, schedule) <= today
    assert disposable_from(over + DAY, schedule) > today


@given(st.none() | days, st.lists(days))
def test_a_date_entered_by_hand_never_shortens(entered: date | None, seen: list[date]) -> None:
    last = last_date_of_service(entered=entered, evidence=seen)
    if last is None:
        assert entered is None
        assert not seen
    else:
        assert all(day <= last for day in seen)
        assert entered is None or entered <= last
