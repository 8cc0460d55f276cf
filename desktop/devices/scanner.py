"""Scanners through SANE's `scanimage`: paper photos become images like any other.

A page goes from the tool's standard output into memory and nowhere else, so each page is a process
of its own: in its batch mode the tool writes beside the name that it was given, and renames.
"""

from collections.abc import Callable, Iterator, Sequence
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
from desktop.devices.scanner_options import BOTH_SIDES, FEEDER, GLASS, WAYS, options_in
from desktop.devices.scanner_problems import (
    FeederEmpty,
    ScannerCoverOpen,
    ScannerDenied,
    ScannerFull,
    ScannerHasNoDuplex,
    ScannerHasNoFeeder,
    ScannerJammed,
)
from desktop.devices.scanner_tool import run, run_both_sides
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.devices.untrusted_names import shown
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from desktop.records.facts.scan_settings import ScanSettings

NOTHING_TO_CLEAR: Final = "A scanner keeps nothing. Take the paper out of it."

_WAY_WORDS: Final = {GLASS: "glass", FEEDER: "feeder", BOTH_SIDES: "both sides"}
_LOOK_SECONDS: Final = 30.0
_PAGE_SECONDS: Final = 300.0
_PAGES_AT_MOST: Final = 100
_END_OF_PNG: Final = b"IEND\xaeB`\x82"
_BYTES_AT_MOST: Final = 512 << 20
_MORE_PAGES: Final = "the feeder holds more pages than fit into one session; scan them in another"
_PROBLEMS: Final[dict[int, Callable[..., Problem]]] = {
    3: SourceBusy,  # the codes of SANE's status, which the tool exits with
    6: ScannerJammed,
    7: FeederEmpty,
    8: ScannerCoverOpen,
    11: ScannerDenied,
}
_INVALID, _NO_MORE, _IO_ERROR = 4, 7, 9


def find_scanners(alive: Callable[[], None] = lambda: None) -> list[SourceInfo]:
    """Every scanner as glass, as feeder, and as feeder of both sides: it is not asked which it has.
    Looks on the network too, and may take half a minute; `alive` is called meanwhile and may raise.
    Raises ScannerToolMissing."""
    told = b"".join(run(["--formatted-device-list", "%d|%v %m%n"], _LOOK_SECONDS, alive)[1])
    lines = [line.partition("|") for line in told.decode(errors="replace").splitlines()]
    found = [(device, name.strip()) for device, mark, name in lines if device and mark]
    names = [name for _, name in found]
    return [
        info_of(f"{way}{one}", name if names.count(name) == 1 else f"{name} ({one})")
        for one, name in found
        for way in WAYS
    ]


def choices(alive: Callable[[], None] = lambda: None) -> list[SourceInfo]:
    """As `find_scanners`; a scanner that is the only one is asked what it has. Several are not: on
    a large network that would take minutes."""
    found = find_scanners(alive)
    if len(found) != len(WAYS):
        return found
    code, told, _ = run([f"--device-name={device_of(found[0].id)}", "-A"], _LOOK_SECONDS, alive)
    ways = options_in(_text(told)).ways if not code else WAYS
    return [info for info in found if info.id.startswith(ways)]


def is_scanner(source_id: str) -> bool:
    """Whether this is the id of a scanner's glass or feeder."""
    return source_id.startswith(WAYS) and bool(device_of(source_id))


def device_of(source_id: str) -> str:
    """What SANE calls the scanner, whichever its way in."""
    return source_id.partition(":")[2]


def info_of(source_id: str, name: str = "") -> SourceInfo:
    """What the program says of a scanner, unasked."""
    called = shown(name or device_of(source_id))
    way = next(words for way, words in _WAY_WORDS.items() if source_id.startswith(way))
    return SourceInfo(
        id=source_id,
        route=Route.SCANNER,
        name=f"Scanner {called}, {way}",
        cannot_clear=NOTHING_TO_CLEAR,
    )


class ScannerSource:
    """A `ClearingSource` whose items are the pages of this session. A walk scans where no page is
    held: one from the glass, or all that the feeder has. They stay in memory until it is closed."""

    def __init__(self, info: SourceInfo, *, alive: Callable[[], None] = lambda: None) -> None:
        """Raises ScannerToolMissing, SourceUnknown, SourceBusy, ScannerDenied, ScannerHasNoFeeder
        and ScannerHasNoDuplex. `settings` may be changed between two scans."""
        self.info = info
        self.settings = ScanSettings()
        self._alive = alive
        self._way = next(way for way in WAYS if info.id.startswith(way))
        self._device = device_of(info.id)
        self._pages: dict[str, bytes] = {}
        self._items: list[MediaItem] = []
        code, told, said = run([f"--device-name={self._device}", "-A"], _LOOK_SECONDS, alive)
        if code:
            raise self._problem(code, said, opening=True)
        self._options = options_in(_text(told))
        self._wanted()

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
                pages = self._scan()
            except FeederEmpty:
                if len(self._items) == before:
                    raise
                return
            for page in pages:
                yield self._keep(page)
            if self._way == GLASS:
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

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """None."""
        return ()

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

    def _scan(self) -> list[bytes]:
        """The next page, or the next sheet's two."""
        wanted = [f"--device-name={self._device}", "--format=png", *self._wanted()]
        if self._way == BOTH_SIDES:
            code, pages, said = run_both_sides(wanted, _PAGE_SECONDS, self._alive)
            pages = [page for page in pages if page.endswith(_END_OF_PNG)]
            is_over = code == _NO_MORE and bool(pages)  # a last sheet with one side
        else:
            code, pages, said = run(wanted, _PAGE_SECONDS, self._alive)
            is_over = False
        if (code and not is_over) or not pages:
            raise self._problem(code, said)
        return pages

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

    def _wanted(self) -> list[str]:
        """What the tool is told. Raises ScannerHasNoFeeder and ScannerHasNoDuplex."""
        wanted = self._options.arguments(self._way, self.settings)
        if wanted is None:
            kind = ScannerHasNoDuplex if self._way == BOTH_SIDES else ScannerHasNoFeeder
            raise kind(source=self.info.name)
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


def _text(told: Sequence[bytes]) -> str:
    return b"".join(told).decode(errors="replace")
