"""Where it stands which copies left the office: the only way from a copy back to its original."""

import sqlalchemy as sa

from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import CopyRecord
from desktop.records.facts.ids import CopyId, ImageId
from desktop.records.vault.image_rows import storable
from desktop.records.vault.media_tables import deidentified_copy


class CopyShelf:
    """De-identified copies, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, new: CopyRecord) -> None:
        """Put one copy on record."""
        self._connection.execute(
            sa.insert(deidentified_copy).values(
                id=new.id,
                image_id=new.image,
                made_at=new.made_at,
                made_by=new.made_by,
                features_by=storable(new.features_by),
                purpose=new.purpose.value,
                recipient=storable(new.recipient),
                media_type=new.media_type,
                size=new.size,
                sha256=new.sha256,
                told=storable(new.told),
            )
        )

    def of_image(self, image: ImageId) -> list[CopyRecord]:
        """The copies of an image, newest first."""
        query = sa.select(deidentified_copy).where(deidentified_copy.c.image_id == image)
        newest = query.order_by(deidentified_copy.c.made_at.desc(), deidentified_copy.c.id.desc())
        return [_record(row) for row in self._connection.execute(newest)]

    def with_bytes(self, sha256: bytes) -> list[CopyRecord]:
        """The copies of exactly these bytes: whose a copy is that turned up somewhere."""
        query = sa.select(deidentified_copy).where(deidentified_copy.c.sha256 == sha256)
        return [_record(row) for row in self._connection.execute(query)]


def _record(row: sa.Row[tuple[object, ...]]) -> CopyRecord:
    return CopyRecord(
        id=CopyId(row.id),
        image=ImageId(row.image_id),
        made_at=row.made_at,
        made_by=row.made_by,
        features_by=row.features_by,
        purpose=Purpose(row.purpose),
        recipient=row.recipient,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        told=row.told,
    )
