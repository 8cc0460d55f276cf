"""macOS' ImageCaptureCore through pyobjc: **not proven**, written from Apple's headers.

Never run: it was made where there is no Mac. It reads and cannot delete. The framework answers by
calling back, so whoever waits turns the run loop of the helper's only thread meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from desktop.devices.icc_events import new_delegate, port_error, turn, wall_time
from desktop.devices.object_port import TOP, Fault, PortError, PortObject

_PATIENCE_SECONDS: Final = 50.0
_LOOKING_SECONDS: Final = 2.0
_CAMERAS_HERE: Final = 0x1 | 0x100  # ICDeviceTypeMaskCamera, ICDeviceLocationTypeMaskLocal
_MASS_STORAGE: Final = "ICTransportTypeMassStorage"  # a card in a reader, which is found as a card


class IccBus:
    """A `PortBus`. The browser goes on looking as long as the helper lives."""

    def __init__(self) -> None:
        import ImageCaptureCore

        self._delegate = new_delegate()
        self._browser = ImageCaptureCore.ICDeviceBrowser.alloc().init()
        self._browser.setDelegate_(self._delegate)
        self._browser.setBrowsedDeviceTypeMask_(_CAMERAS_HERE)
        self._browser.start()
        turn(_LOOKING_SECONDS, until=lambda: False, alive=lambda: None)

    def devices(self) -> Sequence[tuple[str, str]]:
        """See `PortBus.devices`."""
        turn(0, until=lambda: True, alive=lambda: None)
        return [(str(one.name()), str(one.UUIDString())) for one in self._cameras()]

    def open(self, device: str, alive: Callable[[], None]) -> "IccPort":
        """See `PortBus.open`."""
        for one in self._cameras():
            if str(one.UUIDString()) == device:
                return IccPort(one, alive)
        raise PortError(Fault.GONE)

    def _cameras(self) -> list[Any]:
        found = self._browser.devices() or []
        return [one for one in found if str(one.transportType()) != _MASS_STORAGE]


class IccPort:
    """An `ObjectPort` over one device whose catalogue was read to its end."""

    def __init__(self, device: Any, alive: Callable[[], None]) -> None:
        self._device, self._alive, self._told = device, alive, new_delegate()
        self._ids: dict[Any, str] = {}
        self._items: dict[str, Any] = {}
        device.setDelegate_(self._told)
        device.requestOpenSession()
        told = self._told
        self._turn(_PATIENCE_SECONDS, lambda: bool(told.is_ready or told.is_gone or told.error))
        if not told.is_ready:
            is_locked = bool(device.isAccessRestrictedAppleDevice())
            self.close()
            if is_locked:
                raise PortError(Fault.LOCKED)
            raise PortError(Fault.GONE) if told.error is None else port_error(told.error)

    def mark(self) -> str:
        """See `ObjectPort.mark`."""
        self._refuse_if_gone()
        return f"{self._told.removed} removed, {len(self._device.contents() or [])} storages"

    def list(self, folder: str) -> Iterator[PortObject]:
        """See `ObjectPort.list`."""
        self._refuse_if_gone()
        inside = self._device if folder == TOP else self._item(folder)
        for one in tuple(inside.contents() or ()):
            file = self._ids.setdefault(one, str(len(self._ids) + 1))
            self._items[file] = one
            yield self.describe(file)

    def describe(self, file: str) -> PortObject:
        """See `ObjectPort.describe`."""
        item = self._item(file)
        is_folder, date = not hasattr(item, "fileSize"), item.modificationDate()
        return PortObject(
            id=file,
            name=str(item.name() or ""),
            is_folder=is_folder,
            size=None if is_folder else int(item.fileSize()),
            modified_local=None if date is None else wall_time(date.timeIntervalSince1970()),
        )

    def open(self, file: str, offset: int) -> "IccStream":
        """See `ObjectPort.open`."""
        return IccStream(self, self._item(file), offset)

    def thumbnail(self, file: str) -> bytes | None:
        """See `ObjectPort.thumbnail`."""
        request = self._item(file).requestThumbnailDataWithOptions_completion_
        return self.wait_for(lambda done: request({}, done)) or None

    def close(self) -> None:
        """See `ObjectPort.close`."""
        self._device.requestCloseSession()
        self._device.setDelegate_(None)

    def wait_for(self, ask: Callable[[Callable[[Any, Any], None]], object]) -> bytes:
        """The bytes that the framework calls back with. Raises PortError."""
        self._refuse_if_gone()
        answers: list[tuple[Any, Any]] = []
        ask(lambda data, error: answers.append((data, error)))
        self._turn(_PATIENCE_SECONDS, lambda: bool(answers or self._told.is_gone))
        if not answers:
            raise PortError(Fault.GONE)
        if (error := answers[0][1]) is not None:
            raise port_error(error)
        return bytes(answers[0][0] or b"")

    def _item(self, file: str) -> Any:
        if file not in self._items:
            raise PortError(Fault.MISSING)
        return self._items[file]

    def _refuse_if_gone(self) -> None:
        self._turn(0, lambda: True)
        if self._told.is_gone:
            raise PortError(Fault.GONE)

    def _turn(self, seconds: float, until: Callable[[], bool]) -> None:
        turn(seconds, until=until, alive=self._alive)


class IccStream:
    """An `ObjectStream`: every block is asked for by its place."""

    def __init__(self, port: IccPort, item: Any, place: int) -> None:
        self._port, self._item, self._place = port, item, place

    def read(self, length: int) -> bytes:
        """See `ObjectStream.read`."""
        wanted = min(length, int(self._item.fileSize()) - self._place)
        if wanted <= 0:
            return b""
        request = self._item.requestReadDataAtOffset_length_completion_
        block = self._port.wait_for(lambda done: request(self._place, wanted, done))
        self._place += len(block)
        return block

    def close(self) -> None:
        """Nothing is under way between two blocks."""
