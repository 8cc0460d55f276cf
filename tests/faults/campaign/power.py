"""Power cuts and drives that fail, on ext4 in a file; with controls that have to lose something."""

import os
import select
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.records.vault import engine, folder_store
from tests.faults.campaign.at_work import AtWork, start, timed
from tests.faults.campaign.campaign import Rounds, Tally, after, chance_of, ground
from tests.faults.campaign.drives import Ext4, ext4
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.words import Said, heard

_LONGER = 1.1


def power_cut(job: Job, rounds: Rounds) -> Tally:
    """Cut the power at seeded moments. The program lives on, meets I/O errors, and must say so."""
    return _cuts(job, "power cut, then I/O errors", rounds=rounds)


def without_fsync(job: Job, rounds: Rounds) -> Tally:
    """A control: originals are not made durable before their row is.

    The cold reading back goes too: on its way to empty the cache it starts the writing.
    """

    def unsafe() -> None:
        setattr(folder_store, "sync_file", _nothing)  # noqa: B010 - mypy guards the real one
        setattr(folder_store, "sync_folder", _nothing)  # noqa: B010
        setattr(os, "posix_fadvise", _nothing)  # noqa: B010

    name = "control: power cut, originals without fsync"
    return _cuts(job, name, rounds=rounds, before=unsafe)


def with_normal(job: Job, rounds: Rounds) -> Tally:
    """A control: SQLite's synchronous=NORMAL, which does not wait for the drive at a commit."""

    def unsafe() -> None:
        careless = tuple(pragma.replace("FULL", "NORMAL") for pragma in engine._PRAGMAS)
        setattr(engine, "_PRAGMAS", careless)  # noqa: B010 - mypy guards the real one

    name = "control: power cut, synchronous=NORMAL"
    return _cuts(job, name, rounds=rounds, before=unsafe)


def _nothing(*_: object) -> None:
    return


def _cuts(
    job: Job,
    fault: str,
    *,
    rounds: Rounds,
    before: Callable[[], None] = lambda: None,
) -> Tally:
    tally = Tally(fault=fault, job=job.name)
    with (
        tempfile.TemporaryDirectory() as scratch,
        ext4(Path(scratch)) as drive,
        ground(job) as made,
    ):
        first = drive.folder / "first"
        first.mkdir()
        seconds = timed(job, made.fresh(first))
        for number in rounds.seeds(tally):
            folder = drive.folder / str(number)
            folder.mkdir()
            made.fresh(folder)
            drive.sync()
            moment = chance_of(number).uniform(0, seconds * _LONGER)
            said, end = _cut_at(drive, start(job, folder, before=before), moment)
            drive.power_on()
            wrong = [*after(job, made, folder, said), *_unsaid(end)]
            struck = not said or said[-1].what != "done"
            tally.add(seed=number, said=said, struck=struck, wrong=wrong)
            _clear(folder)
    return tally


def _cut_at(drive: Ext4, work: AtWork, seconds: float) -> tuple[Sequence[Said], Sequence[Said]]:
    """What was said before the cut, and everything that was said until the end."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([work.pipe], [], [], left)
        if ready and not work.listen():
            break
    said = heard(work.lines)
    drive.cut()
    everything, _ = work.end()
    return said, everything


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
