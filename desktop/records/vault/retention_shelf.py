"""Where last dates of service, the office's schedule and holds lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from desktop.records.facts.ids import HoldId, ImageId, PatientId
from desktop.records.facts.retention import Hold
from desktop.records.vault.schema import image, legal_hold, patient, retention_schedule

_KEPT = image.c.state.in_([sa.literal_column("'incomplete'"), sa.literal_column("'filed'")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a patient's retention follows from: the service that was entered, the last receipt and
    the last filing, in UTC; and how many images there are."""

    patient: PatientId
    entered: date | None
    moments: tuple[datetime, ...]
    images: int


class RetentionShelf:
    """What decides how long images are kept, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def years(self) -> int | None:
        """How many years the office has set, or None for the law's."""
        query = sa.select(retention_schedule.c.years)
        return self._connection.execute(query).scalar_one_or_none()

    def set_years(self, years: int) -> None:
        """Let images be kept this long."""
        update = sa.update(retention_schedule).values(years=years)
        if self._connection.execute(update).rowcount == 0:
            self._connection.execute(sa.insert(retention_schedule).values(id=1, years=years))

    def entered_service(self, patient_id: PatientId) -> date | None:
        """The last date of service that was entered for a patient, or None."""
        query = sa.select(patient.c.last_service).where(patient.c.id == patient_id)
        found: date | None = self._connection.execute(query).scalar_one()
        return found

    def enter_service(self, patient_id: PatientId, on: date) -> None:
        """Note a last date of service."""
        self._connection.execute(
            sa.update(patient).where(patient.c.id == patient_id).values(last_service=on)
        )

    def last_moments(self, patient_id: PatientId) -> list[datetime]:
        """When the last of a patient's images was received and when the last was filed, in UTC;
        none for a patient without images."""
        query = sa.select(sa.func.max(image.c.received_at), sa.func.max(image.c.filed_at))
        row = self._connection.execute(query.where(image.c.patient_id == patient_id, _KEPT)).one()
        return [moment for moment in row if moment is not None]

    def standings(self, *, received_before: datetime, service_until: date) -> list[Standing]:
        """Patients who have an image received before a moment and no later service entered, in one
        step for all of them.

        A first, cheap choice: whether an image is due is for the rules to say.
        """
        old = sa.select(image.c.patient_id).where(_KEPT, image.c.received_at < received_before)
        query = (
            sa.select(
                image.c.patient_id,
                patient.c.last_service,
                sa.func.max(image.c.received_at),
                sa.func.max(image.c.filed_at),
                sa.func.count(),
            )
            .join(patient, patient.c.id == image.c.patient_id)
            .where(
                _KEPT,
                image.c.patient_id.in_(old),
                sa.or_(patient.c.last_service.is_(None), patient.c.last_service <= service_until),
            )
            .group_by(image.c.patient_id, patient.c.last_service)
        )
        return [
            Standing(
                patient=PatientId(owner),
                entered=entered,
                moments=tuple(moment for moment in (received, filed) if moment is not None),
                images=images,
            )
            for owner, entered, received, filed, images in self._connection.execute(query)
        ]

    def add_hold(self, new: Hold) -> None:
        """Put a hold on record."""
        self._connection.execute(
            sa.insert(legal_hold).values(
                id=new.id,
                patient_id=new.patient,
                image_id=new.image,
                kind=new.kind,
                reason=new.reason,
                placed_at=new.placed_at,
                placed_by=new.placed_by,
                lifted_by="",
                lifted_why="",
            )
        )

    def lift_hold(self, hold_id: HoldId, *, at: datetime, by: str, why: str) -> None:
        """Let a hold block no longer."""
        self._connection.execute(
            sa.update(legal_hold)
            .where(legal_hold.c.id == hold_id)
            .values(lifted_at=at, lifted_by=by, lifted_why=why)
        )

    def hold(self, hold_id: HoldId) -> Hold | None:
        """The hold with this id, or None."""
        found = self._holds(legal_hold.c.id == hold_id)
        return found[0] if found else None

    def holds_of(self, patient_id: PatientId) -> Sequence[Hold]:
        """Every hold there ever was on a patient's images, oldest first."""
        return self._holds(legal_hold.c.patient_id == patient_id)

    def open_holds(self) -> Sequence[Hold]:
        """The holds of the office that block, oldest first."""
        return self._holds(legal_hold.c.lifted_at.is_(None))

    def _holds(self, condition: sa.ColumnElement[bool]) -> Sequence[Hold]:
        query = sa.select(legal_hold).where(condition)
        rows = self._connection.execute(query.order_by(legal_hold.c.placed_at, legal_hold.c.id))
        return [
            Hold(
                id=HoldId(row.id),
                patient=PatientId(row.patient_id),
                image=None if row.image_id is None else ImageId(row.image_id),
                kind=row.kind,
                reason=row.reason,
                placed_at=row.placed_at,
                placed_by=row.placed_by,
                lifted_at=row.lifted_at,
                lifted_by=row.lifted_by,
                lifted_why=row.lifted_why,
            )
            for row in rows
        ]
