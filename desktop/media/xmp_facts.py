"""What an XMP packet says of a picture, found as text: no XML parser meets untrusted bytes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_MOST = 256 * 1024
_FURTHEST = timedelta(hours=14)
_TIMES = (rb"exif:DateTimeOriginal", rb"photoshop:DateCreated")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_PLACE = (rb"exif:GPSLatitude", rb"exif:GPSLongitude")
_TRUE = rb'\s*(?:=\s*["\']|>)\s*1\b'
_MOTION = re.compile(rb"(?:GCamera|Camera):(?:MotionPhoto|MicroVideo)" + _TRUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class XmpFacts:
    """`taken` is a wall time without zone, `offset` that from UTC where the packet gives one;
    `has_place` tells that a place is named, never which."""

    taken: datetime | None = None
    offset: timedelta | None = None
    has_place: bool = False
    is_motion_photo: bool = False
    is_burst: bool = False
    has_gain_map: bool = False
    has_depth: bool = False


def xmp_facts(packet: bytes) -> XmpFacts:
    """The facts of the first 256 KiB of a packet. Nothing raises for any bytes."""
    packet = packet[:_MOST]
    if not packet:
        return XmpFacts()
    taken, offset = _taken(packet)
    return XmpFacts(
        taken=taken,
        offset=offset,
        has_place=_has_place(packet),
        is_motion_photo=_MOTION.search(packet) is not None,
        is_burst=b"GCamera:BurstID" in packet,
        has_gain_map=b"hdrgm:Version" in packet or b"hdrgainmap" in packet,
        has_depth=b"GDepth:" in packet or b'Semantic="Depth' in packet,
    )


def _taken(packet: bytes) -> tuple[datetime | None, timedelta | None]:
    for name in _TIMES:
        # as an attribute or as an element (XMP specification part 1, 7.5)
        found = re.search(name + rb'\s*(?:=\s*["\']|>)\s*([0-9TZ:.+-]{16,40})', packet)
        moment = found and _MOMENT.fullmatch(found.group(1).decode("ascii"))
        if moment:
            try:
                local = datetime.fromisoformat(moment.group(1))
            except ValueError:
                continue
            fraction = (moment.group(2) or "")[:6].ljust(6, "0")
            return local.replace(microsecond=int(fraction)), _offset(moment.group(3))
    return None, None


def _has_place(packet: bytes) -> bool:
    """Degrees of both kinds (`43,54.0S`), not all of them nought: that is what has no fix."""
    found = [
        re.search(name + rb'\s*(?:=\s*["\']|>)\s*([0-9][^"\'<]{0,40})', packet) for name in _PLACE
    ]
    degrees = [match.group(1) for match in found if match is not None]
    return len(degrees) == len(_PLACE) and re.search(rb"[1-9]", b" ".join(degrees)) is not None


def _offset(words: str | None) -> timedelta | None:
    if words is None:
        return None
    if words == "Z":
        return timedelta()
    size = timedelta(hours=int(words[1:3]), minutes=int(words[4:6]))
    if size > _FURTHEST:
        return None
    return -size if words[0] == "-" else size
