"""The database's own refusal to change, cut or skip a line of the trail."""

import sqlalchemy as sa

_REFUSALS = (
    """CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trail_gapless BEFORE INSERT ON trail
    WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM trail)
    BEGIN SELECT RAISE(ABORT, 'the trail has no gaps'); END""",
    """CREATE TRIGGER trail_head_stays BEFORE DELETE ON trail_head
    BEGIN SELECT RAISE(ABORT, 'the trail keeps its head'); END""",
)
TRIGGERS = ("trail_no_update", "trail_no_delete", "trail_gapless", "trail_head_stays")


def add_trail_triggers(connection: sa.Connection) -> None:
    """Arm the trail. SQLite only; a server office brings its own in its own migration."""
    if connection.dialect.name == "sqlite":
        for statement in _REFUSALS:
            connection.exec_driver_sql(statement)
