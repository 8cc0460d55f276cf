"""What Alembic runs: the steps that are missing, on the connection it was handed."""

from alembic import context

import desktop.records.vault.schema  # noqa: F401 - it defines the tables
from desktop.records.vault.table_names import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    version_table="schema_version",
)
with context.begin_transaction():
    context.run_migrations()
