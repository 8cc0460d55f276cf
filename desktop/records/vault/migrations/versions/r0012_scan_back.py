"""Pages of ours that come back as images, and consent forms that have not come back yet."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table. What was described before is not looked at again; written
    consent on a form of ours is outstanding until the form comes back."""
    op.add_column("image", sa.Column("page_codes", sa.Text()))
    op.add_column("image", sa.Column("form_due", sa.String(10)))
    op.execute(
        "UPDATE image SET form_due = consent_reference "
        "WHERE consent_form = 'written' AND consent_reference LIKE 'CF________'"
    )
    is_due = sa.text("form_due IS NOT NULL")
    op.create_index(
        "ix_image_form_due",
        "image",
        ["form_due", "received_at"],
        sqlite_where=is_due,
        postgresql_where=is_due,
    )
    op.create_table(
        "page_scan",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(10), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name="fk_page_scan_image_id_image"),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name="fk_page_scan_patient_id_patient"
        ),
        sa.PrimaryKeyConstraint("image_id", "number", "page", name="pk_page_scan"),
    )
    op.create_index("ix_page_scan_number", "page_scan", ["number"])
