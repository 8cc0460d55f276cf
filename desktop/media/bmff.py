"""The boxes of an MP4, MOV, 3GP or M4A: what they say that no decoder tells (ISO/IEC 14496-12).

No size that a box declares is believed: nothing is allocated by it, nothing outside the file is
read, and only a bounded number of boxes is looked at.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Protocol

from desktop.media.exif_facts import plain_text

CREATION_DATE = "com.apple.quicktime.creationdate"
CONTENT_IDENTIFIER = "com.apple.quicktime.content.identifier"
PLACE = "com.apple.quicktime.location.ISO6709"
UDTA_PLACE = "©xyz"
"""Names under which `BoxFacts.said` holds a text: a key of QuickTime, or the type of a box."""

_MOST_BOXES = 4_000
_MOST_KEYS = 200
_LONGEST_VALUE = 4_096
_LONGEST_MAP = 64 * 1024
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXT_BOXES = {b"date", b"auth", b"\xa9day", b"\xa9mak", b"\xa9mod", b"\xa9swr", b"\xa9xyz"}
_TURNS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}

_UTF8, _UTF16, _SIGNED, _UNSIGNED, _FLOAT = 1, 2, 21, 22, 23
"""Kinds of value in a metadata item (QuickTime File Format, Well-known types)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanAperture:
    """What of the `stored` pixels, across and down, is to be seen (ISO/IEC 14496-12 12.1.4):
    `across` and `down` say how far its middle is to the right of theirs, and below."""

    stored: tuple[int, int]
    width: Fraction
    height: Fraction
    across: Fraction
    down: Fraction


class Bytes(Protocol):
    """A file that is read here and there."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As of any file."""
        ...

    def read(self, size: int, /) -> bytes:
        """As of any file: fewer only at its end."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFacts:
    """What the boxes say. `created` is the movie header's creation time in UTC, as the format has
    it; `said` holds short texts by the name of their key or box; `turn` is how far the picture is
    to be turned clockwise to stand upright, in degrees, after it was mirrored top to bottom where
    `is_mirrored`; `aperture` is that of the first track of pictures. `whole` is False where the
    file ends inside a box of the outermost level.
    """

    created: datetime | None = None
    said: dict[str, str] = field(default_factory=dict)
    has_place: bool = False
    turn: int = 0
    is_mirrored: bool = False
    aperture: CleanAperture | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    """Where its content starts."""
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def box_facts(file: Bytes, size: int) -> BoxFacts:
    """What the boxes of a file of `size` bytes say; as much as is sound of a broken one. Raises
    nothing but what reading the file raises."""
    return _Walker(file, size).facts()


class _Walker:
    def __init__(self, file: Bytes, size: int) -> None:
        self._file = file
        self._size = size
        self._left = _MOST_BOXES
        self._whole = True
        self._created: datetime | None = None
        self._said: dict[str, str] = {}
        self._turn: tuple[int, bool] | None = None
        self._aperture: CleanAperture | None = None
        self._loci = False

    def facts(self) -> BoxFacts:
        for box in self._boxes(0, self._size):
            if box.kind == b"moov":
                self._movie(box)
        places = (self._said.get(PLACE), self._said.get(UDTA_PLACE))
        turn, is_mirrored = self._turn or (0, False)
        return BoxFacts(
            created=self._created,
            said=self._said,
            has_place=self._loci or any(place is not None and _is_fix(place) for place in places),
            turn=turn,
            is_mirrored=is_mirrored,
            aperture=self._aperture,
            whole=self._whole,
        )

    def _boxes(self, start: int, end: int) -> Iterator[_Box]:
        """The boxes between two places, as far as they are sound."""
        at = start
        while at + 8 <= end and self._left > 0:
            self._left -= 1
            head = self._read(at, 16)
            if len(head) < 8:
                return
            size, kind, begin = int.from_bytes(head[:4], "big"), head[4:8], at + 8
            if size == 1 and len(head) == 16:
                size, begin = int.from_bytes(head[8:], "big"), at + 16
            elif size == 0 and end == self._size:
                size = end - at
            stop = at + size
            if stop < begin or stop > end:
                self._whole = self._whole and end != self._size
                return
            yield _Box(kind, begin, stop)
            at = stop

    def _read(self, at: int, length: int) -> bytes:
        self._file.seek(at)
        return self._file.read(max(min(length, self._size - at), 0))

    def _content(self, box: _Box, most: int = _LONGEST_VALUE) -> bytes:
        return self._read(box.start, min(box.size, most))

    def _movie(self, movie: _Box) -> None:
        for box in self._boxes(movie.start, movie.end):
            if box.kind == b"mvhd":
                self._created = _created(self._content(box, 20))
            elif box.kind == b"trak":
                self._track(box)
            elif box.kind == b"meta":
                self._keyed(box)
            elif box.kind == b"udta":
                self._user_data(box)

    def _track(self, track: _Box) -> None:
        """The turn and the aperture of the first track that shows pictures."""
        turn, pictures, aperture = (0, False), False, None
        for box in self._boxes(track.start, track.end):
            if box.kind == b"tkhd":
                turn = _turn(self._content(box, 96))
            elif box.kind == b"mdia":
                handlers = (b for b in self._boxes(box.start, box.end) if b.kind == b"hdlr")
                pictures = any(self._content(b, 12)[8:12] == b"vide" for b in handlers)
                aperture = self._aperture_in(box) if pictures else None
        if pictures and self._turn is None:
            self._turn, self._aperture = turn, aperture

    def _aperture_in(self, media: _Box) -> CleanAperture | None:
        """From the first description of samples in a track of pictures."""
        tables = [
            table
            for info in self._boxes(media.start, media.end)
            if info.kind == b"minf"
            for table in self._boxes(info.start, info.end)
            if table.kind == b"stbl"
        ]
        for table in tables:
            for box in self._boxes(table.start, table.end):
                if box.kind == b"stsd":
                    entry = next(self._boxes(box.start + 8, box.end), None)
                    return self._clean(entry) if entry is not None else None
        return None

    def _clean(self, entry: _Box) -> CleanAperture | None:
        sides = self._read(entry.start + 24, 4)
        for box in self._boxes(entry.start + 78, entry.end):
            if box.kind == b"clap" and box.size >= 32:
                return _aperture(struct.unpack(">2H", sides), self._content(box, 32))
        return None

    def _user_data(self, user: _Box) -> None:
        for box in self._boxes(user.start, user.end):
            if box.kind in _TEXT_BOXES:
                self._say(box.kind.decode("latin-1"), _text_of_box(box.kind, self._content(box)))
            elif box.kind == b"loci":
                self._loci = self._loci or _has_place(self._content(box))
            elif box.kind == b"meta":
                self._keyed(box)

    def _keyed(self, meta: _Box) -> None:
        """Keys and their values. A list without keys is that of a music shop, whose day is that of
        a release and no capture time."""
        # a full box by the standard, a plain one by QuickTime
        plain = self._read(meta.start, 8)[4:] == b"hdlr"
        keys: list[str] = []
        for box in self._boxes(meta.start if plain else meta.start + 4, meta.end):
            if box.kind == b"keys":
                keys = _keys(self._content(box, _LONGEST_MAP))
            elif box.kind == b"ilst":
                self._values(box, keys)

    def _values(self, items: _Box, keys: list[str]) -> None:
        for item in self._boxes(items.start, items.end):
            number = int.from_bytes(item.kind, "big")
            if not 1 <= number <= len(keys):
                continue
            for box in self._boxes(item.start, item.end):
                if box.kind == b"data":
                    self._say(keys[number - 1], _value(self._content(box)))

    def _say(self, name: str, text: str | None) -> None:
        if text is not None:
            self._said.setdefault(name, text)


def _aperture(stored: tuple[int, int], content: bytes) -> CleanAperture | None:
    """Four fractions, of which the last two may be less than nought."""
    numbers = struct.unpack(">4IiIiI", content)
    if not all(numbers[1::2]):
        return None
    width, height, across, down = (
        Fraction(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)
    )
    return CleanAperture(stored=stored, width=width, height=height, across=across, down=down)


def _created(content: bytes) -> datetime | None:
    """Seconds since 1904, but some writers count from 1970: no film is older than that."""
    wide = content[:1] == b"\1"
    raw = content[4:12] if wide else content[4:8]
    seconds = int.from_bytes(raw, "big")
    if len(raw) < (8 if wide else 4) or seconds == 0:
        return None
    try:
        since_1904 = _EPOCH + timedelta(seconds=seconds)
        if since_1904 >= _UNIX_EPOCH:
            return since_1904
        return _UNIX_EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _turn(content: bytes) -> tuple[int, bool]:
    """From the first row of the track's matrix, of which only quarter turns are taken, and whether
    it mirrors."""
    at = 52 if content[:1] == b"\1" else 40
    if len(content) < at + 20:
        return 0, False
    a, b, _, c, d = struct.unpack(">5i", content[at : at + 20])
    return _TURNS.get((_sign(a), _sign(b)), 0), a * d - b * c < 0


def _sign(fixed: int) -> int:
    return (fixed > 0) - (fixed < 0)


def _text_of_box(kind: bytes, content: bytes) -> str | None:
    if kind[:1] == b"\xa9":  # two lengths before the text: its own, and a language
        return plain_text(content[4 : 4 + int.from_bytes(content[:2], "big")])
    if kind == b"auth":  # version and flags, language
        return _wide_text(content[6:])
    return plain_text(content[4:] if content[:4] == b"\0\0\0\0" else content)


def _wide_text(content: bytes) -> str | None:
    if content[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return plain_text(content.decode("utf-16", "replace").encode())
    return plain_text(content)


def _keys(content: bytes) -> list[str]:
    names: list[str] = []
    at = 8
    while at + 8 <= len(content) and len(names) < _MOST_KEYS:
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 8:
            break
        names.append(content[at + 8 : at + size].decode("utf-8", "replace"))
        at += size
    return names


def _value(content: bytes) -> str | None:
    kind, raw = int.from_bytes(content[:4], "big"), content[8:]
    if kind == _UTF8:
        return plain_text(raw)
    if kind == _UTF16:
        return plain_text(raw.decode("utf-16-be", "replace").encode())
    if kind in {_SIGNED, _UNSIGNED} and 1 <= len(raw) <= 8:
        return str(int.from_bytes(raw, "big", signed=kind == _SIGNED))
    if kind == _FLOAT and len(raw) == 4:
        return repr(struct.unpack(">f", raw)[0])
    return None


def _is_fix(place: str) -> bool:
    """`+36.8500+174.7600/` (ISO 6709); zero north, zero east is a device that had no fix."""
    return any(digit in "123456789" for digit in place)


def _has_place(content: bytes) -> bool:
    """3GPP TS 26.244 table 8.10: a name that ends with NUL, a role, longitude, latitude."""
    end = content.find(b"\0", 6)
    place = content[end + 2 : end + 10] if end >= 6 else b""
    return len(place) == 8 and any(place)
