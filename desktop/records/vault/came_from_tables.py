"""The tables of where images came from (R119, R120, R122, R123) and of breach records (R114); part
of `schema`."""

import sqlalchemy as sa

from desktop.records.facts.breach import BreachKind, BreachStep
from desktop.records.facts.came_from import Asked, Channel, Notice, Relationship
from desktop.records.facts.devices import Answer
from desktop.records.vault.column_types import Moment, Word
from desktop.records.vault.table_names import metadata

# An image that somebody else took and sent, with the checklist's six answers (R119, R120). One
# that does not stand was taken back, or noted anew as a copy: no row is deleted.
received_image = sa.Table(
    "received_image",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("sender_name", sa.Text, nullable=False),
    sa.Column("sender_role", sa.Text, nullable=False),
    sa.Column("sender_organisation", sa.Text, nullable=False),
    sa.Column("received_on", sa.Date),
    sa.Column("channel", Word(Channel)),
    sa.Column("asked", Word(Asked)),
    sa.Column("notice", Word(Notice)),
    sa.Column("notice_reason", sa.Text, nullable=False),
    sa.Column("taken_with", sa.Text, nullable=False),
    sa.Column("acquisition", Word(Answer), nullable=False),
    sa.Column("quality", Word(Answer), nullable=False),
    sa.Column("use", Word(Answer), nullable=False),
    sa.Column("disclosure", Word(Answer), nullable=False),
    sa.Column("storage", Word(Answer), nullable=False),
    sa.Column("disposal", Word(Answer), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("stands", sa.Boolean, nullable=False),
)

# A copy that the patient or whānau gave of an image that stays theirs (R122, R124).
copy_given = sa.Table(
    "copy_given",
    metadata,
    sa.Column("image_id", sa.ForeignKey("image.id"), primary_key=True),
    sa.Column("given_by", sa.Text, nullable=False),
    sa.Column("relationship", Word(Relationship)),
    sa.Column("used_for", sa.Text, nullable=False),
    sa.Column("use_explained", Word(Answer), nullable=False),
    sa.Column("stored_where", sa.Text, nullable=False),
    sa.Column("storage_explained", Word(Answer), nullable=False),
    sa.Column("retention_explained", Word(Answer), nullable=False),
    sa.Column("stands", sa.Boolean, nullable=False),
)

# That a copy was asked for and not given (R123): no more than that, and nothing follows from it.
copy_declined = sa.Table(
    "copy_declined",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("patient_id", sa.ForeignKey("patient.id"), nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("noted_at", Moment, nullable=False),
    sa.Column("noted_by", sa.Text, nullable=False),
    sa.Index(None, "patient_id"),
)

breach = sa.Table(
    "breach",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", Word(BreachKind), nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("depositor", sa.Text, nullable=False),
    sa.Column("device_id", sa.ForeignKey("device.id")),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("happened_on", sa.Date, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("opened_by", sa.Text, nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("closed_by", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.CheckConstraint(
        "(closed_at IS NULL) = (closed_by = '') AND (closed_at IS NULL) = (outcome = '')",
        name="closed_by_somebody",
    ),
)

# Which images may have been on the device when the record was opened: these and no others.
breach_image = sa.Table(
    "breach_image",
    metadata,
    sa.Column("breach_id", sa.ForeignKey("breach.id"), primary_key=True),
    sa.Column("deposit_id", sa.ForeignKey("deposit.id"), primary_key=True),
)

breach_step = sa.Table(
    "breach_step",
    metadata,
    sa.Column("breach_id", sa.ForeignKey("breach.id"), primary_key=True),
    sa.Column("step", Word(BreachStep), primary_key=True),
    sa.Column("taken_on", sa.Date, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("noted_at", Moment, nullable=False),
    sa.Column("noted_by", sa.Text, nullable=False),
)
