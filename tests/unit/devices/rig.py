"""What a test needs of a source: how to open it, what lies on it, a hand on the device."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.devices.problems import ShortRead
from desktop.devices.source import ClearingSource, ImportSource, MediaItem

BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Rig:
    """A device with `photos` on it, all taken at 09:00 on 2 March 2026 by its own clock.

    `remove` takes one away behind the source's back; `left` says what the device still holds.
    """

    open: Callable[[], ImportSource]
    photos: Mapping[str, bytes]
    remove: Callable[[str], None]
    left: Callable[[], Mapping[str, bytes]]


def read_all(source: ImportSource, item: MediaItem, *, block: int = BLOCK) -> bytes:
    """The whole item as intake reads it: an end before its size is told as a ShortRead."""
    content = bytearray()
    buffer = memoryview(bytearray(block))
    while len(content) < item.size:
        got = source.read_into(item, len(content), buffer)
        if not got:
            raise ShortRead(name=item.name, got=len(content), size=item.size)
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
