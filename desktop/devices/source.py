"""What every place that images come from can do; one exam for all of them is in tests/unit/devices.

No Qt here: intake imports this file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.seen_files import FileMark

_PIECE: Final = 1 << 20


class SourceState(StrEnum):
    """What can be said of a source before it is opened; each asks a person for something else.

    LOCKED denies access: unlock it. NOT_SHARING offers no files over its cable: choose file
    transfer. NO_STORAGE answers and holds nothing that could be listed. BUSY is held by another
    program. UNREACHABLE and REFUSED are said of cameras on the network.
    """

    READY = "ready"
    LOCKED = "locked"
    NOT_SHARING = "not_sharing"
    NO_STORAGE = "no_storage"
    BUSY = "busy"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """A source that could be opened now.

    `id` is stable while the device stays plugged in: `ptp:usb:001,004`, or `folder:/media/EOS`.
    `name` is what a person calls it: `Nikon DSC D750`, `Card EOS_DIGITAL`. `detail` is one more
    sentence where the state asks for one (what to do when locked or busy).

    `cannot_clear` is a sentence why nothing may ever be cleared from here, empty where it may be.
    `caution` is what a person should know before images are taken from here (R113). The program
    sets both, never a device.

    `serial` is the serial number of the device once it is open, where it tells one: untrusted,
    shown in the register of devices only.
    """

    id: str
    route: Route
    name: str
    state: SourceState = SourceState.READY
    detail: str = ""
    cannot_clear: str = ""
    caution: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """One file on a source. Everything textual is untrusted: shown, never used as a path.

    `key` addresses it within one open session. `size` is in bytes as the device says it.
    `modified_local` is the device's wall time without a zone, or None. `problem` says in words why
    this item must not be copied from this source (the rest goes on).

    `kind`, `duration_ms` and `shows` are known of what the office holds already, as in the tray; of
    a device's file only its name tells a kind. `shows` says in words which page of ours it shows.
    """

    key: str
    folder: str
    name: str
    size: int
    modified_local: datetime | None
    problem: str | None = None
    kind: MediaKind = MediaKind.UNKNOWN
    duration_ms: int | None = None
    shows: str = ""

    @property
    def mark(self) -> FileMark:
        """By what this file is known again when it is handed over once more."""
        return FileMark(
            folder=self.folder, name=self.name, size=self.size, modified_local=self.modified_local
        )


Compared = Callable[[int], None]
"""Hears now and then how many bytes of a file were compared. The Problem that it raises ends the
comparison, and then nothing of that file is deleted."""


def unheard(_done: int) -> None:
    """A `Compared` that nobody waits for."""


class ImportSource(Protocol):
    """An open source. It belongs to one caller at a time; every method blocks and raises a Problem
    of `desktop.devices.problems`, never anything else, for what the device does."""

    @property
    def info(self) -> SourceInfo:
        """Which source this is."""
        ...

    def items(self) -> Iterator[MediaItem]:
        """Every media file, streamed as it is found, folder by folder, in name order."""
        ...

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """Fill `buffer` from `offset` on. Returns the bytes read; 0 only at the end of the item."""
        ...

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """A small JPEG that the device offers itself, or None. Never decoded here."""
        ...

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """The notes (AAE, XMP) of a phone or camera on this item and its shot, in the same folder.
        Each can be read as any item. A folder is looked at once for all of its items, and again
        after `items` was asked for: asking for every item of a filing costs next to nothing."""
        ...

    def close(self) -> None:
        """Let the device go. Safe to call twice and after the device is gone."""
        ...


class ClearingSource(ImportSource, Protocol):
    """An open source from which single items can be deleted, each only after it was compared.

    A source that cannot do this with certainty does not offer it: it raises ClearingRefused. No
    source ever deletes a folder, several items at once, or an item by a name that might be taken
    for another (libgphoto2 can wipe a card that way).
    """

    def check_clearing(self) -> None:
        """Raise ClearingRefused, with its reason, where nothing may be deleted from here."""
        ...

    def identity(self) -> str:
        """What tells this device and its card from another, as far as they say: the same text in
        every session with the same one. Never shown and never stored."""
        ...

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """The small files beside an item that are no images of their own (AAE, XMP, THM): same
        folder, same stem. Each can be read and deleted as any item."""
        ...

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """Read the whole item again, and delete it at once if these are exactly its bytes.

        Returning says that the device called it done, which proves nothing: list it again in a
        fresh session. Raises NotTheImportedItem, ItemProtected, ItemGone, ItemUnsafe,
        DeleteRefused, ClearingRefused, SourceChanged (another card is in its place), and whatever
        reading raises. What was not compared in this very call is never deleted. `compared` is
        called up to the last moment before the deletion.
        """
        ...


def whole(source: ImportSource, item: MediaItem) -> bytes:
    """All of a small item, as far as the device hands it over: in pieces of a mebibyte, for a
    source that several use lets the others in between them. Raises whatever reading raises."""
    content = bytearray(item.size)
    view = memoryview(content)
    done = 0
    while done < item.size:
        got = source.read_into(item, done, view[done : done + _PIECE])
        if got <= 0:
            break
        done += got
    return bytes(view[:done])
