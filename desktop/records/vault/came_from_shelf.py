"""Where lies from whom images came, and that copies were declined."""

import sqlalchemy as sa

from desktop.records.facts.came_from import CameFrom, CopyDeclined, Received
from desktop.records.facts.ids import ImageId, PatientId, new_uuid
from desktop.records.vault.came_from_rows import copy_values, received_values
from desktop.records.vault.came_from_tables import copy_declined, copy_given, received_image
from desktop.records.vault.image_rows import storable


class CameFromShelf:
    """Where images came from, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, image_id: ImageId, said: CameFrom | None) -> None:
        """Let this stand in place of what was noted of the image before; None for nothing."""
        for table in (received_image, copy_given):
            self._put(table, image_id, stands=False)
        if isinstance(said, Received):
            self._put(received_image, image_id, stands=True, **received_values(said))
        elif said is not None:
            self._put(copy_given, image_id, stands=True, **copy_values(said))

    def decline(self, said: CopyDeclined) -> None:
        """Note that a copy was not given."""
        self._connection.execute(
            sa.insert(copy_declined).values(
                id=new_uuid(),
                patient_id=said.patient,
                asked_on=said.asked_on,
                what=storable(said.what),
                noted_at=said.noted_at,
                noted_by=said.noted_by,
            )
        )

    def declined(self, patient: PatientId) -> list[CopyDeclined]:
        """The copies of one patient that were not given, the latest first."""
        query = (
            sa.select(copy_declined)
            .where(copy_declined.c.patient_id == patient)
            .order_by(copy_declined.c.asked_on.desc(), copy_declined.c.id.desc())
        )
        return [
            CopyDeclined(
                patient=PatientId(row.patient_id),
                asked_on=row.asked_on,
                what=row.what,
                noted_at=row.noted_at,
                noted_by=row.noted_by,
            )
            for row in self._connection.execute(query)
        ]

    def _put(self, table: sa.Table, image_id: ImageId, *, stands: bool, **values: object) -> None:
        same = sa.update(table).where(table.c.image_id == image_id).values(stands=stands, **values)
        if self._connection.execute(same).rowcount == 0 and stands:
            new = sa.insert(table).values(image_id=image_id, stands=True, **values)
            self._connection.execute(new)
