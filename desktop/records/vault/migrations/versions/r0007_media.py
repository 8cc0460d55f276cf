"""What is inside images, how good they are, what they show, and what copies were made of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WORD, _WORDS = sa.String(32), sa.String(400)


def upgrade() -> None:
    """Add columns, all of them empty: what was described before is not described again."""
    words = ("capture_mode", "subject", "laterality", "view", "distance")
    columns: dict[str, Any] = {
        **dict.fromkeys(words, _WORD),
        **dict.fromkeys(("codec", "colour", "pair_key", "taken_why"), sa.Text()),
        **dict.fromkeys(("parts", "findings"), _WORDS),
        **dict.fromkeys(("has_sound", "orientation_doubtful"), sa.Boolean()),
        **dict.fromkeys(("frame_rate", "sharpness", "brightness", "contrast"), sa.Float()),
        **dict.fromkeys(("dark_share", "bright_share"), sa.Float()),
        "duration_ms": sa.BigInteger(),
        "jpeg_quality": sa.Integer(),
        "site_code": sa.String(18),
    }
    for name, kind in columns.items():
        op.add_column("image", sa.Column(name, kind))
    _ties()
    _scales()
    _copies()


def _ties() -> None:
    op.create_table(
        "image_tie",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        _of_image("image_tie"),
        _of_image("image_tie", "other_id"),
        sa.PrimaryKeyConstraint("image_id", "other_id", name=op.f("pk_image_tie")),
    )
    op.create_index(op.f("ix_image_tie_other_id"), "image_tie", ["other_id"], unique=False)


def _scales() -> None:
    op.create_table(
        "image_scale",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Float(), nullable=False)
            for name in ("start_x", "start_y", "end_x", "end_y", "millimetres")
        ),
        sa.Column("laid_at", _MOMENT, nullable=False),
        _text("laid_by"),
        _of_image("image_scale"),
        sa.CheckConstraint("millimetres > 0", name=op.f("ck_image_scale_has_a_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_scale")),
    )
    op.create_index(op.f("ix_image_scale_image_id_laid_at"), "image_scale", ["image_id", "laid_at"])


def _copies() -> None:
    table = "deidentified_copy"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        *(_text(name) for name in ("made_by", "features_by", "purpose", "recipient", "media_type")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        _text("told"),
        _of_image(table),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_image_id_made_at"), table, ["image_id", "made_at"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _of_image(table: str, column: str = "image_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["image.id"], name=op.f(f"fk_{table}_{column}_image"))
