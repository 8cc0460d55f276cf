"""Where the codes of a JPEG's scan end: what lies behind the last of them is no picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 64 * 1024
_MOST_IN_A_BLOCK = 64 * 32 // 8 + 8
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_END_OF_BLOCK, _MOST_BITS = 0, 16


class CannotFollow(ValueError):
    """The scan holds a code that its tables do not know, or ends too early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SequentialScan:
    """A scan of whole blocks (ITU-T T.81 F.2). `blocks` are those of one unit: for each its table
    of first coefficients and that of the others, as in a DHT segment but for their first byte.
    `interval` is after how many units the decoder begins afresh; 0 is never."""

    packed: bytes
    blocks: Sequence[tuple[bytes, bytes]]
    units: int
    interval: int


def holds_more(scan: SequentialScan) -> bool:
    """Whether there is anything behind the last code of the scan, or of one of its intervals, but
    the filler that makes a byte whole. Exact, by following every code. Raises CannotFollow."""
    if scan.units < 1:
        raise CannotFollow
    parts = _RESTART.split(scan.packed)
    each = scan.interval or scan.units
    numbers = [one[1] & 7 for one in _RESTART.findall(scan.packed)]
    if len(parts) != -(-scan.units // each) or numbers != [n % 8 for n in range(len(parts) - 1)]:
        return True
    if any(part.count(b"\xff") != part.count(b"\xff\0") for part in parts):
        return True
    bare = [part.replace(b"\xff\0", b"\xff") for part in parts]
    data = b"".join(bare)
    edges = np.cumsum([0, *(len(part) for part in bare)]).tolist()
    follower = _Follower(data, scan.blocks)
    fillers = set()
    for number, (start, end) in enumerate(pairwise(edges)):
        units = min(each, scan.units - number * each)
        last = follower.end_of(start * 8, units)
        over = end * 8 - last
        if over < 0:
            raise CannotFollow
        if over > 7:
            return True
        if over:
            filler = data[end - 1] & ((1 << over) - 1)
            fillers.add({0: 0, (1 << over) - 1: 1}.get(filler, 2))
    return not fillers <= {1} and not fillers <= {0}


class _Follower:
    """Walks codes; what each place of the data would mean is looked up for many places at once."""

    def __init__(self, data: bytes, blocks: Sequence[tuple[bytes, bytes]]) -> None:
        self._data = np.frombuffer(data + bytes(4 + _MOST_IN_A_BLOCK), np.uint8).astype(np.uint32)
        pairs = [((first, True), (rest, False)) for first, rest in blocks]
        tables = list(dict.fromkeys(one for pair in pairs for one in pair))
        self._steps = [_steps_of(table, is_first=is_first) for table, is_first in tables]
        self._order = [(tables.index(first), tables.index(rest)) for first, rest in pairs]
        self._views: list[memoryview] = []
        self._from = self._until = -1

    def end_of(self, place: int, units: int) -> int:
        """The bit behind the last code of so many units that begin at this bit."""
        for _ in range(units):
            for first, rest in self._order:
                if not self._from <= place < self._until:
                    self._look_from(place)
                place = self._from + _walk(
                    self._views[first], self._views[rest], place - self._from
                )
        return place

    def _look_from(self, place: int) -> None:
        start = place // 8
        if start >= len(self._data) - 4 - _MOST_IN_A_BLOCK:
            raise CannotFollow
        here = self._data[start : start + _AT_ONCE + _MOST_IN_A_BLOCK + 4]
        word = (here[:-2] << 16) | (here[1:-1] << 8) | here[2:]
        ways = (word[:, None] >> np.arange(8, 0, -1, dtype=np.uint32)) & 0xFFFF
        flat = ways.ravel()
        self._views = [memoryview(steps[flat]) for steps in self._steps]
        self._from = start * 8
        self._until = self._from + max(len(word) - _MOST_IN_A_BLOCK, 1) * 8


def _walk(first: memoryview, rest: memoryview, place: int) -> int:
    """The bit behind one block. Each step says by how many bits and how many coefficients."""
    step = first[place]
    place += step & 63
    done = step >> 6
    while 0 < done < 64:
        step = rest[place]
        if not step:
            raise CannotFollow
        place += step & 63
        done += step >> 6
    if not done:
        raise CannotFollow
    return place


def _steps_of(table: bytes, *, is_first: bool) -> NDArray[np.uint16]:
    """For each 16 bits what the code at their beginning means: its bits with those that follow it,
    and 64 times the number of coefficients it gets over. 0 where there is no such code."""
    steps = np.zeros(1 << _MOST_BITS, np.uint16)
    for code, length, symbol in _codes(table):
        more = symbol & 15
        over = 1 if is_first else _coefficients(symbol)
        low = code << (_MOST_BITS - length)
        steps[low : low + (1 << (_MOST_BITS - length))] = length + more + 64 * over
    return steps


def _coefficients(symbol: int) -> int:
    return 64 if symbol == _END_OF_BLOCK else (symbol >> 4) + 1


def _codes(table: bytes) -> Iterator[tuple[int, int, int]]:
    """Code, length and symbol (T.81 annex C). Raises CannotFollow for more codes than there are."""
    code, at = 0, 16
    for length in range(1, 17):
        for symbol in table[at : at + table[length - 1]]:
            if code >= 1 << length:
                raise CannotFollow
            yield code, length, symbol
            code, at = code + 1, at + 1
        code <<= 1
