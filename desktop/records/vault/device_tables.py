"""The tables of devices, handovers and clearances (R26, R27, R74); part of `schema`."""

import sqlalchemy as sa

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clearance import Clearance
from desktop.records.facts.devices import Answer
from desktop.records.facts.people import Role
from desktop.records.vault.column_types import Moment, WallTime, Word
from desktop.records.vault.table_names import metadata

# The register of devices, an organisation's own and those that were brought (R26, R27).
device = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("owner", Word(DeviceOwner), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("keeper", sa.Text, nullable=False),
    sa.Column("make", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("serial", sa.Text, nullable=False),
    sa.Column("asset_number", sa.Text, nullable=False),
    sa.Column("location", sa.Text, nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("clock_checked_on", sa.Date),
    sa.Column("clock_off_seconds", sa.Integer),
    sa.Column("lost_at", Moment),
    sa.Column("lost_note", sa.Text, nullable=False),
    sa.Column("retired_at", Moment),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("added_by", sa.Text, nullable=False),
    sa.CheckConstraint("name <> ''", name="has_a_name"),
    sa.Index(None, "source_name"),
)

declaration = sa.Table(
    "declaration",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("device_id", sa.ForeignKey("device.id"), nullable=False),
    sa.Column("answered_at", Moment, nullable=False),
    sa.Column("answered_by", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
    sa.Column("policy_known", Word(Answer), nullable=False),
    sa.Column("protected", Word(Answer), nullable=False),
    sa.Column("encrypted", Word(Answer), nullable=False),
    sa.Column("nothing_uploads", Word(Answer), nullable=False),
    sa.Column("remote_erase", Word(Answer), nullable=False),
    sa.Column("shared_with", sa.Text, nullable=False),
    sa.Index(None, "device_id", "answered_at"),
)

# What was said when a source was handed over; an intake of before layout 0005 has none. `left_out`
# is how many of the chosen files were not kept, once the intake ended.
handover = sa.Table(
    "handover",
    metadata,
    sa.Column("intake_id", sa.ForeignKey("intake.id"), primary_key=True),
    sa.Column("depositor_name", sa.Text, nullable=False),
    sa.Column("depositor_role", Word(Role)),
    sa.Column("owner", Word(DeviceOwner)),
    sa.Column("device_id", sa.ForeignKey("device.id")),
    sa.Column("left_out", sa.Integer),
    sa.Index(None, "device_id"),
)

# One file of a device whose bytes were received: what has to be cleared, or was. `settled` is
# 'cleared' only with the proof that a deed asks for.
deposit = sa.Table(
    "deposit",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("intake_id", sa.ForeignKey("intake.id"), nullable=False),
    sa.Column("image_id", sa.ForeignKey("image.id"), nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("modified_local", WallTime),
    sa.Column("deposited_at", Moment, nullable=False),
    sa.Column("settled", Word(Clearance), nullable=False),
    sa.Column("settled_at", Moment),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.Column("attested_by", sa.Text, nullable=False),
    sa.Column("refused_why", sa.Text, nullable=False),
    sa.CheckConstraint("settled IN ('outstanding', 'cleared', 'attested')", name="known_clearance"),
    sa.CheckConstraint(
        "(settled = 'outstanding') = (settled_at IS NULL)", name="settled_at_some_moment"
    ),
    sa.CheckConstraint("settled <> 'attested' OR attested_by <> ''", name="attested_by_somebody"),
    sa.Index(None, "intake_id"),
    sa.Index(None, "image_id"),
    sa.Index(
        "ix_deposit_outstanding",
        "deposited_at",
        sqlite_where=sa.text("settled = 'outstanding'"),
        postgresql_where=sa.text("settled = 'outstanding'"),
    ),
)

# Small files that lie beside an image: notes on how to show it (AAE, XMP), kept when it is filed,
# and what else is kept before the device is cleared of it (THM).
companion = sa.Table(
    "companion",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("file_name", sa.String(400), primary_key=True),
    sa.Column("sha256", sa.LargeBinary(32), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
)
