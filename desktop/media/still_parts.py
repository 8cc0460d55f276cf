"""What a still is besides a picture: how it was recorded, and what else lies in its file."""

import re
from collections.abc import Iterable

from desktop.media.exif_facts import ExifFacts
from desktop.media.name_time import name_time
from desktop.media.tiff_tags import TiffTags
from desktop.media.xmp_facts import XmpFacts
from desktop.records.facts.media import CaptureMode, Part

_FILM_BRANDS = {b"mp42", b"mp41", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"qt  ", b"avc1"}
_FTYP = re.compile(rb"ftyp")
_LARGEST_FTYP = 256
_MOST_LOOKS = 64

_NUMBER_OF_PICTURES = 0xB001

_LONG_SCREEN, _SHORT_SCREEN = 2.4, 1.7
"""How many times as long as wide the screens of phones are."""


def capture_mode(
    exif: ExifFacts,
    xmp: XmpFacts,
    *,
    parts: Iterable[Part],
    size: tuple[int, int] | None,
    file_name: str,
    may_be_screenshot: bool,
) -> CaptureMode:
    """How a still was recorded, as far as its file says. `may_be_screenshot` is for the formats in
    which screens are kept: without a camera's name such a picture is one if it has a phone's shape.
    """
    made = exif.device.make is not None or exif.device.model is not None
    phone_shaped = size is not None and _is_phone_shaped(*size)
    dated = exif.taken is not None or name_time(file_name) is not None
    named = file_name.lower().startswith(("screenshot", "screen shot"))
    rules = (
        (exif.is_screenshot, CaptureMode.SCREENSHOT),
        (not made and named, CaptureMode.SCREENSHOT),
        (not made and may_be_screenshot and phone_shaped, CaptureMode.SCREENSHOT),
        (exif.is_scan, CaptureMode.SCAN),
        (Part.MOTION_VIDEO in parts, CaptureMode.MOTION_PHOTO),
        (bool(exif.apple.content_id), CaptureMode.LIVE_PHOTO),
        (bool(exif.apple.burst_id) or xmp.is_burst, CaptureMode.BURST),
        (made or dated, CaptureMode.PHOTO),
    )
    return next((mode for is_so, mode in rules if is_so), CaptureMode.UNKNOWN)


def _is_phone_shaped(width: int, height: int) -> bool:
    short, long = sorted((width, height))
    return short >= 320 and _SHORT_SCREEN <= long / short <= _LONG_SCREEN


def jpeg_parts(untrusted: bytes, exif: ExifFacts, xmp: XmpFacts, mpf: bytes) -> tuple[Part, ...]:
    """What lies in a JPEG file beside its first picture."""
    gain_map = xmp.has_gain_map or (bool(mpf) and b"hdrgainmap" in untrusted)
    pictures = TiffTags.of(mpf)
    several = pictures is not None and (pictures.short(_NUMBER_OF_PICTURES) or 0) > 1
    return _those(
        (exif.has_thumbnail, Part.THUMBNAIL),
        (gain_map, Part.GAIN_MAP),
        (xmp.has_depth, Part.DEPTH_MAP),
        (holds_film(untrusted), Part.MOTION_VIDEO),
        (several and not gain_map, Part.SECOND_PICTURE),
    )


def heif_parts(
    untrusted: bytes,
    xmp: XmpFacts,
    *,
    pictures: int,
    thumbnail: bool,
    depth: bool,
    kinds: Iterable[str],
) -> tuple[Part, ...]:
    """What lies in a HEIF file beside its main picture; `kinds` are those of its auxiliary pictures
    (ISO/IEC 23008-12 6.5.8)."""
    gain_map = xmp.has_gain_map or any("gainmap" in kind or "21496" in kind for kind in kinds)
    return _those(
        (thumbnail, Part.THUMBNAIL),
        (gain_map, Part.GAIN_MAP),
        (depth or xmp.has_depth, Part.DEPTH_MAP),
        (holds_film(untrusted), Part.MOTION_VIDEO),
        (pictures > 1, Part.SECOND_PICTURE),
    )


def _those(*parts: tuple[bool, Part]) -> tuple[Part, ...]:
    return tuple(part for is_there, part in parts if is_there)


def holds_film(untrusted: bytes) -> bool:
    """Whether an MP4 or QuickTime file lies behind the picture, as in the Motion Photos of Google
    and Samsung: a second `ftyp` box with the brand of a film."""
    if _FTYP.search(untrusted, 16) is None:  # half as long as looking backwards, and most have none
        return False
    at = len(untrusted)
    for _ in range(_MOST_LOOKS):
        at = untrusted.rfind(b"ftyp", 16, at)
        if at < 0:
            return False
        size = int.from_bytes(untrusted[at - 4 : at], "big")
        if 12 <= size <= _LARGEST_FTYP and untrusted[at + 4 : at + 8] in _FILM_BRANDS:
            return True
    return False
