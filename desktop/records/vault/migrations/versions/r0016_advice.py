"""Advice that was asked for, and what waits for it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables. What was asked on paper alone until now is entered from there."""
    moment, text = sa.DateTime(timezone=True), sa.Text()
    op.create_table(
        "advice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid()),
        sa.Column("question", text, nullable=False),
        sa.Column("sheet", text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("answer", text),
        sa.Column("adviser", text),
        sa.Column("noted_at", moment),
        sa.Column("noted_by", text),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name="fk_advice_patient_id_patient"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_advice"),
    )
    op.create_index("ix_advice_patient_id", "advice", ["patient_id"])
    is_open = sa.text("noted_at IS NULL")
    op.create_index(
        "ix_advice_open", "advice", ["at"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "advice_image",
        sa.Column("advice_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["advice_id"], ["advice.id"], name="fk_advice_image_advice_id_advice"
        ),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name="fk_advice_image_image_id_image"),
        sa.PrimaryKeyConstraint("advice_id", "image_id", name="pk_advice_image"),
    )
    op.create_index("ix_advice_image_image_id", "advice_image", ["image_id"])
