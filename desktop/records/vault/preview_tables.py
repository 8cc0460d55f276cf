"""Previews within renditions.db: the size that a screen shows, kept up to a limit, the picture that
nobody has looked at for longest going first.

The bytes stand apart from how lately they were looked at: SQLite writes a whole row anew, however
little of it changes.
"""

from collections.abc import Collection

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId

MOST_BYTES = 512 * 1024**2
"""What all previews of an office may take: those of about 1,300 photos of 12 megapixels."""

metadata = sa.MetaData()
_preview = sa.Table(
    "preview",
    metadata,
    sa.Column("image_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
_preview_turn = sa.Table(
    "preview_turn",
    metadata,
    sa.Column("image_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("turn", sa.Integer, nullable=False, index=True),
    sa.Column("size", sa.Integer, nullable=False),
)


class PreviewShelf:
    """The previews within one transaction. The one looked at last has the highest turn; one that
    nobody has looked at has turn 0."""

    def __init__(self, connection: sa.Connection, *, most_bytes: int = MOST_BYTES) -> None:
        self._connection = connection
        self._most_bytes = most_bytes

    def get(self, image: ImageId, kind: str) -> bytes | None:
        """What is kept, or None."""
        query = sa.select(_preview.c.content).where(*_is(_preview, image, kind))
        return self._connection.execute(query).scalar_one_or_none()

    def is_last(self, image: ImageId, kind: str) -> bool:
        """Whether it is the one that was looked at last."""
        query = sa.select(_preview_turn.c.turn).where(*_is(_preview_turn, image, kind))
        turn = self._connection.execute(query).scalar_one_or_none()
        return bool(turn) and turn == self._last_turn()

    def looked_at(self, image: ImageId, kind: str) -> None:
        """Somebody looks at it: it goes last."""
        turned = sa.update(_preview_turn).where(*_is(_preview_turn, image, kind))
        self._connection.execute(turned.values(turn=self._last_turn() + 1))

    def put(self, image: ImageId, kind: str, content: bytes, *, is_seen: bool) -> bool:
        """Keep it in place of the one before; whether it is kept. One that is seen now makes room
        for itself; another needs room that is free."""
        self._forget_one(image, kind)
        left = self._most_bytes - len(content)
        if left < 0 or (not is_seen and self.total() > left):
            return False
        self._make_room(left)
        row = {"image_id": image, "kind": kind}
        turn = self._last_turn() + 1 if is_seen else 0
        self._connection.execute(sa.insert(_preview).values(**row, content=content))
        turned = sa.insert(_preview_turn).values(**row, turn=turn, size=len(content))
        self._connection.execute(turned)
        return True

    def forget(self, images: Collection[ImageId]) -> None:
        """Keep none of these images, of whatever kind."""
        self._connection.execute(sa.delete(_preview).where(_preview.c.image_id.in_(images)))
        gone = sa.delete(_preview_turn).where(_preview_turn.c.image_id.in_(images))
        self._connection.execute(gone)

    def known(self, images: Collection[ImageId], kind: str) -> set[ImageId]:
        """Those of which one of this kind is kept, or of which it is known that there is none."""
        query = sa.select(_preview_turn.c.image_id).where(
            _preview_turn.c.image_id.in_(images), _preview_turn.c.kind == kind
        )
        return {ImageId(one) for one in self._connection.execute(query).scalars()}

    def total(self) -> int:
        """How many bytes all of them have."""
        query = sa.select(sa.func.coalesce(sa.func.sum(_preview_turn.c.size), 0))
        return int(self._connection.execute(query).scalar_one())

    def _last_turn(self) -> int:
        query = sa.select(sa.func.coalesce(sa.func.max(_preview_turn.c.turn), 0))
        return int(self._connection.execute(query).scalar_one())

    def _make_room(self, left: int) -> None:
        over = self.total() - left
        if over <= 0:
            return
        oldest = sa.select(_preview_turn).order_by(_preview_turn.c.turn, _preview_turn.c.image_id)
        for row in self._connection.execute(oldest).all():
            if over <= 0:
                return
            self._forget_one(ImageId(row.image_id), row.kind)
            over -= row.size

    def _forget_one(self, image: ImageId, kind: str) -> None:
        self._connection.execute(sa.delete(_preview).where(*_is(_preview, image, kind)))
        self._connection.execute(sa.delete(_preview_turn).where(*_is(_preview_turn, image, kind)))


def _is(table: sa.Table, image: ImageId, kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.image_id == image, table.c.kind == kind
