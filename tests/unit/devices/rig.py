"""What a test needs of a source: how to open it, what lies on it, a hand on the device."""

import os
import signal
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import ShortRead
from desktop.devices.source import ClearingSource, ImportSource, MediaItem
from tests.unit.devices.ptp_card import Pattern

BLOCK = 1 << 20
FOLDER = "100TEST"
PLAIN = (
    "new\nline.jpg",
    "gpj.\N{RIGHT-TO-LEFT OVERRIDE}x.jpg",
    "Tāmaki ? % \\ %2e%2e.jpg",
    "n.." * 66 + ".jpg",
    "\N{GRINNING FACE}.jpg",
)
"""Names that a file system takes too; the first part of none is another one."""


class Rig(ABC):
    """A device with `photos` on it, all taken at 09:00 on 2 March 2026 by its own clock.

    What a source cannot have done to it is a fault of the exam, whose class has to say so.
    """

    finds_by_prefix = False
    """Whether its driver may take a longer name for a shorter one."""
    tells_twins_apart = False
    """Whether each of two files of one name is asked for by something else than its name."""
    holds_what_is_open = True
    """Whether a file that was begun can be read to its end, whatever happens on the device."""
    withholds = ""
    """The ending of files that it lists, and that its driver does not hand over."""
    hostile: tuple[str, ...] = PLAIN

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        self.photos = photos

    @abstractmethod
    def open(self) -> ImportSource:
        """A new session."""

    @abstractmethod
    def left(self) -> Mapping[str, bytes]:
        """What the device holds now."""

    @abstractmethod
    def add(self, name: str, content: bytes, *, folder: str = FOLDER) -> None:
        """One more file, in the photos' folder or in another one beside it."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Take a photo away behind the source's back."""

    @abstractmethod
    def clear(self) -> None:
        """Take everything away."""

    @abstractmethod
    def cut(self, name: str, size: int) -> None:
        """From now on, hand over no byte of this one beyond `size`."""

    def add_large(self, name: str, size: int) -> Pattern:
        """A file of this size that takes no room; what it holds."""
        raise NotImplementedError

    def unplug(self) -> None:
        """It leaves."""
        raise NotImplementedError

    def plug_in(self) -> None:
        """It comes back."""
        raise NotImplementedError

    def swap_card(self, photos: Mapping[str, bytes]) -> None:
        """Another card takes the place of the first one."""
        raise NotImplementedError

    def add_storage(self) -> Mapping[str, bytes]:
        """One more storage; the photos on it, of which some have names that the first has too."""
        raise NotImplementedError

    def link(self, name: str, target: Path) -> None:
        """A link that somebody laid beside the photos."""
        raise NotImplementedError

    def deny(self, name: str) -> None:
        """It refuses to hand this one over."""
        raise NotImplementedError

    def lock(self) -> None:
        """It answers, and shows nothing until somebody unlocks it."""
        raise NotImplementedError

    def hide_storages(self) -> None:
        """It answers, and offers no storage."""
        raise NotImplementedError

    def hold(self) -> None:
        """Another program has it."""
        raise NotImplementedError

    def hide(self) -> Iterator[int]:
        """Shows nothing of what it holds, in one way after another."""
        raise NotImplementedError

    def asked_about(self) -> int | None:
        """How many objects the device was asked about, or None if nobody counts."""
        return None

    def stall(self, source: HelperSource) -> None:
        """From now on, nothing is answered."""
        os.kill(source.process_id, signal.SIGSTOP)

    def go_on(self, source: HelperSource) -> None:
        """The stall is over."""
        os.kill(source.process_id, signal.SIGCONT)


def read_all(source: ImportSource, item: MediaItem, *, start: int = 0, block: int = BLOCK) -> bytes:
    """The item from `start` on, as intake reads it: an end before its size is a ShortRead."""
    content = bytearray()
    buffer = memoryview(bytearray(block))
    while (offset := start + len(content)) < item.size:
        got = source.read_into(item, offset, buffer)
        if not got:
            raise ShortRead(name=item.name, got=offset, size=item.size)
        content += buffer[:got]
    assert source.read_into(item, item.size, buffer) == 0
    return bytes(content)


@dataclass(frozen=True, kw_only=True)
class ClearingRig:
    """A device that can be cleared, and a hand on it: what a person could do behind its back."""

    open: Callable[[], ClearingSource]
    remove: Callable[[str], None]
    replace: Callable[[str, bytes], None]
    add: Callable[[str, bytes], None]
    left: Callable[[], Mapping[str, bytes]]
