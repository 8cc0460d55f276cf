"""The table of printer check pages (R80); part of `schema`."""

import sqlalchemy as sa

from desktop.records.vault.column_types import Moment
from desktop.records.vault.table_names import metadata

# A check page that was made, and once somebody measured it, what came out. A page that is measured
# again says so in the trail; what counts is measured last.
printer_check = sa.Table(
    "printer_check",
    metadata,
    sa.Column("number", sa.String(10), primary_key=True),
    sa.Column("printer", sa.String(200), nullable=False),
    sa.Column("tray", sa.String(200), nullable=False),
    sa.Column("paper", sa.String(32), nullable=False),
    sa.Column("led_to", sa.String(64), nullable=False),
    sa.Column("across_mm", sa.Integer, nullable=False),
    sa.Column("down_mm", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("measured_across_mm", sa.Float),
    sa.Column("measured_down_mm", sa.Float),
    sa.Column("measured_left_mm", sa.Float),
    sa.Column("measured_top_mm", sa.Float),
    sa.Column("edge_left", sa.Integer),
    sa.Column("edge_top", sa.Integer),
    sa.Column("edge_right", sa.Integer),
    sa.Column("edge_bottom", sa.Integer),
    sa.Column("colour", sa.Boolean),
    sa.Column("checked_at", Moment),
    sa.Column("checked_by", sa.Text),
    sa.CheckConstraint("printer <> ''", name="has_a_printer"),
    sa.Index(None, "printer", "checked_at"),
)
