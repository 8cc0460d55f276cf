"""How far each printed sheet is on its way into the chart."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Nobody said of the sheets on record where they are: they count as printed
    and not confirmed."""
    moment, text = sa.DateTime(timezone=True), sa.Text()
    op.add_column("sheet", sa.Column("why", text))
    op.add_column("sheet", sa.Column("state", sa.String(32)))
    for step in ("in_hand", "in_chart", "ended"):
        op.add_column("sheet", sa.Column(f"{step}_at", moment))
        op.add_column("sheet", sa.Column(f"{step}_by", text))
    for name in ("volume", "ended_why"):
        op.add_column("sheet", sa.Column(name, text))
    loose = sa.text("state IS NULL OR state = 'made' OR state = 'in-hand'")
    op.create_index(
        "ix_sheet_loose", "sheet", ["made_at"], sqlite_where=loose, postgresql_where=loose
    )
