"""The helper process: what it is given, and what its crash, its hang and our own end come to."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import desktop
from desktop.devices.finding import open_source
from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import SourceGone, SourceHelperDied
from desktop.devices.source import MediaItem
from tests.unit.devices.conftest import put
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import read_all

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def _opened(place: str) -> HelperSource:
    source = open_source(place)
    assert isinstance(source, HelperSource)
    return source


@pytest.fixture
def source(card: Path) -> Iterator[HelperSource]:
    """A card in a helper process."""
    with closing(_opened(str(card))) as opened:
        yield opened


def _lose_patience(source: HelperSource) -> None:
    """Wait half a second from now on; starting a helper may take longer on a busy machine."""
    source._helper._silence = 0.5
    source._helper._wire.patience(0.5)


def _half_read(source: HelperSource) -> MediaItem:
    """The item of which two blocks were read, so that more are on their way."""
    *_, item = source.items()
    buffer = memoryview(bytearray(1 << 20))
    for offset in (0, 1 << 20):
        assert source.read_into(item, offset, buffer)
    return item


def _refuses_everything(source: HelperSource, item: MediaItem, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read_all(source, item)
    with pytest.raises(problem):
        list(source.items())
    with pytest.raises(problem):
        source.thumbnail(item)
    source.close()


class TestCrash:
    def test_in_mid_copy_costs_the_source_only(self, source: HelperSource, card: Path) -> None:
        item = _half_read(source)
        os.kill(source.process_id, signal.SIGKILL)
        with pytest.raises(SourceHelperDied, match="driver for card") as told:
            read_all(source, item)
        assert told.value.ends_the_trip
        _refuses_everything(source, item, SourceHelperDied)
        with closing(_opened(str(card))) as again:
            assert len(list(again.items())) == 3

    def test_between_two_requests_is_told_at_the_next(self, source: HelperSource) -> None:
        os.kill(source.process_id, signal.SIGSEGV)
        with pytest.raises(SourceHelperDied):
            list(source.items())

    def test_closing_after_it_is_quiet(self, source: HelperSource) -> None:
        os.kill(source.process_id, signal.SIGKILL)
        source.close()


class TestHang:
    def test_of_the_driver_ends_the_helper(self, card: Path) -> None:
        with closing(_opened(str(card))) as source:
            item = _half_read(source)
            _lose_patience(source)
            os.kill(source.process_id, signal.SIGSTOP)
            with pytest.raises(SourceGone):
                read_all(source, item)
            assert source._helper.is_over
            _refuses_everything(source, item, SourceGone)

    def test_of_the_device_is_told(self, camera: PtpIpCamera) -> None:
        pytest.importorskip("gphoto2")
        with closing(_opened(camera.source_id)) as source:
            *_, item = source.items()
            _lose_patience(source)
            camera.script.silent_on = {Operation.GET_PARTIAL_OBJECT}
            with pytest.raises(SourceGone):
                read_all(source, item)

    def test_a_long_list_is_waited_for_longer(self, camera: PtpIpCamera) -> None:
        pytest.importorskip("gphoto2")
        for number in range(20):
            camera.add_file(f"SLOW{number:02}.JPG", b"photo", parent=camera.folder("100CANON"))
        with closing(_opened(camera.source_id)) as source:
            _lose_patience(source)
            camera.script.delay = 0.03
            assert len(list(source.items())) == 23


@on_linux
class TestWhatItIsGiven:
    def test_no_secret_and_no_descriptor(
        self, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CHARTROOM_OFFICE", "where the keys are")
        descriptor = os.open(put(tmp_path / "key", b"the key"), os.O_RDONLY)
        try:
            with closing(_opened(str(card))) as source:
                list(source.items())
                process = Path(f"/proc/{source.process_id}")
                assert b"CHARTROOM" not in (process / "environ").read_bytes()
                links = {str(link.readlink()) for link in (process / "fd").iterdir()}
                assert str(tmp_path / "key") not in links
                assert len([link for link in links if link.startswith("socket:")]) == 1
        finally:
            os.close(descriptor)

    def test_no_qt_and_no_database(self, source: HelperSource) -> None:
        list(source.items())
        loaded = Path(f"/proc/{source.process_id}/maps").read_text()
        assert "PySide6" not in loaded
        assert "sqlcipher" not in loaded

    def test_no_core_file_and_no_place_to_keep_busy(self, source: HelperSource) -> None:
        limits = Path(f"/proc/{source.process_id}/limits").read_text().splitlines()
        core = next(line for line in limits if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]
        assert Path(f"/proc/{source.process_id}/cwd").readlink() == Path("/")

    def test_a_whole_file_is_never_laid_on_disk(
        self, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("gphoto2")
        for name in ("TMPDIR", "HOME"):
            (tmp_path / name).mkdir()
            monkeypatch.setenv(name, str(tmp_path / name))
        monkeypatch.setenv("VCAMERADIR", str(card))
        with closing(_opened("ptp:usb:001,001")) as source:
            _half_read(source)
            links = [
                str(link.readlink()) for link in Path(f"/proc/{source.process_id}/fd").iterdir()
            ]
            assert any(link.startswith("/memfd:") for link in links)
        written = [path for name in ("TMPDIR", "HOME") for path in (tmp_path / name).rglob("*")]
        assert not [path for path in written if path.is_file() and path.stat().st_size > 4096]


_PARENT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from desktop.devices.finding import open_source
source = open_source(sys.argv[2], silence=3)
item = next(source.items())
if sys.argv[3] == "reading":
    source._ask_for(item, 0, 100)
print(source.process_id, flush=True)
sys.stdin.readline()
"""


@on_linux
@pytest.mark.parametrize("doing", ["nothing", "reading"])
def test_it_does_not_outlive_the_program(camera: PtpIpCamera, doing: str) -> None:
    """Not even inside a driver call that never returns."""
    pytest.importorskip("gphoto2")
    camera.script.silent_on = {Operation.GET_PARTIAL_OBJECT}
    home = str(Path(desktop.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _PARENT, home, camera.source_id, doing],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        helper = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        ended, _, _ = select.select([helper], [], [], 30)
        assert ended
    finally:
        os.close(helper)


def test_ctrl_c_is_the_programs_own_business(source: HelperSource) -> None:
    os.kill(source.process_id, signal.SIGINT)
    assert len(list(source.items())) == 3


def test_a_newer_walk_takes_the_place_of_an_older(source: HelperSource) -> None:
    older = source.items()
    next(older)
    assert len(list(source.items())) == 3
    assert len(list(older)) == 2, "the few items that had come already"


def test_many_items_stream(tmp_path: Path) -> None:
    for number in range(300):
        put(tmp_path / f"{number:03}.jpg", b"photo")
    with closing(_opened(str(tmp_path))) as source:
        walk = source.items()
        assert next(walk).name == "000.jpg"
        names = [item.name for item in walk]
        assert names == [f"{number:03}.jpg" for number in range(1, 300)]


_STUCK = """
import socket, sys, threading
sys.path.insert(0, sys.argv[1])
from desktop.devices.helper_main import Helper
from desktop.devices.wire import Wire
class Stuck:
    def items(self):
        return iter(())
    def thumbnail(self, item):
        ours.shutdown(socket.SHUT_RDWR)
        threading.Lock().acquire() and threading.Event().wait()
ours, theirs = socket.socketpair()
helper = Helper(Wire(theirs), silence=0)
helper._source = Stuck()
item = {"key": "a", "folder": "", "name": "a", "size": 1}
Wire(ours).send({"do": "thumbnail", **item})
helper.serve()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no alarm there")
def test_the_system_ends_a_helper_that_is_stuck_in_a_driver() -> None:
    home = str(Path(desktop.__file__).parent.parent)
    stuck = subprocess.run([sys.executable, "-P", "-c", _STUCK, home], check=False, timeout=60)
    assert stuck.returncode == -signal.SIGALRM
