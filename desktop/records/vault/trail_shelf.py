"""Reading the trail: pages of lines that fit a filter, the newest first."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.trail import TrailFilter, TrailLine
from desktop.records.vault.column_types import MomentOrNone
from desktop.records.vault.schema import trail, trail_head

_COLUMNS = (
    trail.c.seq,
    sa.type_coerce(trail.c.at, MomentOrNone).label("at"),
    trail.c.by,
    trail.c.deed,
    trail.c.about,
    trail.c.mac,
)
"""A damaged time must not keep anybody from reading the other lines."""


class TrailShelf:
    """The lines of the trail, in one transaction. It only reads."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def head(self) -> Anchor | None:
        """The last line as the head row tells it; None in an empty trail."""
        row = self._connection.execute(sa.select(trail_head)).one_or_none()
        return Anchor(seq=row.seq, mac=row.mac) if row else None

    def line(self, seq: int) -> TrailLine | None:
        """One line by its number."""
        query = sa.select(*_COLUMNS).where(trail.c.seq == seq)
        row = self._connection.execute(query).one_or_none()
        return _line(row) if row else None

    def earliest_after(self, seq: int) -> datetime | None:
        """The earliest moment of all later lines: before this line's if the clock went back."""
        later = sa.select(sa.func.min(trail.c.at)).where(trail.c.seq > seq)
        found: datetime | None = self._connection.execute(later).scalar_one()
        return found

    def page(self, wanted: TrailFilter, *, before: int | None, most: int) -> list[TrailLine]:
        """At most `most` lines that fit, newest first, from below the line numbered `before`."""
        query = _fitting(wanted).order_by(trail.c.seq.desc()).limit(most)
        if before is not None:
            query = query.where(trail.c.seq < before)
        return [_line(row) for row in self._connection.execute(query)]

    def lines(self, wanted: TrailFilter) -> Iterator[TrailLine]:
        """Every line that fits, oldest first, a thousand at a time."""
        query = _fitting(wanted).order_by(trail.c.seq).execution_options(yield_per=1000)
        with self._connection.execute(query) as rows:
            for row in rows:
                yield _line(row)


def _line(row: sa.Row[tuple[object, ...]]) -> TrailLine:
    mac = row.mac if isinstance(row.mac, bytes) else b""
    return TrailLine(
        seq=row.seq,
        at=row.at,
        by=str(row.by),
        deed=str(row.deed),
        about=str(row.about),
        mac=mac,
    )


def _fitting(wanted: TrailFilter) -> sa.Select[tuple[object, ...]]:
    query: sa.Select[tuple[object, ...]] = sa.select(*_COLUMNS)
    if wanted.person:
        query = query.where(trail.c.by.icontains(wanted.person, autoescape=True))
    if wanted.deed:
        query = query.where(trail.c.deed.icontains(wanted.deed, autoescape=True))
    for identity in filter(None, (wanted.patient, wanted.image)):
        query = query.where(trail.c.about.contains(f'"{identity}"', autoescape=True))
    if wanted.since is not None:
        query = query.where(trail.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(trail.c.at < wanted.until)
    return query
