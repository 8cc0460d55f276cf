"""Whether a TIFF copy holds its pages and no byte more, apart from the code that made it."""

import struct
import zlib
from itertools import pairwise

from desktop.media.copy_pixels import MOST_PIXELS

_MOST_PAGES = 500
_TAGS = (256, 257, 258, 259, 262, 273, 277, 278, 279)
_SHORT = 3
_FORMS = {(1, 1, (8,)): 1, (1, 1, (16,)): 2, (2, 3, (8, 8, 8)): 3}
"""By photometric interpretation, samples and bits of each: how many bytes a pixel has."""


class _Odd(ValueError):
    """Something that a copy of ours never has."""


def left_in_tiff(data: bytes) -> str:
    """What is left in a copy that should not be, in words; empty for nothing."""
    try:
        spans = _spans(data)
    except (_Odd, struct.error, zlib.error, IndexError):
        return "more than plain pages"
    spans.sort()
    if spans[0][0] != 0 or spans[-1][1] != len(data):
        return "bytes around the pages"
    for (_, end), (start, _) in pairwise(spans):
        if start - end not in {0, 1} or any(data[end:start]):
            return "bytes between the pages"
    return ""


def _spans(data: bytes) -> list[tuple[int, int]]:
    """From where to where each known part reaches. Raises _Odd and what unpacking raises."""
    if data[:4] != b"II*\0":
        raise _Odd
    spans, at, seen = [(0, 8)], struct.unpack_from("<I", data, 4)[0], 0
    while at:
        seen += 1
        if seen > _MOST_PAGES:
            raise _Odd
        at = _page(data, at, spans)
    return spans


def _page(data: bytes, at: int, spans: list[tuple[int, int]]) -> int:
    count = struct.unpack_from("<H", data, at)[0]
    rows = [struct.unpack_from("<HHI4s", data, at + 2 + 12 * place) for place in range(count)]
    if tuple(row[0] for row in rows) != _TAGS:
        raise _Odd
    end = at + 2 + 12 * count
    spans.append((at, end + 4))
    told = {tag: _value(kind, held) for tag, kind, number, held in rows if number == 1}
    bits: tuple[int, ...] = (told[258],) if 258 in told else ()
    if not bits:
        _, _, number, held = rows[2]
        where = struct.unpack("<I", held)[0]
        if number != 3:
            raise _Odd
        bits = struct.unpack_from("<3H", data, where)
        spans.append((where, where + 6))
    if len(told) + (258 not in told) != len(_TAGS) or told[259] != 8 or told[278] != told[257]:
        raise _Odd
    wide = _FORMS.get((told[262], told[277], bits))
    if wide is None or not 0 < told[256] * told[257] <= MOST_PIXELS:
        raise _Odd
    start = told[273]
    spans.append((start, start + told[279]))
    _unpack(data[start : start + told[279]], told[256] * told[257] * wide)
    following: int = struct.unpack_from("<I", data, end)[0]
    return following


def _value(kind: int, held: bytes) -> int:
    short, rest = struct.unpack("<HH", held)
    if kind == _SHORT:
        if rest:
            raise _Odd
        return int(short)
    return int(struct.unpack("<I", held)[0])


def _unpack(strip: bytes, size: int) -> None:
    opened = zlib.decompressobj()
    found = len(opened.decompress(strip, size + 1))
    if found != size or not opened.eof or opened.unused_data:
        raise _Odd
