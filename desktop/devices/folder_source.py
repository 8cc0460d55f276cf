"""A card, a stick or any folder as a source. Links are never followed, whoever made them."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from desktop.devices.mounted_phones import is_gvfs_phone
from desktop.devices.notes_on import Notes
from desktop.devices.problems import (
    ItemGone,
    ItemUnreadable,
    ShortRead,
    SourceGone,
    SourceUnknown,
    SourceUnreadable,
)
from desktop.devices.refusal import EMPTY, TOO_DEEP, refusal
from desktop.devices.source import MediaItem, SourceInfo
from desktop.devices.untrusted_names import (
    HEAD,
    is_companion_name,
    is_hidden,
    is_media_name,
    looks_like_media,
    shown,
)
from desktop.problem import Problem

CAMERA_TOPS = frozenset({"DCIM", "PRIVATE", "MP_ROOT"})
"""The folders in which cameras keep images (DCF, AVCHD, Sony), in any case of letters."""

_DEEPEST = 16
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_STRICT = os.O_RDONLY | _NO_LINK | getattr(os, "O_CLOEXEC", 0)
FILE_FLAGS = _STRICT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = _STRICT | getattr(os, "O_DIRECTORY", 0)


def camera_tops(folder: Path) -> list[str]:
    """The names of the camera's own folders in `folder`, sorted. Raises OSError if unreadable."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if entry.name.upper() in CAMERA_TOPS and _is_plain_folder(entry)
        )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The one file that is open, and what it looked like when it was opened."""

    key: str
    file: FileIO
    as_opened: tuple[int, int]


class FolderSource:
    """An `ImportSource` over a folder; keys are quoted paths below it.

    Where the folder holds DCIM, PRIVATE or MP_ROOT only these are walked, else the whole folder. Of
    a phone that gvfs mounted, those of its storages are: the rest is its owner's private life.
    """

    def __init__(self, folder: Path, *, info: SourceInfo) -> None:
        """Raises SourceUnknown if there is no such folder, SourceUnreadable if it will not open."""
        self.info = info
        self._root = folder.absolute()
        self._reading: _Reading | None = None
        self._notes: dict[str, Notes[os.DirEntry[str]]] = {}
        try:
            self._identity = self._look_at_root()
            camera_tops(self._root)
        except (FileNotFoundError, NotADirectoryError):
            raise SourceUnknown(source=shown(str(folder))) from None
        except OSError as error:
            raise SourceUnreadable(source=info.name, reason=_reason(error)) from None

    def items(self) -> Iterator[MediaItem]:
        """Every media file below the folder, in name order. See `ImportSource.items`."""
        self._refuse_if_changed()
        self._notes.clear()
        try:
            tops = self._tops()
        except OSError as error:
            raise self._source_problem(error) from None
        for top in tops:
            yield from self._walk(top)

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`. A file that changed since it was listed is a ShortRead."""
        if (refused := refusal(item)) is not None:
            raise refused
        if offset >= item.size:
            return 0
        try:
            reading = self._reading
            if reading is None or reading.key != item.key or offset == 0:
                reading = self._begin(item)
            reading.file.seek(offset)
            got = reading.file.readinto(buffer[: item.size - offset]) or 0
            if offset + got >= item.size:
                self._finish(item, reading)
        except OSError as error:
            raise self._item_problem(item, error) from None
        return got

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """None: a card offers files and nothing else."""
        return None

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ImportSource.notes_beside`."""
        folder = item.key.rpartition("/")[0]
        try:
            names = parts_of(item.key)
            parts = tuple(names[:-1])
            if folder not in self._notes:
                with os.scandir(self._root.joinpath(*parts)) as found:
                    self._notes[folder] = Notes(
                        (one.name, one) for one in found if _is_plain_file(one)
                    )
        except OSError as error:
            raise self._item_problem(item, error) from None
        beside = self._notes[folder].on(names[-1])
        return [listed for one in beside for listed in self._file_item(parts, one)]

    def close(self) -> None:
        """Close what is open. Safe to call twice."""
        if self._reading is not None:
            self._reading.file.close()
            self._reading = None

    def _tops(self) -> list[tuple[str, ...]]:
        """Where the walk begins. Raises OSError."""
        if tops := camera_tops(self._root):
            return [(top,) for top in tops]
        if not is_gvfs_phone(self._root):
            return [()]
        with os.scandir(self._root) as found:
            storages = sorted(entry.name for entry in found if _is_plain_folder(entry))
        return [(one, top) for one in storages for top in camera_tops(self._root / one)]

    def _walk(self, parts: tuple[str, ...]) -> Iterator[MediaItem]:
        if len(parts) > _DEEPEST:
            yield self._folder_item(parts, TOO_DEEP)
            return
        try:
            with os.scandir(self._root.joinpath(*parts)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if not parts or not self._is_here():
                raise self._source_problem(error) from None
            yield self._folder_item(parts, _reason(error))
            return
        wanted = [entry for entry in entries if not is_hidden(entry.name)]
        for entry in wanted:
            if _is_plain_file(entry) and self._is_media(parts, entry.name):
                yield from self._file_item(parts, entry)
        for entry in wanted:
            if _is_plain_folder(entry):
                yield from self._walk((*parts, entry.name))

    def _is_media(self, parts: tuple[str, ...], name: str) -> bool:
        """By the name where it says enough, by the first bytes where it does not."""
        if is_media_name(name):
            return True
        if is_companion_name(name):
            return False
        try:
            with self._open((*parts, name)) as file:
                return looks_like_media(file.read(HEAD) or b"")
        except OSError:
            return False

    def _file_item(self, parts: tuple[str, ...], entry: os.DirEntry[str]) -> Iterator[MediaItem]:
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return  # it went away between two looks at the folder
        except OSError as error:
            size, modified, problem = 0, None, _reason(error)
        else:
            size, modified = status.st_size, _wall_time(status.st_mtime)
            problem = "" if size else EMPTY
        yield MediaItem(
            key=_key_of((*parts, entry.name)),
            folder=shown("/".join(parts)),
            name=shown(entry.name),
            size=size,
            modified_local=modified,
            problem=problem or None,
        )

    def _folder_item(self, parts: tuple[str, ...], problem: str) -> MediaItem:
        """A folder that could not be walked takes a place in the list: it may not go unsaid."""
        return MediaItem(
            key=_key_of(parts),
            folder=shown("/".join(parts[:-1])),
            name=shown(parts[-1]),
            size=0,
            modified_local=None,
            problem=f"this folder cannot be opened: {problem}",
        )

    def _begin(self, item: MediaItem) -> _Reading:
        self.close()
        self._refuse_if_changed()
        file = self._open(parts_of(item.key))
        status = os.fstat(file.fileno())
        if status.st_size != item.size:
            file.close()
            raise ShortRead(
                name=item.name,
                got=min(status.st_size, item.size),
                size=max(status.st_size, item.size),
            )
        if item.modified_local not in {None, _wall_time(status.st_mtime)}:
            # RAW files of one camera are all of one size, and the next card is mounted where
            # the last one was.
            file.close()
            raise ItemUnreadable(name=item.name, reason="it is another file than was listed")
        as_opened = (status.st_size, status.st_mtime_ns)
        self._reading = _Reading(key=item.key, file=file, as_opened=as_opened)
        return self._reading

    def _finish(self, item: MediaItem, reading: _Reading) -> None:
        """What was read is one state of the file only if nobody wrote to it meanwhile."""
        status = os.fstat(reading.file.fileno())
        self.close()
        if (status.st_size, status.st_mtime_ns) != reading.as_opened:
            raise ItemUnreadable(name=item.name, reason="it changed while it was being read")

    def _open(self, parts: Sequence[str]) -> FileIO:
        """Open a plain file; no part of the way to it may be a link. Raises OSError."""
        descriptor = self._descend(parts)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileNotFoundError("no longer a plain file")
        return FileIO(descriptor)

    def _descend(self, parts: Sequence[str]) -> int:
        if os.open not in os.supports_dir_fd:
            return os.open(self._root.joinpath(*parts), FILE_FLAGS)
        folder = self._open_folder(parts[:-1])
        try:
            return os.open(parts[-1], FILE_FLAGS, dir_fd=folder)
        finally:
            os.close(folder)

    def _open_folder(self, parts: Sequence[str]) -> int:
        """A descriptor of a folder below the root, none of whose steps is a link."""
        here = os.open(self._root, _FOLDER & ~_NO_LINK)  # a person named it, so it may be a link
        try:
            for part in parts:
                below = os.open(part, _FOLDER, dir_fd=here)
                os.close(here)
                here = below
        except BaseException:
            os.close(here)
            raise
        return here

    def _look_at_root(self) -> tuple[int, int]:
        status = self._root.stat()
        return status.st_dev, status.st_ino

    def _is_here(self) -> bool:
        """Whether the folder is still the one that was opened; an empty mount point is another."""
        try:
            return self._look_at_root() == self._identity
        except OSError:
            return False

    def _refuse_if_changed(self) -> None:
        """Another card in its place may well have a file of the same name and size."""
        if not self._is_here():
            raise SourceGone(source=self.info.name)

    def _source_problem(self, error: OSError) -> Problem:
        if self._is_here():
            return SourceUnreadable(source=self.info.name, reason=_reason(error))
        return SourceGone(source=self.info.name)

    def _item_problem(self, item: MediaItem, error: OSError) -> Problem:
        self.close()
        if not self._is_here():
            return SourceGone(source=self.info.name)
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return ItemGone(name=item.name)
        return ItemUnreadable(name=item.name, reason=_reason(error))


def _key_of(parts: Sequence[str]) -> str:
    return "/".join(quote(os.fsencode(part), safe="") for part in parts)


def parts_of(key: str) -> list[str]:
    """The names on the way to an item. Raises FileNotFoundError if it leaves the folder."""
    parts = [os.fsdecode(unquote_to_bytes(part)) for part in key.split("/")]
    if any(part in {"", ".", ".."} or "/" in part or "\0" in part for part in parts):
        raise FileNotFoundError(key)
    return parts


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _is_plain_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _wall_time(seconds: float) -> datetime | None:
    """What the device's clock said: a card keeps wall time, which the system took for local."""
    try:
        local = datetime.fromtimestamp(int(seconds), tz=UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        return None
    return local.replace(tzinfo=None)


def _reason(error: OSError) -> str:
    return error.strerror or "unknown reason"
