"""Power cuts and drives that fail, on ext4 in a file.

Three kinds of cuts, as the seed chooses: at a moment; before or after a step of the disk; right
after something was acknowledged, which is when most may be asked of it.
"""

import select
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign.at_work import AtWork, Before, at_step, peacefully, start, timed
from tests.faults.campaign.campaign import Ground, Rounds, Tally, after, chance_of, ground
from tests.faults.campaign.drives import Ext4, ext4
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.words import Said, Say, heard

_LONGER = 1.1
_CUT = "cut"
_PATIENCE = 60.0


def power_cut(
    job: Job,
    rounds: Rounds,
    *,
    fault: str = "power cut, then I/O errors",
    careless: Before = peacefully,
) -> Tally:
    """Cut the power at seeded points. The program lives on, meets I/O errors, and must say so.

    `careless` takes a safeguard away first: a control.
    """
    tally = Tally(fault=fault, job=job.name)
    made = ground(job)
    with tempfile.TemporaryDirectory() as scratch, ext4(Path(scratch)) as drive:
        first = drive.folder / "first"
        first.mkdir()
        seconds = timed(job, made.fresh(first))
        for number in rounds.seeds(tally):
            folder = drive.folder / str(number)
            folder.mkdir()
            made.fresh(folder)
            drive.sync()
            said, end = _Cut(drive, job, made, number, seconds, careless).of(folder)
            drive.power_on()
            wrong = [*after(job, made, folder, said), *_unsaid(end)]
            struck = not said or said[-1].what != "done"
            tally.add(seed=number, said=said, struck=struck, wrong=wrong)
            _clear(folder)
    return tally


class _Cut:
    """The cut of one round."""

    def __init__(
        self, drive: Ext4, job: Job, made: Ground, seed: int, seconds: float, careless: Before
    ) -> None:
        self._drive, self._job, self._made, self._careless = drive, job, made, careless
        self._chance, self._kind = chance_of(seed), seed % 3
        self._seconds = seconds

    def of(self, folder: Path) -> tuple[Sequence[Said], Sequence[Said]]:
        """What was said before the cut, and everything that was said until the end."""
        if self._kind == 1:
            return self._at_a_step(folder)
        work = start(self._job, folder, before=self._careless)
        if self._kind == 0:
            self._wait(work, self._chance.uniform(0, self._seconds * _LONGER), words=None)
        else:
            self._wait(work, _PATIENCE, words=self._chance.randint(1, self._made.size.words))
        said = heard(work.lines)
        self._drive.cut()
        everything, _ = work.end()
        return said, everything

    def _at_a_step(self, folder: Path) -> tuple[Sequence[Said], Sequence[Said]]:
        """The program itself cuts its power, and says when."""
        step = self._chance.randrange(1, self._made.size.steps + 1)

        def before(say: Say) -> None:
            self._careless(say)

            def cut(_called: object) -> None:
                say(_CUT)
                self._drive.cut()

            at_step(step, cut)()

        everything, _ = start(self._job, folder, before=before).end()
        self._drive.cut()
        words = [one.what for one in everything]
        until = words.index(_CUT) if _CUT in words else len(words)
        return everything[:until], everything

    def _wait(self, work: AtWork, seconds: float, *, words: int | None) -> None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if words is not None and len(heard(work.lines)) >= words:
                return
            ready, _, _ = select.select([work.pipe], [], [], left)
            if ready and not work.listen():
                return


def _unsaid(end: Sequence[Said]) -> list[str]:
    """A program whose drive fails ends in words."""
    last = end[-1] if end else None
    if last is not None and last.what in {"done", "problem"}:
        return []
    return [f"it did not end in words: {last.facts if last else 'nothing was said'}"]


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
