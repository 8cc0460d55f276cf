"""A program at work that can be struck at a point which a seed chooses.

Three kinds of points. A *call*: the n-th call of any function, so that a seed hits the same line
again. A *step of the disk*: before or after the n-th call that opens, writes, syncs, renames or
removes a file, or hands SQLite a statement. A *moment*: after so many microseconds, in the middle
of a write, an fsync or a commit as well.
"""

import errno
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.problem import Problem
from tests.faults.campaign import words
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.words import Said, Say, heard, say_into

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long a job is when nobody disturbs it, and how many things it acknowledges."""

    calls: int
    steps: int
    failures: int
    seconds: float
    words: int


@dataclass(slots=True, kw_only=True)
class AtWork:
    """A job that runs in a process of its own, and what it has said so far."""

    process: int
    pipe: int
    lines: bytes = b""

    def listen(self) -> bool:
        """Wait for the next words; False once there are no more."""
        piece = os.read(self.pipe, _PIECE)
        self.lines += piece
        return bool(piece)

    def end(self) -> tuple[Sequence[Said], bool]:
        """Hear it to its end: what it said, and whether it was killed."""
        while self.listen():
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.pipe)
        return heard(self.lines), os.WIFSIGNALED(status)


Before = Callable[[Say], None]


def peacefully(_say: Say) -> None:
    """Do nothing to it."""
    return


def start(job: Job, folder: Path, *, before: Before = peacefully) -> AtWork:
    """Begin a job in a process of its own; `before` is called there first."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return AtWork(process=process, pipe=reader)
    os.close(reader)
    _work(job, folder, say_into(writer), before)
    os._exit(0)


def _work(job: Job, folder: Path, say: Say, before: Before) -> None:
    """Whatever happens ends here: this process is a copy of the campaign's own."""
    try:
        before(say)
        job.work(folder, say)
    except Problem as problem:
        sys.setprofile(None)
        say("problem", code=problem.code, words=str(problem))
    except BaseException:
        sys.setprofile(None)
        say("fault", text=traceback.format_exc())
    else:
        sys.setprofile(None)
        say("done")


def measured(job: Job, folder: Path) -> Size:
    """Do a job once, undisturbed, to learn where a seed can strike."""
    reader, writer = os.pipe()
    tell = say_into(writer)
    calls = steps = failures = 0

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal calls, steps, failures
        if _is_saying(frame):
            return
        calls += event in _CALLS
        steps += is_disk_step(event, called)
        failures += _can_fail(event, called)

    def work(place: Path, say: Say) -> None:
        job.work(place, say)
        sys.setprofile(None)
        tell("size", calls=calls, steps=steps, failures=failures)

    def counted(_say: Say) -> None:
        sys.setprofile(count)

    said, _ = start(Job(name=job.name, made=job.made, work=work), folder, before=counted).end()
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        (size,) = heard(pipe.read())
    facts = {name: int(str(value)) for name, value in size.facts.items()}
    return Size(words=len(said), seconds=0.0, **facts)


def timed(job: Job, folder: Path) -> float:
    """Seconds that a job takes without anybody looking over its shoulder."""
    begun = time.perf_counter()
    said, _ = start(job, folder).end()
    if not said or said[-1].what != "done":
        raise AssertionError(said)
    return time.perf_counter() - begun


def is_disk_step(event: str, called: object) -> bool:
    """Whether something is about to be done to a file, or was."""
    if event not in {"c_call", "c_return"}:
        return False
    name = getattr(called, "__name__", "")
    if name in _ON_FILES:
        return getattr(called, "__module__", "") in _FILES
    return name in _ON_RECORDS and type(getattr(called, "__self__", None)).__module__ in _SQLITE


def at_call(number: int, strike: Callable[[object], None]) -> Callable[[], None]:
    """Strike in this call of all the calls that follow."""
    return _at(lambda event, _called: event in _CALLS, number, strike)


def at_step(number: int, strike: Callable[[object], None]) -> Callable[[], None]:
    """Strike before or after a step of the disk, of all that follow."""
    return _at(is_disk_step, number, strike)


def _at(
    is_counted: Callable[[str, object], bool], number: int, strike: Callable[[object], None]
) -> Callable[[], None]:
    def arm() -> None:
        left = number

        def count(frame: FrameType, event: str, called: object) -> None:
            nonlocal left
            left -= not _is_saying(frame) and is_counted(event, called)
            if left <= 0:
                sys.setprofile(None)
                strike(called)

        sys.setprofile(count)

    return arm


def _is_saying(frame: FrameType) -> bool:
    """What a job says is no part of it."""
    return frame.f_code.co_filename == words.__file__


def failing_step(number: int) -> Callable[[], None]:
    """A drive with one bad moment: this call to it gets an I/O error, and later ones work."""
    return _at(_can_fail, number, _fail)


def _can_fail(event: str, called: object) -> bool:
    return (
        event == "c_call"
        and getattr(called, "__name__", "") in _MAY_FAIL
        and (is_disk_step(event, called))
    )


def die(_called: object = None) -> None:
    """As by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def _fail(called: object) -> None:
    """An exception from here comes out of the call, which is not made."""
    if getattr(called, "__module__", None) in _FILES:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    raise sqlcipher.OperationalError("disk I/O error")


def deadly_moment(seconds: float) -> Callable[[], None]:
    """Die after so long. The alarm's own way to end a process asks Python for nothing."""

    def arm() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))

    return arm


def deadly(seed: int, size: Size) -> Callable[[], None]:
    """The death of this seed: at a call, at a step of the disk, or at a moment."""
    chance = random.Random(seed)
    if seed % 3 == 0:
        return at_call(chance.randrange(1, size.calls + 1), die)
    if seed % 3 == 1:
        return at_step(chance.randrange(1, size.steps + 1), die)
    return deadly_moment(chance.uniform(0, size.seconds))


_CALLS = ("call", "c_call")
_ON_FILES = {
    *("open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "remove", "ftruncate"),
    "close",
}
_ON_RECORDS = {"execute", "executemany", "commit", "rollback", "backup", "close"}
_MAY_FAIL = (_ON_FILES | {"execute", "commit"}) - {"close"}
_FILES = {"posix", "_io"}
_SQLITE = {"sqlcipher3.dbapi2", "sqlcipher3", "sqlcipher3._sqlite3", "_sqlite3"}
