"""Drives without room: a small tmpfs, and a limit on the size of a file; and one bad moment."""

import resource
import select
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.campaign.at_work import Before, failing_step, start
from tests.faults.campaign.campaign import Ground, Rounds, Tally, after, chance_of, ground
from tests.faults.campaign.drives import enlarge, tmpfs, used
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.words import Said, Say

_PLENTY = 64 << 20
_LEAST_FILE = _PAGE = 4096
_OFTEN = 0.001


def full_drive(job: Job, rounds: Rounds) -> Tally:
    """Let the drive fill up at a page that the seed chooses, of all that the job ever needs."""
    tally = Tally(fault="drive full", job=job.name)
    made = ground(job)
    with tempfile.TemporaryDirectory() as scratch:
        before, done = _needs(job, made, Path(scratch) / "peace")
        for number in rounds.seeds(tally):
            drive = Path(scratch) / str(number)
            with tmpfs(drive, size=_PLENTY):
                made.fresh(drive)
                enlarge(drive, size=before + chance_of(number).randrange(done - before))
                said, killed = start(job, drive).end()
                wrong = _in_words(said, {"disk_full", "backup_drive_full"}, killed=killed)
                enlarge(drive, size=_PLENTY)
                wrong += after(job, made, drive, said)
            tally.add(seed=number, said=said, struck=_stopped(said), wrong=wrong)
    return tally


def small_files(job: Job, rounds: Rounds) -> Tally:
    """Forbid files above a size that the seed chooses (RLIMIT_FSIZE)."""
    tally = Tally(fault="no file above a size", job=job.name)
    codes = {"too_big_for_drive", "disk_failed", "disk_full", "backup_drive_failed"}

    def limit(number: int, _made: Ground) -> Before:
        return _no_file_above(chance_of(number).randrange(_LEAST_FILE, 500_000))

    return _refused(tally, job, rounds, limit, codes)


def bad_moment(job: Job, rounds: Rounds) -> Tally:
    """Let one call to the drive, which the seed chooses, get an I/O error."""
    tally = Tally(fault="one I/O error", job=job.name)

    def fail(number: int, made: Ground) -> Before:
        return _armed(failing_step(chance_of(number).randrange(1, made.size.failures + 1)))

    return _refused(tally, job, rounds, fail, {"disk_failed", "backup_drive_failed"})


def _refused(
    tally: Tally,
    job: Job,
    rounds: Rounds,
    fault: Callable[[int, Ground], Before],
    codes: set[str],
) -> Tally:
    """Rounds in which the drive refuses something, as `fault` makes it for a seed."""
    made = ground(job)
    for number in rounds.seeds(tally):
        with tempfile.TemporaryDirectory() as scratch:
            folder = made.fresh(Path(scratch))
            said, killed = start(job, folder, before=fault(number, made)).end()
            wrong = _in_words(said, codes, killed=killed)
            wrong += after(job, made, folder, said)
        tally.add(seed=number, said=said, struck=_stopped(said), wrong=wrong)
    return tally


def _needs(job: Job, made: Ground, drive: Path) -> tuple[int, int]:
    """Bytes in use before the job, and the most at any moment of it."""
    with tmpfs(drive, size=_PLENTY):
        made.fresh(drive)
        before = most = used(drive)
        work = start(job, drive)
        while not select.select([work.pipe], [], [], _OFTEN)[0] or work.listen():
            most = max(most, used(drive))
        work.end()
        return before, max(most, before + _PAGE)


def _armed(arm: Callable[[], None]) -> Before:
    return lambda _say: arm()


def _no_file_above(limit: int) -> Before:
    def arm(_say: Say) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return arm


def _stopped(said: Sequence[Said]) -> bool:
    return not said or said[-1].what != "done"


def _in_words(said: Sequence[Said], codes: set[str], *, killed: bool) -> list[str]:
    """What is wrong with how it ended: it is done, or it names the drive."""
    if killed or not said:
        return ["it died"]
    last = said[-1]
    if last.what == "done" or (last.what == "problem" and last.facts["code"] in codes):
        return []
    return [f"it ended with {last.facts}"]
