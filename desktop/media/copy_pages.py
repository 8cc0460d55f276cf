"""Several pages of a TIFF, each drawn anew, in a TIFF that holds them and no more (TIFF 6.0)."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from desktop.media.copy_pixels import (
    GIVES_UP,
    MOST_PIXELS,
    CannotCopy,
    bare,
    painted,
    picture_as_seen,
)
from desktop.records.facts.copies import Mask

HEAD = b"II*\0"
MOST_PAGES = 500
_MOST_DRAWN = 20 * MOST_PIXELS
_SHORT, _LONG = 3, 4
_DEFLATE, _GREY, _COLOURED = 8, 1, 2
_KIND_OF_PAGE, _REDUCED = 254, 1


def pages_in(data: bytes) -> int:
    """How many pages a TIFF has; 1 for anything else. Small pictures of a page are none."""
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as picture:
            return len(_places(picture)) or 1
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return 1


def pages(data: bytes, *, only: int | None = None) -> Iterator[Image.Image]:
    """Every page upright, as it is seen, or the one of that number from 0. Raises CannotCopy, also
    in the middle."""
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as picture:
            places = _places(picture)
            if len(places) > MOST_PAGES:
                raise CannotCopy("it has too many pages to be copied safely")
            drawn = 0
            for place in places if only is None else places[only : only + 1]:
                picture.seek(place)
                drawn += picture.width * picture.height
                if picture.width * picture.height > MOST_PIXELS or drawn > _MOST_DRAWN:
                    raise CannotCopy("its pages have too many pixels to be copied safely")
                yield bare(picture_as_seen(picture, data))
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotCopy("a page in it is damaged, or cannot be decoded") from None


def _places(picture: Image.Image) -> list[int]:
    found = []
    for place in range(int(getattr(picture, "n_frames", 1))):
        if place > 2 * MOST_PAGES:
            break
        picture.seek(place)
        kind = picture.getexif().get(_KIND_OF_PAGE, 0)
        if not (isinstance(kind, int) and kind & _REDUCED):
            found.append(place)
    return found


def paged_tiff(
    data: bytes,
    masks: Sequence[Mask],
    write: Callable[[bytes], object],
    far: Callable[[float], object],
) -> None:
    """Write a TIFF of all pages, each packed without loss and under its own masks. Raises
    CannotCopy."""
    count, done = pages_in(data), []
    for number, page in enumerate(pages(data), start=1):
        done.append(_packed(painted(page, [one for one in masks if one.is_on_page(number)])))
        far(len(done) / count)
    at = len(HEAD) + 4
    pointer = [at + len(strip) + len(strip) % 2 for strip, _, _ in done[:1]]
    write(HEAD + struct.pack("<I", pointer[0]))
    for place, (strip, size, bits) in enumerate(done):
        directory = at + len(strip) + len(strip) % 2
        beside = directory + _directory_size(bits)
        after = beside + (6 if len(bits) > 1 else 0)
        last = place == len(done) - 1
        following = 0 if last else after + len(done[place + 1][0]) + len(done[place + 1][0]) % 2
        write(strip + bytes(len(strip) % 2))
        write(_directory(size, bits, strip=(at, len(strip)), beside=beside, following=following))
        if len(bits) > 1:
            write(struct.pack("<3H", *bits))
        at = after


def _packed(page: Image.Image) -> tuple[bytes, tuple[int, int], tuple[int, ...]]:
    if page.mode not in {"L", "I;16", "RGB"}:
        page = page.convert("RGB")
    bits = {"L": (8,), "I;16": (16,)}.get(page.mode, (8, 8, 8))
    return zlib.compress(page.tobytes(), 6), page.size, bits


def _directory_size(bits: tuple[int, ...]) -> int:
    return 2 + 12 * len(_entries((0, 0), bits, strip=(0, 0), beside=0)) + 4


def _directory(
    size: tuple[int, int],
    bits: tuple[int, ...],
    *,
    strip: tuple[int, int],
    beside: int,
    following: int,
) -> bytes:
    entries = _entries(size, bits, strip=strip, beside=beside)
    rows = (
        struct.pack("<HHI", tag, kind, count)
        + (
            struct.pack("<HH", value, 0)
            if kind == _SHORT and count == 1
            else struct.pack("<I", value)
        )
        for tag, kind, count, value in entries
    )
    return struct.pack("<H", len(entries)) + b"".join(rows) + struct.pack("<I", following)


def _entries(
    size: tuple[int, int], bits: tuple[int, ...], *, strip: tuple[int, int], beside: int
) -> list[tuple[int, int, int, int]]:
    """Tag, type, number of values, and the value or where the values are."""
    return [
        (256, _LONG, 1, size[0]),
        (257, _LONG, 1, size[1]),
        (258, _SHORT, len(bits), bits[0] if len(bits) == 1 else beside),
        (259, _SHORT, 1, _DEFLATE),
        (262, _SHORT, 1, _GREY if len(bits) == 1 else _COLOURED),
        (273, _LONG, 1, strip[0]),
        (277, _SHORT, 1, len(bits)),
        (278, _LONG, 1, size[1]),
        (279, _LONG, 1, strip[1]),
    ]
