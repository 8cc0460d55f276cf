"""Work leaves the UI thread, answers come back to it, and only to those who still live."""

import logging
from collections.abc import Callable
from threading import Event, current_thread, main_thread

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.problem import Problem
from desktop.ui.parts.background import Background
from desktop.ui.parts.crash_box import Fault
from tests.ui.made_facts import HINEMOA
from tests.ui.stand_ins import WrongWord


def _unexpected(answer: object) -> None:
    raise AssertionError(answer)


def test_work_runs_in_a_lane_and_its_answer_on_the_ui_thread(
    qtbot: QtBot, background: Background
) -> None:
    places: list[bool] = []
    background.run(
        lambda: current_thread() is main_thread(),
        owner=background,
        done=lambda in_main: places.extend((in_main, current_thread() is main_thread())),
        failed=_unexpected,
    )
    qtbot.waitUntil(lambda: bool(places))
    assert places == [False, True]


def test_a_problem_comes_back_as_itself(qtbot: QtBot, background: Background) -> None:
    problems: list[Problem] = []

    def refuse() -> None:
        raise WrongWord

    background.run(refuse, owner=background, done=_unexpected, failed=problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert isinstance(problems[0], WrongWord)


def test_a_fault_is_logged_without_its_text_and_told_calmly(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    problems: list[Problem] = []

    def break_down() -> None:
        raise ValueError(HINEMOA.name)

    background.run(break_down, owner=background, done=_unexpected, failed=problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert isinstance(problems[0], Fault)
    assert "break_down" in caplog.text
    assert HINEMOA.given_names not in caplog.text
    assert caplog.records[0].levelno == logging.ERROR
    caplog.clear()


def test_nobody_hears_for_an_owner_who_is_gone(qtbot: QtBot, background: Background) -> None:
    owner, go = QObject(), Event()
    heard: list[object] = []
    background.run(lambda: go.wait(5), owner=owner, done=heard.append, failed=heard.append)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: background.is_idle)
    assert heard == []


def test_news_arrives_in_order_and_before_the_answer(qtbot: QtBot, background: Background) -> None:
    heard: list[object] = []

    def count(tell: Callable[[int], None], _stopped: object) -> str:
        for number in range(100):
            tell(number)
        return "end"

    background.run_long(
        count, owner=background, told=heard.append, done=heard.append, failed=_unexpected
    )
    qtbot.waitUntil(lambda: "end" in heard)
    assert heard == [*range(100), "end"]


def test_only_the_latest_news_may_arrive(qtbot: QtBot, background: Background) -> None:
    heard: list[object] = []

    def count(tell: Callable[[int], None], _stopped: object) -> str:
        for number in range(100):
            tell(number)
        return "end"

    background.run_long(
        count,
        owner=background,
        told=heard.append,
        done=heard.append,
        failed=_unexpected,
        latest_only=True,
    )
    qtbot.waitUntil(lambda: "end" in heard)
    assert heard[-2:] == [99, "end"]
    assert heard[:-1] == sorted(heard[:-1])  # type: ignore[type-var]


def test_long_work_hears_that_it_is_to_stop(qtbot: QtBot, background: Background) -> None:
    ends: list[bool] = []

    def until_stopped(_tell: object, stopped: Callable[[], bool]) -> bool:
        while not stopped():
            pass
        return True

    job = background.run_long(
        until_stopped, owner=background, told=ends.append, done=ends.append, failed=_unexpected
    )
    job.stop()
    qtbot.waitUntil(lambda: ends == [True])


def test_closing_stops_long_work_and_tells_nobody(qtbot: QtBot) -> None:
    closing = Background()
    started, heard = Event(), list[object]()

    def until_stopped(_tell: object, stopped: Callable[[], bool]) -> None:
        started.set()
        while not stopped():
            pass

    closing.run_long(
        until_stopped, owner=closing, told=heard.append, done=heard.append, failed=heard.append
    )
    started.wait(5)
    closing.close()
    closing.run(lambda: None, owner=closing, done=heard.append, failed=heard.append)
    assert closing.is_idle
    assert heard == []
