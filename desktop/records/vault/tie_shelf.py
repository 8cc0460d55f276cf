"""Where it lies which originals belong together."""

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId, IntakeId, PatientId
from desktop.records.facts.media import TieKind
from desktop.records.rules.ties import Half, Tie
from desktop.records.vault.media_tables import image_tie
from desktop.records.vault.schema import image


class TieShelf:
    """Ties, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_image(self, image_id: ImageId) -> list[tuple[TieKind, ImageId]]:
        """What belongs to this image, whichever of the two was named first."""
        mine = sa.or_(image_tie.c.image_id == image_id, image_tie.c.other_id == image_id)
        rows = self._connection.execute(sa.select(image_tie).where(mine)).all()
        return [
            (row.kind, ImageId(row.other_id if row.image_id == image_id else row.image_id))
            for row in rows
        ]

    def halves_of(self, intake: IntakeId) -> list[Half]:
        """What is compared of each described image of this intake."""
        return self._halves(image.c.intake_id == intake)

    def earlier_halves_of(self, intake: IntakeId) -> list[Half]:
        """The same of what other intakes brought to the patients of this one."""
        mine = sa.select(image.c.patient_id).where(image.c.intake_id == intake)
        told = sa.or_(image.c.pair_key != "", image.c.file_local.is_not(None))
        of_them = image.c.patient_id.in_(mine.where(image.c.patient_id.is_not(None)))
        return self._halves(of_them, image.c.intake_id != intake, told)

    def _halves(self, *which: sa.ColumnElement[bool]) -> list[Half]:
        query = sa.select(
            image.c.id,
            image.c.folder,
            image.c.file_name,
            image.c.kind,
            image.c.media_type,
            image.c.pair_key,
            image.c.file_local,
            image.c.patient_id,
        ).where(*which, image.c.described_at.is_not(None))
        return [
            Half(
                image=ImageId(row.id),
                folder=row.folder,
                file_name=row.file_name,
                kind=row.kind,
                media_type=row.media_type,
                pair_key=row.pair_key or "",
                taken=row.file_local,
                patient=PatientId(row.patient_id) if row.patient_id is not None else None,
            )
            for row in self._connection.execute(query)
        ]

    def of_intake(self, intake: IntakeId) -> set[tuple[ImageId, ImageId]]:
        """The pairs that are tied already, of which one or both came with it."""
        its = sa.select(image.c.id).where(image.c.intake_id == intake)
        either = sa.or_(image_tie.c.image_id.in_(its), image_tie.c.other_id.in_(its))
        rows = self._connection.execute(sa.select(image_tie).where(either))
        return {(ImageId(row.image_id), ImageId(row.other_id)) for row in rows}

    def add(self, tie: Tie) -> None:
        """Tie two images that are not tied yet."""
        self._connection.execute(
            sa.insert(image_tie).values(image_id=tie.image, other_id=tie.other, kind=tie.kind)
        )
