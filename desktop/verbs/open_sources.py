"""Which sources are open while a window is: one session each, shared call by call."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock, RLock
from typing import Self

from desktop.devices.eject_problems import CardBeingRead
from desktop.devices.ejecting import eject, kept_in, may_go
from desktop.devices.finding import SourceWatcher, network_camera, open_found, open_source
from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import SourceEmpty, SourceGone, SourceHelperDied, SourceUnknown
from desktop.devices.source import (
    ClearingSource,
    ImportSource,
    MediaItem,
    SourceInfo,
    SourceState,
    whole,
)
from desktop.devices.states import state_of
from desktop.intake.report import Stopped
from desktop.media.describer import Describer
from desktop.problem import Problem
from desktop.records.facts.scan_settings import ScanSettings
from desktop.settings import Settings
from desktop.verbs.problems import SourceBeingCleared

_THUMBNAIL = 320
_READ_AT_MOST = 64 << 20  # a larger file waits for its thumbnail until it is kept
_TOGETHER = 24  # items told at once while a source is being listed
_MANY_TOGETHER = 480  # once there are many: fewer pieces of news keep the window quick


class SharedSource:
    """An open source that several lanes may call: each call waits for the one before it.

    So a thumbnail never waits for a whole filing, and no two calls meet in the device.
    """

    def __init__(self, source: ImportSource) -> None:
        self._source = source
        self._one_at_a_time = Lock()

    @property
    def info(self) -> SourceInfo:
        """See `ImportSource.info`."""
        return self._source.info

    def items(self) -> Iterator[MediaItem]:
        """See `ImportSource.items`. The device is held until the listing ends."""
        with self._one_at_a_time:
            yield from self._source.items()

    def more_pages(self) -> Iterator[MediaItem]:
        """See `ScannerSource.more_pages`; as `items` where there are none to be scanned."""
        with self._one_at_a_time:
            source = self._source
            yield from source.more_pages() if isinstance(source, HelperSource) else source.items()

    def scan_with(self, settings: ScanSettings) -> None:
        """Scan so from the next page that is asked for."""
        if isinstance(self._source, HelperSource):
            self._source.scan = settings

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`."""
        with self._one_at_a_time:
            return self._source.read_into(item, offset, buffer)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """See `ImportSource.thumbnail`."""
        with self._one_at_a_time:
            return self._source.thumbnail(item)

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ImportSource.notes_beside`."""
        with self._one_at_a_time:
            return self._source.notes_beside(item)

    def close(self) -> None:
        """See `ImportSource.close`."""
        with self._one_at_a_time:
            self._source.close()


class OpenSources:
    """Opens a source when it is first needed and keeps its session until it leaves."""

    def __init__(self, settings: Settings, describer: Describer) -> None:
        self._settings = settings
        self._describer = describer
        self._watcher = SourceWatcher(settings.folders)
        self._open: dict[str, SharedSource] = {}
        self._seen: dict[str, SourceInfo] = {}
        self._being_filed: list[str] = []
        self._leaving: set[str] = set()
        self._cameras: dict[str, SourceInfo] | None = None
        self._scanners: dict[str, SourceInfo] = {}
        self._scan_settings: dict[str, ScanSettings] = {}
        self._opening: dict[str, Lock] = {}
        self._being_cleared: dict[str, Problem] = {}
        self._books = RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def watch(self, folders: Sequence[Path]) -> None:
        """Look for these folders too, from the next look on."""
        watcher, self._watcher = self._watcher, SourceWatcher(folders)
        watcher.close()

    def look(self, *, again: bool = False) -> list[SourceInfo]:
        """What is connected now; sessions of what has left are closed. `again`: a person waits
        for a device that was not ready."""
        found = self._watcher.look(again=again)
        with self._books:
            found += [*(self._cameras or {}).values(), *self._scanners.values()]
            present = {info.id for info in found}
            self._seen = {info.id: info for info in found}
            left = [self._open.pop(id_) for id_ in list(self._open) if id_ not in present]
        for source in left:
            source.close()
        return found

    def source(self, source_id: str) -> SharedSource:
        """The open session of a source. Raises SourceBeingCleared, and what opening it raises."""
        with self._books:
            opening = self._opening.setdefault(source_id, Lock())
        with opening:  # nobody else waits for a camera that takes its time
            with self._books:
                self._refuse_cleared(source_id)
                if source_id in self._leaving:
                    raise SourceGone(source=self._seen[source_id].name)
                if source_id in self._open:
                    return self._open[source_id]
            opened = self._noting(source_id)
            with self._books:
                return self._open.setdefault(source_id, SharedSource(opened))

    def serial_of(self, source_name: str) -> str:
        """The serial number of the open source of this name, if there is one and it tells one."""
        with self._books:
            infos = [source.info for source in self._open.values()]
        told = {info.serial for info in infos if info.name == source_name}
        return told.pop() if len(told) == 1 else ""

    @property
    def cameras_are_known(self) -> bool:
        """Whether somebody said which network cameras are remembered."""
        return self._cameras is not None

    def know_cameras(self, addresses: Sequence[str]) -> None:
        """These network cameras are sources from now on. None is asked before it is chosen."""
        with self._books:
            known = [network_camera(address) for address in addresses]
            self._cameras = {info.id: info for info in known} | (self._cameras or {})

    def add_camera(self, address: str) -> SourceInfo:
        """Connect to a camera on the network and make it a source. Raises the problems of its
        address and of opening it; it is then no source."""
        camera = network_camera(address)
        self.source(camera.id)
        self.know_cameras([address])
        return camera

    def remove_camera(self, source_id: str) -> None:
        """Let a camera on the network go, and name it no more."""
        self.forget(source_id)
        with self._books:
            if self._cameras is not None:
                self._cameras.pop(source_id, None)

    def add_scanner(self, scanner: SourceInfo, settings: ScanSettings) -> None:
        """Make a scanner that was found a source. It scans when its pages are listed first, and so
        from then on; where it is one already, from the next page on."""
        with self._books:
            self._scanners[scanner.id] = scanner
            self._scan_settings[scanner.id] = settings
            if (open_now := self._open.get(scanner.id)) is not None:
                open_now.scan_with(settings)

    def remove_scanner(self, source_id: str) -> None:
        """Let a scanner go, and forget its pages."""
        self.forget(source_id)
        with self._books:
            self._scanners.pop(source_id, None)

    def try_again(self, source_id: str) -> None:
        """Ask a source anew: its state at the next look is what it says now."""
        self.forget(source_id)
        if source_id in (self._cameras or {}):
            with suppress(Problem):
                self.source(source_id)
        elif source_id not in self._scanners:
            self.look(again=True)

    def _noting(self, source_id: str) -> ImportSource:
        """Open a source; of a network camera nobody else would say in what state it is."""
        problem: Problem | None = None
        try:
            if source_id in self._scanners:
                found = open_found(self._scanners[source_id])
                found.scan = self._scan_settings[source_id]
                return found
            return open_source(source_id, folders=self._settings.folders)
        except Problem as told:
            problem = told
            raise
        finally:
            self._note(source_id, problem)

    def _note(self, source_id: str, problem: Problem | None) -> None:
        with self._books:
            if self._cameras is not None and source_id in self._cameras:
                self._cameras[source_id] = replace(
                    self._cameras[source_id],
                    state=SourceState.READY if problem is None else state_of(problem),
                    detail="" if problem is None else str(problem),
                )

    @contextmanager
    def being_filed(self, source_id: str) -> Iterator[SharedSource]:
        """The open session of a source that nobody can eject meanwhile."""
        with self._books:
            self._being_filed.append(source_id)
        try:
            source = self.source(source_id)
            with kept_in(source.info):
                yield source
        finally:
            with self._books:
                self._being_filed.remove(source_id)

    @contextmanager
    def being_cleared(
        self, source_id: str, said: Callable[..., Problem] = SourceBeingCleared
    ) -> Iterator[Callable[[], ClearingSource]]:
        """What gives a fresh session with a source each time; meanwhile nobody else opens it, and
        nobody ejects it: they are told what is `said` of the source. Raises SourceUnknown, what was
        said, and CardBeingRead while images are filed from it."""
        with self._books:
            opening = self._opening.setdefault(source_id, Lock())
        with opening, self._books:  # whoever is opening it just now has its session by then
            self._refuse_cleared(source_id)
            seen = self._seen.get(source_id)
            if seen is None:
                raise SourceUnknown(source=source_id)
            if source_id in self._being_filed:
                raise CardBeingRead(source=seen.name)
            self._being_cleared[source_id] = said(source=seen.name)
        try:
            self.forget(source_id)
            with kept_in(seen):
                yield partial(open_source, source_id, folders=self._settings.folders)
        finally:
            with self._books:
                del self._being_cleared[source_id]

    def eject(self, source_id: str) -> str:
        """Let a card go; the sentence that says that it may be pulled out. Raises CardBeingRead
        while images are filed from it, SourceBeingCleared, and what
        `desktop.devices.ejecting.eject` raises."""
        with self._books:
            self._refuse_cleared(source_id)
            card = self._seen.get(source_id)
            if card is None:
                raise SourceUnknown(source=source_id)
            if source_id in self._being_filed:
                raise CardBeingRead(source=card.name)
            self._leaving.add(source_id)
        try:
            self.forget(source_id)
            eject(card)
        finally:
            with self._books:
                self._leaving.discard(source_id)
        return may_go(card)

    def _refuse_cleared(self, source_id: str) -> None:
        if source_id in self._being_cleared:
            raise self._being_cleared[source_id]

    def list_items(
        self, source_id: str, tell: Callable[[Sequence[MediaItem]], None], stopped: Stopped
    ) -> int:
        """List a source, telling its items in small groups as they are found; returns how many.

        Raises SourceEmpty once a source was really walked and holds nothing.
        """
        self._refuse_cleared(source_id)
        try:
            source = self.source(source_id)
            count = _told(source.items(), tell, stopped, one_by_one=source_id in self._scanners)
        except Problem as problem:
            self.forget(source_id)
            self._note(source_id, problem)
            raise
        if count == 0 and not stopped():
            raise SourceEmpty(source=self.source(source_id).info.name)
        return count

    def scan_more(
        self, source_id: str, tell: Callable[[Sequence[MediaItem]], None], stopped: Stopped
    ) -> None:
        """Tell the pages that a scanner holds, and each of another scan. Whatever fails, those that
        it held stay, unless the scanner itself was lost."""
        try:
            _told(self.source(source_id).more_pages(), tell, stopped, one_by_one=True)
        except (SourceGone, SourceHelperDied):
            self.forget(source_id)
            raise

    def thumbnail(self, source_id: str, item: MediaItem) -> bytes | None:
        """A small upright JPEG made by the sandboxed worker, or None where there is none."""
        source = self.source(source_id)
        offered = source.thumbnail(item)
        if offered:
            return self._describer.preview(offered, longest=_THUMBNAIL)
        if item.problem is not None or not 0 < item.size <= _READ_AT_MOST:
            return None
        return self._describer.preview(whole(source, item), longest=_THUMBNAIL)

    def forget(self, source_id: str) -> None:
        """Close a session after a problem, so that the next call opens it anew."""
        with self._books:
            source = self._open.pop(source_id, None)
        if source is not None:
            with suppress(Problem):
                source.close()

    def close(self) -> None:
        """Let every device go."""
        with self._books:
            sources, self._open = list(self._open.values()), {}
        for source in sources:
            source.close()
        self._watcher.close()


def _told(
    items: Iterator[MediaItem],
    tell: Callable[[Sequence[MediaItem]], None],
    stopped: Stopped,
    *,
    one_by_one: bool,
) -> int:
    """How many items were told, in groups; a page of paper takes so long that it is news alone."""
    group: list[MediaItem] = []
    count = 0
    for item in items:
        if stopped():
            break
        count += 1
        group.append(item)
        if one_by_one or len(group) >= min(max(_TOGETHER, count // 8), _MANY_TOGETHER):
            tell(tuple(group))
            group.clear()
    if group:
        tell(tuple(group))
    return count
