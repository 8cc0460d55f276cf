"""Whether the packed pixels of a JPEG go on behind the picture that is seen."""

import io

from PIL import Image, ImageChops

_FLIP = 0x5A
_PLACES = 3


def ends_with_its_picture(data: bytes) -> bool:
    """Whether the last bytes of the last scan matter to a pixel. `data` ends with its EOI.

    Where they do not, there is a text behind the picture, or rows below it: a program may crop by
    writing a smaller height into the header. Up to four bytes may be filler. What is hidden before
    a restart marker in the middle is not found.
    """
    places = _last_places(data)
    seen = _decoded(data)
    return not places or any(_matters(data, place, seen) for place in places)


def _matters(data: bytes, place: int, seen: Image.Image) -> bool:
    changed = bytearray(data)
    changed[place] ^= _FLIP
    try:
        return ImageChops.difference(seen, _decoded(bytes(changed))).getbbox() is not None
    except OSError:  # what was changed is read: the decoder stumbles over it
        return True


def _last_places(data: bytes) -> list[int]:
    """Where the last bytes stand that are all code: the very last may be half filler."""
    at, found = len(data) - 4, list[int]()
    while at > 1 and len(found) < _PLACES and at > len(data) - 64:
        marked = 0xFF in (data[at - 1], data[at])  # a stuffed FF, or a restart marker
        if not marked and data[at] ^ _FLIP != 0xFF:
            found.append(at)
        at -= 1
    return found


def _decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.load()
        return picture.copy()
