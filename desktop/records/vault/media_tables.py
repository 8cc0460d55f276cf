"""What is on record about the inside of images: detail, quality, what they show, copies."""

import sqlalchemy as sa

from desktop.records.facts.depiction import Distance, Laterality, Subject, View
from desktop.records.facts.media import CaptureMode, Part, TieKind
from desktop.records.facts.quality import Finding
from desktop.records.vault.column_types import Moment, Word, Words
from desktop.records.vault.table_names import metadata


def detail_columns() -> tuple[sa.Column[object], ...]:
    """Of `image`: what the file says of itself; NULL where nobody has looked."""
    return (
        sa.Column("capture_mode", Word(CaptureMode)),
        sa.Column("duration_ms", sa.BigInteger),
        sa.Column("codec", sa.Text),
        sa.Column("frame_rate", sa.Float),
        sa.Column("has_sound", sa.Boolean),
        sa.Column("colour", sa.Text),
        sa.Column("parts", Words(Part)),
        sa.Column("orientation_doubtful", sa.Boolean),
        sa.Column("pair_key", sa.Text),
    )


def quality_columns() -> tuple[sa.Column[object], ...]:
    """Of `image`: what was measured. `findings` is NULL where nothing was."""
    return (
        sa.Column("findings", Words(Finding)),
        sa.Column("sharpness", sa.Float),
        sa.Column("brightness", sa.Float),
        sa.Column("contrast", sa.Float),
        sa.Column("dark_share", sa.Float),
        sa.Column("bright_share", sa.Float),
        sa.Column("jpeg_quality", sa.Integer),
    )


def depiction_columns() -> tuple[sa.Column[object], ...]:
    """Of `image`: what the desk says it shows, and why its capture time was corrected."""
    return (
        sa.Column("subject", Word(Subject)),
        sa.Column("site_code", sa.String(18)),
        sa.Column("laterality", Word(Laterality)),
        sa.Column("view", Word(View)),
        sa.Column("distance", Word(Distance)),
        sa.Column("taken_why", sa.Text),
    )


# Two originals that belong together; each pair once.
image_tie = sa.Table(
    "image_tie",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("other_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("kind", Word(TieKind), nullable=False),
    sa.Index(None, "other_id"),
)

# What a person laid on a picture to measure by; the newest counts, none is deleted while it stands.
image_scale = sa.Table(
    "image_scale",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), nullable=False),
    sa.Column("start_x", sa.Float, nullable=False),
    sa.Column("start_y", sa.Float, nullable=False),
    sa.Column("end_x", sa.Float, nullable=False),
    sa.Column("end_y", sa.Float, nullable=False),
    sa.Column("millimetres", sa.Float, nullable=False),
    sa.Column("laid_at", Moment, nullable=False),
    sa.Column("laid_by", sa.Text, nullable=False),
    sa.CheckConstraint("millimetres > 0", name="has_a_length"),
    sa.Index(None, "image_id", "laid_at"),
)

# Copies that left the office with nothing in them that tells whose they are. Only this row leads
# from a copy back to its original (R104).
deidentified_copy = sa.Table(
    "deidentified_copy",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("features_by", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Index(None, "image_id", "made_at"),
)
