"""Consent that was refused or withdrawn."""

import sqlalchemy as sa

from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import EndKind
from desktop.records.vault.column_types import Moment, Word, Words
from desktop.records.vault.table_names import metadata

# The images that one names; none where it is meant of all.
consent_end_image = sa.Table(
    "consent_end_image",
    metadata,
    sa.Column("end_id", sa.ForeignKey("consent_end.id"), primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Index(None, "image_id"),
)

# `purposes` is empty where it is meant of all.
consent_end = sa.Table(
    "consent_end",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("kind", Word(EndKind), nullable=False),
    sa.Column("purposes", Words(Purpose), nullable=False),
    sa.Column("said_by", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("lifted_at", Moment),
    sa.Column("lifted_by", sa.Text),
    sa.Column("lifted_why", sa.Text),
    sa.Index(None, "patient_id", "at"),
)
