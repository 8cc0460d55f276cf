"""Rounds of one fault in one job, each in a fresh office, and what they add up to."""

import atexit
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from desktop.problem import Problem
from tests.faults.campaign.at_work import (
    Before,
    Size,
    deadly,
    measured,
    peacefully,
    start,
    timed,
)
from tests.faults.campaign.examining import examine
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.steps import unheard
from tests.faults.campaign.words import Said, Say

_MOST_SENTENCES = 5
_SCRATCH = ExitStack()
atexit.register(_SCRATCH.close)
_NOT_COUNTED = {"problem", "fault", "done", "head"}


@dataclass(slots=True, kw_only=True)
class Tally:
    """What rounds of one fault in one job came to.

    `struck` rounds met the fault before the job was done. `acknowledged` things were said before
    it. `wrong` rounds broke a promise; `sentences` are some of what was found.
    """

    fault: str
    job: str
    rounds: int = 0
    struck: int = 0
    acknowledged: int = 0
    wrong: int = 0
    sentences: list[str] = field(default_factory=list)
    skipped: str = ""

    def add(self, *, seed: int, said: Sequence[Said], struck: bool, wrong: Sequence[str]) -> None:
        """Count one round."""
        self.rounds += 1
        self.struck += struck
        self.acknowledged += sum(one.what not in _NOT_COUNTED for one in said)
        self.wrong += bool(wrong)
        room = _MOST_SENTENCES - len(self.sentences)
        self.sentences += [f"seed {seed}: {sentence}" for sentence in wrong][: max(0, room)]

    def as_json(self) -> dict[str, object]:
        """For the program that started this one."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """`count` seeds from `first` on; fewer once `enough` of them, unless 0, have found fault."""

    first: int
    count: int
    enough: int = 0

    def seeds(self, tally: Tally) -> Iterator[int]:
        """The seeds, one for each round that `tally` counts."""
        for number in range(self.first, self.first + self.count):
            if self.enough and tally.wrong >= self.enough:
                return
            yield number


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An office to begin each round with, and what it holds once the job was done in peace."""

    folder: Path
    done: tuple[tuple[str, ...], ...]
    size: Size

    def fresh(self, folder: Path) -> Path:
        """A copy to break."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder


@cache
def ground(job: Job) -> Ground:
    """Make an office, do the job in copies of it undisturbed, and learn from that.

    Once for all the faults of this program.
    """
    scratch = Path(_SCRATCH.enter_context(tempfile.TemporaryDirectory()))
    places = [scratch / name for name in ("made", "peace", "watched", "rehearsed")]
    for place in places:
        place.mkdir()
    job.made(places[0])
    made = Ground(
        folder=places[0], done=(), size=Size(calls=1, steps=1, failures=1, words=1, seconds=0)
    )
    # Else every process at work would first load and compile anew, and be struck while it does.
    job.work(made.fresh(places[3]), unheard)
    seconds = timed(job, made.fresh(places[1]))
    said, _ = start(job, places[1]).end()
    peace = examine(places[1], said)
    wrong = [*peace.wrong, *job.as_it_lies(places[1], said), *job.findings(places[1], said)]
    if wrong:
        raise AssertionError(wrong)
    size = replace(measured(job, made.fresh(places[2])), seconds=seconds)
    return replace(made, done=peace.holds, size=size)


def killed(
    job: Job, rounds: Rounds, *, fault: str = "kill -9", careless: Before = peacefully
) -> Tally:
    """Kill the job at seeded points, examine, do it again to its end, and compare with peace.

    `careless` takes a safeguard away first: a control.
    """
    tally = Tally(fault=fault, job=job.name)
    made = ground(job)
    for number in rounds.seeds(tally):
        with tempfile.TemporaryDirectory() as scratch:
            folder = made.fresh(Path(scratch))
            arm = deadly(number, made.size)

            def before(say: Say, arm: Callable[[], None] = arm) -> None:
                careless(say)
                arm()

            said, struck = start(job, folder, before=before).end()
            wrong = after(job, made, folder, said)
        tally.add(seed=number, said=said, struck=struck, wrong=wrong)
    return tally


def after(job: Job, made: Ground, folder: Path, said: Sequence[Said]) -> list[str]:
    """Everything that is wrong after a fault: at once, and once the job was done again."""
    wrong = list(job.as_it_lies(folder, said))
    wrong += examine(folder, said).wrong
    wrong += _found(job, folder, said)
    again, _ = start(job, folder).end()
    if not again or again[-1].what != "done":
        return [*wrong, f"the job cannot be done again: {[one.facts for one in again[-1:]]}"]
    whole = examine(folder, [*said, *again])
    wrong += [f"once done again: {sentence}" for sentence in whole.wrong]
    if whole.holds != made.done:
        wrong.append("once done again, the office is not what it is in peace")
    return wrong


def _found(job: Job, folder: Path, said: Sequence[Said]) -> Iterator[str]:
    """A job's own findings; an office that does not open has none but that."""
    try:
        yield from job.findings(folder, said)
    except (Problem, sa.exc.DatabaseError) as problem:
        yield f"what is asked of {job.name} ends in: {problem}"


def chance_of(seed: int) -> random.Random:
    """The chance of one round, the same whenever its seed is."""
    return random.Random(seed)
