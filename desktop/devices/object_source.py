"""A camera or phone through the operating system's own driver: **not proven on hardware yet**.

The exam of all sources is sat over a port that is not real (tests/unit/devices). What the real ones
of Windows and macOS do has been read in their manuals, and never run.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import quote, unquote

from desktop.devices import never_cleared
from desktop.devices.folder_source import CAMERA_TOPS
from desktop.devices.notes_on import Notes
from desktop.devices.object_port import TOP, Fault, ObjectPort, ObjectStream, PortError, PortObject
from desktop.devices.problems import (
    AccessDenied,
    ClearingRefused,
    ItemGone,
    ItemUnreadable,
    ShortRead,
    SourceBusy,
    SourceChanged,
    SourceGone,
    SourceLocked,
    SourceUnreadable,
)
from desktop.devices.refusal import EMPTY, EMPTY_VIDEO, SIZE_UNKNOWN, TOO_DEEP, refusal
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.devices.states import no_storage
from desktop.devices.untrusted_names import is_hidden, is_media_name, shown
from desktop.problem import Problem

_BLOCK: Final = 1 << 20
_DEEPEST: Final = 16
_THUMBNAIL_AT_MOST: Final = 4 << 20
_IN_USE: Final = 64 << 20  # a formatted, empty card holds less than this
_SHOWS_NO_FOLDER: Final = "its storage is in use, but it shows no folder"


@dataclass(slots=True, kw_only=True)
class _Reading:
    key: str
    place: int
    stream: ObjectStream


class ObjectPortSource:
    """A `ClearingSource` that clears nothing, over any `ObjectPort`; keys are quoted ids.

    Files are asked for by the system's id and never by name, so two of one name are told apart.
    `alive` is called for each object that was heard of.
    """

    def __init__(
        self, port: ObjectPort, *, info: SourceInfo, alive: Callable[[], None] = lambda: None
    ) -> None:
        """Raises SourceNoStorage, or for an iPhone SourceLocked, if the device offers no storage,
        and what else it says to being asked; the port is then closed."""
        self.info = info
        self._port = port
        self._alive = alive
        self._end: Problem | None = None
        self._reading: _Reading | None = None
        self._notes: dict[str, Sequence[MediaItem]] = {}
        try:
            self._mark = port.mark()
            if not any(one.is_folder for one in port.list(TOP)):
                raise no_storage(info.name)
        except PortError as error:
            port.close()
            raise port_problem(error, info.name) from None
        except Problem:
            port.close()
            raise

    def items(self) -> Iterator[MediaItem]:
        """See `ImportSource.items`. Where a storage has a camera's own folders, only these are
        walked. Raises SourceUnreadable if a storage is in use, yet shows nothing."""
        self._refuse_if_changed()
        self._notes.clear()
        try:
            storages = self._listed(TOP)
            inside = {one.id: self._listed(one.id) for one in storages if one.is_folder}
        except PortError as error:
            self._raise_source(error)
        if not any(inside.values()) and any((one.used or 0) > _IN_USE for one in storages):
            raise SourceUnreadable(source=self.info.name, reason=_SHOWS_NO_FOLDER)
        for storage in storages:
            if storage.is_folder:
                found = inside[storage.id]
                tops = [one for one in found if one.is_folder and one.name.upper() in CAMERA_TOPS]
                yield from self._among(tops or found, (storage.name,))

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`. A file that is not as it was listed is not read."""
        self._refuse_if_over()
        if (refused := refusal(item)) is not None:
            raise refused
        if offset >= item.size:
            return 0
        window = buffer[: min(_BLOCK, item.size - offset)]
        try:
            reading = self._reading_at(item, offset)
            block = reading.stream.read(len(window))
        except PortError as error:
            self._raise_item(error, item)
        window[: len(block)] = block
        reading.place += len(block)
        if reading.place >= item.size or not block:
            self._let_go()
            self._refuse_if_changed()
        return len(block)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """See `ImportSource.thumbnail`."""
        self._refuse_if_over()
        if refusal(item) is not None:
            return None
        self._let_go()
        try:
            small = self._port.thumbnail(_id_of(item)) or b""
        except PortError as error:
            if error.fault is Fault.GONE:
                self._raise_item(error, item)
            return None
        is_jpeg = small.startswith(b"\xff\xd8\xff") and len(small) <= _THUMBNAIL_AT_MOST
        return small if is_jpeg else None

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ImportSource.notes_beside`: those that the walk saw, for an id names no folder."""
        return self._notes.get(item.key, ())

    def check_clearing(self) -> None:
        """Raises ClearingRefused, always: see `never_cleared.NOT_PROVEN`."""
        reason = self.info.cannot_clear or never_cleared.NOT_PROVEN
        raise ClearingRefused(source=self.info.name, reason=reason)

    def identity(self) -> str:
        """See `ClearingSource.identity`."""
        return self._mark

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """None: nothing is cleared from here. What is kept with an image is `notes_beside`."""
        return ()

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """Raises ClearingRefused, always."""
        self.check_clearing()

    def close(self) -> None:
        """Let the device go. Safe to call twice."""
        self._let_go()
        self._port.close()

    def _listed(self, folder: str) -> list[PortObject]:
        """In name order, and in the order of ids where names are the same."""
        found = []
        for one in self._port.list(folder):
            self._alive()
            found.append(one)
        return sorted(found, key=lambda one: (one.name, one.id))

    def _walk(self, folder: PortObject, above: tuple[str, ...]) -> Iterator[MediaItem]:
        if len(above) > _DEEPEST:
            yield _folder_item(folder, above, TOO_DEEP)
            return
        try:
            found = self._listed(folder.id)
        except PortError as error:
            if error.fault is Fault.GONE:
                self._raise_source(error)
            yield _folder_item(folder, above, f"this folder cannot be opened: {error.text}")
            return
        yield from self._among(found, (*above, folder.name))

    def _among(self, found: Sequence[PortObject], above: tuple[str, ...]) -> Iterator[MediaItem]:
        """The files first, then what is in the folders."""
        wanted = [one for one in found if not is_hidden(one.name)]
        notes = Notes((one.name, one) for one in wanted if not one.is_folder)
        for one in wanted:
            if not one.is_folder and is_media_name(one.name):
                if beside := notes.on(one.name):
                    self._notes[_key_of(one)] = [_item(note, above) for note in beside]
                yield _item(one, above)
        for one in wanted:
            if one.is_folder:
                yield from self._walk(one, above)

    def _reading_at(self, item: MediaItem, offset: int) -> _Reading:
        reading = self._reading
        if reading is not None and (reading.key, reading.place) == (item.key, offset):
            return reading
        self._let_go()
        self._refuse_if_changed()
        found = self._port.describe(_id_of(item))
        if found.size is not None and found.size != item.size:
            small, large = sorted((found.size, item.size))
            raise ShortRead(name=item.name, got=small, size=large)
        if _item(found, ()).name != item.name or found.modified_local != item.modified_local:
            raise ItemUnreadable(name=item.name, reason="it is another file than was listed")
        stream = self._port.open(found.id, offset)
        self._reading = _Reading(key=item.key, place=offset, stream=stream)
        return self._reading

    def _let_go(self) -> None:
        if self._reading is not None:
            self._reading.stream.close()
            self._reading = None

    def _refuse_if_over(self) -> None:
        if self._end is not None:
            raise self._end

    def _refuse_if_changed(self) -> None:
        """Another card may answer to the same ids."""
        self._refuse_if_over()
        try:
            is_same = self._port.mark() == self._mark
        except PortError as error:
            self._raise_source(error)
        if not is_same:
            self._end = SourceChanged(source=self.info.name)
            raise self._end

    def _raise_source(self, error: PortError) -> NoReturn:
        problem = port_problem(error, self.info.name)
        if isinstance(problem, SourceGone):
            self._end = problem
        raise problem from None

    def _raise_item(self, error: PortError, item: MediaItem) -> NoReturn:
        match error.fault:
            case Fault.GONE:
                self._raise_source(error)
            case Fault.MISSING:
                raise ItemGone(name=item.name) from None
            case Fault.DENIED | Fault.LOCKED:
                raise AccessDenied(name=item.name) from None
        raise ItemUnreadable(name=item.name, reason=error.text) from None


def port_problem(error: PortError, source: str) -> Problem:
    """The problem of a device that would not open, or not say what it holds."""
    match error.fault:
        case Fault.GONE | Fault.MISSING:
            return SourceGone(source=source)
        case Fault.LOCKED | Fault.DENIED:
            return SourceLocked(source=source)
        case Fault.BUSY:
            return SourceBusy(source=source)
    return SourceUnreadable(source=source, reason=error.text)


def _item(one: PortObject, above: Sequence[str]) -> MediaItem:
    return MediaItem(
        key=_key_of(one),
        folder=shown("/".join(above)),
        name=shown(one.name),
        size=one.size or 0,
        modified_local=one.modified_local,
        problem=_size_problem(one),
    )


def _size_problem(one: PortObject) -> str | None:
    if one.size is None:
        return SIZE_UNKNOWN
    if one.size == 0:
        moving = one.name.casefold().endswith((".mp4", ".mov", ".avi"))
        return EMPTY_VIDEO if moving else EMPTY
    return None


def _folder_item(folder: PortObject, above: Sequence[str], problem: str) -> MediaItem:
    """A folder that could not be walked takes a place in the list: it may not go unsaid."""
    return MediaItem(
        key=_key_of(folder),
        folder=shown("/".join(above)),
        name=shown(folder.name),
        size=0,
        modified_local=None,
        problem=problem,
    )


def _key_of(one: PortObject) -> str:
    return quote(one.id, safe="", errors="surrogatepass")


def _id_of(item: MediaItem) -> str:
    return unquote(item.key, errors="surrogatepass")
