"""Questions that were asked, and the images that wait for the advice."""

import sqlalchemy as sa

from desktop.records.vault.column_types import Moment
from desktop.records.vault.table_names import metadata

IS_OPEN = "noted_at IS NULL"

advice = sa.Table(
    "advice",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id")),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("adviser", sa.Text),
    sa.Column("noted_at", Moment),
    sa.Column("noted_by", sa.Text),
    sa.Index(None, "patient_id"),
    sa.Index(
        "ix_advice_open",
        "at",
        sqlite_where=sa.text(IS_OPEN),
        postgresql_where=sa.text(IS_OPEN),
    ),
)

advice_image = sa.Table(
    "advice_image",
    metadata,
    sa.Column("advice_id", sa.ForeignKey("advice.id"), primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Index(None, "image_id"),
)
