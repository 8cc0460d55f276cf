"""Whether the packed pixels of a progressive JPEG go on behind what is seen of them."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops

_FLIP = 0x5A
_PLACES = 3


def ends_matter(data: bytes, ends: Sequence[int]) -> bool:
    """Whether the last bytes of each scan matter to a pixel; `ends` is where they end.

    Where they do not, there is a text behind the scan, or rows below the picture: a program may
    crop by writing a smaller height into the header. Up to four bytes may be filler.
    """
    if not ends:
        return True
    try:
        seen = _decoded(data)
        return all(_end_matters(data, end, seen) for end in ends)
    except OSError:
        return False


def _end_matters(data: bytes, end: int, seen: Image.Image) -> bool:
    places = _last_places(data, end)
    return not places or any(_matters(data, place, seen) for place in places)


def _matters(data: bytes, place: int, seen: Image.Image) -> bool:
    changed = bytearray(data)
    changed[place] ^= _FLIP
    try:
        return ImageChops.difference(seen, _decoded(bytes(changed))).getbbox() is not None
    except OSError:  # what was changed is read: the decoder stumbles over it
        return True


def _last_places(data: bytes, end: int) -> list[int]:
    """Where the last bytes stand that are all code: the very last may be half filler."""
    at, found = end - 2, list[int]()
    while at > 1 and len(found) < _PLACES and at > end - 62:
        marked = 0xFF in (data[at - 1], data[at])  # a stuffed FF, or a restart marker
        if not marked and data[at] ^ _FLIP != 0xFF:
            found.append(at)
        at -= 1
    return found


def _decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.load()
        return picture.copy()
