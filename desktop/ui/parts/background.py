"""Blocking work off the UI thread, its answers back on it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Event, Lock
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.lanes import Lane
from desktop.problem import Problem
from desktop.ui.parts.crash_box import outcome_of

T = TypeVar("T")
News = TypeVar("News")
LaneName = Literal["vault", "open", "play"]
Stopped = Callable[[], bool]


class Job:
    """A piece of work under way. `stop` asks it to end; it ends when it next looks."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def stop(self) -> None:
        """Ask the work to end soon. Its answer still comes."""
        self._stop.set()


@dataclass(slots=True)
class _Waiting:
    """What the UI thread holds for one job: callbacks never travel to another thread."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Problem], None]
    told: Callable[[Any], None] | None
    mail: "_Mail"
    stop: Event


@dataclass(slots=True)
class _Mail:
    """News on its way to the UI thread, in order; or only the latest, where older is stale."""

    latest_only: bool = False
    _lock: Lock = field(default_factory=Lock)
    _news: deque[object] = field(default_factory=deque)

    def put(self, news: object) -> bool:
        """Whether the letterbox was empty, so that somebody must be sent for it."""
        with self._lock:
            was_empty = not self._news
            if self.latest_only:
                self._news.clear()
            self._news.append(news)
            return was_empty

    def take(self) -> list[object]:
        with self._lock:
            news = list(self._news)
            self._news.clear()
            return news


class Background(QObject):
    """Runs plain blocking functions in lanes: `vault` (one thread, milliseconds only), `open` (four
    threads: devices, pixels, paper) and `play` (one thread, for what must come in time).

    Answers are delivered on the thread that made this object, and only while `owner` lives.
    A problem goes to `failed`; a fault is logged and goes to `failed` in calm words.
    """

    _mail_came = Signal(int)
    _ended = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[LaneName, Lane] = {
            "vault": Lane("vault"),
            "open": Lane("open", threads=4),
            "play": Lane("play"),
        }
        self._numbers = count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._closed = False
        self._mail_came.connect(self._read_mail, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
        lane: LaneName = "open",
    ) -> None:
        """Run `work` in a lane and hand its result to `done`, or its problem to `failed`."""
        self._start(
            lambda _tell, _stopped: work(), owner=owner, done=done, failed=failed, lane=lane
        )

    def run_long(
        self,
        work: Callable[[Callable[[News], None], Stopped], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
        told: Callable[[News], None],
        latest_only: bool = False,
        lane: LaneName = "open",
    ) -> Job:
        """As `run`, for work that tells news on the way and looks whether it was stopped.

        `told` hears all news in order before `done`; with `latest_only` it may skip stale news.
        """
        return self._start(
            work,
            owner=owner,
            done=done,
            failed=failed,
            told=told,
            latest_only=latest_only,
            lane=lane,
        )

    def stop_all(self) -> None:
        """Ask all long work to end and forget who waits for any answer: the office is locked."""
        for waiting in self._waiting.values():
            waiting.stop.set()
        self._waiting.clear()

    def close(self) -> None:
        """Stop long work, wait for what runs, drop what waits. Nothing is delivered afterwards."""
        self._closed = True
        self.stop_all()
        for lane in self._lanes.values():
            lane.close()

    @property
    def is_idle(self) -> bool:
        """Whether every answer was delivered."""
        return not self._waiting

    def _start(
        self,
        work: Callable[[Callable[[News], None], Stopped], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
        lane: LaneName,
        told: Callable[[News], None] | None = None,
        latest_only: bool = False,
    ) -> Job:
        stop, mail, number = Event(), _Mail(latest_only), next(self._numbers)
        if self._closed:
            return Job(stop)
        self._waiting[number] = _Waiting(owner, done, failed, told, mail, stop)

        def tell(news: News) -> None:
            if mail.put(news):
                self._mail_came.emit(number)

        def in_lane() -> None:
            self._ended.emit(number, outcome_of(partial(work, tell, stop.is_set)))

        self._lanes[lane].submit(in_lane)
        return Job(stop)

    def _read_mail(self, number: int) -> None:
        waiting = self._waiting.get(number)
        if waiting is None or waiting.told is None or not shiboken6.isValid(waiting.owner):
            return
        for news in waiting.mail.take():
            waiting.told(news)

    def _deliver(self, number: int, outcome: tuple[object, Problem | None]) -> None:
        self._read_mail(number)
        waiting = self._waiting.pop(number, None)
        if waiting is None or not shiboken6.isValid(waiting.owner):
            return
        value, problem = outcome
        if problem is not None:
            waiting.failed(problem)
        else:
            waiting.done(value)
