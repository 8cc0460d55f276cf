"""To whom a copy in the register was handed over, when, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. What was handed over before has no line for it: it stays where it waits
    until somebody says so."""
    op.add_column("sheet", sa.Column("handed_at", sa.DateTime(timezone=True)))
    op.add_column("sheet", sa.Column("handed_by", sa.Text()))
    op.add_column("sheet", sa.Column("handed_to", sa.Text()))
