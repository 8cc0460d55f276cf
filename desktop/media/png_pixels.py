"""Whether a PNG holds the pixels that are seen and no more (PNG, third edition, 8 and 9)."""

import zlib
from collections.abc import Sequence
from typing import TypeAlias

Chunk: TypeAlias = tuple[bytes, bytes, int]
"""The kind of a chunk, its body, and where it ends in the file."""

_AT_ONCE = 1024 * 1024
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3
# of Adam7, for each pass: first column and row, steps from column to column and row to row
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)


def has_palette(header: bytes) -> bool:
    """Whether the pixels of a PNG with this IHDR are named by its palette."""
    return header[9:10] == bytes([_PALETTE])


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
