"""Whether a PNG that moves holds what is seen of it and no more, apart from who made it."""

import struct
import zlib

from desktop.media.png_pixels import chunks_of

_MOST_MS = 60_000


def is_whole_animation(data: bytes) -> bool:
    """Whether a moving PNG holds the frames that its own numbers say, each as large as it is seen
    and inside the picture, and no byte more."""
    chunks = chunks_of(data) or []
    kinds = [kind for kind, _, _ in chunks]
    if kinds[:3] != [b"IHDR", b"acTL", b"fcTL"] or kinds.count(b"acTL") != 1:
        return False
    header = chunks[0][1]
    told, played = struct.unpack(">II", chunks[1][1])
    canvas = struct.unpack(">II", header[:8])
    rest = chunks[2:-1]
    if len(rest) != 2 * told or played:
        return False
    number = 0
    for place in range(told):
        (control, said, _), (kind, rows, _) = rest[2 * place : 2 * place + 2]
        is_first = place == 0
        wanted = struct.pack(">I", number + 1)
        is_named = kind == b"IDAT" if is_first else kind == b"fdAT" and rows.startswith(wanted)
        if control != b"fcTL" or not is_named or not _is_in(said, number, canvas, is_first):
            return False
        if not _fills(header, said, rows if is_first else rows[4:]):
            return False
        number += 1 if is_first else 2
    return True


def _is_in(said: bytes, number: int, canvas: tuple[int, int], is_first: bool) -> bool:
    if len(said) != 26:
        return False
    own, width, height, left, top, lasts, parts, dispose, blend = struct.unpack(">5I2H2B", said)
    is_inside = 0 < width <= canvas[0] - left and 0 < height <= canvas[1] - top
    is_whole = (width, height) == canvas and not (left or top)
    is_plain = parts == 1000 and not (dispose or blend) and lasts <= _MOST_MS
    return own == number and is_inside and is_plain and (is_whole or not is_first)


def _fills(header: bytes, said: bytes, rows: bytes) -> bool:
    """Whether the packed rows are as many as the frame has, and end there."""
    width, height = struct.unpack(">II", said[4:12])
    size = height * (1 + 3 * width)
    opened = zlib.decompressobj()
    try:
        found = len(opened.decompress(rows, size + 1))
    except zlib.error:
        return False
    return header[8:10] == b"\x08\x02" and found == size and opened.eof and not opened.unused_data
