"""Where it stands what was asked, and what the advice was."""

import sqlalchemy as sa

from desktop.records.facts.advice import Advice, NewQuestion
from desktop.records.facts.ids import AdviceId, ImageId, PatientId
from desktop.records.vault.advice_tables import advice, advice_image
from desktop.records.vault.image_rows import storable


class AdviceShelf:
    """Questions and their answers, in one transaction. None is ever taken away."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, new: Advice) -> None:
        """Put a question on record, with the images that wait for it."""
        asked = new.asked
        self._connection.execute(
            sa.insert(advice).values(
                id=new.id,
                patient_id=asked.patient,
                question=storable(asked.question),
                sheet=asked.sheet,
                at=new.at,
                by=storable(new.by),
            )
        )
        rows = [{"advice_id": new.id, "image_id": image} for image in asked.images]
        if rows:
            self._connection.execute(sa.insert(advice_image), rows)

    def note(self, known: Advice) -> None:
        """Store what the advice was."""
        self._connection.execute(
            sa.update(advice)
            .where(advice.c.id == known.id)
            .values(
                answer=storable(known.answer),
                adviser=storable(known.adviser),
                noted_at=known.noted_at,
                noted_by=storable(known.noted_by),
            )
        )

    def find(self, advice_id: AdviceId) -> Advice | None:
        """The one with this id, or None."""
        found = self._all(sa.select(advice).where(advice.c.id == advice_id))
        return found[0] if found else None

    def awaited(self) -> list[Advice]:
        """Every open question, the oldest first."""
        query = sa.select(advice).where(advice.c.noted_at.is_(None))
        return self._all(query.order_by(advice.c.at, advice.c.id))

    def count_awaited(self) -> int:
        """How many questions are open."""
        query = sa.select(sa.func.count()).where(advice.c.noted_at.is_(None))
        return self._connection.execute(query).scalar_one()

    def of_patient(self, patient: PatientId) -> list[Advice]:
        """What was asked about a patient, newest first."""
        query = sa.select(advice).where(advice.c.patient_id == patient)
        return self._all(query.order_by(advice.c.at.desc(), advice.c.id.desc()))

    def parks(self, image: ImageId) -> Advice | None:
        """The open question that an image waits for, or None."""
        query = (
            sa.select(advice)
            .join(advice_image, advice_image.c.advice_id == advice.c.id)
            .where(advice_image.c.image_id == image, advice.c.noted_at.is_(None))
        )
        found = self._all(query.order_by(advice.c.at).limit(1))
        return found[0] if found else None

    def _all(self, query: sa.Select[tuple[object, ...]]) -> list[Advice]:
        rows = list(self._connection.execute(query))
        images = self._images([row.id for row in rows])
        return [
            Advice(
                id=AdviceId(row.id),
                asked=NewQuestion(
                    question=row.question,
                    patient=None if row.patient_id is None else PatientId(row.patient_id),
                    images=tuple(images.get(row.id, ())),
                    sheet=row.sheet,
                ),
                at=row.at,
                by=row.by,
                answer=row.answer or "",
                adviser=row.adviser or "",
                noted_at=row.noted_at,
                noted_by=row.noted_by or "",
            )
            for row in rows
        ]

    def _images(self, of: list[AdviceId]) -> dict[AdviceId, list[ImageId]]:
        found: dict[AdviceId, list[ImageId]] = {}
        query = sa.select(advice_image).where(advice_image.c.advice_id.in_(of))
        for row in self._connection.execute(query.order_by(advice_image.c.image_id)):
            found.setdefault(AdviceId(row.advice_id), []).append(ImageId(row.image_id))
        return found
