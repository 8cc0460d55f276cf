"""When and with what a photo was taken, from its EXIF block. Runs in the decoder worker only."""

import math
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, Any

from PIL import Image

from desktop.media.apple_note import AppleNote, apple_note
from desktop.media.tiff_tags import TiffTags
from desktop.records.facts.capture import CaptureDevice, CaptureTime, TimeBasis, TimeTrust

MAKE, MODEL, TURNED, MODIFIED, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x0112, 0x0132, 0x8769, 0x8825
ORIGINAL, DIGITIZED = 0x9003, 0x9004
OFFSET, OFFSET_ORIGINAL, OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
SUBSEC_ORIGINAL, SUBSEC_DIGITIZED, SERIAL = 0x9291, 0x9292, 0xA431
COLOUR_SPACE, WIDTH, HEIGHT, INTEROPERABILITY = 0xA001, 0xA002, 0xA003, 0xA005
MAKER_NOTE, COMMENT, FILE_SOURCE = 0x927C, 0x9286, 0xA300
GPS_LATITUDE, GPS_LONGITUDE, GPS_TIME, GPS_DATE = 2, 4, 7, 29

PILLOW_GIVES_UP = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow was seen to raise on broken files (facts: 8,016 decodes). Not MemoryError: that ends
the job, for after it nothing in the process is to be relied on."""

_LONGEST_TEXT = 64
_FURTHEST = timedelta(hours=14)
_STALE = timedelta(seconds=60)
_QUARTER = timedelta(minutes=15)
_CLOCKS_DIFFER = timedelta(minutes=5)
_FIRST_YEAR = 1995
_RESET_TO = date(2000, 1, 1)
"""Where many a clock begins after its battery was out, and goes on from."""
_SCANNERS = {b"\1", b"\2"}
_BEGINNING = 1024 * 1024
_NOTHING = TiffTags(block=b"", order=">", entries={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExifFacts:
    """What an EXIF block says. `has_location` tells that a place is in it, never which;
    `longest_side` is that of the picture which the block was written for, 0 where it is silent.

    `orientation` is 1 to 8, and 1 where the block is silent. `is_adobe_rgb` is said by DCF's mark
    (JEITA CP-3461 3.1), `is_scan` by the source of the file, `is_screenshot` by iOS in a comment.
    """

    taken: CaptureTime | None = None
    device: CaptureDevice = field(default_factory=CaptureDevice)
    has_location: bool = False
    longest_side: int = 0
    orientation: int = 1
    has_thumbnail: bool = False
    is_adobe_rgb: bool = False
    is_scan: bool = False
    is_screenshot: bool = False
    apple: AppleNote = field(default_factory=AppleNote)


def exif_facts(tiff_block: bytes, *, now: datetime) -> ExifFacts:
    """The facts of an EXIF block; none where it is empty or unreadable, for no fault of a block
    raises. `now` is the office's wall time with its zone: a later capture time is SUSPECT."""
    if not tiff_block:
        return ExifFacts()
    exif = Image.Exif()
    try:
        exif.load(tiff_block)
    except PILLOW_GIVES_UP:
        return ExifFacts()
    return _facts(exif, TiffTags.of(tiff_block), now)


def exif_facts_of_tiff(file: IO[bytes], *, now: datetime) -> ExifFacts:
    """The same of a file that is a TIFF itself, or a raw picture built like one. `file` is read
    where its directories are, and stays open."""
    exif = Image.Exif()
    try:
        file.seek(0)
        beginning = TiffTags.of(file.read(_BEGINNING))
        file.seek(0)
        exif.load_from_fp(file)
    except PILLOW_GIVES_UP:
        return ExifFacts()
    return _facts(exif, beginning, now)


def exif_facts_of_blocks(first: bytes, photo: bytes, place: bytes, *, now: datetime) -> ExifFacts:
    """The same where the three directories are TIFF blocks of their own, as in Canon's CR3."""
    tags = []
    for block in (first, photo, place):
        exif = Image.Exif()
        try:
            exif.load(block)
        except PILLOW_GIVES_UP:
            exif = Image.Exif()
        tags.append(Tags(exif, TiffTags.of(block)))
    return _facts_of(*tags, now=now)


def _facts(exif: Image.Exif, raw: TiffTags | None, now: datetime) -> ExifFacts:
    raw = raw or _NOTHING
    photo = Tags(_directory(exif, EXIF_IFD), raw.directory(EXIF_IFD))
    place = Tags(_directory(exif, GPS_IFD), raw.directory(GPS_IFD))
    return _facts_of(Tags(exif, raw), photo, place, now=now)


def _facts_of(first: "Tags", photo: "Tags", place: "Tags", *, now: datetime) -> ExifFacts:
    taken = capture_time(first, photo, place)
    turned = first.value(TURNED)
    note = photo.value(MAKER_NOTE)
    mark = photo.raw.directory(INTEROPERABILITY).text(1)
    return ExifFacts(
        taken=weighed(taken, now) if taken else None,
        device=CaptureDevice(
            make=first.text(MAKE), model=first.text(MODEL), serial=_serial(photo.text(SERIAL))
        ),
        has_location=_has_fix(place),
        longest_side=max(photo.whole(WIDTH), photo.whole(HEIGHT)),
        orientation=turned if type(turned) is int and 1 <= turned <= 8 else 1,
        has_thumbnail=_has_thumbnail(first.raw),
        is_adobe_rgb=mark == "R03" and photo.value(COLOUR_SPACE) != 1,
        is_scan=photo.value(FILE_SOURCE) in _SCANNERS,
        is_screenshot=_says_screenshot(photo.value(COMMENT)),
        apple=apple_note(note) if isinstance(note, bytes) else AppleNote(),
    )


def _has_thumbnail(raw: TiffTags) -> bool:
    second = TiffTags.at(raw.block, raw.order, raw.following or len(raw.block))
    return 0x0201 in second and bool(second.short(0x0202))


def _directory(exif: Image.Exif, tag: int) -> Mapping[int, Any]:
    try:
        return exif.get_ifd(tag)
    except PILLOW_GIVES_UP:
        return {}


class Tags:
    """One directory. A value that cannot be read counts as absent. `raw` is the same directory, for
    texts of the type UTF-8 (EXIF 3.0), which Pillow leaves out."""

    def __init__(self, tags: Mapping[int, Any], raw: TiffTags | None = None) -> None:
        self._tags = tags
        self.raw = raw or _NOTHING

    def value(self, tag: int) -> Any:
        """As Pillow gives it, or None."""
        try:
            return self._tags.get(tag)
        except PILLOW_GIVES_UP:
            return None

    def text(self, tag: int) -> str | None:
        """One short line, or None."""
        if self.raw.is_utf8(tag):
            return plain_text(self.raw.text(tag).encode())
        found = self.value(tag)
        return plain_text(found) if isinstance(found, str | bytes) else None

    def whole(self, tag: int) -> int:
        """A whole number above 0, or 0."""
        found = self.value(tag)
        return found if isinstance(found, int) and found > 0 else 0


def plain_text(untrusted: str | bytes) -> str | None:
    """One short line that can be shown: cut at its NUL, without control or direction characters
    and surplus spaces, at most 64 characters. None if nothing is left."""
    raw = untrusted if isinstance(untrusted, bytes) else untrusted.encode("latin-1", "ignore")
    raw = raw.split(b"\0")[0]
    try:
        words = raw.decode("utf-8")
    except UnicodeDecodeError:
        words = raw.decode("latin-1")
    shown = (" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in words)
    return " ".join("".join(shown).split())[:_LONGEST_TEXT].strip() or None


def _says_screenshot(comment: object) -> bool:
    """iOS writes the word into UserComment, behind eight bytes that name its characters."""
    plain = comment.encode("utf-8", "ignore") if isinstance(comment, str) else comment
    return isinstance(plain, bytes) and b"screenshot" in plain[:200].replace(b"\0", b"").lower()


def _serial(words: str | None) -> str | None:
    """Some makers write binary into the serial number; that is none."""
    if words is None or not words.isascii() or words.strip("0 ") == "":
        return None
    return words if all(c.isalnum() or c in " ._/#:-" for c in words) else None


def capture_time(first: Tags, photo: Tags, place: Tags) -> CaptureTime | None:
    """The best capture time there is (R68). `IFD0:DateTime` is that of the last change and never
    taken; it differs from the original time in more than a quarter of real files."""
    local = _moment(photo.text(ORIGINAL), photo.text(SUBSEC_ORIGINAL))
    if local is None:
        return _digitized(photo)
    offset = _offset(photo.text(OFFSET_ORIGINAL))
    if offset is None and first.text(MODIFIED) == photo.text(ORIGINAL):
        # the offset of the last change counts only where nothing was changed
        offset = _offset(photo.text(OFFSET))
    if offset is not None:
        return _time(local, offset, TimeBasis.EXIF_OFFSET, TimeTrust.RECORDED)
    offset = _offset_by_gps(local, place)
    if offset is not None:
        return _time(local, offset, TimeBasis.EXIF_GPS, TimeTrust.DERIVED)
    return _time(local, None, TimeBasis.EXIF_NAIVE, TimeTrust.ASSUMED)


def _digitized(photo: Tags) -> CaptureTime | None:
    local = _moment(photo.text(DIGITIZED), photo.text(SUBSEC_DIGITIZED))
    if local is None:
        return None
    offset = _offset(photo.text(OFFSET_DIGITIZED))
    return _time(local, offset, TimeBasis.EXIF_DIGITIZED, TimeTrust.ASSUMED)


def _time(
    local: datetime, offset: timedelta | None, basis: TimeBasis, trust: TimeTrust
) -> CaptureTime:
    minutes = None if offset is None else offset // timedelta(minutes=1)
    return CaptureTime(local=local, utc_offset_minutes=minutes, basis=basis, trust=trust)


def _moment(words: str | None, fraction: str | None) -> datetime | None:
    """`YYYY:MM:DD HH:MM:SS` (EXIF 4.6.5), or None for blanks, zeros and dates that are none."""
    if words is None:
        return None
    digits = words.replace("-", ":")[:19]
    try:
        local = datetime.strptime(digits, "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    if fraction and fraction.isascii() and fraction.isdigit():
        return local.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return local


def _offset(words: str | None) -> timedelta | None:
    """`+13:00` (EXIF 4.6.5 OffsetTimeOriginal), `+1300` or `Z`; None for what no clock uses."""
    if words == "Z":
        return timedelta()
    digits = (words or "").replace(":", "")
    if len(digits) != 5 or digits[0] not in "+-" or not (digits.isascii() and digits[1:].isdigit()):
        return None
    size = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    if size > _FURTHEST or size % _QUARTER:
        return None
    return -size if digits[0] == "-" else size


def _offset_by_gps(local: datetime, place: Tags) -> timedelta | None:
    """Local time less GPS time, rounded to a quarter of an hour. A rest over a minute means that
    the fix is older than the photo, and says nothing."""
    utc = _gps_moment(place)
    if utc is None:
        return None
    apart = local - utc
    offset = round(apart / _QUARTER) * _QUARTER
    return offset if abs(apart - offset) <= _STALE and abs(offset) <= _FURTHEST else None


def _gps_moment(place: Tags) -> datetime | None:
    words = place.text(GPS_DATE)
    clock = _numbers(place.value(GPS_TIME))
    if words is None or clock is None or not all(0 <= part < 61 for part in clock):
        return None
    try:
        day = datetime.strptime(words.replace("-", ":"), "%Y:%m:%d").date()
        return _at(day, clock)
    except (ValueError, OverflowError):
        return None


def _at(day: date, clock: tuple[float, ...]) -> datetime:
    hours, minutes, seconds = clock
    return datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _numbers(value: Any) -> tuple[float, ...] | None:
    """Three rationals as finite numbers: 0/0 is a nan and no number."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    try:
        numbers = tuple(float(part) for part in value)
    except PILLOW_GIVES_UP:
        return None
    return numbers if all(math.isfinite(number) for number in numbers) else None


def _has_fix(place: Tags) -> bool:
    """Zero north, zero east is what devices write that had no fix."""
    latitude, longitude = _numbers(place.value(GPS_LATITUDE)), _numbers(place.value(GPS_LONGITUDE))
    return latitude is not None and longitude is not None and any((*latitude, *longitude))


def weighed(taken: CaptureTime, now: datetime) -> CaptureTime:
    """The same time; SUSPECT where the clock was never set, or stands ahead of the office's."""
    local = taken.local
    never_set = (local.month, local.day, local.hour, local.minute) == (1, 1, 0, 0)
    never_set = never_set or local.date() == _RESET_TO
    if taken.utc is not None:
        ahead = taken.utc > now.astimezone(UTC) + _CLOCKS_DIFFER
    else:
        ahead = local > now.replace(tzinfo=None) + _CLOCKS_DIFFER
    if not (never_set or ahead or local.year < _FIRST_YEAR):
        return taken
    return CaptureTime(
        local=local,
        utc_offset_minutes=taken.utc_offset_minutes,
        basis=taken.basis,
        trust=TimeTrust.SUSPECT,
    )
