"""What pages say: counts, times, ages, typed moments and second identifiers; no window needed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.problems import DateNotUnderstood
from desktop.records.rules.typed_moment import find_typed_moment, typed_moment
from desktop.ui.desk.second_identifier import verdict
from desktop.ui.parts.words import age, counted, sentence_case, size_words, span
from tests.ui.made_facts import HINEMOA

# ruff: noqa: DTZ001  a camera and a desk write wall time without a zone

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12/11/2026 10:42", datetime(2026, 11, 12, 10, 42)),
        ("12 Nov 2026, 10.42", datetime(2026, 11, 12, 10, 42)),
        ("12 Nov 26 9am", datetime(2026, 11, 12, 9, 0)),
        ("2026-11-12 12:05 am", datetime(2026, 11, 12, 0, 5)),
        ("today 9:15", datetime(2026, 11, 23, 9, 15)),
        ("12/11/2026", None),
        ("12/11/2026 25:00", None),
        ("12/11/2026 13:00 pm", None),
        ("10:42", None),
        ("", None),
    ],
)
@pytest.mark.requirement("R68")
def test_a_capture_time_is_a_day_and_a_time(text: str, moment: datetime | None) -> None:
    assert find_typed_moment(text, now=NOW) == moment


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_problem(text: str) -> None:
    if find_typed_moment(text, now=NOW) is None:
        with pytest.raises(DateNotUnderstood):
            typed_moment(text, now=NOW)
    else:
        assert typed_moment(text, now=NOW).tzinfo is None


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2026, 12, 31)))
def test_a_written_moment_reads_back(moment: datetime) -> None:
    whole = moment.replace(second=0, microsecond=0)
    assert find_typed_moment(f"{whole:%d/%m/%Y %H:%M}", now=NOW) == whole


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("4/3/1961", True),
        ("04031961", True),
        ("4 mar 61", True),
        ("ZZZ0016", True),
        ("zzz 0016", True),
        ("5/3/1961", False),
        ("ZZZ0024", False),
        ("ZZZ0017", False),
        ("4/3", None),
        ("ZZZ", None),
        ("", None),
    ],
)
@pytest.mark.requirement("R66")
def test_the_second_identifier_is_judged_when_it_is_whole(text: str, agrees: bool | None) -> None:
    assert verdict(text, HINEMOA, today=TODAY)[0] is agrees


@given(st.text(max_size=20))
@pytest.mark.requirement("R66")
def test_only_the_patients_own_facts_ever_agree(text: str) -> None:
    agrees, sentence = verdict(text, HINEMOA, today=TODAY)
    assert agrees is not True
    assert bool(sentence) == (agrees is False)


def test_counts_sizes_and_spans_in_words() -> None:
    assert counted(1, "image") == "1 image"
    assert counted(1204, "image") == "1,204 images"
    assert [size_words(n) for n in (512, 48_000, 4_200_000, 3_000_000_000)] == [
        "512 B",
        "48 KB",
        "4.2 MB",
        "3.0 GB",
    ]
    first = datetime(2026, 11, 12, 10, 42)
    assert span([first]) == "12 Nov 2026 10:42"
    assert span([first, first.replace(minute=44)]) == "12 Nov 2026 10:42–10:44"
    assert span([first, first.replace(day=13)]) == "12 Nov 2026 10:42 – 13 Nov 2026 10:42"
    assert sentence_case("GP") == "GP"


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1961, 3, 4), "65 years"),
        (date(2025, 11, 24), "11 months"),
        (date(2026, 11, 23), "0 months"),
        (date(2024, 11, 23), "2 years"),
    ],
)
def test_ages_as_on_a_wristband(born: date, words: str) -> None:
    assert age(born, today=TODAY) == words
