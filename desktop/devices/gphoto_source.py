"""A PTP or MTP camera or phone through libgphoto2, with the guards that its traps ask for.

Nothing here deletes: libgphoto2 can wipe a whole card and report success.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import gphoto2 as gp

from desktop.devices.gphoto_problems import item_problem, source_problem, words_of
from desktop.devices.gphoto_session import WHOLE_AT_MOST, DriverError, Session
from desktop.devices.notes_on import Notes
from desktop.devices.problems import (
    ItemGone,
    ItemUnreadable,
    ItemUnsafe,
    SourceChanged,
    SourceGone,
    SourceUnreadable,
)
from desktop.devices.refusal import (
    EMPTY,
    EMPTY_VIDEO,
    FOLDER_BEGINS_ANOTHER,
    NAME_BEGINS_ANOTHER,
    SAME_NAME_TWICE,
    SIZE_UNKNOWN,
    SLASH_IN_NAME,
    TOO_DEEP,
    TOO_LARGE,
    refusal,
)
from desktop.devices.source import MediaItem, SourceInfo
from desktop.devices.states import no_storage
from desktop.devices.untrusted_names import (
    is_companion_name,
    is_hidden,
    is_media_name,
    shadowed,
    shown,
)
from desktop.problem import Problem

_SENTINEL = 0xFFFFFFFF  # PTP ObjectCompressedSize: "4 GiB or more"
_BLOCK = 1 << 20
_DEEPEST = 16
_THUMBNAIL_AT_MOST = 4 << 20
_SHOWS_NO_FOLDER = "its storage is in use, but it shows no folder"
_CARD_LEFT = "StoreRemoved"
_IN_USE_KIB = 64 << 10  # a formatted, empty card holds less than this


class GPhotoSource:
    """An `ImportSource` over one open driver session; keys are quoted folder and name."""

    def __init__(self, session: Session, *, info: SourceInfo) -> None:
        """Raises SourceNoStorage, or for an iPhone SourceLocked, if the device offers no storage;
        the session is then closed."""
        self.info = info
        self._session = session
        self._end: Problem | None = None
        self._reads_parts = True
        self._whole: tuple[str, int] | None = None
        self._notes: dict[str, tuple[Notes[str], frozenset[str]]] = {}
        try:
            self._storages = session.storages()
            if self._storages is not None and not self._storages:
                raise no_storage(info.name)
        except DriverError as error:
            session.close()
            raise source_problem(error, info.name) from None
        except Problem:
            session.close()
            raise

    def items(self) -> Iterator[MediaItem]:
        """See `ImportSource.items`. A folder that cannot be told safely is an item with a problem.

        Raises SourceUnreadable if the device says that its storage is in use, yet shows nothing:
        an empty list would then be a lie. Folders without a file are none: a phone that was cleared
        shows them, and counts its programs as in use.
        """
        self._refuse_if_over()
        self._refuse_if_changed()
        self._notes.clear()
        try:
            stores = self._session.folders("/")
            nothing = not any(
                self._session.folders(f"/{store}") or self._session.files(f"/{store}")
                for store in stores
            )
        except DriverError as error:
            raise self._source_problem(error) from None
        if nothing and self._is_in_use():
            raise SourceUnreadable(source=self.info.name, reason=_SHOWS_NO_FOLDER)
        yield from self._walk("/", None, 0)

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`. At most 1 MiB comes at a time."""
        self._refuse_if_over()
        if (refused := refusal(item)) is not None:
            raise refused
        if offset >= item.size:
            return 0
        if offset == 0:
            self._refuse_if_changed()
        window = buffer[: min(_BLOCK, item.size - offset)]
        try:
            got = self._read(item, offset, window)
        except DriverError as error:
            raise self._item_problem(error, item) from None
        if offset + got >= item.size:
            self._refuse_if_changed()
        return got

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """See `ImportSource.thumbnail`. None for an item that might be mistaken for another."""
        self._refuse_if_over()
        if refusal(item) is not None:
            return None
        try:
            small = self._session.preview(*place_of(item))
        except DriverError as error:
            problem = self._item_problem(error, item)
            if isinstance(problem, SourceGone):
                raise problem from None
            return None
        is_jpeg = small.startswith(b"\xff\xd8") and len(small) <= _THUMBNAIL_AT_MOST
        return small if is_jpeg else None

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ImportSource.notes_beside`."""
        self._refuse_if_over()
        folder, image = place_of(item)
        try:
            if folder not in self._notes:
                names = self._session.files(folder)
                notes = Notes((name, name) for name in names)
                others = self._session.folders(folder) if notes else []
                self._notes[folder] = notes, shadowed(names + others) if notes else frozenset()
        except DriverError as error:
            raise self._item_problem(error, item) from None
        notes, mistakable = self._notes[folder]
        return [
            self._item(folder, name, NAME_BEGINS_ANOTHER if name in mistakable else None)
            for name in notes.on(image)
        ]

    def close(self) -> None:
        """Let the device go. Safe to call twice."""
        self._forget_whole()
        self._session.close()

    def _walk(self, folder: str, unsafe: str | None, depth: int) -> Iterator[MediaItem]:
        if depth > _DEEPEST:
            yield _folder_item(folder, TOO_DEEP)
            return
        try:
            files = self._session.files(folder)
            folders = self._session.folders(folder)
        except DriverError as error:
            yield self._unlisted(folder, error)
            return
        mistakable = shadowed(files + folders)
        for name in sorted(files):
            begins = NAME_BEGINS_ANOTHER if name in mistakable else None
            yield from self._file_items(folder, name, unsafe or begins)
        for name in sorted(folders):
            if "/" in name:
                yield _folder_item(f"{folder}/{name.strip('/')}", SLASH_IN_NAME)
            elif not is_hidden(name):
                begins = FOLDER_BEGINS_ANOTHER if name in mistakable else None
                below = f"{folder.rstrip('/')}/{name}"
                yield from self._walk(below, unsafe or begins, depth + 1)

    def _file_items(self, folder: str, name: str, unsafe: str | None) -> Iterator[MediaItem]:
        """One item, or none if it is no image. Knows a file with a strange name by its type."""
        if is_hidden(name) or is_companion_name(name):
            return
        size, seconds, mime, problem = self._facts(folder, name)
        if not is_media_name(name) and not mime.startswith(("image/", "video/", "audio/")):
            return
        yield _item(folder, name, (size, seconds, mime), unsafe or problem)

    def _item(self, folder: str, name: str, unsafe: str | None) -> MediaItem:
        """A file whatever it holds, as an item."""
        size, seconds, mime, problem = self._facts(folder, name)
        return _item(folder, name, (size, seconds, mime), unsafe or problem)

    def _facts(self, folder: str, name: str) -> tuple[int | None, int | None, str, str | None]:
        """Size, seconds and MIME type; the last is why they are not to be had, if they are not."""
        try:
            return *self._session.facts(folder, name), None
        except DriverError as error:
            if isinstance(problem := self._source_problem(error), SourceGone):
                raise problem from None
            return 0, None, "", words_of(error)

    def _unlisted(self, folder: str, error: DriverError) -> MediaItem:
        """A folder that could not be listed takes a place in the list: it may not go unsaid."""
        if isinstance(problem := self._source_problem(error), SourceGone):
            raise problem
        twins = error.code == gp.GP_ERROR_FILE_EXISTS
        return _folder_item(folder, SAME_NAME_TWICE if twins else words_of(error))

    def _read(self, item: MediaItem, offset: int, window: memoryview) -> int:
        if self._reads_parts:
            try:
                return self._session.read(*place_of(item), offset, window)
            except DriverError as error:
                if error.code != gp.GP_ERROR_NOT_SUPPORTED:
                    raise
                self._reads_parts = False
        return self._read_whole(item, offset, window)

    def _read_whole(self, item: MediaItem, offset: int, window: memoryview) -> int:
        """For devices that cannot read in parts. The file lies in anonymous memory, not on disk."""
        if item.size > WHOLE_AT_MOST:
            reason = "it is too large for a device that hands over whole files only"
            raise ItemUnsafe(name=item.name, reason=reason)
        if self._whole is None or self._whole[0] != item.key or offset == 0:
            self._forget_whole()
            self._whole = (item.key, self._session.whole(*place_of(item)))
        descriptor = self._whole[1]
        got = os.preadv(descriptor, [window], offset)
        if offset + got >= item.size:
            self._forget_whole()
        return got

    def _forget_whole(self) -> None:
        if self._whole is not None:
            os.close(self._whole[1])
            self._whole = None

    def _is_in_use(self) -> bool:
        return any(capacity - free > _IN_USE_KIB for capacity, free in self._storages or ())

    def _refuse_if_over(self) -> None:
        """After an unplug the driver still answers lists from memory, as if nothing was wrong."""
        if self._end is not None:
            raise self._end

    def _refuse_if_changed(self) -> None:
        """With another card in it, a device may hand over a file of that one for a listed one."""
        if any(_CARD_LEFT in told for told in self._session.news()):
            self._end = SourceChanged(source=self.info.name)
            raise self._end

    def _source_problem(self, error: DriverError) -> Problem:
        problem = source_problem(error, self.info.name)
        if isinstance(problem, SourceGone):
            self._end = problem
        return problem

    def _item_problem(self, error: DriverError, item: MediaItem) -> Problem:
        problem = item_problem(error, self.info.name, item.name)
        if isinstance(problem, ItemUnreadable) and not self._session.is_there():
            problem = SourceGone(source=self.info.name)  # the driver calls that a general error
        if isinstance(problem, SourceGone):
            self._end = problem
        return problem


def _item(
    folder: str, name: str, facts: tuple[int | None, int | None, str], unsafe: str | None
) -> MediaItem:
    size, seconds, mime = facts
    return MediaItem(
        key=_key_of(folder, name),
        folder=shown(folder),
        name=shown(name),
        size=size or 0,
        modified_local=_wall_time(seconds),
        problem=unsafe or _astray(name) or _size_problem(name, size, mime),
    )


def _astray(name: str) -> str | None:
    """The driver drops a slash at either end, and one of two: what is left names another file."""
    return SLASH_IN_NAME if "" in name.split("/") else None


def _size_problem(name: str, size: int | None, mime: str) -> str | None:
    if size is None:
        return SIZE_UNKNOWN
    if size >= _SENTINEL:
        return TOO_LARGE
    if size == 0:
        moving = mime.startswith("video/") or name.casefold().endswith((".mp4", ".mov", ".avi"))
        return EMPTY_VIDEO if moving else EMPTY
    return None


def _folder_item(folder: str, problem: str) -> MediaItem:
    parent, _, name = folder.rpartition("/")
    return MediaItem(
        key=_key_of(folder, ""),
        folder=shown(parent or "/"),
        name=shown(name or "/"),
        size=0,
        modified_local=None,
        problem=problem,
    )


def _key_of(folder: str, name: str) -> str:
    return f"{quote(folder, errors='surrogateescape')}?{quote(name, errors='surrogateescape')}"


def place_of(item: MediaItem) -> tuple[str, str]:
    """Folder and name as the device says them. Raises ItemGone for a key of another source."""
    folder, mark, name = item.key.partition("?")
    if not mark or not name:
        raise ItemGone(name=item.name)
    return unquote(folder, errors="surrogateescape"), unquote(name, errors="surrogateescape")


def _wall_time(seconds: int | None) -> datetime | None:
    """The driver took the device's wall time for local time; so it is turned back."""
    if seconds is None:
        return None
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(seconds, tz=UTC).astimezone().replace(tzinfo=None)
    return None
