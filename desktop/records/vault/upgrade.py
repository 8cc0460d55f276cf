"""Bringing the tables of an office to the layout that this program knows."""

from pathlib import Path

import sqlalchemy as sa

from desktop.records.vault.refusals import OfficeFromTheFuture

LAYOUTS = tuple(f"{number:04d}" for number in range(1, 18))
"""Every layout there ever was, oldest first: the revisions of the migrations."""

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_VERSION = sa.table("schema_version", sa.column("version_num", sa.String))


def upgrade_schema(connection: sa.Connection) -> None:
    """Run every step that is missing, inside the caller's write transaction: all of them or none.

    Raises OfficeFromTheFuture, having changed nothing, for a layout this program does not know.
    """
    found = _layout(connection)
    if found == LAYOUTS[-1]:
        return
    if found is not None and found not in LAYOUTS:
        raise OfficeFromTheFuture(found=found)
    _run_steps(connection)


def is_of_an_older_layout(connection: sa.Connection) -> bool:
    """Whether `upgrade_schema` would change tables that are in use. Raises OfficeFromTheFuture."""
    found = _layout(connection)
    if found is not None and found not in LAYOUTS:
        raise OfficeFromTheFuture(found=found)
    return found is not None and found != LAYOUTS[-1]


def _layout(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(sa.select(_VERSION.c.version_num)).scalar_one_or_none()


def _run_steps(connection: sa.Connection) -> None:
    # Alembic takes longer to import than an office to open, and is needed once a version
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
