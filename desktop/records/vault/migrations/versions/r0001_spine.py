"""The first layout: office, people, patients, images, sheets and the trail."""

import sqlalchemy as sa
from alembic import op

from desktop.records.vault.fts_search import create_index
from desktop.records.vault.trail_triggers import add_trail_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build every table, then arm the search and the trail."""
    _office_and_people()
    _patients()
    _images()
    _sheets()
    _trail()
    create_index(op.get_bind())
    add_trail_triggers(op.get_bind())


def _office_and_people() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )


def _patients() -> None:
    op.create_table(
        "patient",
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_names", sa.Text(), nullable=False),
        sa.Column("born", sa.Date()),
        sa.Column("sex", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("family_name <> ''", name=op.f("ck_patient_has_a_name")),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_patient")),
        sa.UniqueConstraint("id", name=op.f("uq_patient_id")),
    )
    op.create_index(op.f("ix_patient_born"), "patient", ["born"], unique=False)
    op.create_index(op.f("ix_patient_touched_at"), "patient", ["touched_at"], unique=False)
    op.create_table(
        "identifier",
        sa.Column("scheme", sa.String(32), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_identifier_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("scheme", "value", name=op.f("pk_identifier")),
    )
    op.create_index(
        "ix_identifier_of_patient",
        "identifier",
        ["patient_id", "place", "scheme", "value"],
        unique=False,
    )


def _images() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("route", sa.String(32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_table(
        "image",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("modified_local", sa.String(26)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("described_at", sa.DateTime(timezone=True)),
        sa.Column("kind", sa.String(32)),
        sa.Column("media_type", sa.Text()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("orientation", sa.Integer()),
        sa.Column("file_local", sa.String(26)),
        sa.Column("file_offset", sa.Integer()),
        sa.Column("file_basis", sa.String(32)),
        sa.Column("file_trust", sa.String(32)),
        sa.Column("device_make", sa.Text()),
        sa.Column("device_model", sa.Text()),
        sa.Column("device_serial", sa.Text()),
        sa.Column("has_location", sa.Boolean()),
        sa.Column("note", sa.Text()),
        sa.Column("patient_id", sa.Uuid()),
        sa.Column("linked_at", sa.DateTime(timezone=True)),
        sa.Column("photographer_name", sa.Text()),
        sa.Column("photographer_role", sa.String(32)),
        sa.Column("taken_local", sa.String(26)),
        sa.Column("taken_offset", sa.Integer()),
        sa.Column("taken_basis", sa.String(32)),
        sa.Column("taken_trust", sa.String(32)),
        sa.Column("mode_make", sa.Text()),
        sa.Column("mode_model", sa.Text()),
        sa.Column("mode_serial", sa.Text()),
        sa.Column("mode_owner", sa.String(32)),
        sa.Column("mode_route", sa.String(32)),
        sa.Column("mode_source", sa.Text()),
        sa.Column("purposes", sa.String(400), nullable=False),
        sa.Column("consent_form", sa.String(32)),
        sa.Column("consent_reference", sa.Text()),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("missing", sa.String(400), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True)),
        sa.Column("filed_by", sa.Text()),
        sa.CheckConstraint(
            "(state = 'received') = (patient_id IS NULL)", name=op.f("ck_image_linked_or_in_tray")
        ),
        sa.CheckConstraint(
            "state <> 'filed' OR (patient_id IS NOT NULL AND photographer_name <> '' AND "
            "photographer_role IS NOT NULL AND photographer_name IS NOT NULL AND taken_local "
            "IS NOT NULL AND taken_trust <> 'suspect' AND taken_trust IS NOT NULL AND "
            "mode_owner IS NOT NULL AND mode_route IS NOT NULL AND purposes IS NOT NULL AND "
            "purposes <> '' AND consent_form IS NOT NULL AND consent_form <> 'none-yet' AND "
            "missing = '' AND filed_at IS NOT NULL AND filed_by IS NOT NULL)",
            name=op.f("ck_image_filed_is_whole"),
        ),
        sa.CheckConstraint(
            "state <> 'incomplete' OR missing <> ''", name=op.f("ck_image_incomplete_says_why")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'incomplete', 'filed')", name=op.f("ck_image_known_state")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intake.id"], name=op.f("fk_image_intake_id_intake")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_image_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
    )
    op.create_index("ix_image_chart", "image", ["patient_id", "taken_local"], unique=False)
    op.create_index("ix_image_source", "image", ["mode_source", "linked_at"], unique=False)
    op.create_index(
        "ix_image_tray",
        "image",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_index(
        "ix_image_undescribed",
        "image",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("described_at IS NULL"),
        postgresql_where=sa.text("described_at IS NULL"),
    )
    op.create_table(
        "original",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_original_image_id_image")
        ),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_original")),
        sa.UniqueConstraint("name", name=op.f("uq_original_name")),
        sa.UniqueConstraint("sha256", name=op.f("uq_original_sha256")),
    )
    op.create_table(
        "photographer",
        sa.Column("source_name", sa.String(400), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source_name", "name", "role", name=op.f("pk_photographer")),
    )


def _sheets() -> None:
    op.create_table(
        "sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(10), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_sheet_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("number", "copy", name=op.f("uq_sheet_number_copy")),
    )
    op.create_index(
        op.f("ix_sheet_patient_id_made_at"), "sheet", ["patient_id", "made_at"], unique=False
    )
    op.create_table(
        "sheet_image",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_sheet_image_image_id_image")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_image_sheet_id_sheet")
        ),
        sa.PrimaryKeyConstraint("sheet_id", "place", name=op.f("pk_sheet_image")),
    )
    op.create_index(op.f("ix_sheet_image_image_id"), "sheet_image", ["image_id"], unique=False)


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail")),
    )
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_trail_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_head")),
    )
