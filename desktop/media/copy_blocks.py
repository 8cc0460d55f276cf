"""JPEG and PNG copies by allow-list: the picture byte for byte, and nothing else (R103)."""

import struct
import zlib
from collections.abc import Callable, Sequence

from desktop.media.common_profiles import is_common
from desktop.media.jpeg_segments import JpegFacts, picture_only, read_facts, segments
from desktop.media.png_pixels import Chunk, has_palette, is_all_seen
from desktop.records.facts.copies import Removed

PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_JFIF, _APP1, _APP2, _APP13, _APP14, _COM = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
_ICC = b"ICC_PROFILE\0"
_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ANY = 2**31
_PNG_PICTURE = {
    b"IHDR": 13,
    b"PLTE": 768,  # where pixels are named by it; elsewhere it is only advice
    b"IDAT": _ANY,
    b"IEND": 0,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
    b"cICP": 4,
    b"cLLI": 8,
}
"""The chunks that make a picture, and how many bytes each may have at most: no room for a text."""

_PNG_TEXT = frozenset((b"tEXt", b"zTXt", b"iTXt", b"tIME"))


class NotAsItIs(Exception):
    """The picture cannot be carried over as it is: it has to be drawn anew from its pixels."""


def orientation_exif(orientation: int) -> bytes:
    """The smallest EXIF block that says which way up a picture is: one tag."""
    head = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"
    return head + struct.pack(">HH", orientation, 0) + b"\0\0\0\0"


def clean_jpeg(data: bytes) -> tuple[bytes, set[Removed]]:
    """The same scans and tables with the orientation as a one-tag EXIF block and a common colour
    profile, ending at the EOI of the first picture. Raises NotAsItIs and BrokenJpeg."""
    header = read_facts(data)
    if header.icc is not None and not is_common(header.icc):
        raise NotAsItIs
    bare, keeps_icc = picture_only(data), header.icc is not None
    kept = [_kept(one.marker, data[one.body : one.body_end], keeps_icc) for one in segments(data)]
    blocks = [block for block in kept if block]
    if header.orientation != 1:
        place = 1 if blocks and blocks[0][1] == _JFIF else 0
        blocks.insert(place, _segment(_APP1, orientation_exif(header.orientation)))
    removed = _removed_from(data, keeps_icc=keeps_icc)
    return b"\xff\xd8" + b"".join(blocks) + bare[2:], removed


def _kept(marker: int, body: bytes, keeps_icc: bool) -> bytes:
    """What is kept of a block beside the picture: the shape of its pixels, and a whole profile."""
    if marker == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
        return _segment(_JFIF, body[:12] + b"\0\0")
    return _segment(_APP2, body) if keeps_icc and _is_profile(marker, body) else b""


def _is_profile(marker: int, body: bytes) -> bool:
    return marker == _APP2 and body.startswith(_ICC)


def _removed_from(data: bytes, *, keeps_icc: bool) -> set[Removed]:
    removed, end = set(), len(data)
    for one in segments(data):
        body, end = data[one.body : one.body_end], one.end
        what = _what_it_is(one.marker, body)
        if what is not None and not (keeps_icc and _is_profile(one.marker, body)):
            removed.add(what)
    if data[end:].strip(b"\0"):
        removed.add(Removed.AFTER_PICTURE)
    return removed


def _what_it_is(marker: int, body: bytes) -> Removed | None:
    if marker == _APP1 and body.startswith(b"Exif\0"):
        return Removed.EXIF
    if marker == _APP1 and b"adobe.com/x" in body[:40]:
        return Removed.XMP
    if marker == _APP13:
        return Removed.IPTC
    if marker == _COM:
        return Removed.COMMENT
    is_block = 0xE0 <= marker <= 0xEF and marker not in {_JFIF, _APP14}
    return Removed.OTHER_BLOCKS if is_block else None


def left_in_jpeg(data: bytes) -> str:
    """What a copy holds beside its picture that it should not, in words; empty for nothing."""
    facts, end = read_facts(data), 0
    if facts.icc is not None and not is_common(facts.icc):
        return "a colour profile that is not a common one"
    for one in segments(data):
        body, end = data[one.body : one.body_end], one.end
        if not _may_stand(one.marker, body, facts):
            return "a comment, EXIF, XMP or another block of a camera or program"
    return "bytes behind the picture" if end != len(data) else ""


def _may_stand(marker: int, body: bytes, facts: JpegFacts) -> bool:
    match marker:
        case 0xE0:
            return len(body) == 14 and body.endswith(b"\0\0")
        case 0xE1:
            return body == orientation_exif(facts.orientation)
        case 0xE2:
            return body.startswith(_ICC) and facts.icc is not None
        case 0xEE:
            return len(body) == 12
        case _:
            return not (0xE0 <= marker <= 0xFE) and _is_sound_table(marker, body)


def _is_sound_table(marker: int, body: bytes) -> bool:
    """Whether a table has the very length that its own numbers ask for (ITU-T T.81 B.2.4): what
    is longer could hold a text."""
    match marker:
        case 0xDB:
            return _ends_with_its_tables(body, lambda at: 65 + 64 * (body[at] >> 4))
        case 0xC4:
            return _ends_with_its_tables(body, lambda at: 17 + sum(body[at + 1 : at + 17]))
        case 0xDD | 0xDC:
            return len(body) == 2
        case 0xCC:  # of arithmetic coding, which no camera uses
            return False
        case 0xDA:
            return bool(body) and len(body) == 4 + 2 * body[0]
        case _:
            return marker not in _FRAME or (len(body) > 5 and len(body) == 6 + 3 * body[5])


def _ends_with_its_tables(body: bytes, size_at: Callable[[int], int]) -> bool:
    at = 0
    while at < len(body):
        at += size_at(at)
    return at == len(body)


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def clean_png(data: bytes) -> tuple[bytes, set[Removed]]:
    """The chunks that make the picture, ending at IEND; the name of a colour profile, which is
    free text, becomes a neutral one. Raises NotAsItIs, also where more pixels lie in it than are
    seen: a program that crops may leave the rest behind."""
    kept, removed = [PNG_SIGN], set()
    chunks = _chunks(data)
    if not is_all_seen(chunks):
        raise NotAsItIs
    for kind, body, end in chunks:
        if kind == b"iCCP":
            profile = _profile(body)
            if profile is None or not is_common(profile):
                raise NotAsItIs
            kept.append(_chunk(kind, b"icc\0\0" + zlib.compress(profile)))
        elif len(body) <= _most_of(kind, chunks):
            kept.append(_chunk(kind, body))
        else:
            is_text = kind in _PNG_TEXT
            known = Removed.EXIF if kind == b"eXIf" else Removed.OTHER_BLOCKS
            removed.add(Removed.COMMENT if is_text else known)
        if kind == b"IEND":
            if data[end:].strip(b"\0"):
                removed.add(Removed.AFTER_PICTURE)
            return b"".join(kept), removed
    raise NotAsItIs


def left_in_png(data: bytes) -> str:
    """As `left_in_jpeg`, of a PNG."""
    last, over = b"", 0
    chunks = _chunks(data)
    if not is_all_seen(chunks):
        return "more pixels than are seen"
    for kind, body, end in chunks:
        last, over = kind, end
        if kind == b"iCCP":
            profile = _profile(body)
            if not body.startswith(b"icc\0\0") or profile is None or not is_common(profile):
                return "a colour profile that is not a common one"
        elif len(body) > _most_of(kind, chunks):
            return "text or a block of a program"
        if kind == b"IEND":
            break
    if last != b"IEND":
        return "a picture that is cut short"
    return "bytes behind the picture" if over != len(data) else ""


def _most_of(kind: bytes, chunks: Sequence[Chunk]) -> int:
    if kind == b"PLTE" and not has_palette(chunks[0][1]):
        return -1
    return _PNG_PICTURE.get(kind, -1)


def _chunks(data: bytes) -> list[Chunk]:
    """Every chunk from the signature to IEND: its kind, its body, and where it ends. Raises
    NotAsItIs for what is not whole."""
    if not data.startswith(PNG_SIGN):
        raise NotAsItIs
    found, at = [], len(PNG_SIGN)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if at > len(data) or zlib.crc32(kind + body) != int.from_bytes(data[at - 4 : at], "big"):
            break
        found.append((kind, body, at))
        if kind == b"IEND":
            return found
    raise NotAsItIs


def _profile(body: bytes) -> bytes | None:
    """The profile of an iCCP chunk, or None where it cannot be unpacked to a sane size."""
    _, zero, packed = body.partition(b"\0")
    try:
        opened = zlib.decompressobj()
        profile = opened.decompress(packed[1:], 1024 * 1024)
    except zlib.error:
        return None
    return profile if zero and opened.eof else None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
