"""Where images came from that nobody here took, copies that were declined, and breach records."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(32)


def upgrade() -> None:
    """Add the tables. What is on record already stays as it was filed."""
    _came_from()
    _breaches()


def _came_from() -> None:
    checks = ("acquisition", "quality", "use", "disclosure", "storage", "disposal")
    op.create_table(
        "received_image",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        *(_text(name) for name in ("sender_name", "sender_role", "sender_organisation")),
        sa.Column("received_on", sa.Date()),
        *(sa.Column(name, _WORD) for name in ("channel", "asked", "notice")),
        *(_text(name) for name in ("notice_reason", "taken_with")),
        *(sa.Column(name, _WORD, nullable=False) for name in checks),
        _text("note"),
        sa.Column("stands", sa.Boolean(), nullable=False),
        _refers("received_image", "image_id", "image"),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_received_image")),
    )
    op.create_table(
        "copy_given",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        _text("given_by"),
        sa.Column("relationship", _WORD),
        _text("used_for"),
        sa.Column("use_explained", _WORD, nullable=False),
        _text("stored_where"),
        sa.Column("storage_explained", _WORD, nullable=False),
        sa.Column("retention_explained", _WORD, nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        _refers("copy_given", "image_id", "image"),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_copy_given")),
    )
    op.create_table(
        "copy_declined",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _text("what"),
        sa.Column("noted_at", _MOMENT, nullable=False),
        _text("noted_by"),
        _refers("copy_declined", "patient_id", "patient"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_declined")),
    )
    op.create_index(
        op.f("ix_copy_declined_patient_id"), "copy_declined", ["patient_id"], unique=False
    )


def _breaches() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        *(_text(name) for name in ("source_name", "depositor")),
        sa.Column("device_id", sa.Uuid()),
        _text("what"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        _text("opened_by"),
        sa.Column("closed_at", _MOMENT),
        *(_text(name) for name in ("closed_by", "outcome")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by = '') AND (closed_at IS NULL) = (outcome = '')",
            name=op.f("ck_breach_closed_by_somebody"),
        ),
        _refers("breach", "device_id", "device"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )
    op.create_table(
        "breach_image",
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("deposit_id", sa.Uuid(), nullable=False),
        _refers("breach_image", "breach_id", "breach"),
        _refers("breach_image", "deposit_id", "deposit"),
        sa.PrimaryKeyConstraint("breach_id", "deposit_id", name=op.f("pk_breach_image")),
    )
    op.create_table(
        "breach_step",
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("step", _WORD, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        _text("note"),
        sa.Column("noted_at", _MOMENT, nullable=False),
        _text("noted_by"),
        _refers("breach_step", "breach_id", "breach"),
        sa.PrimaryKeyConstraint("breach_id", "step", name=op.f("pk_breach_step")),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
