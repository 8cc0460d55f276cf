"""Where an image came from, between the record and its rows: columns for a query of images, and
the facts out of one row."""

from typing import Any

import sqlalchemy as sa

from desktop.records.facts.came_from import CameFrom, Checks, CopyGiven, Received, Sender
from desktop.records.vault.came_from_tables import copy_given, received_image
from desktop.records.vault.image_rows import Row, Values, storable
from desktop.records.vault.schema import image

_CHECKS = ("acquisition", "quality", "use", "disclosure", "storage", "disposal")


def _labelled(table: sa.Table, prefix: str) -> list[sa.Label[Any]]:
    return [column.label(f"{prefix}_{column.name}") for column in table.columns]


COLUMNS = (*_labelled(received_image, "received"), *_labelled(copy_given, "copied"))
"""What a query of images asks for besides, with names of its own."""


def joined(query: sa.Select[Any]) -> sa.Select[Any]:
    """A query from `image`, joined with where each image came from."""
    for table in (received_image, copy_given):
        query = query.outerjoin(table, sa.and_(table.c.image_id == image.c.id, table.c.stands))
    return query


def came_from_row(row: Row) -> CameFrom | None:
    """Where the image of a row came from; None for one that was taken here."""
    found = row._mapping  # noqa: SLF001  SQLAlchemy's public name for a row by its labels
    if found["received_image_id"] is not None:
        return Received(
            sender=Sender(
                name=found["received_sender_name"],
                role=found["received_sender_role"],
                organisation=found["received_sender_organisation"],
            ),
            received_on=found["received_received_on"],
            channel=found["received_channel"],
            asked=found["received_asked"],
            notice=found["received_notice"],
            notice_reason=found["received_notice_reason"],
            taken_with=found["received_taken_with"],
            checks=Checks(**{name: found[f"received_{name}"] for name in _CHECKS}),
            note=found["received_note"],
        )
    if found["copied_image_id"] is not None:
        return CopyGiven(
            given_by=found["copied_given_by"],
            relationship=found["copied_relationship"],
            used_for=found["copied_used_for"],
            use_explained=found["copied_use_explained"],
            stored_where=found["copied_stored_where"],
            storage_explained=found["copied_storage_explained"],
            retention_explained=found["copied_retention_explained"],
        )
    return None


def received_values(said: Received) -> Values:
    """The columns of a received image."""
    return {
        "sender_name": storable(said.sender.name),
        "sender_role": storable(said.sender.role),
        "sender_organisation": storable(said.sender.organisation),
        "received_on": said.received_on,
        "channel": said.channel,
        "asked": said.asked,
        "notice": said.notice,
        "notice_reason": storable(said.notice_reason),
        "taken_with": storable(said.taken_with),
        **{name: getattr(said.checks, name) for name in _CHECKS},
        "note": storable(said.note),
    }


def copy_values(said: CopyGiven) -> Values:
    """The columns of a copy that was given."""
    return {
        "given_by": storable(said.given_by),
        "relationship": said.relationship,
        "used_for": storable(said.used_for),
        "use_explained": said.use_explained,
        "stored_where": storable(said.stored_where),
        "storage_explained": said.storage_explained,
        "retention_explained": said.retention_explained,
    }
