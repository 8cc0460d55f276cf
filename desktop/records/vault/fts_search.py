"""Finding patients by words on SQLite: FTS5 over folded text. The only FTS SQL there is."""

from collections.abc import Sequence

import sqlalchemy as sa

TABLE = "patient_words"

# Contentless, for the words stand in `patient` already; ascii, for Python has folded them before:
# to this tokenizer every letter beyond ASCII is a letter like any other. Every beginning of up to
# twelve letters has its own list of patients: a longer or a missing one is put together from all
# words that begin so, which takes as long as so many patients are many. Nobody asks where in its
# patient's names a word stands, and without that the lists are smaller than fewer were with it.
_CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
    words, content='', contentless_delete=1, detail=none,
    prefix='1 2 3 4 5 6 7 8 9 10 11 12', tokenize='ascii')"""
_MATCH = sa.text(
    f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :query ORDER BY rowid DESC LIMIT :most"
)


def create_index(connection: sa.Connection) -> None:
    """Make the index, empty."""
    connection.exec_driver_sql(_CREATE)


def put_words(connection: sa.Connection, patients: Sequence[tuple[int, str]]) -> None:
    """Index patients' words, which must be new, each behind its patient's ordinal:
    `folding.index_words` made them."""
    connection.execute(
        sa.text(f"INSERT INTO {TABLE}(rowid, words) VALUES (:ordinal, :words)"),
        [{"ordinal": ordinal, "words": words} for ordinal, words in patients],
    )


def join_lists(connection: sa.Connection) -> None:
    """Write the lists anew in one piece each, after many patients were put in at once: they lie in
    as many as there were turns, and each search goes through all."""
    connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def matching(
    connection: sa.Connection, ways: Sequence[Sequence[str]], *, whole: bool, most: int
) -> list[int]:
    """Ordinals of patients who have every word of at least one of `ways`, newest first.

    A word is the beginning of a word on record, or all of it if `whole`.
    """
    query = " OR ".join(f"({' AND '.join(_quoted(w, whole=whole) for w in way)})" for way in ways)
    return list(connection.execute(_MATCH, {"query": query, "most": most}).scalars())


def _quoted(word: str, *, whole: bool) -> str:
    return f'"{word}"' if whole else f'"{word}"*'
