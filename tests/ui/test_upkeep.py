"""The age of the last backup in the status bar, and the daily share that gives way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.problem import Cancelled, Problem
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import BackupMade
from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.upkeep import LastBackup
from tests.ui.screens import DoorScreen
from tests.ui.stand_ins import StandInOffice

FOUND = "The daily check found 1 original of 1 patient damaged or missing: IMG_3.JPG."


class DriveFailed(Problem):
    """What a drive does."""

    words = "The drive answers no more."


class Reading:
    """A share that is read until somebody stops it."""

    def __init__(self) -> None:
        self.begun, self.ended = Event(), Event()
        self.times = 0

    def __call__(self, stopped: Callable[[], bool]) -> str:
        self.times += 1
        self.ended.clear()
        self.begun.set()
        while not stopped():
            pass
        self.ended.set()
        raise Cancelled


def made(days: int) -> BackupMade:
    at = datetime.now(UTC) - timedelta(days=days, hours=1)
    return BackupMade(at=at, where="STICK", generation=1, images=8, head=Anchor(seq=3, mac=b"1"))


@pytest.mark.requirement("R106")
@pytest.mark.parametrize(
    ("days", "said", "warns"),
    [
        (0, "Last backup: today", False),
        (1, "Last backup: 1 day ago", False),
        (5, "Last backup: 5 days ago", False),
        (6, "Warning: last backup: 6 days ago", True),
        (None, "Warning: no backup yet", True),
    ],
)
def test_an_old_backup_is_told_by_a_word_and_a_sign(
    qtbot: QtBot, days: int | None, said: str, *, warns: bool
) -> None:
    label = LastBackup()
    qtbot.addWidget(label)
    label.show_last(None if days is None else made(days), old_after_days=5)
    assert (label.text, label.warns, label.accessibleName()) == (said, warns, said)


@pytest.mark.requirement("R106")
def test_the_status_bar_follows_unlock_backup_and_lock(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice, tmp_path: Path
) -> None:
    label = open_window.upkeep.last_backup
    qtbot.waitUntil(lambda: label.text == "Warning: no backup yet")
    assert label.isVisible()
    assert open_window.office is not None
    pane = open_window.office.backup
    pane._ask = lambda question: question.then(tmp_path / "STICK")
    pane.start_button.click()
    qtbot.waitUntil(lambda: label.text == "Last backup: 3 days ago")
    assert not label.warns
    office.trail.now = OfficeSettings(backup_days=2)
    open_window.office.settings.settings_changed.emit(office.trail.now)
    qtbot.waitUntil(lambda: label.warns)
    with qtbot.waitSignal(open_window.office_locked):
        open_window.lock()
    assert label.text == ""


@pytest.mark.requirement("R73")
def test_damage_is_said_below_what_stands_there_and_forgotten_at_lock(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    office.on_check = lambda _stopped: FOUND
    open_window.notice.say("Something else.")
    for _ in range(2):
        open_window.upkeep.look()
        qtbot.waitUntil(lambda: not open_window.upkeep.is_checking)
    assert open_window.notice.text == f"Something else.\n{FOUND}"
    with qtbot.waitSignal(open_window.office_locked):
        open_window.lock()
    assert open_window.notice.text == ""


@pytest.mark.requirement("R73")
def test_what_stood_before_is_said_at_unlock(
    qtbot: QtBot, door_screen: DoorScreen, window: MainWindow, office: StandInOffice
) -> None:
    office.standing_damage = "The check of 22 Nov 2026 found 1 original damaged or missing."
    door_screen.start()
    with qtbot.waitSignal(window.office_opened):
        door_screen.unlock("four plain words here")
    qtbot.waitUntil(lambda: window.notice.text == office.standing_damage)


def test_the_share_ends_when_somebody_files_and_waits_until_they_are_done(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    office.on_check = reading = Reading()
    upkeep = open_window.upkeep
    assert open_window.desk is not None
    filing = open_window.desk.filing
    upkeep.look()
    qtbot.waitUntil(reading.begun.is_set)
    upkeep.look()
    filing.filing_started.emit()
    qtbot.waitUntil(lambda: not upkeep.is_checking)
    assert reading.ended.is_set()
    upkeep._is_busy = lambda: True
    upkeep.look()
    assert not upkeep.is_checking
    assert reading.times == 1
    assert open_window.notice.text == ""


def test_the_share_ends_when_the_office_is_locked(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    office.on_check = reading = Reading()
    open_window.upkeep.look()
    qtbot.waitUntil(reading.begun.is_set)
    with qtbot.waitSignal(open_window.office_locked):
        open_window.lock()
    qtbot.waitUntil(reading.ended.is_set)
    open_window.upkeep.look()
    assert not open_window.upkeep.is_checking


def test_a_drive_that_fails_is_said_once(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    def fail(_stopped: Callable[[], bool]) -> str:
        raise DriveFailed

    office.on_check = fail
    open_window.upkeep.look()
    qtbot.waitUntil(lambda: open_window.notice.text == DriveFailed.words)
    open_window.notice.clear()
    open_window.upkeep.look()
    assert not open_window.upkeep.is_checking


def test_lost_thumbnails_are_made_again_in_quiet_after_the_share(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    begun, may_end = Event(), Event()

    def remake(tell: Callable[[tuple[int, int]], None], stopped: Callable[[], bool]) -> int:
        tell((1204, 3000))
        begun.set()
        while not may_end.is_set():
            if stopped():
                raise Cancelled
        return 3000

    office.on_remake = remake
    upkeep = open_window.upkeep
    upkeep.look()
    qtbot.waitUntil(lambda: "1,204 of about 3,000" in upkeep.progress.text())
    assert upkeep.is_checking
    assert open_window.desk is not None
    open_window.desk.filing.filing_started.emit()
    qtbot.waitUntil(lambda: not upkeep.is_checking)
    assert upkeep.progress.text() == ""
    begun.clear()
    upkeep.look()
    qtbot.waitUntil(begun.is_set)
    may_end.set()
    qtbot.waitUntil(lambda: not upkeep.is_checking)
    assert upkeep.progress.text() == open_window.notice.text == ""
