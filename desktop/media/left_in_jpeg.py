"""What a JPEG copy holds beside its picture: an allow-list apart from the code that made it."""

import re
from collections.abc import Callable, Iterator

from desktop.media.common_profiles import is_plain
from desktop.media.jpeg_follow import CannotFollow, SequentialScan, holds_more
from desktop.media.jpeg_rest import ends_matter

_BLOCK = "a comment, EXIF, XMP or another block of a camera or program"
_BETWEEN = "bytes between the parts of the picture"
_BEHIND = "bytes behind the picture"
_TABLE = "a table that the picture does not use"
_ODD_TABLE = "a table with room for a text"
_PROFILE = "a colour profile that is not a common one"
_MORE = "more pixels than are seen"
_CUT = "a picture that is cut short"

_DHT, _SOS, _DQT, _DRI, _PROGRESSIVE = 0xC4, 0xDA, 0xDB, 0xDD, 0xC2
_FRAMES = frozenset((0xC0, 0xC1, _PROGRESSIVE))
_ICC = b"ICC_PROFILE\0"
_COMPLETE = 16  # a coefficient has fewer bits
_TURNED = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_FIRST_CODES, _OTHER_CODES = 11, 10
"""The most bits that follow a code in a picture of 8 bits (T.81 F.1.2)."""


class Left(Exception):
    """Something is left; its words say what."""


def left_in_jpeg(data: bytes) -> str:
    """What is left in a copy that should not be, in words; empty for nothing.

    Every byte from SOI to the end is accounted for: a block that may stand, a table that a scan
    uses before it is defined again, a code that a block of pixels needs.
    """
    try:
        walk = _Walk()
        for marker, body, packed, at in _parts(data):
            walk.take(marker, body, packed, at)
        return walk.left(data)
    except Left as left:
        return str(left)
    except (CannotFollow, IndexError, ValueError, ZeroDivisionError):
        return _CUT


class _Tables:
    """The tables of codes and steps, and the restart interval: each is used before it changes."""

    def __init__(self) -> None:
        self._bodies: dict[tuple[int, int], bytes] = {}
        self._unused: set[tuple[int, int]] = set()

    def take(self, marker: int, body: bytes) -> None:
        at = 0
        while at < len(body):
            size = _SIZES[marker](body, at)
            key = marker, body[at] & 0x1F if marker == _DHT else body[at] & 15
            if at + size > len(body):
                raise Left(_ODD_TABLE)
            if key in self._unused:
                raise Left(_TABLE)
            self._bodies[key] = body[at + 1 : at + size]
            self._unused.add(key)
            at += size

    def use(self, marker: int, name: int) -> bytes:
        found = self._bodies.get((marker, name))
        if found is None:
            raise Left(_CUT)
        self._unused.discard((marker, name))
        return found

    @property
    def are_used(self) -> bool:
        return not self._unused

    @property
    def interval(self) -> int:
        return int.from_bytes(self.use(_DRI, 0), "big") if (_DRI, 0) in self._bodies else 0


class _Walk:
    """The walk so far: the tables, the frame, which bits of which coefficient came, the scans."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._stood: set[int] = set()
        self._frame, self._process = b"", -1
        self._shapes: dict[int, bytes] = {}
        self._latched: set[int] = set()
        self._bits: dict[tuple[int, int], int] = {}
        self._sequential: list[SequentialScan] = []
        self._ends: list[int] = []

    def take(self, marker: int, body: bytes, packed: bytes, at: int) -> None:
        if marker in {_DQT, _DHT}:
            self._tables.take(marker, body)
        elif marker == _DRI:
            self._tables.take(marker, b"\0" + body)
        elif marker in _FRAMES:
            self._take_frame(marker, body)
        elif marker == _SOS:
            self._take_scan(body, packed, at)
        elif self._frame or marker in self._stood or not _may_stand(marker, body):
            raise Left(_PROFILE if body.startswith(_ICC) else _BLOCK)
        else:
            self._stood.add(marker)

    def left(self, data: bytes) -> str:
        """What only the whole shows."""
        if not self._tables.are_used:
            return _TABLE
        if not (self._sequential or self._ends):
            return _CUT
        if any(holds_more(scan) for scan in self._sequential):
            return _MORE
        return "" if ends_matter(data, self._ends) else _MORE

    def _take_frame(self, marker: int, body: bytes) -> None:
        if self._frame or len(body) != 6 + 3 * body[5] or body[0] != 8:
            raise Left(_BLOCK)
        self._frame, self._process = body, marker
        self._shapes = {body[at]: body[at + 1 : at + 3] for at in range(6, len(body), 3)}

    def _take_scan(self, body: bytes, packed: bytes, at: int) -> None:
        chosen = [(body[at], body[at + 1]) for at in range(1, len(body) - 3, 2)]
        if len(body) != 4 + 2 * body[0] or not {name for name, _ in chosen} <= self._shapes.keys():
            raise Left(_BLOCK)
        for name, _ in chosen:
            if name not in self._latched:
                self._latched.add(name)
                self._tables.use(_DQT, self._shapes[name][1])
        if self._process != _PROGRESSIVE:
            self._take_whole_blocks(chosen, packed)
            return
        self._take_bits(chosen, body[-3:])
        if self._tables.interval or _RESTART.search(packed):
            raise Left(_MORE)
        self._ends.append(at)

    def _take_whole_blocks(self, chosen: list[tuple[int, int]], packed: bytes) -> None:
        blocks = []
        for name, tables in chosen:
            self._fill(name, 0, before=0, after=0)
            shape = self._shapes[name][0]
            count = (shape >> 4) * (shape & 15) if len(chosen) > 1 else 1
            pair = (
                self._tables.use(_DHT, tables >> 4),
                self._tables.use(_DHT, 0x10 | tables & 15),
            )
            blocks += [pair] * count
        alone = self._shapes[chosen[0][0]][0] if len(chosen) == 1 else None
        self._sequential.append(
            SequentialScan(
                packed=packed,
                blocks=blocks,
                units=_units(self._frame, alone),
                interval=self._tables.interval,
            )
        )

    def _take_bits(self, chosen: list[tuple[int, int]], reach: bytes) -> None:
        start, end, bits = reach
        for name, tables in chosen:
            if start > 0:
                self._tables.use(_DHT, 0x10 | tables & 15)
            elif bits >> 4 == 0:
                self._tables.use(_DHT, tables >> 4)
            for place in range(start, min(end, 63) + 1):
                self._fill(name, place, before=bits >> 4, after=bits & 15)

    def _fill(self, name: int, place: int, *, before: int, after: int) -> None:
        """A scan adds bits that were not there before: what another overwrites is not seen."""
        is_next = not before or after == before - 1
        if self._bits.get((name, place), 0) != before or not is_next:
            raise Left(_MORE)
        self._bits[name, place] = after or _COMPLETE


def _parts(data: bytes) -> Iterator[tuple[int, bytes, bytes, int]]:
    """Marker, parameters, packed pixels and their end, with nothing between one and the next."""
    if data[:2] != b"\xff\xd8":
        raise Left(_CUT)
    at = 2
    while True:
        if data[at] != 0xFF or data[at + 1] in {0x00, 0xFF}:
            raise Left(_BETWEEN)
        marker = data[at + 1]
        if marker == 0xD9:
            if at + 2 != len(data):
                raise Left(_BEHIND)
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : end]
        if end > len(data) or end < at + 4:
            raise Left(_CUT)
        at = _behind_scan(data, end) if marker == 0xDA else end
        yield marker, body, data[end:at], at


def _behind_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Left(_CUT)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _may_stand(marker: int, body: bytes) -> bool:
    match marker:
        case 0xE0:
            known = body.startswith(b"JFIF\0\1\1") and body.endswith(b"\0\0")
            return known and len(body) == 14 and body[7] <= 2
        case 0xE1:
            ending = body[len(_TURNED) :]
            return (
                body.startswith(_TURNED)
                and len(ending) == 7
                and 2 <= ending[0] <= 8
                and not any(ending[1:])
            )
        case 0xE2:
            return body.startswith(b"ICC_PROFILE\0\1\1") and is_plain(body[14:])
        case 0xEE:
            return body[:-1] == b"Adobe\0\x64\0\0\0\0" and body[-1] <= 2
        case _:
            return False


def _steps_size(body: bytes, at: int) -> int:
    size = 65 + 64 * (body[at] >> 4)
    if body[at] & 0xEC:
        raise Left(_ODD_TABLE)
    return size


def _codes_size(body: bytes, at: int) -> int:
    """Each symbol stands there once and is one that 8 bits need: no words are made of those."""
    symbols = body[at + 17 : at + 17 + sum(body[at + 1 : at + 17])]
    most = _OTHER_CODES if body[at] & 0x10 else _FIRST_CODES
    is_first = not body[at] & 0x10
    if (
        body[at] & 0xEC
        or len(set(symbols)) != len(symbols)
        or any(one & 15 > most or (is_first and one > most) for one in symbols)
    ):
        raise Left(_ODD_TABLE)
    return 17 + len(symbols)


_SIZES: dict[int, Callable[[bytes, int], int]] = {
    _DQT: _steps_size,
    _DHT: _codes_size,
    _DRI: lambda _body, _at: 3,
}


def _units(frame: bytes, alone: int | None) -> int:
    """How many units a scan has: of all components by turns, or the blocks of one (T.81 A.2)."""
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    shapes = [frame[place] for place in range(7, len(frame), 3)]
    across, down = max(one >> 4 for one in shapes), max(one & 15 for one in shapes)
    if alone is None:
        return -(-width // (8 * across)) * -(-height // (8 * down))
    own_width = -(-width * (alone >> 4) // across)
    own_height = -(-height * (alone & 15) // down)
    return -(-own_width // 8) * -(-own_height // 8)
