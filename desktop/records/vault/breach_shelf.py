"""Where breach records lie, with the images and the steps of each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from desktop.records.facts.breach import Breach, StepTaken
from desktop.records.facts.ids import BreachId, DepositId, DeviceId
from desktop.records.vault.came_from_tables import breach, breach_image, breach_step
from desktop.records.vault.image_rows import storable

_IMAGES = (
    sa.select(sa.func.count())
    .where(breach_image.c.breach_id == breach.c.id)
    .scalar_subquery()
    .label("images")
)
_WHOLE = sa.select(breach, _IMAGES)


class BreachShelf:
    """Breach records, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, new: Breach, deposits: Sequence[DepositId]) -> None:
        """Put a record on the shelf, with the copies that may be on the device."""
        self._connection.execute(
            sa.insert(breach).values(
                id=new.id,
                kind=new.kind,
                source_name=storable(new.source_name),
                depositor=storable(new.depositor),
                device_id=new.device,
                what=storable(new.what),
                happened_on=new.happened_on,
                opened_at=new.opened_at,
                opened_by=new.opened_by,
                closed_by="",
                outcome="",
            )
        )
        rows = [{"breach_id": new.id, "deposit_id": one} for one in deposits]
        if rows:
            self._connection.execute(sa.insert(breach_image), rows)

    def take_step(self, breach_id: BreachId, taken: StepTaken) -> None:
        """Note a step, in place of what was noted of it before."""
        values = {
            "taken_on": taken.on,
            "note": storable(taken.note),
            "noted_at": taken.noted_at,
            "noted_by": taken.noted_by,
        }
        same = (breach_step.c.breach_id == breach_id, breach_step.c.step == taken.step)
        again = sa.update(breach_step).where(*same).values(**values)
        if self._connection.execute(again).rowcount == 0:
            new = sa.insert(breach_step).values(breach_id=breach_id, step=taken.step, **values)
            self._connection.execute(new)

    def close(self, breach_id: BreachId, *, at: datetime, by: str, outcome: str) -> None:
        """Note that a record is closed, and what it came to."""
        self._connection.execute(
            sa.update(breach)
            .where(breach.c.id == breach_id)
            .values(closed_at=at, closed_by=by, outcome=storable(outcome))
        )

    def find(self, breach_id: BreachId) -> Breach | None:
        """The record with this id, or None."""
        found = self._breaches(_WHOLE.where(breach.c.id == breach_id))
        return found[0] if found else None

    def open_of(
        self, source_name: str, depositor: str, *, devices: Collection[DeviceId] = ()
    ) -> Breach | None:
        """The open record of a device of this name that this person brought, or of one of these
        devices of the register, or None."""
        named = sa.and_(
            breach.c.source_name == storable(source_name),
            breach.c.depositor == storable(depositor),
        )
        is_it = sa.or_(named, breach.c.device_id.in_(devices))
        found = self._breaches(_WHOLE.where(breach.c.closed_at.is_(None), is_it))
        return found[0] if found else None

    def every(self, *, closed: bool = False) -> list[Breach]:
        """The open records, the oldest first; `closed`: those that are closed as well."""
        query = _WHOLE if closed else _WHOLE.where(breach.c.closed_at.is_(None))
        return self._breaches(query.order_by(breach.c.opened_at, breach.c.id))

    def deposits(self, breach_id: BreachId) -> list[DepositId]:
        """The copies that a record speaks of."""
        query = sa.select(breach_image.c.deposit_id).where(breach_image.c.breach_id == breach_id)
        return [DepositId(one) for one in self._connection.execute(query).scalars()]

    def _breaches(self, query: sa.Select[Any]) -> list[Breach]:
        return [self._breach(row) for row in self._connection.execute(query).all()]

    def _breach(self, row: sa.Row[Any]) -> Breach:
        return Breach(
            id=BreachId(row.id),
            kind=row.kind,
            source_name=row.source_name,
            depositor=row.depositor,
            device=None if row.device_id is None else DeviceId(row.device_id),
            what=row.what,
            happened_on=row.happened_on,
            opened_at=row.opened_at,
            opened_by=row.opened_by,
            images=row.images,
            steps=tuple(self._steps(BreachId(row.id))),
            closed_at=row.closed_at,
            closed_by=row.closed_by,
            outcome=row.outcome,
        )

    def _steps(self, breach_id: BreachId) -> list[StepTaken]:
        query = sa.select(breach_step).where(breach_step.c.breach_id == breach_id)
        rows = self._connection.execute(query.order_by(breach_step.c.noted_at)).all()
        return [
            StepTaken(
                step=row.step,
                on=row.taken_on,
                note=row.note,
                noted_at=row.noted_at,
                noted_by=row.noted_by,
            )
            for row in rows
        ]
