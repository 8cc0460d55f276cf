"""A PNG copy by allow-list: the picture byte for byte, and nothing else (R103)."""

import zlib

from desktop.media.common_profiles import plain_profile
from desktop.media.copy_pixels import NotAsItIs
from desktop.media.png_pixels import PNG_SIGN, chunk, chunks_of, is_all_seen, is_plain, profile_of
from desktop.records.facts.copies import Removed

_PICTURE = frozenset((b"IHDR", b"IDAT", b"IEND"))
_COLOURS = {b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"cICP": 4}
"""What says how the numbers are meant, and how long it is."""

_TEXT = frozenset((b"tEXt", b"zTXt", b"iTXt", b"tIME"))
_MOST_OF_A_POINT, _MOST_GAMMA = 100_000, 1_000_000


def clean_png(data: bytes) -> tuple[bytes, set[Removed]]:
    """The chunks that make the picture, ending at IEND; a common colour profile with its colours
    alone. Raises NotAsItIs where more lies in it than is seen: rows below the picture, as programs
    leave them that crop, colours of a palette that no pixel has, or pixels that are transparent."""
    chunks = chunks_of(data)
    is_moving = any(kind == b"acTL" for kind, _, _ in chunks or ())
    if chunks is None or is_moving or not is_plain(chunks) or not is_all_seen(chunks):
        raise NotAsItIs
    kept, removed, told = [PNG_SIGN], set[Removed](), set[bytes]()
    for kind, body, _ in chunks:
        may_stay = kind in _PICTURE or kind not in told
        stays = _kept(kind, body) if may_stay else b""
        if stays:
            kept.append(chunk(kind, stays))
            told.add(kind)
        elif kind not in _PICTURE:
            removed.add(_what_it_is(kind))
        else:
            kept.append(chunk(kind, b""))
    if data[chunks[-1][2] :].strip(b"\0"):
        removed.add(Removed.AFTER_PICTURE)
    return b"".join(kept), removed


def _kept(kind: bytes, body: bytes) -> bytes:
    """The body that the chunk has in the copy; empty where there is none. Raises NotAsItIs."""
    if kind == b"iCCP":
        profile = plain_profile(profile_of(body) or b"")
        if profile is None:
            raise NotAsItIs
        return b"icc\0\0" + zlib.compress(profile)
    return body if kind in _PICTURE or _means_colours(kind, body) else b""


def _what_it_is(kind: bytes) -> Removed:
    known = Removed.EXIF if kind == b"eXIf" else Removed.OTHER_BLOCKS
    return Removed.COMMENT if kind in _TEXT else known


def _means_colours(kind: bytes, body: bytes) -> bool:
    """Whether the numbers in it are ones that colours have: no text is made of those."""
    if len(body) != _COLOURS.get(kind):
        return False
    words = [int.from_bytes(body[at : at + 4], "big") for at in range(0, len(body), 4)]
    match kind:
        case b"sRGB":
            return body[0] <= 3
        case b"gAMA":
            return words[0] <= _MOST_GAMMA
        case b"cHRM":
            return all(word <= _MOST_OF_A_POINT for word in words)
        case _:
            return body[0] <= 22 and body[1] <= 18 and body[2] == 0 and body[3] <= 1
