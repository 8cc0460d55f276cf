"""Bringing the tables of an office to the layout that this program knows."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.records.vault.refusals import OfficeFromTheFuture

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade_schema(connection: sa.Connection) -> None:
    """Run every step that is missing, inside the caller's write transaction: all of them or none.

    Raises OfficeFromTheFuture, having changed nothing, for a layout this program does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(config)
    known = {step.revision for step in steps.walk_revisions()}
    context = MigrationContext.configure(connection, opts={"version_table": "schema_version"})
    found = context.get_current_heads()
    for revision in found:
        if revision not in known:
            raise OfficeFromTheFuture(found=revision)
    if set(found) != set(steps.get_heads()):
        command.upgrade(config, "head")
