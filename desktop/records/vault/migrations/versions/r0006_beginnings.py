"""The patient search keeps a list of patients for every beginning of up to twelve letters."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import attrgetter

import sqlalchemy as sa
from alembic import op

from desktop.records.vault import fts_search
from desktop.records.vault.folding import index_words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000


def upgrade() -> None:
    """Make the index anew out of the names and numbers on record."""
    connection = op.get_bind()
    op.drop_table(fts_search.TABLE)
    fts_search.create_index(connection)
    patients = _patients(connection)
    while some := list(islice(patients, _AT_ONCE)):
        fts_search.put_words(connection, some)
    fts_search.join_lists(connection)


def _patients(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    rows = connection.execute(
        sa.text(
            "SELECT ordinal, family_name, given_names, value FROM patient "
            "LEFT JOIN identifier ON patient_id = patient.id ORDER BY ordinal, place"
        ).execution_options(yield_per=_AT_ONCE)
    )
    for ordinal, some in groupby(rows, key=attrgetter("ordinal")):
        first, *others = some
        numbers = tuple(row.value for row in (first, *others) if row.value is not None)
        yield ordinal, index_words(names=(first.family_name, first.given_names), numbers=numbers)
