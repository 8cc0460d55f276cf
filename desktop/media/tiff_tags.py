"""The directories of a TIFF block, read in pure Python: enough to sort files and turn them, and for
what Pillow does not read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_MOST_TAGS = 512
_ASCII, _UTF_8 = 2, 129


@dataclass(frozen=True, slots=True, kw_only=True)
class TiffTags:
    """Tags of one directory as (type, count, place of the value). Nothing raises for any bytes.

    `following` is the place of the next directory, or 0.
    """

    block: bytes
    order: str
    entries: dict[int, tuple[int, int, int]]
    following: int = 0

    @classmethod
    def of(cls, block: bytes) -> Self | None:
        """The tags of a block that begins with a TIFF header (TIFF 6.0 section 2); else None."""
        order = _ORDERS.get(block[:4])
        if order is None:
            return None
        if len(block) < 8:
            return cls(block=block, order=order, entries={})
        (place,) = struct.unpack_from(order + "I", block, 4)
        return cls.at(block, order, place)

    @classmethod
    def at(cls, block: bytes, order: str, place: int) -> Self:
        """The tags of the directory at this place; `order` is that of `struct`. None are there
        where there is no directory."""
        entries = dict(_entries(block, order, place))
        return cls(
            block=block, order=order, entries=entries, following=_following(block, order, place)
        )

    def directory(self, tag: int) -> Self:
        """The directory that a tag points to; an empty one where it does not."""
        return self.at(self.block, self.order, self.short(tag) or len(self.block))

    def is_utf8(self, tag: int) -> bool:
        """Whether its value is of the type that EXIF 3.0 brought, which Pillow does not read."""
        return self.entries.get(tag, (0, 0, 0))[0] == _UTF_8

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def text(self, tag: int) -> str:
        """An ASCII or UTF-8 value up to its NUL, or an empty string."""
        kind, count, place = self.entries.get(tag, (0, 0, 0))
        if kind not in {_ASCII, _UTF_8}:
            return ""
        start = place
        if count > 4:
            if place + 4 > len(self.block):
                return ""
            (start,) = struct.unpack_from(self.order + "I", self.block, place)
        found = self.block[start : start + min(count, 256)]
        encoding = "utf-8" if kind == _UTF_8 else "latin-1"
        return found.split(b"\0")[0].decode(encoding, "replace")

    def short(self, tag: int) -> int | None:
        """A single SHORT or LONG value, or None."""
        kind, count, place = self.entries.get(tag, (0, 0, 0))
        letter = {3: "H", 4: "I"}.get(kind)
        if letter is None or count != 1 or place + 4 > len(self.block):
            return None
        (value,) = struct.unpack_from(self.order + letter, self.block, place)
        return int(value)


def _entries(block: bytes, order: str, at: int) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for index in range(min(_count(block, order, at), _MOST_TAGS)):
        place = at + 2 + 12 * index
        if place + 12 > len(block):
            return
        tag, kind, number = struct.unpack_from(order + "HHI", block, place)
        yield tag, (kind, number, place + 8)


def _count(block: bytes, order: str, at: int) -> int:
    return int(struct.unpack_from(order + "H", block, at)[0]) if at + 2 <= len(block) else 0


def _following(block: bytes, order: str, at: int) -> int:
    place = at + 2 + 12 * _count(block, order, at)
    return int(struct.unpack_from(order + "I", block, place)[0]) if place + 4 <= len(block) else 0
