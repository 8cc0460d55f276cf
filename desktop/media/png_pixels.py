"""Whether a PNG holds the pixels that are seen and no more (PNG, third edition, 8 and 9)."""

import struct
import zlib
from collections.abc import Sequence
from typing import TypeAlias

PNG_SIGN = b"\x89PNG\r\n\x1a\n"
Chunk: TypeAlias = tuple[bytes, bytes, int]
"""The kind of a chunk, its body, and where it ends in the file."""

_AT_ONCE = 1024 * 1024
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# of Adam7, for each pass: first column and row, steps from column to column and row to row
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)


def chunks_of(data: bytes) -> list[Chunk] | None:
    """Every chunk from the signature to IEND; None for what is not whole."""
    if not data.startswith(PNG_SIGN):
        return None
    found, at = [], len(PNG_SIGN)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if at > len(data) or zlib.crc32(kind + body) != int.from_bytes(data[at - 4 : at], "big"):
            return None
        found.append((kind, body, at))
        if kind == b"IEND":
            return found if not body else None
    return None


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk as it stands in a file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def is_plain(chunks: Sequence[Chunk]) -> bool:
    """Whether every number of a pixel is a grey or a colour that is seen: no palette, which may
    hold colours that no pixel has, nothing transparent, which may hide a picture, and no bits to
    spare at the end of a row."""
    header = chunks[0][1]
    kinds = {kind for kind, _, _ in chunks}
    depths = header[8:9] in {b"\x08", b"\x10"}
    return depths and header[9:10] in {b"\0", b"\2"} and b"tRNS" not in kinds


def profile_of(body: bytes) -> bytes | None:
    """The profile of an iCCP chunk, or None where it cannot be unpacked to a sane size, or where
    more is packed there."""
    _, zero, packed = body.partition(b"\0")
    try:
        opened = zlib.decompressobj()
        profile = opened.decompress(packed[1:], 1024 * 1024)
    except zlib.error:
        return None
    return profile if zero and opened.eof and not opened.unused_data else None


def is_all_seen(chunks: Sequence[Chunk]) -> bool:
    """Whether what is packed in the IDAT chunks is as long as the picture is large, and ends with
    them. Rows below the picture and bytes behind it are where programs that crop leave the rest."""
    kinds = [kind for kind, _, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds.count(b"IHDR") != 1:
        return False
    size = _size_of_pixels(chunks[0][1])
    opened, found = zlib.decompressobj(), 0
    try:
        for packed in (body for kind, body, _ in chunks if kind == b"IDAT"):
            if opened.eof and packed:
                return False
            rest = packed
            while rest:
                found += len(opened.decompress(rest, _AT_ONCE))
                rest = opened.unconsumed_tail
                if found > size or opened.unused_data:
                    return False
            while not opened.eof and (more := opened.decompress(b"", _AT_ONCE)):
                found += len(more)
    except zlib.error:
        return False
    return opened.eof and not opened.unused_data and found == size


def _size_of_pixels(header: bytes) -> int:
    """How many bytes the rows of a picture with this IHDR take, each with its filter; -1 for none
    that there is."""
    if len(header) != 13 or header[9] not in _CHANNELS or header[12] > 1:
        return -1
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits = header[8] * _CHANNELS[header[9]]
    passes = _PASSES if header[12] else ((0, 0, 1, 1),)
    total = 0
    for left, top, right, down in passes:
        columns, rows = -(-(width - left) // right), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * bits // 8))
    return total
