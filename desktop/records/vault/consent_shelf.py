"""Where it stands who refused or withdrew consent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from desktop.records.facts.consent_end import ConsentEnd, EndKind, NewConsentEnd
from desktop.records.facts.ids import ConsentEndId, ImageId, PatientId
from desktop.records.vault.consent_tables import consent_end, consent_end_image
from desktop.records.vault.image_rows import storable


class ConsentShelf:
    """Refusals and withdrawals, in one transaction. None is ever taken away."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, new: ConsentEnd) -> None:
        """Put one on record."""
        said = new.said
        self._connection.execute(
            sa.insert(consent_end).values(
                id=new.id,
                patient_id=said.patient,
                kind=said.kind,
                purposes=tuple(said.purposes),
                said_by=storable(said.said_by),
                what=storable(said.what),
                why=storable(said.why),
                form=storable(said.form),
                at=new.at,
                by=storable(new.by),
            )
        )
        named = [{"end_id": new.id, "image_id": one} for one in said.images]
        if named:
            self._connection.execute(sa.insert(consent_end_image), named)

    def lift(self, lifted: ConsentEnd) -> None:
        """Store that one does not stand any more."""
        self._connection.execute(
            sa.update(consent_end)
            .where(consent_end.c.id == lifted.id)
            .values(
                lifted_at=lifted.lifted_at,
                lifted_by=storable(lifted.lifted_by),
                lifted_why=storable(lifted.lifted_why),
            )
        )

    def find(self, end_id: ConsentEndId) -> ConsentEnd | None:
        """The one with this id, or None."""
        found = self._ends(sa.select(consent_end).where(consent_end.c.id == end_id))
        return found[0] if found else None

    def of_patient(self, patient: PatientId) -> list[ConsentEnd]:
        """A patient's refusals and withdrawals, newest first."""
        query = sa.select(consent_end).where(consent_end.c.patient_id == patient)
        return self._ends(query.order_by(consent_end.c.at.desc(), consent_end.c.id.desc()))

    def withdrawn(self) -> list[PatientId]:
        """The patients of whom a withdrawal stands."""
        query = sa.select(consent_end.c.patient_id).distinct()
        query = query.where(
            consent_end.c.kind == EndKind.WITHDRAWN, consent_end.c.lifted_at.is_(None)
        )
        return [PatientId(one) for one in self._connection.execute(query).scalars()]

    def _ends(self, query: sa.Select[tuple[object, ...]]) -> list[ConsentEnd]:
        rows = self._connection.execute(query).all()
        named = self._named([row.id for row in rows])
        return [
            ConsentEnd(
                id=ConsentEndId(row.id),
                said=NewConsentEnd(
                    patient=PatientId(row.patient_id),
                    kind=row.kind,
                    purposes=frozenset(row.purposes),
                    images=frozenset(named[row.id]),
                    said_by=row.said_by,
                    what=row.what,
                    why=row.why,
                    form=row.form,
                ),
                at=row.at,
                by=row.by,
                lifted_at=row.lifted_at,
                lifted_by=row.lifted_by or "",
                lifted_why=row.lifted_why or "",
            )
            for row in rows
        ]

    def _named(self, ends: Sequence[UUID]) -> Mapping[UUID, set[ImageId]]:
        """Which images each of these names."""
        named: defaultdict[UUID, set[ImageId]] = defaultdict(set)
        query = sa.select(consent_end_image).where(consent_end_image.c.end_id.in_(ends))
        for row in self._connection.execute(query) if ends else ():
            named[row.end_id].add(ImageId(row.image_id))
        return named
