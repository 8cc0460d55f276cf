"""The tamper-evident audit trail: an HMAC chain, its head, and the proof that it is whole."""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from desktop.problem import Cancelled
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.trail import TrailLine
from desktop.records.vault.column_types import MomentOrNone
from desktop.records.vault.schema import trail, trail_head

__all__ = ["GENESIS", "Anchor", "TrailVerdict", "append_line", "line_mac", "verify_trail"]

GENESIS = bytes(32)
_TELL_EVERY = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailVerdict:
    """What a reading of the whole trail found.

    `lines` were proved before the end or the break. `broken_at` is the first sequence number that
    cannot be trusted, None if all can; `why` says what is wrong there. `head` is the last proved
    mac: an anchor to print or store outside the office.
    """

    lines: int
    head: bytes
    broken_at: int | None = None
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every line is as it was written and none is missing."""
        return self.broken_at is None

    @property
    def words(self) -> str:
        """The verdict in one sentence."""
        if self.is_whole:
            return f"ok, {self.lines:,} lines"
        return f"broken at line {self.broken_at}: {self.why}"


def append_line(
    connection: sa.Connection,
    key: bytearray,
    *,
    at: datetime,
    by: str,
    deed: str,
    about: Mapping[str, object],
) -> TrailLine:
    """Write one line and move the head, in the caller's transaction. `at` needs a zone."""
    head = connection.execute(sa.select(trail_head)).one_or_none()
    seq, previous = (head.seq + 1, head.mac) if head else (1, GENESIS)
    moment = at.astimezone(UTC)
    text = json.dumps(about, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    mac = line_mac(key, seq=seq, at=moment, by=by, deed=deed, about=text, previous=previous)
    line = TrailLine(seq=seq, at=moment, by=by, deed=deed, about=text, mac=mac)
    connection.execute(
        sa.insert(trail).values(seq=seq, at=moment, by=by, deed=deed, about=text, mac=mac)
    )
    move = sa.update(trail_head) if head else sa.insert(trail_head)
    connection.execute(move.values(id=1, seq=seq, mac=mac))
    return line


def line_mac(
    key: bytearray, *, seq: int, at: datetime, by: str, deed: str, about: str, previous: bytes
) -> bytes:
    """HMAC-SHA256 over the fields, each behind its length in eight bytes, and the mac before."""
    moment = at if at.tzinfo is UTC else at.astimezone(UTC)
    texts = [str(seq), moment.isoformat(), by, deed, about]
    fields = [text.encode() for text in texts]
    fields.append(previous)
    message = b"".join([len(field).to_bytes(8, "big") + field for field in fields])
    return hmac.digest(key, message, "sha256")


def verify_trail(
    connection: sa.Connection,
    key: bytearray,
    *,
    anchor: Anchor | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> TrailVerdict:
    """Read the whole trail once, a thousand lines at a time, and say where it first breaks.

    Finds edits, deletions, reordering and a cut tail. A cut tail whose head was moved with it, an
    older copy of the records put back, or a chain recomputed by somebody with the key, is found
    only against an `anchor` from outside. `tell` hears how many of how many lines are proved, every
    thousand. Raises Cancelled when `stopped`.
    """
    previous, proved = GENESIS, 0
    why = ""
    total = connection.execute(sa.select(trail_head.c.seq)).scalar_one_or_none() or 0
    for line in _lines(connection):
        why = _fault_of(line, proved + 1, previous, key, anchor)
        if why:
            break
        previous, proved = line.mac, proved + 1
        if proved % _TELL_EVERY == 0:
            if stopped():
                raise Cancelled
            tell(proved, max(total, proved))
    if why:
        return TrailVerdict(lines=proved, head=previous, broken_at=proved + 1, why=why)
    return _verdict_on_end(connection, proved, previous, anchor)


def _lines(connection: sa.Connection) -> Iterator[TrailLine]:
    """Every line in order. A time that cannot be read spoils the thousand lines that it is fetched
    with: from there on they are read as somebody left them, which is slower."""
    last = 0
    try:
        for line in _read(connection, trail.c.at):
            last = line.seq
            yield line
    except (ValueError, TypeError):  # a value that no line was ever written with
        yield from _read(connection, sa.type_coerce(trail.c.at, MomentOrNone), after=last)


def _read(
    connection: sa.Connection, at_column: sa.ColumnElement[datetime], *, after: int = 0
) -> Iterator[TrailLine]:
    columns = (trail.c.seq, at_column, trail.c.by, trail.c.deed, trail.c.about, trail.c.mac)
    query = sa.select(*columns).where(trail.c.seq > after).order_by(trail.c.seq)
    with connection.execute(query.execution_options(yield_per=1000)) as rows:
        for seq, at, by, deed, about, mac in rows:  # faster than by dictionaries
            yield TrailLine(seq=seq, at=at, by=by, deed=deed, about=about, mac=mac)


def _fault_of(
    line: TrailLine, expected: int, previous: bytes, key: bytearray, anchor: Anchor | None
) -> str:
    if line.seq != expected:
        return "lines are missing here"
    if line.at is None:
        return "the time of this line cannot be read"
    try:
        mac = line_mac(
            key,
            seq=line.seq,
            at=line.at,
            by=line.by,
            deed=line.deed,
            about=line.about,
            previous=previous,
        )
        is_written_so = hmac.compare_digest(mac, line.mac)
    except (TypeError, AttributeError):  # of a kind that no line was ever written with
        return "this line cannot be read"
    if not is_written_so:
        return "this line or its place was changed"
    if anchor is not None and anchor.seq == expected and not anchor.fits(mac):
        return "it is not the line that was noted outside the office"
    return ""


def _verdict_on_end(
    connection: sa.Connection, proved: int, previous: bytes, anchor: Anchor | None
) -> TrailVerdict:
    head = connection.execute(sa.select(trail_head)).one_or_none()
    at_head = (head.seq, head.mac) if head else (0, GENESIS)
    if at_head != (proved, previous):
        why = "the lines from here on were cut off, or the head was changed"
    elif anchor is not None and anchor.seq > proved:
        why = "the trail ends before the line that was noted outside the office"
    else:
        return TrailVerdict(lines=proved, head=previous)
    return TrailVerdict(lines=proved, head=previous, broken_at=proved + 1, why=why)
