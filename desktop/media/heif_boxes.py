"""What the boxes of a HEIF or AVIF file say of its main picture, beside what the libraries tell."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.media.colours import CodedColours

_MOST_BOXES = 4096
_MOST_PROPERTIES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class HeifFacts:
    """The main picture's properties (ISO/IEC 23008-12). `turned` tells that it says itself how it
    is to be turned or mirrored; `colours` is None where no numbers are given."""

    turned: bool = False
    colours: CodedColours | None = None


@dataclass(slots=True, kw_only=True)
class _Found:
    primary: int | None = None
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    of_item: dict[int, list[int]] = field(default_factory=dict)


def heif_facts(head: bytes) -> HeifFacts:
    """The facts from the beginning of a file, which has to hold its `meta` box. Nothing raises for
    any bytes: what cannot be read is not there."""
    found = _Found()
    try:
        for kind, start, end in boxes(head, 0, len(head)):
            if kind == b"meta":
                _read_meta(head, start + 4, end, found)
                break
    except (struct.error, IndexError):
        return HeifFacts()
    main = [
        found.properties[number - 1]
        for number in found.of_item.get(-1 if found.primary is None else found.primary, [])
        if 0 < number <= len(found.properties)
    ]
    return HeifFacts(
        turned=any(kind in {b"irot", b"imir"} for kind, _ in main),
        colours=next((_colours(body) for kind, body in main if _is_coded(kind, body)), None),
    )


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind and place of the contents of each box (ISO/IEC 14496-12 4.2) up to the first that makes
    no sense; a last one may be cut short."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1:
            if body + 8 > end:
                return
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        stop = end if size == 0 else start + size
        if stop < body:
            return
        yield kind, body, min(stop, end)
        start = stop


def _read_meta(data: bytes, start: int, end: int, found: _Found) -> None:
    for kind, at, stop in boxes(data, start, end):
        if kind == b"pitm":
            wide = data[at] > 0
            (found.primary,) = struct.unpack_from(">I" if wide else ">H", data, at + 4)
        elif kind == b"iprp":
            for inner, begin, close in boxes(data, at, stop):
                if inner == b"ipco":
                    found.properties = [(k, data[a:b]) for k, a, b in boxes(data, begin, close)]
                elif inner == b"ipma":
                    _read_associations(data, begin, close, found)


def _read_associations(data: bytes, at: int, end: int, found: _Found) -> None:
    wide_item, wide_number = data[at] > 0, data[at + 3] & 1
    (items,) = struct.unpack_from(">I", data, at + 4)
    at += 8
    for _ in range(min(items, _MOST_BOXES)):
        if at + 3 > end:
            return
        (item,) = struct.unpack_from(">I" if wide_item else ">H", data, at)
        at += 4 if wide_item else 2
        count, at = min(data[at], _MOST_PROPERTIES), at + 1
        numbers = struct.unpack_from(f">{count}{'H' if wide_number else 'B'}", data, at)
        at += count * (2 if wide_number else 1)
        found.of_item[item] = [number & (0x7FFF if wide_number else 0x7F) for number in numbers]


def _is_coded(kind: bytes, body: bytes) -> bool:
    return kind == b"colr" and body[:4] == b"nclx" and len(body) >= 8


def _colours(body: bytes) -> CodedColours:
    primaries, transfer = struct.unpack_from(">HH", body, 4)
    return CodedColours(primaries=primaries, transfer=transfer)
