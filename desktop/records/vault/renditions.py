"""Thumbnails, previews, the desk's draft and how far a long check is, sealed in a file whose loss
loses no record."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId, PersonId
from desktop.records.vault import preview_tables
from desktop.records.vault.engine import Database
from desktop.records.vault.preview_tables import MOST_BYTES, PreviewShelf
from desktop.records.vault.refusals import RecordsDamaged

T = TypeVar("T")
_FILE = "renditions.db"

_metadata = sa.MetaData()
_thumbnail = sa.Table(
    "thumbnail",
    _metadata,
    sa.Column("image_id", sa.Uuid, primary_key=True),
    sa.Column("jpeg", sa.LargeBinary, nullable=False),
)
_draft = sa.Table(
    "draft",
    _metadata,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
_progress = sa.Table(
    "progress",
    _metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)


class Renditions:
    """Thumbnails and previews of an open office, by image, at most one draft, and how far what is.

    Every verb may be called from any thread. Raises DiskFull and DiskFailed. Where the file turns
    out damaged it is begun anew, empty.
    """

    def __init__(self, folder: Path, key: bytearray) -> None:
        """Takes `key` over and wipes it on close, or at once where it raises."""
        self.may_lack = True
        """Whether thumbnails may be missing: True at opening and where the file was begun anew,
        until somebody who looked through them all says otherwise."""
        self.most_preview_bytes = MOST_BYTES
        """What all previews may take together."""
        self._database = Database(folder / _FILE, key)
        with ExitStack() as on_failure:
            on_failure.callback(self._database.close)
            self._unless_damaged(self._build)
            on_failure.pop_all()

    def get(self, image: ImageId) -> bytes | None:
        """The thumbnail of an image, an upright JPEG, or None."""
        return self.get_many([image]).get(image)

    def get_many(self, images: Sequence[ImageId]) -> dict[ImageId, bytes]:
        """The thumbnails of those of `images` that have one."""
        query = sa.select(_thumbnail).where(_thumbnail.c.image_id.in_(images))

        def get() -> dict[ImageId, bytes]:
            with self._database.read() as connection:
                rows = connection.execute(query)
                return {ImageId(row.image_id): row.jpeg for row in rows if row.jpeg}

        return self._unless_damaged(get)

    def known(self, images: Sequence[ImageId]) -> set[ImageId]:
        """Those of `images` that have a thumbnail, or of which it is known that they have none."""
        query = sa.select(_thumbnail.c.image_id).where(_thumbnail.c.image_id.in_(images))

        def look() -> set[ImageId]:
            with self._database.read() as connection:
                return {ImageId(one) for one in connection.execute(query).scalars()}

        return self._unless_damaged(look)

    def count(self) -> int:
        """Of how many images something is known."""
        query = sa.select(sa.func.count()).select_from(_thumbnail)

        def count() -> int:
            with self._database.read() as connection:
                return int(connection.execute(query).scalar_one())

        return self._unless_damaged(count)

    def put(self, image: ImageId, jpeg: bytes) -> None:
        """Keep a thumbnail in place of the one before; empty where there is none to be had."""
        self.put_many({image: jpeg})

    def put_many(self, jpegs: Mapping[ImageId, bytes]) -> None:
        """As `put`, in one transaction."""
        rows = [{"image_id": image, "jpeg": jpeg} for image, jpeg in jpegs.items()]

        def put() -> None:
            with self._database.write() as connection:
                connection.execute(sa.delete(_thumbnail).where(_thumbnail.c.image_id.in_(jpegs)))
                connection.execute(sa.insert(_thumbnail), rows)

        if rows:
            self._unless_damaged(put)

    def preview(self, image: ImageId, kind: str) -> bytes | None:
        """What is kept of this kind, for somebody who looks at it now; None where nothing is, and
        empty where it is known that there is nothing to be had."""

        def look() -> tuple[bytes | None, bool]:
            with self._database.read() as connection:
                shelf = PreviewShelf(connection)
                return shelf.get(image, kind), shelf.is_last(image, kind)

        def looked_at() -> None:
            with self._database.write() as connection:
                PreviewShelf(connection).looked_at(image, kind)

        content, is_last = self._unless_damaged(look)
        if content and not is_last:
            self._unless_damaged(looked_at)
        return content

    def put_preview(self, image: ImageId, kind: str, content: bytes, *, is_seen: bool) -> bool:
        """Keep it; whether it is kept. All of them take no more than `most_preview_bytes`: one that
        somebody looks at (`is_seen`) pushes out those that nobody has looked at for longest, one
        that was made ahead pushes out none."""

        def put() -> bool:
            with self._database.write() as connection:
                shelf = PreviewShelf(connection, most_bytes=self.most_preview_bytes)
                return shelf.put(image, kind, content, is_seen=is_seen)

        return self._unless_damaged(put)

    def known_previews(self, images: Sequence[ImageId], kind: str) -> set[ImageId]:
        """Those of `images` of which one of this kind is kept, or is known not to be had."""

        def look() -> set[ImageId]:
            with self._database.read() as connection:
                return PreviewShelf(connection).known(images, kind)

        return self._unless_damaged(look)

    def forget(self, *images: ImageId) -> None:
        """Keep no thumbnail and no preview of these."""

        def forget() -> None:
            with self._database.write() as connection:
                connection.execute(sa.delete(_thumbnail).where(_thumbnail.c.image_id.in_(images)))
                PreviewShelf(connection).forget(images)

        self._unless_damaged(forget)

    def empty_journal(self) -> None:
        """As `Database.empty_journal`."""
        self._database.empty_journal()

    def keep_draft(self, person: PersonId, text: str) -> None:
        """Keep one draft; any other is forgotten."""

        def keep() -> None:
            with self._database.write() as connection:
                connection.execute(sa.delete(_draft))
                connection.execute(sa.insert(_draft).values(person_id=person, text=text))

        self._unless_damaged(keep)

    def take_draft(self, person: PersonId) -> str | None:
        """The draft of this person, or None; no draft is left."""
        query = sa.select(_draft.c.text).where(_draft.c.person_id == person)

        def take() -> str | None:
            with self._database.write() as connection:
                text = connection.execute(query).scalar_one_or_none()
                connection.execute(sa.delete(_draft))
                return text

        return self._unless_damaged(take)

    def keep_progress(self, name: str, text: str) -> None:
        """Remember how far the work of this name is, in place of what was remembered before."""
        values = {"name": name, "text": text}

        def keep() -> None:
            with self._database.write() as connection:
                update = sa.update(_progress).where(_progress.c.name == name).values(text=text)
                if connection.execute(update).rowcount == 0:
                    connection.execute(sa.insert(_progress).values(**values))

        self._unless_damaged(keep)

    def progress(self, name: str) -> str:
        """What `keep_progress` was told last, or nothing."""
        query = sa.select(_progress.c.text).where(_progress.c.name == name)

        def look() -> str:
            with self._database.read() as connection:
                return connection.execute(query).scalar_one_or_none() or ""

        return self._unless_damaged(look)

    def close(self) -> None:
        """Close the file and wipe its key."""
        self._database.close()

    def _unless_damaged(self, work: Callable[[], T]) -> T:
        """Do it; where the file is damaged, begin it anew and do it once more."""
        try:
            return work()
        except RecordsDamaged:
            self._database.drop_file()
            self.may_lack = True
            self._build()
            return work()

    def _build(self) -> None:
        with self._database.write() as connection:
            _metadata.create_all(connection)
            preview_tables.metadata.create_all(connection)
            connection.execute(sa.select(sa.func.count()).select_from(_thumbnail)).scalar_one()
