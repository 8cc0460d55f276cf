"""The tables of an office. Migrations build the same ones; a test holds the two together."""

import sqlalchemy as sa

import desktop.records.vault.advice_tables
import desktop.records.vault.came_from_tables
import desktop.records.vault.consent_tables
import desktop.records.vault.device_tables
import desktop.records.vault.printer_tables  # noqa: F401 - their tables are of this layout too
from desktop.records.facts.capture import DeviceOwner, Route, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Essential, ImageState, MediaKind
from desktop.records.facts.consent import ConsentForm, Purpose
from desktop.records.facts.identifiers import Scheme
from desktop.records.facts.patient import Sex
from desktop.records.facts.people import OfficeRole, Role
from desktop.records.facts.retention import HoldKind
from desktop.records.facts.sheet import SheetKind, SheetState
from desktop.records.vault.column_types import Moment, WallTime, Word, Words
from desktop.records.vault.media_tables import (
    depiction_columns,
    detail_columns,
    quality_columns,
)
from desktop.records.vault.scan_tables import scan_columns, scan_indexes
from desktop.records.vault.table_names import metadata

office = sa.Table(
    "office",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", Word(Role), nullable=False),
    sa.Column("office_role", Word(OfficeRole), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("gone_at", Moment),
)

# Keys that outlive the office key they were drawn from: wrapped anew whenever that is rotated.
kept_key = sa.Table(
    "kept_key",
    metadata,
    sa.Column("purpose", sa.String(32), primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

# `ordinal` counts patients as they are added: the search index speaks of them by it, and it is the
# key, so that the fifty that a search finds are read in fifty steps.
patient = sa.Table(
    "patient",
    metadata,
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("family_name", sa.Text, nullable=False),
    sa.Column("given_names", sa.Text, nullable=False),
    sa.Column("born", sa.Date),
    sa.Column("sex", Word(Sex), nullable=False),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("touched_at", Moment, nullable=False),
    sa.Column("last_service", sa.Date),
    sa.CheckConstraint("family_name <> ''", name="has_a_name"),
    sa.Index(None, "born"),
    sa.Index(None, "touched_at"),
)

identifier = sa.Table(
    "identifier",
    metadata,
    sa.Column("scheme", Word(Scheme), primary_key=True),
    sa.Column("value", sa.String(200), primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Index("ix_identifier_of_patient", "patient_id", "place", "scheme", "value"),
)

intake = sa.Table(
    "intake",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("route", Word(Route), nullable=False),
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("begun_by", sa.Text, nullable=False),
)

FILED_IS_WHOLE = (
    "state <> 'filed' OR ("
    "patient_id IS NOT NULL AND photographer_name <> '' AND photographer_role IS NOT NULL "
    "AND photographer_name IS NOT NULL AND taken_local IS NOT NULL AND taken_trust <> 'suspect' "
    "AND taken_trust IS NOT NULL AND mode_owner IS NOT NULL AND mode_route IS NOT NULL "
    "AND purposes IS NOT NULL AND purposes <> '' "
    "AND consent_form IS NOT NULL AND consent_form <> 'none-yet' "
    "AND missing = '' AND filed_at IS NOT NULL AND filed_by IS NOT NULL)"
)

image = sa.Table(
    "image",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("state", Word(ImageState), nullable=False),
    sa.Column("intake_id", sa.ForeignKey("intake.id"), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("modified_local", WallTime),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("received_by", sa.Text, nullable=False),
    # What the bytes say.
    sa.Column("described_at", Moment),
    sa.Column("kind", Word(MediaKind)),
    sa.Column("media_type", sa.Text),
    sa.Column("width", sa.Integer),
    sa.Column("height", sa.Integer),
    sa.Column("orientation", sa.Integer),
    sa.Column("file_local", WallTime),
    sa.Column("file_offset", sa.Integer),
    sa.Column("file_basis", Word(TimeBasis)),
    sa.Column("file_trust", Word(TimeTrust)),
    sa.Column("device_make", sa.Text),
    sa.Column("device_model", sa.Text),
    sa.Column("device_serial", sa.Text),
    sa.Column("has_location", sa.Boolean),
    sa.Column("note", sa.Text),
    # What the desk says.
    sa.Column("patient_id", sa.ForeignKey("patient.id")),
    sa.Column("linked_at", Moment),
    sa.Column("photographer_name", sa.Text),
    sa.Column("photographer_role", Word(Role)),
    sa.Column("taken_local", WallTime),
    sa.Column("taken_offset", sa.Integer),
    sa.Column("taken_basis", Word(TimeBasis)),
    sa.Column("taken_trust", Word(TimeTrust)),
    sa.Column("mode_make", sa.Text),
    sa.Column("mode_model", sa.Text),
    sa.Column("mode_serial", sa.Text),
    sa.Column("mode_owner", Word(DeviceOwner)),
    sa.Column("mode_route", Word(Route)),
    sa.Column("mode_source", sa.Text),
    sa.Column("purposes", Words(Purpose), nullable=False),
    sa.Column("consent_form", Word(ConsentForm)),
    sa.Column("consent_reference", sa.Text),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("missing", Words(Essential), nullable=False),
    sa.Column("filed_at", Moment),
    sa.Column("filed_by", sa.Text),
    *detail_columns(),
    *quality_columns(),
    *depiction_columns(),
    *scan_columns(),
    sa.CheckConstraint(
        "state IN ('received', 'incomplete', 'filed', 'disposed')", name="known_state"
    ),
    sa.CheckConstraint("(state = 'received') = (patient_id IS NULL)", name="linked_or_in_tray"),
    sa.CheckConstraint(FILED_IS_WHOLE, name="filed_is_whole"),
    sa.CheckConstraint("state <> 'incomplete' OR missing <> ''", name="incomplete_says_why"),
    sa.Index("ix_image_chart", "patient_id", "taken_local"),
    sa.Index("ix_image_received", "received_at"),
    sa.Index(
        "ix_image_tray",
        "received_at",
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    ),
    sa.Index(
        "ix_image_undescribed",
        "received_at",
        sqlite_where=sa.text("described_at IS NULL"),
        postgresql_where=sa.text("described_at IS NULL"),
    ),
    sa.Index("ix_image_source", "mode_source", "linked_at"),
    *scan_indexes(),
)

original = sa.Table(
    "original",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
)

photographer = sa.Table(
    "photographer",
    metadata,
    sa.Column("source_name", sa.String(400), primary_key=True),
    sa.Column("name", sa.String(400), primary_key=True),
    sa.Column("role", Word(Role), primary_key=True),
    sa.Column("used_at", Moment, nullable=False),
)

SHEET_IS_LOOSE = "state IS NULL OR state = 'made' OR state = 'in-hand'"

sheet = sa.Table(
    "sheet",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.String(10), nullable=False),
    sa.Column("copy", sa.Integer, nullable=False),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("to_destroy_since", Moment),
    # Why a further copy was made, and how far this one is on its way; NULL is MADE.
    sa.Column("why", sa.Text),
    sa.Column("state", Word(SheetState)),
    sa.Column("in_hand_at", Moment),
    sa.Column("in_hand_by", sa.Text),
    sa.Column("in_chart_at", Moment),
    sa.Column("in_chart_by", sa.Text),
    sa.Column("volume", sa.Text),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", sa.Text),
    sa.Column("ended_why", sa.Text),
    # Which paper it is (NULL is a record sheet), and in JSON what was written into it beforehand.
    sa.Column("kind", Word(SheetKind)),
    sa.Column("written", sa.Text),
    # How it was printed; all NULL where it was made before this was kept.
    sa.Column("per_page", sa.Integer),
    sa.Column("paper", sa.String(16)),
    sa.Column("is_grey", sa.Boolean),
    # Who took it, where it left the office with a person.
    sa.Column("handed_at", Moment),
    sa.Column("handed_by", sa.Text),
    sa.Column("handed_to", sa.Text),
    sa.UniqueConstraint("number", "copy"),
    sa.Index(None, "patient_id", "made_at"),
    sa.Index(
        "ix_sheet_loose",
        "made_at",
        sqlite_where=sa.text(SHEET_IS_LOOSE),
        postgresql_where=sa.text(SHEET_IS_LOOSE),
    ),
)

sheet_image = sa.Table(
    "sheet_image",
    metadata,
    sa.Column("sheet_id", sa.ForeignKey("sheet.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), nullable=False),
    sa.Index(None, "image_id"),
)

retention_schedule = sa.Table(
    "retention_schedule",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("years", sa.Integer, nullable=False),
    sa.CheckConstraint("id = 1", name="only_one"),
    sa.CheckConstraint("years >= 10", name="as_the_law_asks"),
)

legal_hold = sa.Table(
    "legal_hold",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("image_id", sa.ForeignKey("image.id")),
    sa.Column("kind", Word(HoldKind), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("placed_at", Moment, nullable=False),
    sa.Column("placed_by", sa.Text, nullable=False),
    sa.Column("lifted_at", Moment),
    sa.Column("lifted_by", sa.Text, nullable=False),
    sa.Column("lifted_why", sa.Text, nullable=False),
    sa.CheckConstraint("reason <> ''", name="has_a_reason"),
    sa.Index(None, "patient_id"),
)

disposal_batch = sa.Table(
    "disposal_batch",
    metadata,
    sa.Column("number", sa.String(10), primary_key=True),
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("proposed_by", sa.Text, nullable=False),
    sa.Column("proposer", sa.Uuid, nullable=False),
    sa.Column("approved_at", Moment),
    sa.Column("approved_by", sa.Text, nullable=False),
    sa.Column("approver", sa.Uuid),
    sa.Column("finished_at", Moment),
    sa.Column("finished_by", sa.Text, nullable=False),
    sa.CheckConstraint("(approved_at IS NULL) = (approver IS NULL)", name="approved_by_somebody"),
    sa.CheckConstraint("approver IS NULL OR approver <> proposer", name="two_people"),
    sa.CheckConstraint("finished_at IS NULL OR approved_at IS NOT NULL", name="approved_first"),
)

# `done_at` is when it was decided: destroyed where `spared_why` is empty.
disposal_item = sa.Table(
    "disposal_item",
    metadata,
    sa.Column("batch", sa.ForeignKey("disposal_batch.number"), primary_key=True),
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("done_at", Moment),
    sa.Column("spared_why", sa.Text, nullable=False),
    sa.Index(None, "image_id"),
)

# What is kept of a destroyed image. `file` names its sealed file until that is removed too;
# `kept_on` is the copy in the sheet register that stands for it, up to and including `paper_until`.
tombstone = sa.Table(
    "tombstone",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("disposed_at", Moment, nullable=False),
    sa.Column("disposed_by", sa.Text, nullable=False),
    sa.Column("certificate", sa.ForeignKey("disposal_batch.number"), nullable=False),
    sa.Column("file", sa.String(64), nullable=False),
    sa.Column("kept_on", sa.Uuid),
    sa.Column("paper_until", sa.Date),
    sa.Index(None, "patient_id"),
    sa.Index(None, "certificate"),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

trail = sa.Table(
    "trail",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("mac", sa.LargeBinary(32), nullable=False),
)

trail_head = sa.Table(
    "trail_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("mac", sa.LargeBinary(32), nullable=False),
    sa.CheckConstraint("id = 1", name="only_one"),
)
