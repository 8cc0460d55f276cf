"""The first directory of a TIFF block, read in pure Python: enough to sort files and turn them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_MOST_TAGS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class TiffTags:
    """Tags of IFD0 as (type, count, place of the value). Nothing here raises for any bytes."""

    block: bytes
    order: str
    entries: dict[int, tuple[int, int, int]]

    @classmethod
    def of(cls, block: bytes) -> Self | None:
        """The tags of a block that begins with a TIFF header (TIFF 6.0 section 2); else None."""
        order = _ORDERS.get(block[:4])
        if order is None:
            return None
        return cls(block=block, order=order, entries=dict(_entries(block, order)))

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def text(self, tag: int) -> str:
        """An ASCII value up to its NUL, or an empty string."""
        kind, count, place = self.entries.get(tag, (0, 0, 0))
        if kind != 2:
            return ""
        start = place
        if count > 4:
            if place + 4 > len(self.block):
                return ""
            (start,) = struct.unpack_from(self.order + "I", self.block, place)
        found = self.block[start : start + min(count, 256)]
        return found.split(b"\0")[0].decode("latin-1")

    def short(self, tag: int) -> int | None:
        """A single SHORT or LONG value, or None."""
        kind, count, place = self.entries.get(tag, (0, 0, 0))
        letter = {3: "H", 4: "I"}.get(kind)
        if letter is None or count != 1 or place + 4 > len(self.block):
            return None
        (value,) = struct.unpack_from(self.order + letter, self.block, place)
        return int(value)


def _entries(block: bytes, order: str) -> Iterator[tuple[int, tuple[int, int, int]]]:
    if len(block) < 8:
        return
    (at,) = struct.unpack_from(order + "I", block, 4)
    if at + 2 > len(block):
        return
    (count,) = struct.unpack_from(order + "H", block, at)
    for index in range(min(count, _MOST_TAGS)):
        place = at + 2 + 12 * index
        if place + 12 > len(block):
            return
        tag, kind, number = struct.unpack_from(order + "HHI", block, place)
        yield tag, (kind, number, place + 8)
