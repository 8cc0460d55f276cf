"""Retention: last service, holds, disposal by two people, tombstones, and triggers that hold it."""

import sqlalchemy as sa
from alembic import op

from desktop.records.vault.keeping_triggers import add_keeping_triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATES = "state IN ('received', 'incomplete', 'filed')"
_STATES_NOW = "state IN ('received', 'incomplete', 'filed', 'disposed')"


def upgrade() -> None:
    """Add what retention needs, then arm the images."""
    op.add_column("patient", sa.Column("last_service", sa.Date()))
    op.add_column("sheet", sa.Column("to_destroy_since", sa.DateTime(timezone=True)))
    _allow_disposed()
    op.create_index("ix_image_received", "image", ["received_at"], unique=False)
    _schedule_and_holds()
    _disposal()
    _tombstones()
    add_keeping_triggers(op.get_bind())


def _allow_disposed() -> None:
    """Let an image be disposed. SQLite can change a check only by building the table anew, which
    other tables refer to, or by this way, which its manual names for checks (ALTER TABLE,
    section 7): the text of the table is changed, for nothing that is stored is."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint("ck_image_known_state", "image", type_="check")
        op.create_check_constraint("ck_image_known_state", "image", _STATES_NOW)
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) "
            "WHERE type = 'table' AND name = 'image' AND instr(sql, :before) > 0"
        ),
        {"before": _STATES, "after": _STATES_NOW},
    )
    if changed.rowcount != 1:
        raise AssertionError("the table of images is not the one that was released")
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def _schedule_and_holds() -> None:
    op.create_table(
        "retention_schedule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_retention_schedule_only_one")),
        sa.CheckConstraint("years >= 10", name=op.f("ck_retention_schedule_as_the_law_asks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_schedule")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid()),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_legal_hold_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_legal_hold_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_legal_hold_image_id_image")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_patient_id"), "legal_hold", ["patient_id"], unique=False)


def _disposal() -> None:
    op.create_table(
        "disposal_batch",
        sa.Column("number", sa.String(10), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approver", sa.Uuid()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("finished_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approver IS NULL)",
            name=op.f("ck_disposal_batch_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "approver IS NULL OR approver <> proposer", name=op.f("ck_disposal_batch_two_people")
        ),
        sa.CheckConstraint(
            "finished_at IS NULL OR approved_at IS NOT NULL",
            name=op.f("ck_disposal_batch_approved_first"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_disposal_batch")),
    )
    op.create_table(
        "disposal_item",
        sa.Column("batch", sa.String(10), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("spared_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["disposal_batch.number"], name=op.f("fk_disposal_item_batch_disposal_batch")
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_disposal_item_image_id_image")
        ),
        sa.PrimaryKeyConstraint("batch", "image_id", name=op.f("pk_disposal_item")),
    )
    op.create_index(op.f("ix_disposal_item_image_id"), "disposal_item", ["image_id"], unique=False)


def _tombstones() -> None:
    op.create_table(
        "tombstone",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disposed_by", sa.Text(), nullable=False),
        sa.Column("certificate", sa.String(10), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_tombstone_image_id_image")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_tombstone_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["certificate"],
            ["disposal_batch.number"],
            name=op.f("fk_tombstone_certificate_disposal_batch"),
        ),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_patient_id"), "tombstone", ["patient_id"], unique=False)
    op.create_index(op.f("ix_tombstone_certificate"), "tombstone", ["certificate"], unique=False)
