"""Finding patients by words on SQLite: FTS5 over folded text. The only FTS SQL there is."""

from collections.abc import Sequence

import sqlalchemy as sa

TABLE = "patient_words"

# Contentless, for the words stand in `patient` already; ascii, for Python has folded them before:
# to this tokenizer every letter beyond ASCII is a letter like any other.
_CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
    words, content='', contentless_delete=1, prefix='1 2 3', tokenize='ascii')"""
_MATCH = sa.text(
    f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :query ORDER BY rowid DESC LIMIT :most"
)


def create_index(connection: sa.Connection) -> None:
    """Make the index, empty."""
    connection.exec_driver_sql(_CREATE)


def put_words(connection: sa.Connection, *, ordinal: int, words: str) -> None:
    """Index one patient's words, which must be new: `folding.index_words` made them."""
    connection.execute(
        sa.text(f"INSERT INTO {TABLE}(rowid, words) VALUES (:ordinal, :words)"),
        {"ordinal": ordinal, "words": words},
    )


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
