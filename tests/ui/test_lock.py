"""The office locks by itself, and what was half done comes back for the same person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import ConsentForm, Purpose
from desktop.records.facts.people import Role
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.idle_watch import IdleWatch
from tests.ui.made_facts import HINEMOA
from tests.ui.screens import DeskScreen, DoorScreen, press, type_in
from tests.ui.stand_ins import StandInOffice

pytestmark = pytest.mark.requirement("R115")


@dataclass
class Clocks:
    """A wall clock and a steady one that a test moves."""

    wall: float = 1_000_000.0
    steady: float = 50.0

    def move(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(qapp: QApplication, clocks: Clocks) -> Iterator[IdleWatch]:
    made = IdleWatch(wall=lambda: clocks.wall, steady=lambda: clocks.steady)
    made.start(10)
    yield made
    made.stop()


@pytest.fixture
def gone(watch: IdleWatch) -> list[str]:
    told: list[str] = []
    watch.went_idle.connect(lambda: told.append("idle"))
    return told


def touch(watch: IdleWatch) -> bool:
    """Whether the touch was swallowed."""
    return watch.eventFilter(watch, QEvent(QEvent.Type.MouseMove))


def test_ten_minutes_without_a_touch_lock_once(
    watch: IdleWatch, clocks: Clocks, gone: list[str]
) -> None:
    clocks.move(599)
    watch.look()
    assert gone == []
    clocks.move(1)
    watch.look()
    watch.look()
    assert gone == ["idle"]


def test_a_touch_begins_the_minutes_anew(watch: IdleWatch, clocks: Clocks, gone: list[str]) -> None:
    clocks.move(599)
    assert not touch(watch)
    clocks.move(599)
    watch.look()
    assert gone == []


def test_what_is_no_touch_keeps_nothing_open(
    watch: IdleWatch, clocks: Clocks, gone: list[str]
) -> None:
    clocks.move(599)
    watch.eventFilter(watch, QEvent(QEvent.Type.Paint))
    clocks.move(1)
    watch.look()
    assert gone == ["idle"]


def test_the_key_that_wakes_a_sleeping_computer_locks_and_types_nothing(
    watch: IdleWatch, clocks: Clocks, gone: list[str]
) -> None:
    clocks.wall += 8 * 3600  # asleep: only the wall clock went on
    assert touch(watch)
    assert gone == ["idle"]


def test_a_clock_set_back_keeps_nothing_open(
    watch: IdleWatch, clocks: Clocks, gone: list[str]
) -> None:
    clocks.wall -= 3600
    clocks.steady += 600
    watch.look()
    assert gone == ["idle"]


def test_after_the_office_is_locked_nothing_is_watched(
    watch: IdleWatch, clocks: Clocks, gone: list[str]
) -> None:
    watch.stop()
    clocks.move(6000)
    watch.look()
    assert not touch(watch)
    assert gone == []


def test_an_idle_window_locks_and_says_why(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice, clocks: Clocks
) -> None:
    open_window.idle._wall = lambda: clocks.wall
    open_window.idle._steady = lambda: clocks.steady
    open_window.idle.start(10)
    clocks.move(600)
    with qtbot.waitSignal(open_window.office_locked):
        open_window.idle.look()
    assert not open_window.is_open
    assert office.locked_why == ["idle"]
    assert not open_window.idle.is_watching


def test_a_key_pressed_in_the_window_is_a_touch(open_window: MainWindow, clocks: Clocks) -> None:
    open_window.idle._wall = lambda: clocks.wall
    open_window.idle._steady = lambda: clocks.steady
    open_window.idle.start(10)
    clocks.move(599)
    press(Qt.Key.Key_Shift, on=open_window)
    clocks.move(599)
    open_window.idle.look()
    assert open_window.is_open


def half_done(screen: DeskScreen) -> None:
    screen.with_phone(2)
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    form = screen.facts.form
    form.site.setText("left forearm")
    form.reference.setText("F-12")
    form.purposes[Purpose.TEACHING].setChecked(True)
    form.correct.setChecked(True)
    form.when.setText("12 11 2026 10:42")
    screen.facts.second.setText("4 3 19")


def test_half_done_work_comes_back_without_the_images(
    qtbot: QtBot, desk_screen: DeskScreen, door_screen: DoorScreen
) -> None:
    screen, window = desk_screen, desk_screen.window
    half_done(screen)
    with qtbot.waitSignal(window.office_locked):
        window.lock()
    assert window.office is None
    card = window.unlock.open_card
    qtbot.waitUntil(card.passphrase.hasFocus)
    assert [card.users.itemText(n) for n in range(card.users.count())] == screen_users(door_screen)
    type_in("four plain words here")
    with qtbot.waitSignal(window.office_opened):
        press(Qt.Key.Key_Return)
    assert window.desk is not None
    facts = window.desk.filing.facts_step
    form = facts.form
    assert facts.patient == HINEMOA
    assert facts.isVisible()
    said = form.facts()
    assert said.photographer is not None
    assert (said.photographer.name, said.photographer.role) == ("Mere Parata", Role.NURSE)
    assert (said.owner, said.site) == (DeviceOwner.ORGANISATION, "left forearm")
    assert said.purposes == {Purpose.CARE, Purpose.TEACHING}
    assert (said.consent.form, said.consent.reference) == (ConsentForm.VERBAL, "F-12")
    assert said.taken is not None
    assert facts.second.text() == ""
    assert not window.desk.items.ticked
    assert "when the office was locked" in facts.notice.text
    assert window.draft is None


def screen_users(door_screen: DoorScreen) -> list[str]:
    return door_screen.door.names


def test_a_filing_under_way_is_stopped_and_what_was_said_of_it_is_kept(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen
    stops: list[bool] = []

    def until_stopped(_tell: object, stopped: Callable[[], bool]) -> None:
        while not stopped():
            pass
        stops.append(True)

    screen.office.on_file = until_stopped
    screen.with_phone(2)
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4 3 1961")
    qtbot.waitUntil(lambda: screen.filing.is_filing)
    with qtbot.waitSignal(screen.window.office_locked):
        screen.window.lock()
    qtbot.waitUntil(lambda: stops == [True])
    assert screen.office.draft is not None
    assert screen.office.draft.fields["name"] == "Mere Parata"


def test_nobody_chosen_leaves_no_draft(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    with qtbot.waitSignal(open_window.office_locked):
        open_window.lock()
    assert office.draft is None
    assert office.locked_why == ["by hand"]


def test_closing_the_window_hands_the_draft_on(desk_screen: DeskScreen) -> None:
    half_done(desk_screen)
    desk_screen.window.close()
    assert desk_screen.window.draft is not None
    assert desk_screen.window.draft.patient == HINEMOA
