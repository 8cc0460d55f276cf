"""Devices, declarations, handovers, and what of each deposit is still on its device."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(32)


def upgrade() -> None:
    """Add the tables. Every image on record becomes one deposit that is outstanding: nobody proved
    yet that its device was cleared of it."""
    _devices()
    _deposits()
    _companions()
    op.execute(
        sa.text(
            "INSERT INTO deposit (id, intake_id, image_id, folder, file_name, modified_local, "
            "deposited_at, settled, settled_by, attested_by, refused_why) "
            "SELECT id, intake_id, id, folder, file_name, modified_local, received_at, "
            "'outstanding', '', '', '' FROM image WHERE state <> 'disposed'"
        )
    )


def _devices() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", _WORD, nullable=False),
        *(_text(name) for name in ("name", "keeper", "make", "model", "serial")),
        *(_text(name) for name in ("asset_number", "location", "source_name")),
        sa.Column("clock_checked_on", sa.Date()),
        sa.Column("clock_off_seconds", sa.Integer()),
        sa.Column("lost_at", _MOMENT),
        _text("lost_note"),
        sa.Column("retired_at", _MOMENT),
        sa.Column("added_at", _MOMENT, nullable=False),
        _text("added_by"),
        sa.CheckConstraint("name <> ''", name=op.f("ck_device_has_a_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_source_name"), "device", ["source_name"], unique=False)
    answers = ("policy_known", "protected", "encrypted", "nothing_uploads", "remote_erase")
    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=False),
        _text("answered_by"),
        _text("recorded_by"),
        *(sa.Column(name, _WORD, nullable=False) for name in answers),
        _text("shared_with"),
        _refers("declaration", "device_id", "device"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    op.create_index(
        op.f("ix_declaration_device_id_answered_at"),
        "declaration",
        ["device_id", "answered_at"],
        unique=False,
    )
    op.create_table(
        "handover",
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        _text("depositor_name"),
        sa.Column("depositor_role", _WORD),
        sa.Column("owner", _WORD),
        sa.Column("device_id", sa.Uuid()),
        sa.Column("left_out", sa.Integer()),
        _refers("handover", "intake_id", "intake"),
        _refers("handover", "device_id", "device"),
        sa.PrimaryKeyConstraint("intake_id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_device_id"), "handover", ["device_id"], unique=False)


def _deposits() -> None:
    op.create_table(
        "deposit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        _text("folder"),
        _text("file_name"),
        sa.Column("modified_local", sa.String(26)),
        sa.Column("deposited_at", _MOMENT, nullable=False),
        sa.Column("settled", _WORD, nullable=False),
        sa.Column("settled_at", _MOMENT),
        *(_text(name) for name in ("settled_by", "attested_by", "refused_why")),
        sa.CheckConstraint(
            "settled IN ('outstanding', 'cleared', 'attested')",
            name=op.f("ck_deposit_known_clearance"),
        ),
        sa.CheckConstraint(
            "(settled = 'outstanding') = (settled_at IS NULL)",
            name=op.f("ck_deposit_settled_at_some_moment"),
        ),
        sa.CheckConstraint(
            "settled <> 'attested' OR attested_by <> ''",
            name=op.f("ck_deposit_attested_by_somebody"),
        ),
        _refers("deposit", "intake_id", "intake"),
        _refers("deposit", "image_id", "image"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
    )
    op.create_index(op.f("ix_deposit_intake_id"), "deposit", ["intake_id"], unique=False)
    op.create_index(op.f("ix_deposit_image_id"), "deposit", ["image_id"], unique=False)
    outstanding = sa.text("settled = 'outstanding'")
    op.create_index(
        "ix_deposit_outstanding",
        "deposit",
        ["deposited_at"],
        unique=False,
        sqlite_where=outstanding,
        postgresql_where=outstanding,
    )


def _companions() -> None:
    op.create_table(
        "companion",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(400), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        _refers("companion", "image_id", "image"),
        sa.PrimaryKeyConstraint("image_id", "file_name", "sha256", name=op.f("pk_companion")),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
