"""Scanners through SANE's `scanimage`: paper photos become images like any other.

A page goes from the tool's standard output into memory and nowhere else, so each page is a process
of its own: in its batch mode the tool writes beside the name that it was given, and renames.
"""

import os
import re
import selectors
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from desktop.devices.problems import (
    ClearingRefused,
    ItemGone,
    SourceBusy,
    SourceGone,
    SourceUnknown,
    SourceUnreadable,
)
from desktop.devices.refusal import refusal
from desktop.devices.scanner_problems import (
    FeederEmpty,
    ScannerCoverOpen,
    ScannerDenied,
    ScannerFull,
    ScannerHasNoFeeder,
    ScannerJammed,
    ScannerToolMissing,
)
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.devices.untrusted_names import shown
from desktop.problem import Problem
from desktop.records.facts.capture import Route

GLASS: Final = "scanner:"
FEEDER: Final = "feeder:"
NOTHING_TO_CLEAR: Final = "A scanner keeps nothing. Take the paper out of it."

_TOOL: Final = "scanimage"
_DPI: Final = 300
_LOOK_SECONDS: Final = 30.0
_PAGE_SECONDS: Final = 300.0
_PAGES_AT_MOST: Final = 100
_BYTES_AT_MOST: Final = 512 << 20
_MORE_PAGES: Final = "the feeder holds more pages than fit into one session; scan them in another"
_PROBLEMS: Final[dict[int, Callable[..., Problem]]] = {
    3: SourceBusy,  # the codes of SANE's status, which the tool exits with
    6: ScannerJammed,
    7: FeederEmpty,
    8: ScannerCoverOpen,
    11: ScannerDenied,
}
_INVALID, _IO_ERROR = 4, 9


def find_scanners(alive: Callable[[], None] = lambda: None) -> list[SourceInfo]:
    """Every scanner as glass and as feeder: it is not asked which it has. Looks on the network too,
    and may take half a minute; `alive` is called meanwhile and may raise. Raises
    ScannerToolMissing."""
    told = _run(["--formatted-device-list", "%d|%v %m%n"], _LOOK_SECONDS, alive)[1]
    lines = [line.partition("|") for line in told.decode(errors="replace").splitlines()]
    found = [(device, name.strip()) for device, mark, name in lines if device and mark]
    names = [name for _, name in found]
    return [
        info_of(f"{way}{one}", name if names.count(name) == 1 else f"{name} ({one})")
        for one, name in found
        for way in (GLASS, FEEDER)
    ]


def choices(alive: Callable[[], None] = lambda: None) -> list[SourceInfo]:
    """As `find_scanners`; a scanner that is the only one is asked whether it has glass and feeder.
    Several are not: on a large network that would take minutes."""
    found = find_scanners(alive)
    if len(found) > len((GLASS, FEEDER)):
        return found
    return [info for info in found if _has(info, alive)]


def is_scanner(source_id: str) -> bool:
    """Whether this is the id of a scanner's glass or feeder."""
    return source_id.startswith((GLASS, FEEDER)) and not source_id.endswith(":")


def info_of(source_id: str, name: str = "") -> SourceInfo:
    """What the program says of a scanner, unasked."""
    way, _, device = source_id.partition(":")
    called = shown(name or device)
    return SourceInfo(
        id=source_id,
        route=Route.SCANNER,
        name=f"Scanner {called}, {'feeder' if f'{way}:' == FEEDER else 'glass'}",
        cannot_clear=NOTHING_TO_CLEAR,
    )


class ScannerSource:
    """A `ClearingSource` whose items are the pages of this session. A walk scans where no page is
    held: one from the glass, or all that the feeder has. They stay in memory until it is closed."""

    def __init__(self, info: SourceInfo, *, alive: Callable[[], None] = lambda: None) -> None:
        """Raises ScannerToolMissing, SourceUnknown, SourceBusy, ScannerDenied and
        ScannerHasNoFeeder."""
        self.info = info
        self._alive = alive
        self._feeds = info.id.startswith(FEEDER)
        self._device = info.id.partition(":")[2]
        self._pages: dict[str, bytes] = {}
        self._items: list[MediaItem] = []
        code, told, said = _run([f"--device-name={self._device}", "-A"], _LOOK_SECONDS, alive)
        if code:
            raise self._problem(code, said, opening=True)
        self._options = self._wanted(told.decode(errors="replace"))

    def items(self) -> Iterator[MediaItem]:
        """See `ImportSource.items`. Raises ScannerJammed, FeederEmpty, ScannerCoverOpen, SourceBusy
        and ScannerDenied; the stack is then to be scanned again, and nothing of it is held."""
        if self._items:
            yield from tuple(self._items)
        else:
            yield from self.more_pages()

    def more_pages(self) -> Iterator[MediaItem]:
        """The pages that are held, then those of another scan. Raises ScannerFull, and what `items`
        raises: what was held before stays."""
        held = tuple(self._items)
        yield from held
        if self._is_full():
            raise ScannerFull(source=self.info.name)
        try:
            yield from self._scanned()
        except Problem:
            for item in self._items[len(held) :]:
                self._pages.pop(item.key, None)
            self._items = list(held)
            raise

    def _scanned(self) -> Iterator[MediaItem]:
        before = len(self._items)
        while True:
            try:
                page = self._scan()
            except FeederEmpty:
                if len(self._items) == before:
                    raise
                return
            yield self._keep(page)
            if not self._feeds:
                return
            if self._is_full():
                yield self._told("more pages", 0, _MORE_PAGES)
                return

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`."""
        if (refused := refusal(item)) is not None:
            raise refused
        page = self._pages.get(item.key)
        if page is None:
            raise ItemGone(name=item.name)
        block = page[offset : offset + len(buffer)]
        buffer[: len(block)] = block
        return len(block)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """None: a page is as small as it gets."""
        return None

    def check_clearing(self) -> None:
        """Raises ClearingRefused, always: nothing is left on a scanner."""
        raise ClearingRefused(source=self.info.name, reason=NOTHING_TO_CLEAR)

    def identity(self) -> str:
        """See `ClearingSource.identity`."""
        return self._device

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """None."""
        return ()

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """Raises ClearingRefused, always."""
        self.check_clearing()

    def close(self) -> None:
        """Forget the pages. Safe to call twice."""
        self._forget()

    def _forget(self) -> None:
        self._pages, self._items = {}, []

    def _is_full(self) -> bool:
        held = sum(map(len, self._pages.values()))
        return len(self._pages) >= _PAGES_AT_MOST or held >= _BYTES_AT_MOST

    def _scan(self) -> bytes:
        wanted = [f"--device-name={self._device}", "--format=png", *self._options]
        code, page, said = _run(wanted, _PAGE_SECONDS, self._alive)
        if code or not page:
            raise self._problem(code, said)
        return page

    def _keep(self, page: bytes) -> MediaItem:
        item = self._told(f"scan {len(self._pages) + 1:03}.png", len(page), None)
        self._pages[item.key] = page
        return item

    def _told(self, name: str, size: int, problem: str | None) -> MediaItem:
        now = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
        item = MediaItem(
            key=name, folder="", name=name, size=size, modified_local=now, problem=problem
        )
        self._items.append(item)
        return item

    def _wanted(self, told: str) -> list[str]:
        """The options that this scanner has, of those that are wanted."""
        wanted = []
        if any(mode in told for mode in ("|Color", "Color|")):
            wanted.append("--mode=Color")
        if "--resolution" in told:
            wanted.append(f"--resolution={_DPI}")
        glass, feeders = _sources_in(told)
        if self._feeds and not feeders:
            raise ScannerHasNoFeeder(source=self.info.name)
        wanted += [f"--source={one}" for one in (feeders if self._feeds else glass)[:1]]
        return wanted

    def _problem(self, code: int, said: bytes, *, opening: bool = False) -> Problem:
        if code in _PROBLEMS:
            return _PROBLEMS[code](source=self.info.name)
        if code == _IO_ERROR:
            return SourceGone(source=self.info.name)
        if opening and (code == _INVALID or b"Invalid argument" in said):
            return SourceUnknown(source=self.info.name)
        if code < 0:
            return SourceUnreadable(source=self.info.name, reason="it did not answer in time")
        line = said.decode(errors="replace").strip().rpartition("\n")[2]
        return SourceUnreadable(source=self.info.name, reason=shown(line) or "no page came")


def _sources_in(told: str) -> tuple[list[str], list[str]]:
    """What a scanner calls its glass and its feeder, as far as it has them and a choice of them."""
    offered = re.search(r"--source (\S.*?) \[", told)
    sources = offered.group(1).split("|") if offered else []
    glass = [one for one in sources if "flatbed" in one.casefold()]
    return glass, [one for one in sources if re.search(r"feeder|\bADF\b", one, re.IGNORECASE)]


def _has(info: SourceInfo, alive: Callable[[], None]) -> bool:
    """Whether a scanner has this way in; one that does not say may have it."""
    way, _, device = info.id.partition(":")
    code, told, _ = _run([f"--device-name={device}", "-A"], _LOOK_SECONDS, alive)
    glass, feeders = _sources_in(told.decode(errors="replace"))
    return bool(code or (feeders if f"{way}:" == FEEDER else glass or not feeders))


def _run(
    arguments: Sequence[str], seconds: float, alive: Callable[[], None]
) -> tuple[int, bytes, bytes]:
    """What the tool exits with, and what it wrote to its two outputs."""
    if (tool := shutil.which(_TOOL)) is None:
        raise ScannerToolMissing
    process = subprocess.Popen(
        [tool, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"LC_ALL": "C"},
    )
    out: dict[int, bytearray] = {}
    until = time.monotonic() + seconds
    with process, selectors.DefaultSelector() as waiting:
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                out[waiting.register(pipe, selectors.EVENT_READ).fd] = bytearray()
        try:
            while waiting.get_map() and time.monotonic() <= until:
                for ready, _ in waiting.select(1.0):
                    block = os.read(ready.fd, 1 << 16)
                    out[ready.fd] += block
                    if not block:
                        waiting.unregister(ready.fd)
                alive()
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))
        finally:
            process.kill()
    written, said = (bytes(one) for one in out.values())
    return process.returncode, written, said
