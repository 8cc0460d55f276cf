"""A computer that goes to sleep: heard, and waiting until the office is locked."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.parts.sleep_watch import SleepWatch
from tests.house.tracked import ROOT
from tests.ui.login_manager import ASKED, HELD, INTERFACE, PATH, REFUSE, SERVICE
from tests.ui.screens import DoorScreen
from tests.ui.stand_ins import StandInOffice

SYSTEM_BUS = "desktop.ui.parts.sleep_watch._system_bus"


@dataclass
class Bus:
    """A bus of our own with a login manager on it; `window` is our end."""

    window: QDBusConnection
    folder: Path
    reader: int

    @property
    def asked(self) -> list[list[str]]:
        """What the manager was asked, each time."""
        if not (self.folder / ASKED).exists():
            return []
        return [json.loads(line) for line in (self.folder / ASKED).read_text().splitlines()]

    @property
    def waits(self) -> bool:
        """Whether somebody holds what was given out."""
        try:
            return os.read(self.reader, 1) != b""
        except BlockingIOError:
            return True

    def tell(self, *, begins: bool) -> None:
        call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Tell")
        call.setArguments([begins])
        assert self.window.send(call)


@pytest.fixture(scope="module")
def one_bus(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here: suspend is not proven")
    folder = tmp_path_factory.mktemp("login1")
    os.mkfifo(folder / HELD)
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        manager = [sys.executable, "-m", "tests.ui.login_manager", address, str(folder)]
        with subprocess.Popen(manager, stdout=subprocess.PIPE, text=True, cwd=ROOT) as login:
            assert login.stdout is not None
            assert login.stdout.readline().strip() == "up"
            reader = os.open(folder / HELD, os.O_RDONLY | os.O_NONBLOCK)
            yield Bus(QDBusConnection.connectToBus(address, "window"), folder, reader)
            os.close(reader)
            login.terminate()
        QDBusConnection.disconnectFromBus("window")
        daemon.terminate()


@pytest.fixture
def bus(one_bus: Bus) -> Bus:
    for left in (ASKED, REFUSE):
        (one_bus.folder / left).unlink(missing_ok=True)
    return one_bus


def test_a_computer_that_goes_to_sleep_is_heard(qtbot: QtBot, bus: Bus) -> None:
    watch = SleepWatch(bus=bus.window)
    assert watch.is_listening
    told: list[str] = []
    watch.sleep_came.connect(lambda: told.append("sleep"))
    for begins in (False, True):
        bus.tell(begins=begins)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["sleep"]
    assert bus.asked == []  # no office is open


@pytest.mark.requirement("R115")
def test_the_computer_waits_with_its_sleep_until_the_office_is_locked(
    qtbot: QtBot,
    bus: Bus,
    door_screen: DoorScreen,
    window: MainWindow,
    office: StandInOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SYSTEM_BUS, lambda: bus.window)
    waited: list[bool] = []
    office.on_lock = lambda: waited.append(bus.waits)
    for times in (1, 2):  # again after the computer woke up
        door_screen.start()
        with qtbot.waitSignal(window.office_opened):
            door_screen.unlock("four plain words here")
        qtbot.waitUntil(lambda: window._sleep is not None and window._sleep.is_holding)
        assert bus.waits
        with qtbot.waitSignal(window.office_locked):
            bus.tell(begins=True)
        assert waited == [True] * times
        assert office.locked_why == ["suspend"] * times
        assert not bus.waits
        bus.tell(begins=False)
    assert [asked[0] for asked in bus.asked] == ["sleep", "sleep"]
    assert bus.asked[0][3] == "delay"


def test_what_comes_after_the_lock_is_let_go(qtbot: QtBot, bus: Bus) -> None:
    watch = SleepWatch(bus=bus.window)
    watch.hold()
    watch.release()
    qtbot.waitUntil(lambda: bool(bus.asked) and not watch.findChildren(QDBusPendingCallWatcher))
    assert not watch.is_holding
    assert not bus.waits


def test_a_system_that_refuses_to_wait_is_still_heard(qtbot: QtBot, bus: Bus) -> None:
    (bus.folder / REFUSE).touch()
    watch = SleepWatch(bus=bus.window)
    watch.hold()
    qtbot.waitUntil(lambda: bool(bus.asked))
    with qtbot.waitSignal(watch.sleep_came):
        bus.tell(begins=True)
    assert not watch.is_holding


def test_without_a_bus_nothing_is_heard_and_nothing_fails(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.parts.sleep_watch._system_bus", lambda: None)
    assert not SleepWatch(QWidget()).is_listening
