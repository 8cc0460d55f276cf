"""What the adapter of macOS asks for; whether macOS answers as this double does is not known."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.devices import icc_port
from desktop.devices.icc_port import IccPort
from desktop.devices.object_port import TOP, Fault, PortError


class _File:
    """An ICCameraFile."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name, self.content, self.error = name, content, 0

    def name(self) -> str:
        return self._name

    def fileSize(self) -> int:
        return len(self.content)

    def modificationDate(self) -> Any:
        when = datetime(2026, 3, 2, 9, 0).astimezone().timestamp()
        return SimpleNamespace(timeIntervalSince1970=lambda: when)

    def requestReadDataAtOffset_length_completion_(
        self, offset: int, length: int, done: Callable[[Any, Any], None]
    ) -> None:
        error = SimpleNamespace(code=lambda: self.error) if self.error else None
        done(None if error else self.content[offset : offset + length], error)

    def requestThumbnailDataWithOptions_completion_(
        self, _options: object, done: Callable[[Any, Any], None]
    ) -> None:
        done(b"\xff\xd8\xff small", None)


class _Folder:
    """An ICCameraFolder, which is a storage, too."""

    def __init__(self, name: str, *inside: Any) -> None:
        self._name, self.inside = name, inside

    def name(self) -> str:
        return self._name

    def modificationDate(self) -> None:
        return None

    def contents(self) -> tuple[Any, ...]:
        return self.inside


class _Device(_Folder):
    """An ICCameraDevice that says at once what it has to say."""

    said: Any = None
    restricted = False
    was_closed = False
    opens: Callable[[Any], None] = staticmethod(lambda told: setattr(told, "is_ready", True))

    def setDelegate_(self, told: Any) -> None:
        self.said = told or self.said

    def requestOpenSession(self) -> None:
        self.opens(self.said)

    def requestCloseSession(self) -> None:
        self.was_closed = True

    def isAccessRestrictedAppleDevice(self) -> bool:
        return self.restricted


@pytest.fixture(autouse=True)
def _no_run_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> Any:
        return SimpleNamespace(is_ready=False, is_gone=False, error=None, removed=0)

    monkeypatch.setattr(icc_port, "new_delegate", told)
    monkeypatch.setattr(icc_port, "turn", lambda _seconds, until, alive: until())


@pytest.fixture
def file() -> _File:
    return _File("IMG_1.HEIC", bytes(range(256)) * 10)


@pytest.fixture
def device(file: _File) -> _Device:
    return _Device("iPhone", _Folder("Internal Storage", _Folder("DCIM", file, file)))


def _port(device: _Device) -> IccPort:
    return IccPort(device, lambda: None)


def test_storages_folders_and_files_keep_their_ids(device: _Device) -> None:
    port = _port(device)
    (storage,) = port.list(TOP)
    (folder,) = port.list(storage.id)
    file, *_ = port.list(folder.id)
    assert (storage.name, storage.is_folder, folder.name) == ("Internal Storage", True, "DCIM")
    assert (file.name, file.is_folder, file.size) == ("IMG_1.HEIC", False, 2560)
    assert file.modified_local == datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
    assert next(iter(port.list(folder.id))) == file == port.describe(file.id)
    stream = port.open(file.id, 250)
    assert stream.read(10) == bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3])
    assert len(stream.read(5000)) == 2300
    assert stream.read(5000) == b""
    assert port.thumbnail(file.id) == b"\xff\xd8\xff small"


def test_a_phone_that_is_locked(device: _Device) -> None:
    device.opens, device.restricted = lambda _told: None, True
    with pytest.raises(PortError) as told:
        _port(device)
    assert told.value.fault is Fault.LOCKED
    assert device.was_closed


def test_an_error_of_the_framework_is_told_by_its_number(device: _Device, file: _File) -> None:
    port = _port(device)
    (storage,) = port.list(TOP)
    (folder,) = port.list(storage.id)
    found, *_ = port.list(folder.id)
    file.error = -9934
    with pytest.raises(PortError, match="macOS error -9934"):
        port.open(found.id, 0).read(10)


def test_a_device_that_left_and_a_catalogue_that_changed(device: _Device) -> None:
    port = _port(device)
    before = port.mark()
    device.said.removed = 3
    assert port.mark() != before
    device.said.is_gone = True
    with pytest.raises(PortError) as told:
        port.mark()
    assert told.value.fault is Fault.GONE


def test_what_was_never_listed_is_missing(device: _Device) -> None:
    with pytest.raises(PortError) as told:
        _port(device).describe("7")
    assert told.value.fault is Fault.MISSING
