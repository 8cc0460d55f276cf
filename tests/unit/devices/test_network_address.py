"""Addresses of cameras: typed by a person, checked after they were resolved, never far away."""

import ipaddress
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.devices.finding import find_sources, open_source, source_called
from desktop.devices.network_address import NetworkAddress, address_of, is_near, name_of, resolved
from desktop.devices.problems import (
    AddressNotPrivate,
    AddressUnclear,
    NotACamera,
    SourceNoStorage,
    SourceRefused,
    SourceUnknown,
    SourceUnreachable,
)
from desktop.records.facts.capture import Route
from tests.unit.devices.ptpip_camera import PtpIpCamera


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.20", "192.168.1.20", 15740),
        (" ptpip:192.168.1.20:5000 ", "192.168.1.20", 5000),
        ("ptpip:Camera-EOS.local", "camera-eos.local", 15740),
        ("ptpip://10.0.0.4/", "10.0.0.4", 15740),
        ("[fd00::7]:15740", "fd00::7", 15740),
        ("localhost:1", "localhost", 1),
    ],
)
def test_what_a_person_types(typed: str, host: str, port: int) -> None:
    address = address_of(typed)
    assert (address.host, address.port) == (host, port)
    assert address_of(address.source_id) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ptpip:", "a b", "host:0", "host:65536", "host:x", "u@host", "host/../x", "[nonsense]",
     "fd00::7", "host\n10.0.0.1", "gphoto2://x"],
)  # fmt: skip
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(AddressUnclear) as told:
        address_of(typed)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("number", "near"),
    [
        ("127.0.0.1", True), ("10.255.0.1", True), ("172.16.0.1", True), ("172.31.255.255", True),
        ("192.168.0.1", True), ("169.254.10.1", True), ("::1", True), ("fd12::1", True),
        ("fe80::1", True), ("::ffff:192.168.1.1", True),
        ("8.8.8.8", False), ("172.32.0.1", False), ("192.169.0.1", False), ("0.0.0.0", False),  # noqa: S104

        ("100.64.0.1", False), ("255.255.255.255", False), ("224.0.0.1", False),
        ("2001:db8::1", False), ("::", False), ("::ffff:8.8.8.8", False),
    ],
)  # fmt: skip
def test_only_this_computer_and_its_own_networks_are_near(number: str, near: bool) -> None:
    assert is_near(ipaddress.ip_address(number)) is near


def _leads_to(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    asked: list[str] = []

    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


class TestNames:
    def test_a_name_that_leads_outside_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _leads_to(monkeypatch, "203.0.113.7", "2001:db8::1")
        with pytest.raises(AddressNotPrivate, match=r"camera\.example is not in your own network"):
            resolved(NetworkAddress(host="camera.example"))

    def test_of_several_numbers_a_private_one_is_used_and_asked_for_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = _leads_to(monkeypatch, "203.0.113.7", "fd00::7", "192.168.1.20")
        assert resolved(NetworkAddress(host="camera.local")) == "192.168.1.20"
        assert asked == ["camera.local"]

    def test_a_number_in_disguise_is_checked_as_what_it_is(self) -> None:
        """The system takes 134744072 for 8.8.8.8."""
        with pytest.raises((AddressNotPrivate, SourceUnreachable)):
            resolved(address_of("134744072"))

    def test_one_that_leads_nowhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        with pytest.raises(SourceUnreachable, match=r"Camera at camera\.local does not answer"):
            resolved(NetworkAddress(host="camera.local"))

    def test_one_with_a_number_that_the_driver_cannot_use(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _leads_to(monkeypatch, "fd00::7")
        with pytest.raises(AddressUnclear, match="IPv6 alone"):
            resolved(NetworkAddress(host="camera.local"))


def test_its_name_and_its_route() -> None:
    pytest.importorskip("gphoto2")
    info = source_called("ptpip:192.168.1.20")
    assert (info.id, info.name) == ("ptpip:192.168.1.20:15740", "Camera at 192.168.1.20")
    assert info.route is Route.NETWORK
    assert name_of(address_of("10.0.0.2:99")) == "Camera at 10.0.0.2:99"


def test_none_is_looked_for(camera: PtpIpCamera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.disk_partitions", lambda all: [])  # noqa: A006
    assert find_sources([]) == []
    assert camera.asked == []


class TestOpening:
    @pytest.fixture(autouse=True)
    def _driver(self) -> None:
        pytest.importorskip("gphoto2")

    def test_by_name(self, camera: PtpIpCamera) -> None:
        with closing(open_source(camera.source_id.replace("127.0.0.1", "localhost"))) as source:
            assert source.info.route is Route.NETWORK
            assert source.info.name.startswith("Camera at localhost")
            assert len(list(source.items())) == 3

    @pytest.mark.parametrize("far", ["ptpip:8.8.8.8", "ptpip:203.0.113.7:15740"])
    def test_one_far_away_is_refused_before_anything_is_asked(self, far: str) -> None:
        with pytest.raises(AddressNotPrivate):
            open_source(far)

    @pytest.mark.parametrize("port", ["ptpip:8.8.8.8:15740", "ptpip:127.0.0.1:1:1", "ip:8.8.8.8"])
    def test_there_is_no_way_around(self, port: str) -> None:
        with pytest.raises(SourceUnknown):
            open_source(f"ptp:{port}")

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with pytest.raises(SourceRefused, match="refuses this computer"):
            open_source(f"ptpip:127.0.0.1:{port}")

    def test_a_camera_that_refuses(self, camera: PtpIpCamera) -> None:
        camera.script.busy = True
        with pytest.raises(SourceRefused):
            open_source(camera.source_id)

    def test_a_camera_without_a_card(self, camera: PtpIpCamera) -> None:
        camera.script.locked = True
        with pytest.raises(SourceNoStorage):
            open_source(camera.source_id)

    @pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
    def test_something_else_is_there(self, serve: Callable[[bytes], int], answer: bytes) -> None:
        with pytest.raises(NotACamera, match="what answers there is no camera"):
            open_source(f"ptpip:127.0.0.1:{serve(answer)}")


_SERVER = """
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    line, _ = server.accept()
    line.recv(4096)
    line.sendall(bytes.fromhex(sys.argv[1]))
    line.close()
"""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[bytes], int]]:
    """Something at a port of this computer that answers whatever is said with this."""
    started: list[subprocess.Popen[str]] = []

    def begin(answer: bytes) -> int:
        command = [sys.executable, "-c", _SERVER, answer.hex()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
        started.append(process)
        assert process.stdout is not None
        return int(process.stdout.readline())

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_the_first_words_are_those_of_the_standard() -> None:
    pytest.importorskip("gphoto2")
    from desktop.devices.network_camera import _HELLO

    assert struct.unpack_from("<II", _HELLO) == (len(_HELLO), 1)
