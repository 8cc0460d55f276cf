"""Thumbnails, sealed in a file of their own. It holds nothing that cannot be made again."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId
from desktop.records.vault.engine import Database
from desktop.records.vault.refusals import RecordsDamaged

_FILE = "renditions.db"

_metadata = sa.MetaData()
_thumbnail = sa.Table(
    "thumbnail",
    _metadata,
    sa.Column("image_id", sa.Uuid, primary_key=True),
    sa.Column("jpeg", sa.LargeBinary, nullable=False),
)


class Renditions:
    """The thumbnails of an open office, by image. Every verb may be called from any thread.

    Raises DiskFull and DiskFailed. A damaged file is begun anew when the office is opened.
    """

    def __init__(self, folder: Path, key: bytearray) -> None:
        """Takes `key` over and wipes it on close, or at once where it raises."""
        self._database = Database(folder / _FILE, key)
        with ExitStack() as on_failure:
            on_failure.callback(self._database.close)
            try:
                self._build()
            except RecordsDamaged:
                self._database.drop_file()
                self._build()
            on_failure.pop_all()

    def get(self, image: ImageId) -> bytes | None:
        """The thumbnail of an image, an upright JPEG, or None."""
        return self.get_many([image]).get(image)

    def get_many(self, images: Sequence[ImageId]) -> dict[ImageId, bytes]:
        """The thumbnails of those of `images` that have one."""
        query = sa.select(_thumbnail).where(_thumbnail.c.image_id.in_(images))
        with self._database.read() as connection:
            return {ImageId(row.image_id): row.jpeg for row in connection.execute(query)}

    def put(self, image: ImageId, jpeg: bytes) -> None:
        """Keep a thumbnail in place of the one before."""
        with self._database.write() as connection:
            connection.execute(sa.delete(_thumbnail).where(_thumbnail.c.image_id == image))
            connection.execute(sa.insert(_thumbnail).values(image_id=image, jpeg=jpeg))

    def forget(self, image: ImageId) -> None:
        """Keep none."""
        with self._database.write() as connection:
            connection.execute(sa.delete(_thumbnail).where(_thumbnail.c.image_id == image))

    def close(self) -> None:
        """Close the file and wipe its key."""
        self._database.close()

    def _build(self) -> None:
        with self._database.write() as connection:
            _metadata.create_all(connection)
            connection.execute(sa.select(sa.func.count()).select_from(_thumbnail)).scalar_one()
