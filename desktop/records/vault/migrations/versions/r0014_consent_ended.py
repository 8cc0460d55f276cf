"""Refusals and withdrawals of consent."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. What was on paper alone until now is entered from there."""
    moment, text = sa.DateTime(timezone=True), sa.Text()
    op.create_table(
        "consent_end",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("purposes", sa.String(400), nullable=False),
        *(sa.Column(name, text, nullable=False) for name in ("said_by", "what", "why", "form")),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("lifted_at", moment),
        sa.Column("lifted_by", text),
        sa.Column("lifted_why", text),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name="fk_consent_end_patient_id_patient"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consent_end"),
    )
    op.create_index("ix_consent_end_patient_id_at", "consent_end", ["patient_id", "at"])
