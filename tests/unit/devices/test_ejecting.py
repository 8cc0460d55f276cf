"""When a card may be pulled out, and why not yet: against a twin of UDisks2, and the real one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from desktop.devices import ejecting
from desktop.devices.eject_problems import (
    CardBusy,
    EjectByHand,
    EjectDenied,
    EjectFailed,
    NotACard,
)
from desktop.devices.ejecting import eject, kept_in, may_go
from desktop.devices.finding import source_called
from desktop.devices.problems import SourceUnknown
from desktop.devices.source import SourceInfo
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from tests.unit.devices import udisks_twin

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="UDisks2 is of Linux")
has_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="no dbus-daemon here: the twin cannot be reached"
)

DRIVE = "/org/freedesktop/UDisks2/drives/SD_Reader"
ONE_CARD = {"sdb1.Drive": DRIVE, "SD_Reader.Ejectable": True, "sda1.Drive": f"{DRIVE}_other"}

Serve = Callable[[dict[str, object]], "subprocess.Popen[str]"]


@pytest.fixture
def mounted(card: Path, monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    """The card is mounted from /dev/sdb1, beside a disk."""
    made = [
        SimpleNamespace(mountpoint="/", device="/dev/sda1", fstype="ext4"),
        SimpleNamespace(mountpoint=str(card), device="/dev/sdb1", fstype="vfat"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: made)  # noqa: A006
    return made


@pytest.fixture
def info(mounted: list[SimpleNamespace], card: Path) -> SourceInfo:
    """The card as it is found."""
    assert mounted
    return source_called(str(card))


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A system bus with nobody on it."""
    command = ["dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        daemon.kill()


@pytest.fixture
def serve(bus: str) -> Iterator[Serve]:
    """Puts the twin on the bus."""
    with ExitStack() as stack:

        def begin(answers: dict[str, object]) -> "subprocess.Popen[str]":
            command = [sys.executable, udisks_twin.__file__, bus, json.dumps(answers)]
            twin = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            stack.enter_context(twin)
            stack.callback(twin.kill)
            assert twin.stdout is not None
            assert twin.stdout.readline() == "ready\n"
            return twin

        yield begin


def _asked(twin: "subprocess.Popen[str]") -> list[str]:
    twin.kill()
    return twin.communicate()[0].splitlines()


@on_linux
@has_bus
class TestByUDisks:
    def test_the_card_is_unmounted_and_its_drive_lets_it_go(
        self, serve: Serve, info: SourceInfo
    ) -> None:
        twin = serve(ONE_CARD)
        eject(info)
        assert _asked(twin) == ["sdb1 Unmount", "SD_Reader Eject"]

    def test_all_of_a_drive_is_unmounted_before_it_is_switched_off(
        self, serve: Serve, info: SourceInfo, mounted: list[SimpleNamespace]
    ) -> None:
        mounted.append(SimpleNamespace(mountpoint="/media/B", device="/dev/sdb2", fstype="vfat"))
        twin = serve({"sdb1.Drive": DRIVE, "sdb2.Drive": DRIVE, "SD_Reader.CanPowerOff": True})
        eject(info)
        assert _asked(twin) == ["sdb2 Unmount", "sdb1 Unmount", "SD_Reader PowerOff"]

    def test_a_drive_that_cannot_let_go_does_not_keep_the_card_in(
        self, serve: Serve, info: SourceInfo
    ) -> None:
        serve(ONE_CARD | {"Eject": "org.freedesktop.UDisks2.Error.Failed"})
        eject(info)

    @pytest.mark.parametrize(
        ("error", "problem"),
        [
            ("org.freedesktop.UDisks2.Error.DeviceBusy", CardBusy),
            ("org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain", EjectDenied),
            ("org.freedesktop.UDisks2.Error.Failed", EjectFailed),
            ("org.freedesktop.DBus.Error.UnknownObject", EjectFailed),
        ],
    )
    def test_what_it_refuses_has_words(
        self, serve: Serve, info: SourceInfo, error: str, problem: type[Problem]
    ) -> None:
        twin = serve(ONE_CARD | {"Unmount": error})
        with pytest.raises(problem, match="Leave Card card in"):
            eject(info)
        assert _asked(twin) == ["sdb1 Unmount"]

    @pytest.mark.usefixtures("bus")
    def test_without_it_everything_is_written_and_the_person_told(self, info: SourceInfo) -> None:
        with pytest.raises(EjectByHand, match="eject button of the file manager"):
            eject(info)

    def test_without_a_bus_too(
        self, info: SourceInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
        with pytest.raises(EjectByHand):
            eject(info)

    def test_a_card_that_cannot_be_written_is_not_called_safe(
        self, info: SourceInfo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_place: Path) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nobody")
        monkeypatch.setattr(ejecting, "_write_out", fail)
        with pytest.raises(EjectFailed, match="Input/output error"):
            eject(info)


class TestWhoHoldsIt:
    def test_a_program_with_a_folder_of_it_is_named(self, card: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", "input()"], cwd=card / "DCIM", stdin=subprocess.PIPE
        ) as holder:
            name = psutil.Process(holder.pid).name()
            assert name in ejecting._holders(card)
            holder.kill()
        assert ejecting._holders(card) == "another program"

    @on_linux
    def test_a_filing_keeps_it_in(self, card: Path) -> None:
        source = SourceInfo(id=f"folder:{card}", route=Route.CARD, name="Card")
        with kept_in(source):
            # what `umount` asks the kernel: a file or folder of the card that is open
            assert card in _open_now()
        assert card not in _open_now()


def _open_now() -> set[Path]:
    opened = set()
    for one in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            opened.add(one.readlink())
    return opened


def test_only_a_card_is_ejected(card: Path) -> None:
    with pytest.raises(NotACard):
        eject(SourceInfo(id=f"folder:{card}", route=Route.FOLDER, name="Photos"))


def test_a_card_that_is_out_is_not_there(card: Path, mounted: list[SimpleNamespace]) -> None:
    info = source_called(str(card))
    mounted.clear()
    with pytest.raises(SourceUnknown):
        eject(info)
    assert may_go(info) == "You can take card out now."


@pytest.mark.usefixtures("mounted")
@pytest.mark.parametrize("called", ["card", "Card card"])
def test_a_card_may_be_called_by_its_name(card: Path, called: str) -> None:
    assert source_called(called).id == f"folder:{card}"


REAL = Path(__file__).with_name("real_udisks.sh")
_NEEDED = ("dbus-daemon", "udevadm", "losetup", "mkfs.ext4", "unshare")


@on_linux
@pytest.mark.skipif(
    os.geteuid() != 0
    or not all(shutil.which(one) for one in _NEEDED)
    or not Path("/usr/libexec/udisks2/udisksd").exists(),
    reason="no UDisks2 here, or not root: ejecting a real card is proven by the twin only",
)
def test_a_real_udisks_lets_a_card_go(tmp_path: Path) -> None:
    """A loop device as the card, in namespaces of its own; held open first, then let go."""
    command = ["unshare", "-m", "-n", "--pid", "--fork", "--kill-child", "sh", str(REAL)]
    done = subprocess.run(
        [*command, str(tmp_path), sys.executable],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    held, let_go, left = done.stdout.splitlines()[-3:]
    assert "Leave Card EOS_DIGITAL in: a file on it is still open in sleep" in held
    assert let_go == "You can take EOS_DIGITAL out now."
    assert left == "mounts left: 0"
