"""Where it lies which originals belong together."""

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId
from desktop.records.facts.media import TieKind
from desktop.records.vault.media_tables import image_tie


class TieShelf:
    """Ties, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_image(self, image: ImageId) -> list[tuple[TieKind, ImageId]]:
        """What belongs to this image, whichever of the two was named first."""
        mine = sa.or_(image_tie.c.image_id == image, image_tie.c.other_id == image)
        rows = self._connection.execute(sa.select(image_tie).where(mine)).all()
        return [
            (row.kind, ImageId(row.other_id if row.image_id == image else row.image_id))
            for row in rows
        ]
