"""Patients as typed: names in any spelling, the start of a number, a date of birth, or a mix."""

from datetime import date

import sqlalchemy as sa

from desktop.records.facts.ids import PatientId
from desktop.records.vault import fts_search
from desktop.records.vault.folding import folded_words, index_words
from desktop.records.vault.patient_query import Reading, readings
from desktop.records.vault.schema import identifier, patient

MOST = 50
_BORN_MOST = 2000  # born on one day; they are few, so names among them are compared here


def search(connection: sa.Connection, *, text: str, today: date) -> list[PatientId]:
    """At most 50 patients: whole-word matches first, each group by name; the newest of too many.

    An empty `text` gives the patients added or filed for last, newest first.
    """
    if not text.strip():
        newest = sa.select(patient.c.id).order_by(patient.c.touched_at.desc()).limit(MOST)
        return [PatientId(found) for found in connection.execute(newest).scalars()]
    ids: dict[PatientId, None] = {}
    for reading in readings(text, today=today):
        found = _born(connection, reading) if reading.born else _named(connection, reading)
        ids.update(dict.fromkeys(found))
    return list(ids)[:MOST]


def add_to_index(
    connection: sa.Connection, *, ordinal: int, names: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    """Make a patient findable by these names and numbers."""
    words = index_words(names=names, numbers=numbers)
    fts_search.put_words(connection, ordinal=ordinal, words=words)


def _named(connection: sa.Connection, reading: Reading) -> list[PatientId]:
    exact = fts_search.matching(connection, reading.ways, whole=True, most=MOST)
    begun = fts_search.matching(connection, reading.ways, whole=False, most=MOST)
    rank = dict.fromkeys(begun, 1) | dict.fromkeys(exact, 0)
    rows = connection.execute(
        sa.select(
            patient.c.id, patient.c.ordinal, patient.c.family_name, patient.c.given_names
        ).where(patient.c.ordinal.in_(rank))
    ).all()
    ordered = sorted(
        rows, key=lambda row: (rank[row.ordinal], _sort_key(row.family_name, row.given_names))
    )
    return [PatientId(row.id) for row in ordered]


def _born(connection: sa.Connection, reading: Reading) -> list[PatientId]:
    rows = connection.execute(
        sa.select(patient.c.id, patient.c.family_name, patient.c.given_names)
        .where(patient.c.born.in_(reading.born))
        .order_by(patient.c.ordinal.desc())
        .limit(_BORN_MOST if reading.ways else MOST)
    ).all()
    if reading.ways:
        numbers = _numbers(connection, [row.id for row in rows])
        rows = [
            row
            for row in rows
            if _has_words(
                reading,
                index_words(
                    names=(row.family_name, row.given_names), numbers=numbers.get(row.id, ())
                ),
            )
        ]
    ordered = sorted(rows[:MOST], key=lambda row: _sort_key(row.family_name, row.given_names))
    return [PatientId(row.id) for row in ordered]


def _numbers(connection: sa.Connection, ids: list[object]) -> dict[object, tuple[str, ...]]:
    found: dict[object, tuple[str, ...]] = {}
    query = sa.select(identifier.c.patient_id, identifier.c.value).where(
        identifier.c.patient_id.in_(ids)
    )
    for row in connection.execute(query):
        found[row.patient_id] = (*found.get(row.patient_id, ()), row.value)
    return found


def _has_words(reading: Reading, on_record: str) -> bool:
    have = on_record.split()
    return any(
        all(any(word.startswith(typed) for word in have) for typed in way) for way in reading.ways
    )


def _sort_key(family: str, given: str) -> tuple[list[str], list[str]]:
    return folded_words(family), folded_words(given)
