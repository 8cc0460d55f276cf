"""What an AVCHD camcorder hides in its pictures: its clock, who made it, whether it knew the place.

Each first picture carries user data in a supplemental message of H.264 (ITU-T H.264 D.1.7): a UUID,
`MDPM`, a count, and as many packs of a tag and four bytes (after IEC 61834-4; the tags as exiftool
knows them).
"""

from dataclasses import dataclass, field
from datetime import datetime

from desktop.media.exif_facts import plain_text
from desktop.records.facts.capture import CaptureDevice, CaptureTime, TimeBasis, TimeTrust

_MARK = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM"
_LOOKED_AT = 64 * 1024
_PACK = 5
_DAY, _CLOCK, _LATITUDE, _LONGITUDE, _GPS_STATUS, _MAKER = 0x18, 0x19, 0xB2, 0xB6, 0xBE, 0xE0
_MODEL = (0xE4, 0xE5, 0xE6)
_MAKERS = {0x0103: "Panasonic", 0x0108: "Sony", 0x1011: "Canon", 0x1104: "JVC"}
_SONY = 0x0108


@dataclass(frozen=True, slots=True, kw_only=True)
class CamcorderFacts:
    """`taken` is by the camcorder's clock: the zone beside it says nothing sure of summer time."""

    taken: CaptureTime | None = None
    device: CaptureDevice = field(default_factory=CaptureDevice)
    has_location: bool = False


def camcorder_facts(picture: bytes) -> CamcorderFacts | None:
    """The facts in the compressed data of one picture, or None where it has none."""
    # a 3 after two zeros is there to keep the data from looking like the start of a unit
    data = picture[:_LOOKED_AT].replace(b"\0\0\3", b"\0\0")
    at = data.find(_MARK)
    if at < 0:
        return None
    packs = _packs(data[at + len(_MARK) :])
    maker = int.from_bytes(packs.get(_MAKER, b"")[:2], "big")
    return CamcorderFacts(
        taken=_taken(packs),
        device=CaptureDevice(make=_MAKERS.get(maker), model=_model(packs, maker)),
        has_location=_has_place(packs),
    )


def _packs(data: bytes) -> dict[int, bytes]:
    count, packs = data[0] if data else 0, data[1:]
    found: dict[int, bytes] = {}
    for place in range(count):
        pack = packs[place * _PACK : (place + 1) * _PACK]
        if len(pack) == _PACK:
            found.setdefault(pack[0], pack[1:])
    return found


def _taken(packs: dict[int, bytes]) -> CaptureTime | None:
    """Binary-coded decimals: a zone, the year in two bytes, month; day, hour, minute, second."""
    if _DAY not in packs or _CLOCK not in packs:
        return None
    try:
        local = datetime.strptime((packs[_DAY][1:] + packs[_CLOCK]).hex(), "%Y%m%d%H%M%S")
    except ValueError:
        return None
    return CaptureTime(
        local=local,
        utc_offset_minutes=None,
        basis=TimeBasis.RECORDER_CLOCK,
        trust=TimeTrust.ASSUMED,
    )


def _model(packs: dict[int, bytes], maker: int) -> str | None:
    if maker != _SONY:
        return None
    return plain_text(b"".join(packs.get(tag, b"") for tag in _MODEL))


def _has_place(packs: dict[int, bytes]) -> bool:
    if packs.get(_GPS_STATUS, b"A")[:1] == b"V":
        return False
    return any(any(packs.get(tag, b"")[:2]) for tag in (_LATITUDE, _LONGITUDE))
