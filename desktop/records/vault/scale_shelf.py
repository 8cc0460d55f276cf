"""Where the lengths lie that people laid on pictures. One that is wrong is followed by another."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.vault.media_tables import image_scale

_AT_ONCE = 500


class ScaleShelf:
    """Scales, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, image: ImageId, scale: Scale, *, at: datetime, by: Person) -> None:
        """Put a scale on record beside those that are there."""
        self._connection.execute(
            sa.insert(image_scale).values(
                id=new_uuid(),
                image_id=image,
                start_x=scale.start[0],
                start_y=scale.start[1],
                end_x=scale.end[0],
                end_y=scale.end[1],
                millimetres=scale.millimetres,
                laid_at=at,
                laid_by=by.name,
            )
        )

    def of_image(self, image: ImageId) -> list[LaidScale]:
        """Every scale that was laid on this image, the newest first."""
        query = sa.select(image_scale).where(image_scale.c.image_id == image)
        newest = query.order_by(image_scale.c.laid_at.desc(), image_scale.c.id.desc())
        return [_laid(row) for row in self._connection.execute(newest)]

    def newest_of(self, images: Sequence[ImageId]) -> dict[ImageId, LaidScale]:
        """The scale that was laid last on each of these images on which one was."""
        found: dict[ImageId, LaidScale] = {}
        for first in range(0, len(images), _AT_ONCE):
            some = images[first : first + _AT_ONCE]
            query = sa.select(image_scale).where(image_scale.c.image_id.in_(some))
            oldest = query.order_by(image_scale.c.laid_at, image_scale.c.id)
            for row in self._connection.execute(oldest):
                found[ImageId(row.image_id)] = _laid(row)
        return found


def _laid(row: sa.Row[tuple[object, ...]]) -> LaidScale:
    return LaidScale(
        scale=Scale(
            start=(row.start_x, row.start_y),
            end=(row.end_x, row.end_y),
            millimetres=row.millimetres,
        ),
        laid_at=row.laid_at,
        laid_by=row.laid_by,
    )
