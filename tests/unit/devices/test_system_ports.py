"""The drivers of Windows and macOS: what is said of them, and what their adapters ask."""

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.devices import system_ports, wpd_keys
from desktop.devices.finding import source_called
from desktop.devices.object_port import TOP, Fault
from desktop.devices.problems import ClearingRefused, ItemUnreadable, SourceUnknown
from desktop.devices.source import SourceState
from desktop.devices.system_ports import ICC, WPD, PortWatch, open_port_source, scheme_here
from desktop.devices.wire import info_from, info_message
from desktop.devices.wpd_port import WpdPort
from desktop.records.facts.capture import Route
from tests.unit.devices.port_double import PLACE
from tests.unit.devices.port_rig import PortRig
from tests.unit.devices.rig import BLOCK, read_all


@pytest.fixture
def rig(photos: dict[str, bytes]) -> PortRig:
    return PortRig(photos)


def _watch(rig: PortRig) -> PortWatch:
    return PortWatch(WPD, rig.device, alive=lambda: None)


def test_it_is_chosen_by_platform_and_only_with_its_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [scheme_here(one) for one in ("linux", "win32", "darwin")] == [None, None, None]
    monkeypatch.setattr(system_ports, "find_spec", lambda _name: object())
    assert [scheme_here(one) for one in ("linux", "win32", "darwin")] == [None, WPD, ICC]


def test_nothing_of_it_is_imported_where_it_cannot_be() -> None:
    looks = (
        "import sys; import desktop.devices.wpd_port, desktop.devices.icc_port; "
        "sys.exit(any(one in sys.modules for one in ('comtypes', 'objc', 'ImageCaptureCore')))"
    )
    assert subprocess.run([sys.executable, "-c", looks], check=False).returncode == 0


@pytest.mark.parametrize("source_id", ["wpd:x", "icc:x", "wpd:", "icc:"])
def test_another_systems_device_is_not_known_here(source_id: str) -> None:
    with pytest.raises(SourceUnknown, match=source_id):
        source_called(source_id)


def test_its_own_device_is_named_by_its_id_until_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_ports, "scheme_here", lambda: WPD)
    info = source_called(f"{WPD}{PLACE}")
    assert (info.id, info.route) == (f"{WPD}{PLACE}", Route.PTP)
    assert info.cannot_clear
    assert info.caution


@pytest.mark.requirement("R74", "R113")
def test_nothing_is_cleared_and_it_says_that_it_is_not_proven(rig: PortRig) -> None:
    (info,) = _watch(rig).look()
    assert "not proven on hardware" in info.caution
    assert "not proven on hardware yet" in info.cannot_clear
    assert info_from(info_message(info)) == info
    with closing(open_port_source(info, rig.device)) as source:
        (item, *_) = source.items()
        with pytest.raises(ClearingRefused, match="not proven on hardware yet"):
            source.check_clearing()
        with pytest.raises(ClearingRefused):
            source.delete_verified(item, sha256=bytes(32))
    assert rig.left() == rig.photos


def test_each_state_has_its_sentence_until_a_person_changed_it(rig: PortRig) -> None:
    watch = _watch(rig)
    for fault, state in ((Fault.LOCKED, SourceState.LOCKED), (Fault.BUSY, SourceState.BUSY)):
        rig.device.fault = fault
        (info,) = watch.look(again=True)
        assert info.state is state
        assert "Kererū Phone 7" in info.detail
        assert "KRR-0042" not in info.detail, "a serial number"
    rig.device.fault = None
    (info,) = watch.look(again=True)
    assert (info.state, info.detail) == (SourceState.READY, "")
    rig.unplug()
    assert watch.look() == []


def test_a_device_that_left_is_not_known(rig: PortRig) -> None:
    (info,) = _watch(rig).look()
    rig.unplug()
    with pytest.raises(SourceUnknown):
        open_port_source(info, rig.device)


def test_a_file_that_was_replaced_is_not_taken(rig: PortRig) -> None:
    with closing(rig.open()) as source:
        items = {item.name: item for item in source.items()}
        rig.device.objects[rig._place("IMG_0001.JPG")].modified = datetime(2020, 1, 1)  # noqa: DTZ001
        with pytest.raises(ItemUnreadable, match="another file than was listed"):
            read_all(source, items["IMG_0001.JPG"])


def test_the_rest_of_a_phone_is_left_alone(rig: PortRig) -> None:
    """Beside a camera's own folders, what is on a phone is its owner's private life."""
    storage = next(iter(rig.device.objects))
    rig.device.add("private.jpg", rig.device.add("WhatsApp", storage), b"nobody's business")
    with closing(rig.open()) as source:
        assert {item.name for item in source.items()} == set(rig.photos)


class _Stream:
    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0

    def RemoteRead(self, length: int) -> tuple[bytes, int]:
        block = self.content[self.place : self.place + length]
        self.place += len(block)
        return block.ljust(length, b"\0"), len(block)


class _Windows:
    """What comtypes would make of Windows' libraries, as their manual has it."""

    class failed(Exception):  # noqa: N801
        hresult = -2147024809

    api = SimpleNamespace(IPortableDeviceValues=ctypes.c_int)

    def __init__(self, content: bytes) -> None:
        self.stream = _Stream(content)
        when = SimpleNamespace(data=SimpleNamespace(date=46083.375))
        self.objects: dict[str, dict[tuple[str, int], Any]] = {
            "s1": {
                wpd_keys.NAME: "Card",
                wpd_keys.CAPACITY: 9000,
                wpd_keys.FREE: 2000,
                wpd_keys.PERSISTENT_ID: "SID-1",
            },
            "o1": {wpd_keys.NAME: "DCIM", wpd_keys.TYPE: wpd_keys.FOLDERS[0].lower()},
            "o2": {
                wpd_keys.NAME: "IMG_1",
                wpd_keys.FILE_NAME: "IMG_1.JPG",
                wpd_keys.SIZE: len(content),
                wpd_keys.MODIFIED: when,
            },
        }
        self.inside = {"DEVICE": ["s1"], "s1": ["o1"], "o1": ["o2"]}

    def make(self, _kind: str, _interface: str) -> Any:
        content = SimpleNamespace(
            Properties=lambda: SimpleNamespace(GetValues=self._values),
            EnumObjects=lambda _flags, folder, _filter: self._enumerated(folder),
            Transfer=lambda: SimpleNamespace(GetStream=lambda *_: (BLOCK, self.stream)),
        )
        return SimpleNamespace(Open=lambda *_: None, Content=lambda: content, Close=lambda: None)

    def key(self, of: tuple[str, int]) -> tuple[str, int]:
        return of

    def call(self, function: Any, *arguments: object) -> Any:
        return function(*arguments)

    def _enumerated(self, folder: str) -> Any:
        names: Iterator[tuple[str, int]] = iter([(one, 1) for one in self.inside[folder]])
        return SimpleNamespace(Next=lambda _count: next(names, ("", 0)))

    def _values(self, name: str, _keys: None) -> Any:
        def value(of: tuple[str, int]) -> Any:
            if of not in self.objects[name]:
                raise self.failed
            return self.objects[name][of]

        kinds = ("", "String", "Guid", "UnsignedLargeInteger")
        return SimpleNamespace(**{f"Get{kind}Value": value for kind in kinds})


class TestWindows:
    """What the adapter asks for and makes of the answers; whether Windows answers like that is not
    known."""

    @pytest.fixture
    def windows(self) -> _Windows:
        return _Windows(bytes(range(256)) * 20_000)

    @pytest.fixture
    def port(self, windows: _Windows) -> WpdPort:
        return WpdPort(windows, PLACE, lambda: None)  # type: ignore[arg-type]

    def test_storages_folders_and_files(self, port: WpdPort) -> None:
        (storage,) = port.list(TOP)
        (folder,) = port.list(storage.id)
        (file,) = port.list(folder.id)
        assert (storage.name, storage.is_folder, storage.used) == ("Card", True, 7000)
        assert (folder.name, folder.is_folder) == ("DCIM", True)
        assert (file.name, file.is_folder, file.size) == ("IMG_1.JPG", False, 5_120_000)
        assert file.modified_local == datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001

    def test_another_card_has_another_mark(self, port: WpdPort, windows: _Windows) -> None:
        before = port.mark()
        windows.objects["s1"][wpd_keys.PERSISTENT_ID] = "SID-2"
        assert port.mark() != before

    def test_a_place_is_reached_by_reading_up_to_it(self, port: WpdPort, windows: _Windows) -> None:
        stream = port.open("o2", 3_000_001)
        assert stream.read(3) == windows.stream.content[3_000_001:3_000_004]

    def test_a_transfer_that_was_begun_is_ended(self, port: WpdPort, windows: _Windows) -> None:
        stream = port.open("o2", 0)
        stream.read(10)
        stream.close()
        assert windows.stream.place == len(windows.stream.content)
