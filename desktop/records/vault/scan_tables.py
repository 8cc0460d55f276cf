"""What is on record about pages of ours that came back as images (R43, R79)."""

import sqlalchemy as sa

from desktop.records.vault.column_types import Moment
from desktop.records.vault.table_names import metadata

FORM_IS_DUE = "form_due IS NOT NULL"


def scan_columns() -> tuple[sa.Column[object], ...]:
    """Of `image`: the codes of our pages that it shows, by spaces, and the number of the consent
    form that has not come back yet; NULL where there is none."""
    return (sa.Column("page_codes", sa.Text), sa.Column("form_due", sa.String(10)))


def scan_indexes() -> tuple[sa.Index, ...]:
    """Of `image`: the few whose consent form is out."""
    is_due = sa.text(FORM_IS_DUE)
    return (
        sa.Index(
            "ix_image_form_due",
            "form_due",
            "received_at",
            sqlite_where=is_due,
            postgresql_where=is_due,
        ),
    )


# An image that is the scan of a page of a numbered paper, both of one patient. A form that was
# printed blank is that patient's from its first row here on. A row counts as long as the image is
# linked to that patient.
page_scan = sa.Table(
    "page_scan",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("number", sa.String(10), primary_key=True),
    sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("attached_at", Moment, nullable=False),
    sa.Column("attached_by", sa.Text, nullable=False),
    sa.Index(None, "number"),
)
