"""The segments of a JPEG, walked in pure Python: its facts, and the picture without the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.media.tiff_tags import TiffTags

_SOI, _EOI, _SOS, _DNL = 0xD8, 0xD9, 0xDA, 0xDC
_DHT, _JPG, _DAC, _DQT, _DRI = 0xC4, 0xC8, 0xCC, 0xDB, 0xDD
_APP1, _APP2, _APP14 = 0xE1, 0xE2, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {_DHT, _JPG, _DAC}
_PICTURE = _FRAMES | {_DHT, _DAC, _DQT, _DRI, _DNL, _SOS}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})

_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_MARKER = re.compile(rb"\xff[^\xff]")

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MOST_ICC = 4 * 1024 * 1024


class BrokenJpeg(ValueError):
    """The one thing this file raises. `cut_short` says that the bytes end before the picture."""

    def __init__(self, reason: str, *, cut_short: bool = False) -> None:
        super().__init__(reason)
        self.cut_short = cut_short


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One marker segment of `data[start:end]`; its parameters are `data[body:body_end]`. For a scan
    `end` lies behind its entropy-coded data."""

    marker: int
    start: int
    body: int
    body_end: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The picture as stored, from its SOF segment (ITU-T T.81 B.2.2); `process` is 0 for baseline,
    1 extended, 2 progressive, and so on."""

    process: int
    bits: int
    width: int
    height: int
    component_ids: bytes

    @property
    def components(self) -> int:
        """How many colour components it has."""
        return len(self.component_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegFacts:
    """What stands before the picture data. `frame` is None where the file breaks off before it;
    `exif` is the TIFF block, or empty; `icc` is a whole profile or None; `xmp` is the first
    packet and `mpf` the TIFF block of the multi-picture index (CIPA DC-007), or empty."""

    frame: Frame | None
    exif: bytes
    icc: bytes | None
    adobe_transform: int | None
    xmp: bytes = b""
    mpf: bytes = b""

    @property
    def orientation(self) -> int:
        """EXIF orientation, 1 to 8; 1 where the EXIF block does not say. XMP is not asked."""
        tags = TiffTags.of(self.exif)
        turned = tags.short(0x0112) if tags else None
        return turned if turned is not None and 1 <= turned <= 8 else 1


def segments(data: bytes, *, before_scans: bool = False) -> Iterator[Segment]:
    """Every segment from SOI to the EOI of the first picture, or with `before_scans` to its first
    scan, whose end is not looked for. What follows that EOI (a second picture, a film, a trailer)
    is not looked at. Raises BrokenJpeg, and nothing else."""
    if data[:2] != b"\xff\xd8":
        raise BrokenJpeg("no SOI marker")
    at = 2
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise BrokenJpeg("no EOI marker", cut_short=True)
        start, body = found.end() - 2, found.end()
        marker = data[start + 1]
        if marker == 0 or marker in _ALONE:
            at = body
            continue
        if marker == _EOI:
            yield Segment(marker=marker, start=start, body=body, body_end=body, end=body)
            return
        body_end = _end_of_body(data, body)
        if before_scans and marker == _SOS:
            return
        at = _end_of_scan(data, body_end) if marker == _SOS else body_end
        yield Segment(marker=marker, start=start, body=body + 2, body_end=body_end, end=at)


def _end_of_body(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at : at + 2], "big")
    if at + 2 > len(data) or at + length > len(data):
        raise BrokenJpeg("the file ends inside a segment", cut_short=True)
    if length < 2:
        raise BrokenJpeg("a segment shorter than its own length")
    return at + length


def _end_of_scan(data: bytes, at: int) -> int:
    found = _END_OF_SCAN.search(data, at)
    if found is None:
        raise BrokenJpeg("the file ends inside the picture", cut_short=True)
    return found.start()


def read_facts(data: bytes) -> JpegFacts:
    """What the header says; a file that breaks off still tells what came before.

    Raises BrokenJpeg only where `data` does not begin like a JPEG.
    """
    frame: Frame | None = None
    exif, adobe = bytearray(), None
    xmp = mpf = b""
    profile: dict[int, bytes] = {}
    for segment in _header(data):
        body = data[segment.body : segment.body_end]
        if segment.marker in _FRAMES and frame is None:
            frame = _frame(segment.marker, body)
        elif segment.marker == _APP1 and body.startswith(b"Exif\0\0"):
            exif += body[6:]
        elif segment.marker == _APP1 and body.startswith(_XMP) and not xmp:
            xmp = body[len(_XMP) :]
        elif segment.marker == _APP2 and body.startswith(b"MPF\0"):
            mpf = body[4:]
        elif segment.marker == _APP2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            profile[body[12]] = body[14:]
        elif segment.marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
            adobe = body[11]
    return JpegFacts(
        frame=frame,
        exif=bytes(exif),
        icc=_profile(profile, frame),
        adobe_transform=adobe,
        xmp=xmp,
        mpf=mpf,
    )


def _header(data: bytes) -> Iterator[Segment]:
    if data[:2] != b"\xff\xd8":
        raise BrokenJpeg("no SOI marker")
    try:
        yield from segments(data, before_scans=True)
    except BrokenJpeg:
        return


def _frame(marker: int, body: bytes) -> Frame | None:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        return None
    width, height = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
    ids = bytes(body[6 + 3 * index] for index in range(body[5]))
    if not (width and height and ids):
        return None
    return Frame(process=marker - 0xC0, bits=body[0], width=width, height=height, component_ids=ids)


def _profile(parts: dict[int, bytes], frame: Frame | None) -> bytes | None:
    """Joined in order and believed only if whole and of the picture's own colour space (ICC.1
    7.2): a viewer that applies a wrong one shows wrong colours."""
    if frame is None or sorted(parts) != list(range(1, len(parts) + 1)):
        return None
    icc = b"".join(parts[number] for number in sorted(parts))
    space = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}.get(frame.components)
    whole = 128 <= len(icc) <= _MOST_ICC and int.from_bytes(icc[:4], "big") == len(icc)
    return icc if whole and icc[36:40] == b"acsp" and icc[16:20] == space else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureParts:
    """A picture without metadata: `head`, and after it what is to be taken of the file it is in,
    each part from where to where."""

    head: bytes
    then: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.head) + sum(end - start for start, end in self.then)

    def joined(self, data: bytes) -> bytes:
        """The whole, out of that file."""
        return b"".join((self.head, *(data[start:end] for start, end in self.then)))


def picture_parts(data: bytes) -> PictureParts:
    """The same picture, its tables and scans byte for byte, without metadata: no APPn but Adobe's
    colour transform, no comment, nothing after its EOI (R103). Raises BrokenJpeg if it is not
    whole."""
    head, then = bytearray(b"\xff\xd8"), list[tuple[int, int]]()
    frames = scans = 0
    for segment in segments(data):
        frames += segment.marker in _FRAMES
        scans += segment.marker == _SOS
        if segment.marker == _APP14 and not scans:
            head += _colour_transform(data[segment.body : segment.body_end])
        elif segment.marker not in _PICTURE and segment.marker != _EOI:
            continue
        elif not scans:
            head += data[segment.start : segment.end]
        elif then and then[-1][1] == segment.start:
            then[-1] = (then[-1][0], segment.end)
        else:
            then.append((segment.start, segment.end))
    if not (frames and scans):
        raise BrokenJpeg("no picture between SOI and EOI")
    return PictureParts(head=bytes(head), then=tuple(then))


def picture_only(data: bytes) -> bytes:
    """As `picture_parts`, in one."""
    return picture_parts(data).joined(data)


def _colour_transform(body: bytes) -> bytes:
    """Adobe's APP14 cut to its twelve known bytes, or nothing (T.872 6.5.3)."""
    whole = body.startswith(b"Adobe") and len(body) >= 12
    return b"\xff\xee\x00\x0e" + body[:12] if whole else b""
