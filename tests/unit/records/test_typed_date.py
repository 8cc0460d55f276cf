"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.problems import DateNotUnderstood
from desktop.records.rules.typed_date import find_typed_date, typed_date
from tests.unit.records.made_up import TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("4/3/1961", date(1961, 3, 4)),
        ("04-03-1961", date(1961, 3, 4)),
        ("4.3.61", date(1961, 3, 4)),
        ("04031961", date(1961, 3, 4)),
        ("1961-03-04", date(1961, 3, 4)),
        ("1961/3/4", date(1961, 3, 4)),
        ("4 Mar 1961", date(1961, 3, 4)),
        ("4 march 61", date(1961, 3, 4)),
        ("4mar1961", date(1961, 3, 4)),
        ("March 4, 1961", date(1961, 3, 4)),
        ("  4   3  1961 ", date(1961, 3, 4)),
        ("1/1/26", date(2026, 1, 1)),
        ("1/1/27", date(1927, 1, 1)),
        ("29/2/2024", date(2024, 2, 29)),
    ],
)
def test_every_usual_way_is_understood(typed: str, day: date) -> None:
    assert typed_date(typed, today=TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "29/2/2023", "31/4/1961", "13/13/1961", "4 Foo 1961", "4/3", "1961", "0/0/0000", "x"],
)
def test_what_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(DateNotUnderstood):
        typed_date(typed, today=TODAY)


@given(
    st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)),
    st.sampled_from(
        ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d %b %Y", "%d %B %Y"]
    ),
)
def test_a_written_date_is_read_back(day: date, way: str) -> None:
    assert typed_date(day.strftime(way), today=TODAY) == day


@given(st.text(max_size=25))
def test_no_text_brings_anything_but_a_date_or_none(text: str) -> None:
    assert isinstance(find_typed_date(text, today=TODAY), date | None)
