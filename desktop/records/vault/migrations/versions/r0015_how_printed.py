"""How each copy in the register was printed, and which images a withdrawal of consent names."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table. How an older copy was printed is not known, which empty
    columns mean; an older withdrawal names no image and is meant of all."""
    op.add_column("sheet", sa.Column("per_page", sa.Integer()))
    op.add_column("sheet", sa.Column("paper", sa.String(16)))
    op.add_column("sheet", sa.Column("is_grey", sa.Boolean()))
    op.create_table(
        "consent_end_image",
        sa.Column("end_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["end_id"], ["consent_end.id"], name="fk_consent_end_image_end_id_consent_end"
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name="fk_consent_end_image_image_id_image"
        ),
        sa.PrimaryKeyConstraint("end_id", "image_id", name="pk_consent_end_image"),
    )
    op.create_index("ix_consent_end_image_image_id", "consent_end_image", ["image_id"])
