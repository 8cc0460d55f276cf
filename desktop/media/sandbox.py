"""One supervised worker process: bytes in, checked bytes out; its death is one file's failure."""

import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

import desktop
from desktop.lanes import Lane
from desktop.media.file_room import file_room
from desktop.media.notes import Failure
from desktop.media.untrusted import AnyBytes, Untrusted, as_untrusted
from desktop.media.worker_messages import (
    BadMessage,
    EndOfMessages,
    Message,
    completed,
    read_message,
    write_message,
)
from desktop.media.worker_talk import MOST_AT_ONCE, Listener, Talk
from desktop.problem import Cancelled

_log = logging.getLogger(__name__)

_HANDED_ON = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""All of the environment that the worker is given: it may hold no secrets."""

_KEEPS_ITS_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024**2),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 1024**2),
}
"""For glibc: memory that one photo needed serves the next. Fetching it from the system for each
photo, page by page, took up to a quarter of a worker's time."""

_PIPE_BYTES = 1024**2
"""The most that Linux allows an ordinary user."""

_MAY_BE_INHERITED = (Failure.CRASHED, Failure.TOO_MUCH_MEMORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one worker process may use, and for how long.

    A file of up to `most_whole` bytes is shown, or sent with the request; of a larger one the
    worker fetches what it reads.
    """

    memory_bytes: int = 3 * 1024**3
    seconds_a_job: float = 20.0
    seconds_to_start: float = 60.0
    most_whole: int = 32 * 1024**2
    most_bytes_out: int = 64 * 1024**2
    jobs_a_worker: int = 500


class JobFailed(Exception):
    """The worker could not do this one job; it or its successor is there for the next."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Sandbox:
    """Runs the jobs of one module in a confined process, one job at a time, from any thread.

    The process starts with the first job (or with `warm`), is replaced after a crash, a time-out,
    or some hundreds of jobs, and ends with `close`; after that the next job starts a new one.
    """

    def __init__(self, jobs_module: str, *, limits: Limits | None = None) -> None:
        self._module = jobs_module
        self._limits = limits or Limits()
        self._one_at_a_time = Lock()
        self._lane: Lane | None = None
        self._worker: _Worker | None = None
        self._is_stopped = False

    def warm(self) -> None:
        """Start the process now, without waiting for it. A failure shows with the first job."""
        if self._one_at_a_time.acquire(blocking=False):  # else it is in use, hence started
            try:
                self._pipe_lane().submit(self._start)
            finally:
                self._one_at_a_time.release()

    def ask(
        self,
        job: str,
        untrusted: AnyBytes,
        facts: Mapping[str, object],
        listener: Listener | None = None,
    ) -> Message:
        """Have `job` done on `untrusted`. Raises JobFailed for what the bytes do to the worker,
        Cancelled once the listener or all of this is stopped, what reading a stored original
        raises, and what `take` raises; nothing else.

        An earlier file may have hurt the worker unseen, so a death counts against these bytes only
        if a fresh worker dies of them too.
        """
        source = as_untrusted(untrusted)
        facts = {**facts, "job": job, "size": source.size}
        talk = Talk(
            request=Message(facts=facts),
            source=source,
            listener=listener or Listener(),
        )
        with self._one_at_a_time:
            if self._is_stopped:
                raise Cancelled
            worker = self._ready_worker()
            worn = worker.jobs > 0 and talk.listener.take is None
            try:
                return self._ask(worker, talk)
            except JobFailed as failed:
                if not worn or failed.failure not in _MAY_BE_INHERITED:
                    raise
            return self._ask(self._ready_worker(), talk)

    def stop(self) -> None:
        """End the process now, whatever it is at, without waiting: that job, and every one from now
        on, raises Cancelled. From any thread; `close` is still needed."""
        self._is_stopped = True
        if (worker := self._worker) is not None:
            worker.kill()

    def close(self) -> None:
        """End the process, after the job it is at. Safe to call twice."""
        with self._one_at_a_time:
            if self._lane is not None:
                self._lane.ask(self._stop)
                self._lane.close()
                self._lane = None

    def confinement(self) -> Mapping[str, object]:
        """What holds for the process on this machine, by its own words."""
        with self._one_at_a_time:
            return self._ready_worker().confinement

    def _pipe_lane(self) -> Lane:
        # Linux ends the worker with the very thread that started it, so it has one of its own
        if self._lane is None:
            self._lane = Lane("decoder")
        return self._lane

    def _ready_worker(self) -> "_Worker":
        starting = self._pipe_lane().submit(self._start)
        try:
            return starting.result(self._limits.seconds_to_start)
        except TookTooLong:
            if self._worker is not None:
                self._worker.kill()
            self._pipe_lane().ask(self._stop)
            _log.error("the decoder worker did not start in time")
        except (OSError, EndOfMessages, BadMessage) as reason:
            if self._is_stopped:
                raise Cancelled from None
            _log.error("the decoder worker could not be started: %r", reason)
        raise JobFailed(Failure.NO_WORKER)

    def _start(self) -> "_Worker":
        worn = self._worker is not None and self._worker.jobs >= self._limits.jobs_a_worker
        if worn or self._worker is None or self._worker.has_ended:
            self._stop()
            self._worker = _Worker(self._module, self._limits)
            if self._is_stopped:  # by somebody who saw the worker before, or none
                self._worker.kill()
            try:
                self._worker.wait_until_ready()
            except (OSError, EndOfMessages, BadMessage):
                self._stop()
                raise
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _ask(self, worker: "_Worker", talk: Talk) -> Message:
        with worker.shown(talk.source) as shown:
            facts = {**talk.request.facts, **shown.facts}
            request = Message(facts=facts, blobs=shown.blobs)
            answer = self._answer(worker, replace(talk, request=request))
            return self._checked(answer, shown.view)

    def _answer(self, worker: "_Worker", talk: Talk) -> Message:
        lane = self._pipe_lane()
        answering = lane.submit(lambda: worker.exchange(talk))
        try:
            answer = self._wait(answering, talk)
        except BaseException as reason:
            worker.kill()
            lane.ask(self._stop)
            if reason is talk.ours:
                raise
            if self._is_stopped:
                raise Cancelled from None
            if isinstance(reason, TookTooLong):
                raise JobFailed(Failure.TOO_SLOW) from None
            if isinstance(reason, OSError | EndOfMessages | BadMessage):
                raise JobFailed(Failure.CRASHED) from None
            raise
        return answer

    def _wait(self, answering: Future[Message], talk: Talk) -> Message:
        while True:
            heard = talk.heard
            try:
                return answering.result(self._limits.seconds_a_job)
            except TookTooLong:
                if answering.done() or not (talk.listener.patient and talk.heard > heard):
                    raise

    def _checked(self, answer: Message, shown: memoryview) -> Message:
        failure, said = answer.facts.get("failure"), answer.facts.get("answer")
        if failure == Failure.REFUSED:
            raise JobFailed(Failure.REFUSED)
        if failure is None and isinstance(said, dict):
            with suppress(BadMessage):
                whole = Message(facts=said, blobs=answer.blobs)
                return completed(whole, shown, most_bytes=self._limits.most_bytes_out)
        # after a lack of memory, or a lie, nothing in the process is to be relied on
        self._pipe_lane().ask(self._stop)
        out_of_memory = failure == Failure.TOO_MUCH_MEMORY
        raise JobFailed(Failure.TOO_MUCH_MEMORY if out_of_memory else Failure.CRASHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """How a worker gets a file: what is said and sent of it, and the file on our side, empty where
    it is fetched."""

    facts: Mapping[str, object] = field(default_factory=dict)
    blobs: tuple[bytes, ...] = ()
    view: memoryview = field(default_factory=lambda: memoryview(b""))


class _Worker:
    """The process, its two pipes, and the room in which it is shown a file. Only `kill` and `shown`
    may be called from outside the lane."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._limits = limits
        self.jobs = 0
        self.confinement: Mapping[str, object] = {}
        self._room = file_room(limits.most_whole)
        handle = self._room.handle if self._room else -1
        self._process = subprocess.Popen(
            _command(module, limits, handle),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            start_new_session=True,  # Ctrl+C in a terminal would reach it while it starts
            pass_fds=(handle,) if self._room else (),
        )
        if self._room:
            self._room.close_handle()
        for pipe in (self._requests, self._answers):
            _widen(pipe)

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def wait_until_ready(self) -> None:
        self.confinement = read_message(self._answers, most_bytes=0).facts

    @contextmanager
    def shown(self, source: Untrusted) -> Iterator[_Shown]:
        """The file where the worker can have it. Raises what reading raises."""
        if source.size > self._limits.most_whole:
            yield _Shown()
        elif self._room is None:
            whole = source.whole()
            yield _Shown(blobs=(whole,), view=memoryview(whole))
        else:
            with self._room.holding(source) as view:
                yield _Shown(facts={"shown": len(view)}, view=view)

    def exchange(self, talk: Talk) -> Message:
        """Raises BadMessage for an answer to another request: it may show another patient."""
        self.jobs += 1
        token = secrets.token_hex(8)
        facts = {**talk.request.facts, "token": token}
        write_message(self._requests, Message(facts=facts, blobs=talk.request.blobs))
        while True:
            answer = read_message(self._answers, most_bytes=self._limits.most_bytes_out)
            if "news" not in answer.facts:
                break
            write_message(self._requests, talk.reply(answer))
        if answer.facts.get("token") != token:
            raise BadMessage("an answer to another request")
        return answer

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # what still lay in the buffer has nobody to read it
            self._requests.close()
        self._answers.close()
        if self._room:
            self._room.close()

    @property
    def _requests(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _answers(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)


def _widen(pipe: BinaryIO) -> None:
    """Room for a third of a photo, instead of 64 KiB: the two processes wake each other a
    few times for a photo, not fifty times."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # this user's pipes take too much already
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _command(module: str, limits: Limits, handle: int) -> list[str]:
    """-P keeps the current folder, which may be a card full of strange files, off the path."""
    numbers = (limits.memory_bytes, int(limits.seconds_a_job), max(limits.most_whole, MOST_AT_ONCE))
    worker = ["-P", "-m", "desktop.media.worker", module]
    return [sys.executable, *worker, *(str(number) for number in (*numbers, handle))]


def _environment() -> dict[str, str]:
    handed_on = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    root = Path(desktop.__file__).resolve().parent.parent
    return {"PYTHONPATH": str(root), **_KEEPS_ITS_MEMORY, **handed_on}
