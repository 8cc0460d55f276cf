"""The database's own refusal to lose an image by any other way than an approved disposal (R107)."""

import sqlalchemy as sa

_REFUSALS = {
    "image_stays": """BEFORE DELETE ON image
    BEGIN SELECT RAISE(ABORT, 'an image on record is never deleted'); END""",
    "image_disposal_approved": """BEFORE UPDATE OF state ON image
    WHEN new.state = 'disposed' AND old.state <> 'disposed' AND NOT EXISTS (
        SELECT 1 FROM disposal_item JOIN disposal_batch ON number = batch
        WHERE image_id = new.id AND approved_at IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'disposal needs a batch that was approved'); END""",
    "image_not_held": """BEFORE UPDATE OF state ON image
    WHEN new.state = 'disposed' AND old.state <> 'disposed' AND EXISTS (
        SELECT 1 FROM legal_hold WHERE patient_id = old.patient_id AND lifted_at IS NULL
        AND (image_id IS NULL OR image_id = old.id))
    BEGIN SELECT RAISE(ABORT, 'the image is held'); END""",
    "image_stays_disposed": """BEFORE UPDATE OF state ON image
    WHEN old.state = 'disposed' AND new.state <> 'disposed'
    BEGIN SELECT RAISE(ABORT, 'a disposed image does not come back'); END""",
    "original_stays": """BEFORE DELETE ON original
    WHEN (SELECT state FROM image WHERE id = old.image_id) <> 'disposed'
    BEGIN SELECT RAISE(ABORT, 'an original is deleted by disposal alone'); END""",
    "tombstone_stays": """BEFORE DELETE ON tombstone
    BEGIN SELECT RAISE(ABORT, 'a tombstone stays'); END""",
}
TRIGGERS = tuple(_REFUSALS)


def add_keeping_triggers(connection: sa.Connection) -> None:
    """Arm the images. SQLite only; a server office brings its own in its own migration."""
    if connection.dialect.name == "sqlite":
        for name, rest in _REFUSALS.items():
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {rest}")
