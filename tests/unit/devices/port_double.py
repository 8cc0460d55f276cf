"""A device behind a system's driver, as `ObjectPort` has it, in the test's own process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.devices.object_port import TOP, Fault, PortError, PortObject
from tests.unit.devices.conftest import TAKEN
from tests.unit.devices.ptp_card import Pattern

MODEL = "Kererū Phone 7"
PLACE = "usb#vid_0000&pid_0000#KRR-0042"


@dataclass(kw_only=True)
class Held:
    """A file, or a folder where `content` is None."""

    name: str
    parent: str
    content: bytes | Pattern | None = None
    modified: datetime = TAKEN


@dataclass(kw_only=True)
class PortDevice:
    """A `PortBus` with one device; what goes wrong with it is set on it."""

    thumbnail: bytes = b""
    serial: int = 1
    """Another card has another one, and its objects the same ids."""
    is_here: bool = True
    fault: Fault | None = None
    shows_storages: bool = True
    shows_folders: bool = True
    denied: set[str] = field(default_factory=set)
    stops_at: int | None = None
    objects: dict[str, Held] = field(default_factory=dict)
    described: int = 0
    open_streams: int = 0

    def devices(self) -> Sequence[tuple[str, str]]:
        return [(MODEL, PLACE)] if self.is_here else []

    def open(self, device: str, alive: Callable[[], None]) -> "DoublePort":
        assert device == PLACE
        self.answer()
        return DoublePort(self, alive)

    def add(self, name: str, parent: str, content: bytes | Pattern | None = None) -> str:
        place = f"o{len(self.objects) + 1:X}"
        self.objects[place] = Held(name=name, parent=parent, content=content)
        return place

    def answer(self) -> None:
        """Raises what the system would say now."""
        if not self.is_here:
            raise PortError(Fault.GONE)
        if self.fault is not None:
            raise PortError(self.fault, "it was told so")

    def held(self, place: str) -> Held:
        self.answer()
        if place not in self.objects:
            raise PortError(Fault.MISSING)
        return self.objects[place]


class DoublePort:
    """An `ObjectPort`."""

    def __init__(self, device: PortDevice, alive: Callable[[], None]) -> None:
        self._device, self._alive, self._is_open = device, alive, True

    def mark(self) -> str:
        self._answer()
        return f"card {self._device.serial}"

    def list(self, folder: str) -> Iterator[PortObject]:
        self._answer()
        if folder == TOP and not self._device.shows_storages:
            return
        if folder != TOP and not self._device.shows_folders:
            return
        for place, held in reversed(self._device.objects.items()):
            if held.parent == folder:
                self._alive()
                yield self.describe(place)

    def describe(self, file: str) -> PortObject:
        self._answer()
        held = self._device.held(file)
        self._device.described += 1
        seen = PortObject(id=file, name=held.name, is_folder=held.content is None)
        if held.content is None:
            return replace(seen, used=1 << 30 if held.parent == TOP else None)
        return replace(seen, size=len(held.content), modified_local=held.modified)

    def open(self, file: str, offset: int) -> "DoubleStream":
        self._answer()
        if self._device.held(file).name in self._device.denied:
            raise PortError(Fault.DENIED)
        return DoubleStream(self._device, file, offset)

    def thumbnail(self, file: str) -> bytes | None:
        self._device.held(file)
        return self._device.thumbnail or None

    def close(self) -> None:
        self._is_open = False

    def _answer(self) -> None:
        assert self._is_open, "asked after it was closed"
        self._device.answer()


class DoubleStream:
    """An `ObjectStream`; a second one at the same time is what some devices cannot bear."""

    def __init__(self, device: PortDevice, file: str, place: int) -> None:
        self._device, self._file, self._place, self._is_open = device, file, place, True
        device.open_streams += 1
        assert device.open_streams == 1

    def read(self, length: int) -> bytes:
        content = self._device.held(self._file).content
        assert content is not None
        end = self._place + length
        if self._device.stops_at is not None:
            end = max(self._place, min(end, self._device.stops_at))
        block = content[self._place : end]
        self._place += len(block)
        return block

    def close(self) -> None:
        self._device.open_streams -= self._is_open
        self._is_open = False
