"""Check pages of printers, and what was measured on them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    moment, text, number = sa.DateTime(timezone=True), sa.Text(), sa.Integer()
    op.create_table(
        "printer_check",
        sa.Column("number", sa.String(10), nullable=False),
        sa.Column("printer", sa.String(200), nullable=False),
        sa.Column("tray", sa.String(200), nullable=False),
        sa.Column("paper", sa.String(32), nullable=False),
        sa.Column("led_to", sa.String(64), nullable=False),
        sa.Column("across_mm", number, nullable=False),
        sa.Column("down_mm", number, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", text, nullable=False),
        *(
            sa.Column(f"measured_{name}_mm", sa.Float())
            for name in ("across", "down", "left", "top")
        ),
        *(sa.Column(f"edge_{name}", number) for name in ("left", "top", "right", "bottom")),
        sa.Column("colour", sa.Boolean()),
        sa.Column("checked_at", moment),
        sa.Column("checked_by", text),
        sa.CheckConstraint("printer <> ''", name=op.f("ck_printer_check_has_a_printer")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_printer_check")),
    )
    op.create_index(
        op.f("ix_printer_check_printer_checked_at"), "printer_check", ["printer", "checked_at"]
    )
