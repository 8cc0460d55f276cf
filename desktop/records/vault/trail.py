"""The tamper-evident audit trail: an HMAC chain, its head, and the proof that it is whole."""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import sqlalchemy as sa

from desktop.problem import Cancelled
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.trail import TrailLine
from desktop.records.vault.schema import trail, trail_head

__all__ = ["GENESIS", "Anchor", "TrailVerdict", "append_line", "line_mac", "verify_trail"]

GENESIS = bytes(32)
_TELL_EVERY = 1000
_NO_TIME = "the time of this line cannot be read"
_Line = tuple[int, str, str, str, str, bytes]


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
    message = _message(seq, _moment_text(at), by, deed, about, previous)
    return hmac.digest(key, message, "sha256")


def _message(seq: int, at: str, by: str, deed: str, about: str, previous: bytes) -> bytes:
    return (
        _framed(str(seq))
        + _framed(at)
        + _framed_once(by)
        + _framed_once(deed)
        + _framed(about)
        + len(previous).to_bytes(8, "big")
        + previous
    )


def _framed(text: str) -> bytes:
    field = text.encode()
    return len(field).to_bytes(8, "big") + field


_framed_once = lru_cache(maxsize=256)(_framed)  # an office has few people and few deeds


def _moment_text(at: datetime | str) -> str:
    """What a line says of its moment, from the moment or from what SQLite has in its column."""
    if isinstance(at, str):
        return at.removesuffix(".000000").replace(" ", "T", 1) + "+00:00"
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat()


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
    keyed = hmac.new(key, digestmod="sha256")  # copied for each line: twice as fast as anew
    for line in _lines(connection):
        why = _fault_of(line, proved + 1, previous, keyed, anchor)
        if why:
            break
        previous, proved = line[-1], proved + 1
        if proved % _TELL_EVERY == 0:
            if stopped():
                raise Cancelled
            tell(proved, max(total, proved))
    if why:
        return TrailVerdict(lines=proved, head=previous, broken_at=proved + 1, why=why)
    return _verdict_on_end(connection, proved, previous, anchor)


def _lines(connection: sa.Connection) -> Iterator[_Line]:
    """Every line as it lies there: a moment that is never made is soonest hashed."""
    at = sa.type_coerce(trail.c.at, sa.Text)
    query = sa.select(trail.c.seq, at, trail.c.by, trail.c.deed, trail.c.about, trail.c.mac)
    query = query.order_by(trail.c.seq).execution_options(yield_per=1000)
    with connection.execute(query) as rows:
        for some in rows.partitions():
            yield from some


def _fault_of(
    line: _Line, expected: int, previous: bytes, keyed: hmac.HMAC, anchor: Anchor | None
) -> str:
    seq, at, by, deed, about, noted = line
    if seq != expected:
        return "lines are missing here"
    chained = keyed.copy()
    try:
        chained.update(_message(seq, _moment_text(at), by, deed, about, previous))
        mac = chained.digest()
        is_written_so = hmac.compare_digest(mac, noted)
    except (TypeError, AttributeError):  # of a kind that no line was ever written with
        return "this line cannot be read" if _is_moment(at) else _NO_TIME
    if not is_written_so:
        return "this line or its place was changed" if _is_moment(at) else _NO_TIME
    if anchor is not None and anchor.seq == expected and not anchor.fits(mac):
        return "it is not the line that was noted outside the office"
    return ""


def _is_moment(at: object) -> bool:
    try:
        return isinstance(at, datetime) or bool(datetime.fromisoformat(str(at)))
    except ValueError:
        return False


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
