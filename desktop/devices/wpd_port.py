"""Windows Portable Devices: **not proven**, written from Microsoft's manual.

Never run: it was made where there is no Windows. It reads and cannot delete. A file is one transfer
from its start to its end, and devices were reported to drop off the bus when one is left in the
middle: a stream that is let go of is read to its end, and a place is reached by reading up to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from ctypes import POINTER, byref, c_ulong, c_ushort, c_wchar_p
from datetime import datetime, timedelta
from typing import Any, Final

from desktop.devices import wpd_keys
from desktop.devices.object_port import TOP, PortError, PortObject
from desktop.devices.wpd_com import Com

_RAW: Final = "_IPortableDeviceManager__com_"
_BLOCK: Final = 1 << 20
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - wall time, in days since then


class WpdBus:
    """A `PortBus`. Two methods of Windows' list are called raw: their strings go in and out."""

    def __init__(self) -> None:
        self._com = Com()

    def devices(self) -> Sequence[tuple[str, str]]:
        """See `PortBus.devices`."""
        manager = self._com.make("PortableDeviceManager", "IPortableDeviceManager")
        ask, count = getattr(manager, f"{_RAW}GetDevices"), c_ulong(0)
        self._com.call(ask, None, byref(count))
        ids = (c_wchar_p * count.value)()
        if count.value:
            self._com.call(ask, ids, byref(count))
        return [(self._model(manager, one), one) for one in ids[: count.value] if one]

    def open(self, device: str, alive: Callable[[], None]) -> "WpdPort":
        """See `PortBus.open`."""
        return WpdPort(self._com, device, alive)

    def _model(self, manager: Any, device: str) -> str:
        ask, length = getattr(manager, f"{_RAW}GetDeviceDescription"), c_ulong(0)
        with suppress(PortError):
            self._com.call(ask, device, None, byref(length))
            text = (c_ushort * length.value)()
            self._com.call(ask, device, text, byref(length))
            return bytes(text).decode("utf-16-le", errors="replace").rstrip("\0")
        return "Device"


class WpdPort:
    """An `ObjectPort` over one open device."""

    def __init__(self, com: Com, device: str, alive: Callable[[], None]) -> None:
        self._com, self._alive = com, alive
        self._device = com.make("PortableDevice", "IPortableDevice")
        who = com.make("PortableDeviceValues", "IPortableDeviceValues")
        com.call(self._device.Open, device, who)
        self._content = com.call(self._device.Content)
        self._properties = com.call(self._content.Properties)

    def mark(self) -> str:
        """See `ObjectPort.mark`."""
        storages = [self._values(one.id) for one in self.list(TOP)]
        return str([self._value(one, "String", wpd_keys.PERSISTENT_ID) for one in storages])

    def list(self, folder: str) -> Iterator[PortObject]:
        """See `ObjectPort.list`."""
        nothing = POINTER(self._com.api.IPortableDeviceValues)()
        found = self._com.call(self._content.EnumObjects, 0, folder or "DEVICE", nothing)
        while (named := self._com.call(found.Next, 1))[1]:
            self._alive()
            yield self.describe(named[0])

    def describe(self, file: str) -> PortObject:
        """See `ObjectPort.describe`."""
        values = self._values(file)
        capacity = self._value(values, "UnsignedLargeInteger", wpd_keys.CAPACITY)
        free = self._value(values, "UnsignedLargeInteger", wpd_keys.FREE)
        kind = str(self._value(values, "Guid", wpd_keys.TYPE)).upper()
        is_folder = kind in wpd_keys.FOLDERS or capacity is not None
        name = self._value(values, "String", wpd_keys.FILE_NAME)
        size = self._value(values, "UnsignedLargeInteger", wpd_keys.SIZE)
        days = self._value(values, "", wpd_keys.MODIFIED)
        return PortObject(
            id=file,
            name=str(name or self._value(values, "String", wpd_keys.NAME) or ""),
            is_folder=is_folder,
            size=None if is_folder else size,
            modified_local=None if days is None else _DAY_ZERO + timedelta(days=days.data.date),
            used=None if capacity is None or free is None else capacity - free,
        )

    def open(self, file: str, offset: int) -> "WpdStream":
        """See `ObjectPort.open`."""
        stream = WpdStream(self._com, self._stream(file, wpd_keys.CONTENT), self._alive)
        stream.skip(offset)
        return stream

    def thumbnail(self, file: str) -> bytes | None:
        """See `ObjectPort.thumbnail`."""
        stream = WpdStream(self._com, self._stream(file, wpd_keys.THUMBNAIL), self._alive)
        return b"".join(iter(lambda: stream.read(_BLOCK), b""))

    def close(self) -> None:
        """See `ObjectPort.close`."""
        with suppress(PortError):
            self._com.call(self._device.Close)

    def _stream(self, file: str, resource: tuple[str, int]) -> Any:
        ask = self._com.call(self._content.Transfer).GetStream
        return self._com.call(ask, file, self._com.key(resource), 0)[1]

    def _values(self, file: str) -> Any:
        return self._com.call(self._properties.GetValues, file, None)

    def _value(self, values: Any, kind: str, of: tuple[str, int]) -> Any:
        """None where the device says nothing."""
        with suppress(self._com.failed):
            return getattr(values, f"Get{kind}Value")(self._com.key(of))
        return None


class WpdStream:
    """An `ObjectStream`: see the head of this file for how it ends."""

    def __init__(self, com: Com, stream: Any, alive: Callable[[], None]) -> None:
        self._com, self._stream, self._alive, self._is_over = com, stream, alive, False

    def read(self, length: int) -> bytes:
        """See `ObjectStream.read`."""
        block, got = self._com.call(self._stream.RemoteRead, min(length, _BLOCK))
        self._alive()
        self._is_over = not got
        return bytes(block)[:got]

    def skip(self, length: int) -> None:
        """Read up to a place."""
        while length and (block := self.read(length)):
            length -= len(block)

    def close(self) -> None:
        """See `ObjectStream.close`."""
        with suppress(PortError):
            while not self._is_over:
                self.read(_BLOCK)
