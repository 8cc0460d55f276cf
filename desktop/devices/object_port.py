"""What an operating system's own driver for cameras and phones has to do: list, open, read, close.

The adapters (`wpd_port` for Windows, `icc_port` for macOS) are that and nothing more, so that what
Chartroom makes of them can be examined with a port that is not real (tests/unit/devices).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

TOP: Final = ""
"""The folder whose folders are the device's storages."""


class Fault(StrEnum):
    """What a port could not do, as far as a person is to be told."""

    GONE = "gone"
    LOCKED = "locked"
    BUSY = "busy"
    DENIED = "denied"
    MISSING = "missing"
    OTHER = "other"


class PortError(Exception):
    """What the system answered: the kind, and its words where it has some."""

    def __init__(self, fault: Fault, text: str = "") -> None:
        super().__init__(text or fault.value)
        self.fault = fault
        self.text = text or "the system did not say why"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortObject:
    """A storage, a folder or a file on a device. `name` is untrusted; `id` is the system's own word
    for it and finds nothing else while the device stays connected. `used` is of a storage only: its
    bytes in use, or None where nobody says."""

    id: str
    name: str
    is_folder: bool
    size: int | None = None
    modified_local: datetime | None = None
    used: int | None = None


class ObjectStream(Protocol):
    """A file that is being read, from its place on."""

    def read(self, length: int) -> bytes:
        """Up to so many bytes more; none at the end. Raises PortError."""
        ...

    def close(self) -> None:
        """Leave the device fit for the next request. Raises nothing."""
        ...


class ObjectPort(Protocol):
    """One open device. Every method blocks, and raises PortError and nothing else."""

    def mark(self) -> str:
        """What tells the cards in it from others, as far as the system says."""
        ...

    def list(self, folder: str) -> Iterator[PortObject]:
        """What lies in a folder, in any order; in `TOP`, the storages."""
        ...

    def describe(self, file: str) -> PortObject:
        """What the device says of one object now."""
        ...

    def open(self, file: str, offset: int) -> ObjectStream:
        """Begin to read a file at a place."""
        ...

    def thumbnail(self, file: str) -> bytes | None:
        """The small picture that the device keeps of it, if it has one."""
        ...

    def close(self) -> None:
        """Let the device go. Safe to call twice, and raises nothing."""
        ...


class PortBus(Protocol):
    """The devices that a system's driver knows of."""

    def devices(self) -> Sequence[tuple[str, str]]:
        """Model and id of each that is connected now. Raises PortError."""
        ...

    def open(self, device: str, alive: Callable[[], None]) -> ObjectPort:
        """Claim a device. `alive` is called while it still answers. Raises PortError."""
        ...
