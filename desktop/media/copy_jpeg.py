"""A JPEG copy by allow-list: the picture byte for byte, and nothing else (R103)."""

import struct

from desktop.media.common_profiles import plain_profile
from desktop.media.copy_pixels import NotAsItIs
from desktop.media.jpeg_plain import NotPlain, plain_picture
from desktop.media.jpeg_segments import JpegFacts, read_facts, segments
from desktop.records.facts.copies import Removed

_JFIF, _APP1, _APP2, _APP13, _APP14, _COM = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
_DENSITY = slice(7, 12)


def orientation_exif(orientation: int) -> bytes:
    """The smallest EXIF block that says which way up a picture is: one tag."""
    head = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"
    return head + struct.pack(">HH", orientation, 0) + b"\0\0\0\0"


def clean_jpeg(data: bytes) -> tuple[bytes, set[Removed]]:
    """The same scans with the tables that they use, the orientation as a one-tag EXIF block and the
    colours of a common profile, ending at the EOI of the first picture. Raises NotAsItIs where it
    is of no plain shape, and BrokenJpeg."""
    header = read_facts(data)
    profile = None if header.icc is None else plain_profile(header.icc)
    if header.icc is not None and profile is None:
        raise NotAsItIs
    blocks = [*_density(data), *_turned(header)]
    if profile is not None:
        blocks.append(_segment(_APP2, b"ICC_PROFILE\0\1\1" + profile))
    if header.adobe_transform is not None:
        if header.adobe_transform > 2:
            raise NotAsItIs
        transform = bytes([header.adobe_transform])
        blocks.append(_segment(_APP14, b"Adobe\0\x64\0\0\0\0" + transform))
    try:
        picture = plain_picture(data)
    except NotPlain:
        raise NotAsItIs from None
    return b"\xff\xd8" + b"".join(blocks) + picture, _removed_from(data, header)


def _density(data: bytes) -> list[bytes]:
    """The JFIF block without its small picture, for it also says what the colours are."""
    for one in segments(data):
        body = data[one.body : one.body_end]
        if one.marker == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
            density = body[_DENSITY] if body[7] <= 2 else b"\0\0\1\0\1"
            return [_segment(_JFIF, b"JFIF\0\1\1" + density + b"\0\0")]
    return []


def _turned(header: JpegFacts) -> list[bytes]:
    return [_segment(_APP1, orientation_exif(header.orientation))] * (header.orientation != 1)


def _removed_from(data: bytes, header: JpegFacts) -> set[Removed]:
    removed, end = set(), len(data)
    for one in segments(data):
        body, end = data[one.body : one.body_end], one.end
        is_profile = one.marker == _APP2 and body.startswith(b"ICC_PROFILE\0")
        what = _what_it_is(one.marker, body)
        if what is not None and not (is_profile and header.icc is not None):
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


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
