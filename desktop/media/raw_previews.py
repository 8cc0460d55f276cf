"""Where the JPEG previews of a raw picture lie: found by a bounded walk, never by trust."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.media.jpeg_segments import BrokenJpeg, read_facts

_ORDERS = {b"II": "<", b"MM": ">"}
_MOST_DIRECTORIES = 32
_MOST_ENTRIES = 512
_MOST_OFFSETS = 16
_MOST_MARKS = 64
_HEADER = 128 * 1024

_STRIPS, _STRIP_SIZES, _PREVIEW, _PREVIEW_SIZE = 0x0111, 0x0117, 0x0201, 0x0202
_SUB_DIRECTORIES, _PANASONIC = 0x014A, 0x002E
_WIDTH, _HEIGHT = 0x0100, 0x0101


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A JPEG inside a raw file, from `start` to `end`; its pixels as its own header has them."""

    start: int
    end: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFacts:
    """The previews of a raw file, the largest first, and the size of the raw picture itself, as the
    file has it; None where it does not say."""

    previews: tuple[Preview, ...]
    size: tuple[int, int] | None


def raw_facts(data: bytes) -> RawFacts:
    """The facts of a whole raw file: by its directories where it is built like a TIFF, else by the
    marks that a JPEG begins with. Nothing raises for any bytes."""
    places: dict[int, int] = {}
    sizes: list[tuple[int, int]] = []
    for entries in _directories(data):
        for start, end in _places(data, entries):
            places[start] = end
        width, height = (entries.first(tag) for tag in (_WIDTH, _HEIGHT))
        if width and height:
            sizes.append((width, height))
    previews = _previews(data, places.items()) or _previews(data, _marks(data))
    return RawFacts(
        previews=tuple(sorted(previews, key=lambda one: one.width * one.height, reverse=True)),
        size=max(sizes, key=lambda size: size[0] * size[1], default=None),
    )


def _previews(data: bytes, places: Iterable[tuple[int, int]]) -> list[Preview]:
    looked = (_preview(data, start, end) for start, end in places)
    return [seen for seen in looked if seen is not None]


def _preview(data: bytes, start: int, end: int) -> Preview | None:
    """A JPEG that shows a picture: the raw data themselves may be a lossless one (T.81 process 3),
    which does not."""
    try:
        frame = read_facts(data[start : min(end, start + _HEADER)]).frame
    except BrokenJpeg:
        return None
    if frame is None or frame.process > 2 or frame.bits != 8 or frame.components not in {1, 3}:
        return None
    return Preview(start=start, end=end, width=frame.width, height=frame.height)


@dataclass(frozen=True, slots=True)
class _Entries:
    data: bytes
    order: str
    values: dict[int, tuple[int, int, int]]

    def first(self, tag: int) -> int | None:
        return next(iter(self.all(tag)), None)

    def all(self, tag: int) -> list[int]:
        """The whole numbers of a tag, at most 16."""
        kind, count, place = self.values.get(tag, (0, 0, 0))
        letter, width = {3: ("H", 2), 4: ("I", 4), 13: ("I", 4)}.get(kind, ("", 0))
        count = min(count, _MOST_OFFSETS)
        if not letter:
            return []
        if count * width > 4:
            (place,) = struct.unpack_from(self.order + "I", self.data, place)
        if place + count * width > len(self.data):
            return []
        return list(struct.unpack_from(f"{self.order}{count}{letter}", self.data, place))


def _directories(data: bytes) -> Iterator[_Entries]:
    """The directories in a row, and those below them, each once (TIFF 6.0 section 2)."""
    order = _ORDERS.get(data[:2])
    if order is None or len(data) < 8:
        return
    waiting, seen = [struct.unpack_from(order + "I", data, 4)[0]], set[int]()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        at = waiting.pop(0)
        if at in seen or at < 8 or at + 2 > len(data):
            continue
        seen.add(at)
        (count,) = struct.unpack_from(order + "H", data, at)
        end = at + 2 + 12 * count
        if count > _MOST_ENTRIES or end > len(data):
            continue
        values = {}
        for place in range(at + 2, end, 12):
            tag, kind, number = struct.unpack_from(order + "HHI", data, place)
            values[tag] = (kind, number, place + 8)
        entries = _Entries(data, order, values)
        yield entries
        waiting += entries.all(_SUB_DIRECTORIES)
        if end + 4 <= len(data):
            waiting.append(struct.unpack_from(order + "I", data, end)[0])


def _places(data: bytes, entries: _Entries) -> Iterator[tuple[int, int]]:
    """Where a directory says that a stream of bytes lies which begins like a JPEG."""
    pairs = [
        (entries.first(at), entries.first(size))
        for at, size in ((_PREVIEW, _PREVIEW_SIZE), (_STRIPS, _STRIP_SIZES))
        if len(entries.all(at)) == 1
    ]
    kind, count, place = entries.values.get(_PANASONIC, (0, 0, 0))
    if kind == 7 and count > 4:
        pairs.append((struct.unpack_from(entries.order + "I", data, place)[0], count))
    for start, size in pairs:
        if start and size and data[start : start + 3] == b"\xff\xd8\xff":
            yield start, min(start + size, len(data))


def _marks(data: bytes) -> Iterator[tuple[int, int]]:
    """Each place where a JPEG may begin; it ends where its own EOI stands."""
    at = -1
    for _ in range(_MOST_MARKS):
        at = data.find(b"\xff\xd8\xff", at + 1)
        if at < 0:
            return
        yield at, len(data)
