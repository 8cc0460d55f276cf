"""A JPEG built again from what its scans use: no other table, and no byte between its segments."""

import struct
from dataclasses import dataclass, field

from desktop.media.jpeg_segments import BrokenJpeg, segments

_SOF, _DHT, _EOI, _SOS, _DQT, _DRI = range(0xC0, 0xC3), 0xC4, 0xD9, 0xDA, 0xDB, 0xDD
_OTHER_FRAMES = frozenset((*range(0xC3, 0xD0), 0xDC, 0xDE, 0xDF)) - {_DHT}
_PROGRESSIVE = 0xC2
_MOST_SCANS = 200
_WHOLE_BLOCK = b"\0\x3f\0"


class NotPlain(ValueError):
    """It is of a shape that no camera of these days writes: it has to be drawn anew."""


@dataclass(slots=True)
class _Tables:
    """What is defined where the walk is, and what of it was written already."""

    defined: dict[int, bytes] = field(default_factory=dict)
    written: dict[int, bytes] = field(default_factory=dict)

    def due(self, wanted: set[int]) -> bytes:
        """Those of the wanted that were not written yet, or became others since."""
        if not wanted <= self.defined.keys():
            raise NotPlain("a table that is not there")
        due = [one for one in sorted(wanted) if self.written.get(one) != self.defined[one]]
        self.written.update((one, self.defined[one]) for one in due)
        return b"".join(self.defined[one] for one in due)


@dataclass(frozen=True, slots=True)
class _Frame:
    """`tables` says which quantisation table each component asks for; `body` is the segment's."""

    marker: int
    tables: dict[int, int]
    body: bytes


def plain_picture(data: bytes) -> bytes:
    """The frame, scans and tables of the first picture, from behind SOI to its EOI: its pixels byte
    for byte, each table just before the first scan that uses it. A table that none uses, or that
    another one takes the place of before, is not among them; nor are bytes between segments.

    Raises NotPlain for what is neither baseline, extended nor progressive in 8 bits (ITU-T T.81),
    for tables with room for a text, and for what contradicts itself; BrokenJpeg for what is not
    whole.
    """
    return _Building(data).whole()


class _Building:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._codes, self._steps = _Tables(), _Tables()
        self._interval = self._interval_written = b"\0\0"
        self._frame: _Frame | None = None
        self._latched: set[int] = set()
        self._kept: list[bytes] = []
        self._scans = 0

    def whole(self) -> bytes:
        take = {_DQT: self._take_steps, _DHT: self._take_codes, _DRI: self._take_interval}
        for one in segments(self._data):
            body = self._data[one.body : one.body_end]
            if one.marker in take:
                take[one.marker](body)
            elif one.marker in _SOF:
                self._take_frame(one.marker, body)
            elif one.marker == _SOS:
                self._take_scan(body, self._data[one.body_end : one.end])
            elif one.marker in _OTHER_FRAMES:
                raise NotPlain("lossless, arithmetic or hierarchical")
        if not self._scans:
            raise BrokenJpeg("no picture between SOI and EOI")
        return b"".join(self._kept) + bytes([0xFF, _EOI])

    def _take_steps(self, body: bytes) -> None:
        at = 0
        while at < len(body):
            size = 65 + 64 * (body[at] >> 4)
            if body[at] >> 4 > 1 or body[at] & 15 > 3 or at + size > len(body):
                raise NotPlain("a quantisation table that is none")
            self._steps.defined[body[at] & 15] = body[at : at + size]
            at += size

    def _take_codes(self, body: bytes) -> None:
        at = 0
        while at < len(body):
            counts = body[at + 1 : at + 17]
            size = 17 + sum(counts)
            if len(counts) < 16 or at + size > len(body) or body[at] & 0xEC:
                raise NotPlain("a table of codes that is none")
            self._codes.defined[body[at]] = body[at : at + size]
            at += size

    def _take_interval(self, body: bytes) -> None:
        if len(body) != 2:
            raise NotPlain("a restart interval that is none")
        self._interval = body

    def _take_frame(self, marker: int, body: bytes) -> None:
        count = body[5] if len(body) > 5 else 0
        if self._frame is not None or len(body) != 6 + 3 * count or not count or body[0] != 8:
            raise NotPlain("a second frame, or one of another depth")
        rows = [body[6 + 3 * place : 9 + 3 * place] for place in range(count)]
        if len({row[0] for row in rows}) != count or any(row[2] > 3 for row in rows):
            raise NotPlain("components that contradict each other")
        self._frame = _Frame(marker, {row[0]: row[2] for row in rows}, body)

    def _take_scan(self, body: bytes, packed: bytes) -> None:
        self._scans += 1
        frame = self._frame
        count = body[0] if body else 0
        if frame is None or self._scans > _MOST_SCANS or len(body) != 4 + 2 * count or not count:
            raise NotPlain("a scan that is none")
        rows = {body[1 + 2 * place]: body[2 + 2 * place] for place in range(count)}
        if len(rows) != count or not rows.keys() <= frame.tables.keys():
            raise NotPlain("a scan of components that are not there")
        # a component keeps the steps that are defined at its first scan
        new = rows.keys() - self._latched
        self._latched |= rows.keys()
        self._put(_DQT, self._steps.due({frame.tables[one] for one in new}))
        if self._scans == 1:
            self._put(frame.marker, frame.body)
        self._put(_DHT, self._codes.due(_codes_of(frame.marker, body[-3:], rows)))
        if self._interval != self._interval_written:
            self._interval_written = self._interval
            self._put(_DRI, self._interval)
        self._put(_SOS, body)
        self._kept.append(packed.rstrip(b"\xff"))  # filler before the next marker

    def _put(self, marker: int, body: bytes) -> None:
        if body:
            self._kept.append(_segment(marker, body))


def _codes_of(marker: int, reach: bytes, rows: dict[int, int]) -> set[int]:
    """The tables of codes that a scan reads: of the first coefficient, of the others, or none where
    it only makes first coefficients finer (T.81 G.1.2)."""
    first, others = {row >> 4 for row in rows.values()}, {0x10 | row & 15 for row in rows.values()}
    if marker != _PROGRESSIVE:
        if reach != _WHOLE_BLOCK:
            raise NotPlain("a scan of a part of its blocks")
        return first | others
    if reach[0] > 0:
        return others
    return first if reach[2] >> 4 == 0 else set()


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
