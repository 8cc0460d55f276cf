"""Patients as typed: names in any spelling, the start of a number, a date of birth, or a mix."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

import sqlalchemy as sa

from desktop.records.vault import fts_search
from desktop.records.vault.folding import index_words
from desktop.records.vault.patient_query import Reading, readings
from desktop.records.vault.schema import identifier, patient

MOST = 50
_BORN_MOST = 2000  # born on one day; they are few, so names among them are compared here


def ranked(connection: sa.Connection, *, text: str, today: date) -> dict[int, int]:
    """Ordinals of the patients that fit, each with a rank: the lower, the better it fits.

    At most 50; of too many those that fit whole words, and of these or of the others the newest.
    An empty `text` ranks the patients that were added or filed for last, newest first.
    """
    if not text.strip():
        newest = sa.select(patient.c.ordinal).order_by(patient.c.touched_at.desc()).limit(MOST)
        found = connection.execute(newest).scalars()
        return {ordinal: rank for rank, ordinal in enumerate(found)}
    ranks: dict[int, int] = {}
    for place, reading in enumerate(readings(text, today=today)):
        fitting = _born(connection, reading) if reading.born else _named(connection, reading)
        for ordinal, rank in fitting.items():
            ranks.setdefault(ordinal, 2 * place + rank)
    return dict(sorted(ranks.items(), key=itemgetter(1))[:MOST])


def add_to_index(
    connection: sa.Connection, *, ordinal: int, names: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    """Make a patient findable by these names and numbers."""
    words = index_words(names=names, numbers=numbers)
    fts_search.put_words(connection, [(ordinal, words)])


def _named(connection: sa.Connection, reading: Reading) -> dict[int, int]:
    ranks = dict.fromkeys(fts_search.matching(connection, reading.ways, whole=True, most=MOST), 0)
    if len(ranks) < MOST:
        for ordinal in fts_search.matching(connection, reading.ways, whole=False, most=MOST):
            ranks.setdefault(ordinal, 1)
    return ranks


def _born(connection: sa.Connection, reading: Reading) -> dict[int, int]:
    rows = connection.execute(
        sa.select(patient.c.id, patient.c.ordinal, patient.c.family_name, patient.c.given_names)
        .where(patient.c.born.in_(reading.born))
        .order_by(patient.c.ordinal.desc())
        .limit(_BORN_MOST if reading.ways else MOST)
    ).all()
    if not reading.ways:
        return {row.ordinal: 0 for row in rows}
    numbers = _numbers(connection, [row.id for row in rows])
    words = {
        row.ordinal: index_words(
            names=(row.family_name, row.given_names), numbers=numbers.get(row.id, ())
        ).split()
        for row in rows
    }
    fitting = [ordinal for ordinal, have in words.items() if _has_words(reading, have)]
    return dict.fromkeys(fitting[:MOST], 0)


def _numbers(connection: sa.Connection, ids: list[object]) -> dict[object, tuple[str, ...]]:
    found: dict[object, tuple[str, ...]] = {}
    query = sa.select(identifier.c.patient_id, identifier.c.value).where(
        identifier.c.patient_id.in_(ids)
    )
    for row in connection.execute(query):
        found[row.patient_id] = (*found.get(row.patient_id, ()), row.value)
    return found


def _has_words(reading: Reading, on_record: Sequence[str]) -> bool:
    return any(
        all(any(word.startswith(typed) for word in on_record) for typed in way)
        for way in reading.ways
    )
