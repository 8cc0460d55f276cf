"""Which sheet stands for an image whose original was disposed of while it had to be kept."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. No image was disposed of that way before."""
    op.add_column("tombstone", sa.Column("kept_on", sa.Uuid()))
    op.add_column("tombstone", sa.Column("paper_until", sa.Date()))
