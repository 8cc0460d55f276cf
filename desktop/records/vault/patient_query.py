"""What somebody typed into the patient search, read: words, a date of birth, or both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.records.rules.typed_date import find_typed_date
from desktop.records.vault.folding import folded_words

_MOST_WORDS = 8
_LONGEST_WORD = 40
_UNFINISHED_DATE = re.compile(
    r"\d{1,2}[-/.](\d{1,2}([-/.]\d{0,4})?)?|\d{4}[-/.](\d{0,2}[-/.]?){1,2}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a query: `ways` are groups of words, one group of which a patient must have
    whole; `born` the dates of birth that fit, empty for any."""

    ways: tuple[tuple[str, ...], ...]
    born: tuple[date, ...]


def readings(text: str, *, today: date) -> list[Reading]:
    """Every sensible reading of a query; none if nothing was typed that can be looked for.

    Eight digits may be a date or a number, so both readings are given.
    """
    typed = text.split()[: 2 * _MOST_WORDS]
    found: list[Reading] = []
    words = typed
    if dated := _date_in(typed, today):
        born, rest = dated
        found.append(Reading(ways=_ways(rest), born=born))
    else:  # a date that is still being typed rules nobody out yet
        words = [word for word in typed if not _UNFINISHED_DATE.fullmatch(word)]
    if ways := _ways(words):
        found.append(Reading(ways=ways, born=()))
    return found


def _date_in(typed: Sequence[str], today: date) -> tuple[tuple[date, ...], list[str]] | None:
    """The longest run of words that is a date, and the words around it."""
    for length in (3, 2, 1):
        for start in range(len(typed) - length + 1):
            run = " ".join(typed[start : start + length])
            if day := find_typed_date(run, today=today):
                return _centuries(day, run), [*typed[:start], *typed[start + length :]]
    return None


def _centuries(day: date, run: str) -> tuple[date, ...]:
    """A year of two digits may be of this century or the last: patients live that long."""
    if f"{day.year:04d}" in run or day.year < 1900 or (day.month, day.day) == (2, 29):
        return (day,)
    return (day, day.replace(year=day.year - 100))


def _ways(typed: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    words = tuple(word[:_LONGEST_WORD] for word in folded_words(" ".join(typed)))[:_MOST_WORDS]
    if len(words) < 2:
        return (words,) if words else ()
    joined = tuple(word[: 2 * _LONGEST_WORD] for word in folded_words("".join(typed)))
    return (words, joined) if len(joined) == 1 else (words,)
