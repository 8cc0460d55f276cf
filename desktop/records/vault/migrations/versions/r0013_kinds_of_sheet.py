"""Every paper of a chart in the register of sheets, not record sheets alone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. What is in the register is a record sheet, which an empty kind means."""
    op.add_column("sheet", sa.Column("kind", sa.String(32)))
    op.add_column("sheet", sa.Column("written", sa.Text()))
