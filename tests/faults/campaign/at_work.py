"""A program at work that can be made to die at a point which a seed chooses.

Two ways to die, both as by kill -9. At a *call*: in the n-th call of any function, so that a seed
hits the same line again. At a *moment*: after so many microseconds, in the middle of a write, an
fsync or a commit as well.
"""

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

from desktop.problem import Problem
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.words import Said, Say, heard, say_into

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long a job is when nobody disturbs it."""

    calls: int
    seconds: float


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


def start(job: Job, folder: Path, *, before: Callable[[], None] = lambda: None) -> AtWork:
    """Begin a job in a process of its own; `before` is called there first."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return AtWork(process=process, pipe=reader)
    os.close(reader)
    _work(job, folder, say_into(writer), before)
    os._exit(0)


def _work(job: Job, folder: Path, say: Say, before: Callable[[], None]) -> None:
    """Whatever happens ends here: this process is a copy of the campaign's own."""
    try:
        before()
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
    say = say_into(writer)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in _CALLS

    def counted() -> None:
        sys.setprofile(count)

    def work(place: Path, tell: Say) -> None:
        job.work(place, tell)
        sys.setprofile(None)
        say("size", calls=calls)

    start(Job(name=job.name, made=job.made, work=work), folder, before=counted).end()
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        (said,) = heard(pipe.read())
    return Size(calls=int(str(said.facts["calls"])), seconds=0.0)


def timed(job: Job, folder: Path) -> float:
    """Seconds that a job takes without anybody looking over its shoulder."""
    begun = time.perf_counter()
    said, _ = start(job, folder).end()
    if not said or said[-1].what != "done":
        raise AssertionError(said)
    return time.perf_counter() - begun


def deadly_call(number: int) -> Callable[[], None]:
    """Die in this call of all the calls that follow."""

    def arm() -> None:
        left = number

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal left
            left -= event in _CALLS
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)

    return arm


def deadly_moment(seconds: float) -> Callable[[], None]:
    """Die after so long. The alarm's own way to end a process asks Python for nothing."""

    def arm() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))

    return arm


def deadly(seed: int, size: Size) -> Callable[[], None]:
    """The death of this seed: at a call for even ones, at a moment for odd ones."""
    chance = random.Random(seed)
    if seed % 2:
        return deadly_moment(chance.uniform(0, size.seconds))
    return deadly_call(chance.randrange(1, size.calls + 1))


_CALLS = ("call", "c_call")
