"""Whether a real device keeps the reading half of the contract: asked of it, and written down.

Nothing is deleted and nothing is kept. What is told of the device are counts, kinds and seconds: no
name of a file, no byte of an image, no serial number.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.devices.problems import ClearingRefused
from desktop.devices.refusal import kind_of_refusal
from desktop.devices.source import ClearingSource, MediaItem, SourceInfo
from desktop.devices.untrusted_names import extension_of, is_media_name, shadowed
from desktop.problem import Problem

Fact = bool | int | float | str
Tell = Callable[[str, int, int], None]
"""Hears what is being done, which step it is, and of how many."""

_BLOCK: Final = 1 << 20
_WINDOW: Final = 1000
_SAMPLE_AT_MOST: Final = 64 << 20
_BEYOND: Final = 4096
_THUMBNAILS: Final = 10
_NAME_AT_MOST: Final = 200
_EARLIEST: Final = 1995
_STRAY: Final = MediaItem(
    key="no/such?thing", folder="", name="nothing", size=9, modified_local=None
)


class Outcome(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "FAILED"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check, how long it took, and what it found in numbers."""

    name: str
    outcome: Outcome
    seconds: float
    facts: Mapping[str, Fact]


class _NotKept(Exception):
    """A line of the contract that the device does not keep, with what was found."""

    def __init__(self, **facts: Fact) -> None:
        super().__init__()
        self.facts = facts


class _NotAsked(Exception):
    """A check that this device cannot be asked."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.facts = {"because": why}


def self_test(
    opens: Callable[[], ClearingSource],
    *,
    now: datetime,
    tell: Tell = lambda _name, _step, _steps: None,
) -> tuple[SourceInfo | None, list[Check]]:
    """What the device is called, if it would open, and every check in its order.

    Raises nothing for what the device does. `now` is wall time.
    """
    sitting = _Sitting(opens, now)
    checks: list[Check] = []
    try:
        for step, (name, ask) in enumerate(sitting.checks.items()):
            tell(name, step, len(sitting.checks))
            checks.append(_outcome(name, ask, is_over=sitting.is_over))
            sitting.is_over |= step == 0 and checks[0].outcome is Outcome.FAILED
    finally:
        sitting.close()
    return sitting.info, checks


def _outcome(name: str, ask: Callable[[], Mapping[str, Fact]], *, is_over: bool) -> Check:
    if is_over:
        facts: Mapping[str, Fact] = {"because": "the device would not open"}
        return Check(name=name, outcome=Outcome.NOT_ASKED, seconds=0, facts=facts)
    outcome, started = Outcome.PASSED, time.monotonic()
    try:
        facts = ask()
    except _NotKept as failed:
        outcome, facts = Outcome.FAILED, failed.facts
    except _NotAsked as why:
        outcome, facts = Outcome.NOT_ASKED, why.facts
    except Problem as problem:  # its words may name a file
        outcome, facts = Outcome.FAILED, {"problem": problem.code}
    seconds = round(time.monotonic() - started, 2)
    return Check(name=name, outcome=outcome, seconds=seconds, facts=facts)


class _Sitting:
    """The device while it is asked."""

    def __init__(self, opens: Callable[[], ClearingSource], now: datetime) -> None:
        self._opens = opens
        self._now = now
        self._source: ClearingSource | None = None
        self._items: list[MediaItem] = []
        self._identity: str | None = None
        self.info: SourceInfo | None = None
        self.is_over = False
        self.checks: Mapping[str, Callable[[], Mapping[str, Fact]]] = {
            "opens": self._open,
            "says whether it may be cleared": self._clearing,
            "lists twice the same": self._list,
            "sizes and times are plausible": self._plausible,
            "names can be told apart": self._names,
            "reads twice the same, to the listed size": self._identical,
            "reads from any place": self._places,
            "fewer bytes than listed are found out": self._short,
            "refuses what is not there": self._stray,
            "thumbnails": self._thumbnails,
            "lists the same when it is opened again": self._again,
        }

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    @property
    def _open_source(self) -> ClearingSource:
        if self._source is None:
            raise AssertionError("nothing was opened")
        return self._source

    def _open(self) -> Mapping[str, Fact]:
        self._source = self._opens()
        self.info = self._source.info
        return {}

    def _clearing(self) -> Mapping[str, Fact]:
        try:
            self._open_source.check_clearing()
            self._identity = self._open_source.identity()
        except ClearingRefused as refused:
            return {"may be cleared": False, "because": refused.reason}
        return {"may be cleared": True, "tells itself from others": bool(self._identity.strip())}

    def _list(self) -> Mapping[str, Fact]:
        self._items = list(self._open_source.items())
        reasons = Counter(kind_of_refusal(item) for item in self._items)
        del reasons[""]
        facts: dict[str, Fact] = {
            "items": len(self._items),
            "folders": len({item.folder for item in self._items}),
            **{f"not to be read, {reason}": count for reason, count in sorted(reasons.items())},
        }
        if (again := list(self._open_source.items())) != self._items:
            raise _NotKept(**facts, items_the_second_time=len(again))
        return facts

    def _plausible(self) -> Mapping[str, Fact]:
        readable, latest = self._readable(), self._now + timedelta(days=2)
        times = [item.modified_local for item in readable if item.modified_local is not None]
        sizes = [item.size for item in readable]
        facts: dict[str, Fact] = {
            "megabytes": round(sum(sizes) / 1e6),
            "largest, in megabytes": round(max(sizes) / 1e6),
            "4 GiB or larger": sum(size >= 4 << 30 for size in sizes),
            "without a time": len(readable) - len(times),
            "with a time before 1995": sum(time.year < _EARLIEST for time in times),
            "with a time in the future": sum(time > latest for time in times),
        }
        kinds = Counter(_kind(item.name) for item in readable)
        facts |= {f"of kind {kind}": count for kind, count in sorted(kinds.items())}
        if times and all(time > latest or time.year < _EARLIEST for time in times):
            raise _NotKept(**facts)
        return facts

    def _names(self) -> Mapping[str, Fact]:
        if not self._items:
            raise _NotAsked("it lists nothing")
        places = Counter((item.folder, item.name) for item in self._items)
        within: dict[str, set[str]] = {}
        for folder, name in places:
            within.setdefault(folder, set()).add(name)
        begun = sum(len(shadowed(names)) for names in within.values())
        return {
            "twice in a folder": sum(count - 1 for count in places.values()),
            "beginning another name": begun,
            "with characters that were hidden": sum(
                "\N{REPLACEMENT CHARACTER}" in item.name for item in self._items
            ),
            "with a slash": sum("/" in item.name or "\\" in item.name for item in self._items),
            "longer than 200": sum(len(item.name) > _NAME_AT_MOST for item in self._items),
        }

    def _identical(self) -> Mapping[str, Fact]:
        item = self._sample()
        started = time.monotonic()
        first, size = _read(self._open_source, item)
        seconds = max(time.monotonic() - started, 0.001)
        facts = {
            "megabytes": round(item.size / 1e6, 1),
            "megabytes a second": round(size / 1e6 / seconds, 1),
        }
        if size != item.size:
            raise _NotKept(**facts, bytes_missing=item.size - size)
        if _read(self._open_source, item)[0] != first:
            raise _NotKept(**facts, second_reading="differs")
        return facts

    def _places(self) -> Mapping[str, Fact]:
        item = self._sample()
        whole: dict[int, bytearray] = {start: bytearray() for start in _windows(item.size)}
        for start, block in _blocks(self._open_source, item):
            for place in whole:
                begin, end = max(place, start), min(place + _WINDOW, start + len(block))
                whole[place] += block[begin - start : max(begin, end) - start]
        differing = 0
        for place in sorted(whole, key=lambda place: (place % 3, -place)):
            buffer = memoryview(bytearray(_WINDOW))
            got = self._open_source.read_into(item, place, buffer)
            differing += not got or bytes(buffer[:got]) != bytes(whole[place][:got])
        if differing:
            raise _NotKept(places=len(whole), places_that_differ=differing)
        return {"places": len(whole)}

    def _short(self) -> Mapping[str, Fact]:
        """The same file, said to be longer than it is: it must not come out whole."""
        item = self._sample()
        claimed = replace(item, size=item.size + _BEYOND)
        with suppress(Problem):
            if _read(self._open_source, claimed)[1] >= claimed.size:
                raise _NotKept(bytes_too_many=_BEYOND)
        return {}

    def _stray(self) -> Mapping[str, Fact]:
        with suppress(Problem):
            if self._open_source.read_into(_STRAY, 0, memoryview(bytearray(9))):
                raise _NotKept(bytes_of="nothing")
        return {}

    def _thumbnails(self) -> Mapping[str, Fact]:
        asked = self._readable()[:_THUMBNAILS]
        given = [self._open_source.thumbnail(item) for item in asked]
        return {"asked for": len(asked), "given": sum(small is not None for small in given)}

    def _again(self) -> Mapping[str, Fact]:
        self.close()
        self._source = self._opens()
        with closing(self._source):
            found = list(self._source.items())
            is_same = self._identity is None or self._source.identity() == self._identity
        wanted = [replace(item, key="") for item in self._items]
        if [replace(item, key="") for item in found] != wanted:
            raise _NotKept(items=len(self._items), items_the_second_time=len(found))
        if not is_same:
            raise _NotKept(items=len(found), calls_itself_the_same=False)
        return {"items": len(found)}

    def _readable(self) -> list[MediaItem]:
        found = [item for item in self._items if item.problem is None and item.size]
        if not found:
            raise _NotAsked("it lists nothing that could be read")
        return found

    def _sample(self) -> MediaItem:
        """The first that is not too long to be read a few times, or else the shortest."""
        found = self._readable()
        small = (item for item in found if item.size <= _SAMPLE_AT_MOST)
        return next(small, min(found, key=lambda item: item.size))


def _kind(name: str) -> str:
    return extension_of(name) if is_media_name(name) else "that its name does not say"


def _windows(size: int) -> Sequence[int]:
    return sorted({0, min(1, size - 1), size // 3, size // 2, max(0, size - _WINDOW), size - 1})


def _blocks(source: ClearingSource, item: MediaItem) -> Iterator[tuple[int, bytes]]:
    place, buffer = 0, memoryview(bytearray(_BLOCK))
    while place < item.size and (got := source.read_into(item, place, buffer)):
        yield place, bytes(buffer[:got])
        place += got


def _read(source: ClearingSource, item: MediaItem) -> tuple[bytes, int]:
    """The hash and the number of the bytes that came."""
    digest, size = hashlib.sha256(), 0
    for _, block in _blocks(source, item):
        digest.update(block)
        size += len(block)
    return digest.digest(), size
