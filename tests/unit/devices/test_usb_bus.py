"""What Linux tells of USB: who is there, and which phone is there without offering its images."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.devices import finding
from desktop.devices.finding import SourceWatcher
from desktop.devices.problems import SourceLocked, SourceNoStorage
from desktop.devices.source import SourceInfo, SourceState
from desktop.devices.states import no_storage
from desktop.devices.usb_bus import UsbBus
from desktop.records.facts.capture import Route

PIXEL = {
    "idVendor": "18d1",
    "busnum": "1",
    "devnum": "4",
    "manufacturer": "Google",
    "product": "Pixel 8",
}
Plug = Callable[..., Path]


@pytest.fixture
def bus(tmp_path: Path) -> UsbBus:
    """A bus with nothing on it."""
    (tmp_path / "usb").mkdir()
    return UsbBus(tmp_path / "usb")


@pytest.fixture
def plug(tmp_path: Path) -> Plug:
    """Plugs a device in: what it says of itself, and the class and name of each interface."""

    def made(said: Mapping[str, str], *interfaces: tuple[str, str], at: str = "1-2") -> Path:
        device = tmp_path / "usb" / at
        device.mkdir()
        for name, value in said.items():
            (device / name).write_text(f"{value}\n")
        for place, (kind, name) in enumerate(interfaces):
            interface = device / f"{at}:1.{place}"
            interface.mkdir()
            (interface / "bInterfaceClass").write_text(f"{kind}\n")
            (interface / "interface").write_text(f"{name}\n")
        return device

    return made


class TestPhonesThatOnlyCharge:
    def test_one_is_told_with_what_to_do(
        self, bus: UsbBus, plug: Plug, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plug(PIXEL, ("e0", "RNDIS"), ("0a", ""))
        watcher = SourceWatcher(usb=bus)
        monkeypatch.setattr(finding, "find_spec", lambda _name: True)
        monkeypatch.setattr(SourceWatcher, "_cameras", lambda *_, **__: [])
        monkeypatch.setattr("psutil.disk_partitions", lambda all: [])  # noqa: A006
        (info,) = watcher.look()
        assert (info.id, info.name) == ("ptp:usb:001,004", "Google Pixel 8")
        assert info.state is SourceState.NOT_SHARING
        assert "choose “File transfer”" in info.detail

    @pytest.mark.parametrize(
        ("maker", "interface"),
        [
            ("18d1", ("06", "MTP")),
            ("18d1", ("ff", "MTP")),
            ("04e8", ("08", "")),
            ("18d1", ("03", "")),
            ("046d", ("ff", "")),
        ],
        ids=["ptp", "mtp", "a disk", "a security key", "another maker"],
    )
    def test_no_other_device_is(
        self, bus: UsbBus, plug: Plug, maker: str, interface: tuple[str, str]
    ) -> None:
        plug(PIXEL | {"idVendor": maker}, interface)
        assert bus.silent_phones() == []

    def test_what_a_device_says_is_made_fit_to_be_shown(self, bus: UsbBus, plug: Plug) -> None:
        plug(PIXEL | {"product": "Pixel\u202e 8", "manufacturer": ""}, ("ff", ""))
        assert bus.silent_phones()[0].name == "Pixel\N{REPLACEMENT CHARACTER} 8"

    def test_half_a_device_is_none(self, bus: UsbBus, plug: Plug) -> None:
        plug({"idVendor": "18d1"}, ("ff", ""))
        assert bus.silent_phones() == []


class TestFingerprint:
    def test_changes_when_something_comes_or_leaves(self, bus: UsbBus, plug: Plug) -> None:
        nothing = bus.fingerprint()
        assert nothing is not None
        plug(PIXEL)
        assert bus.fingerprint() not in (None, nothing)
        assert bus.fingerprint() == bus.fingerprint()

    def test_is_unknown_where_no_list_is_kept(
        self, tmp_path: Path, bus: UsbBus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert UsbBus(tmp_path / "nowhere").fingerprint() is None
        monkeypatch.setenv("VCAMERADIR", "/")
        assert bus.fingerprint() is None


class TestSleep:
    """The driver is asked while something may have changed, and not otherwise."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
        """How the driver was asked: whether a person waited for it."""
        asked: list[bool] = []
        monkeypatch.setattr(finding, "find_spec", lambda _name: True)
        monkeypatch.setattr("psutil.disk_partitions", lambda all: [])  # noqa: A006

        def answer(_self: SourceWatcher, *, again: bool) -> list[SourceInfo]:
            asked.append(again)
            return list(self.cameras)

        monkeypatch.setattr(SourceWatcher, "_cameras", answer)
        return asked

    @pytest.fixture(autouse=True)
    def _clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.cameras = [SourceInfo(id="ptp:usb:001,002", route=Route.PTP, name="Nikon")]
        monkeypatch.setattr("time.monotonic", lambda: self.now)

    def test_until_the_bus_changes(self, bus: UsbBus, plug: Plug, asked: list[bool]) -> None:
        watcher = SourceWatcher(usb=bus)
        first = watcher.look()
        watcher.look()
        assert len(asked) == 2, "what was just plugged in may need a moment"
        self.now += 60
        assert watcher.look() == first
        assert len(asked) == 2
        plug(PIXEL, ("06", "PTP"))
        watcher.look()
        assert len(asked) == 3

    def test_not_while_a_camera_is_not_ready(self, bus: UsbBus, asked: list[bool]) -> None:
        self.cameras = [SourceInfo(id="ptp:x", route=Route.PTP, name="X", state=SourceState.LOCKED)]
        watcher = SourceWatcher(usb=bus)
        for _ in range(3):
            watcher.look()
            self.now += 60
        assert len(asked) == 3

    def test_not_when_a_person_asks(self, bus: UsbBus, asked: list[bool]) -> None:
        watcher = SourceWatcher(usb=bus)
        watcher.look()
        self.now += 60
        watcher.look(again=True)
        assert asked == [False, True]


def test_an_iphone_without_storage_is_locked_and_another_may_lack_its_card() -> None:
    assert isinstance(no_storage("Apple iPhone 14"), SourceLocked)
    assert isinstance(no_storage("Nikon DSC D750"), SourceNoStorage)
