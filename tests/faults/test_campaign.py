"""Offices at work are killed, cut off and crowded out: nothing acknowledged is lost or doubled."""

import sys
from collections.abc import Sequence
from functools import cache

import pytest

from tests.faults.campaign.drives import why_not
from tests.faults.campaign.jobs import JOBS
from tests.faults.tallies import run

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9 and no fork"),
    pytest.mark.requirement("R46", "R73", "R106"),
    pytest.mark.first,
]
SHORT_SEED, LONG_SEED = 1, 10_000
KILLS, CUTS, ERRORS, FULL, SMALL, CONTROL = 200, 60, 60, 20, 15, 15
POWER_CONTROLS = (
    "power-without-fsync:keep",
    "power-normal:keep",
    "power-normal:dispose",
    "power-unsynced-keys:rekey",
)
KILL_CONTROLS = (
    "kill-keyring-first:rekey",
    "kill-files-first:dispose",
    "kill-journal-left:dispose",
)
SHORT_KILLS = (
    *(f"kill:{job}:4" for job in ("keep", "file", "upgrade", "backup")),
    *("kill:dispose:3", "kill:rekey:3", "kill:desk:2"),
    *("io-error:dispose:1", "io-error:rekey:1", "small-files:file:4"),
)
SHORT_CUTS = (
    *(f"power:{job}:3" for job in ("keep", "file", "upgrade")),
    *("power:dispose:2", "power:rekey:2", "full:keep:3", "full:file:3"),
)

reason = cache(why_not)


@pytest.fixture
def mounts() -> None:
    """Drives to break; without them the test says why it is skipped."""
    if said := reason():
        pytest.skip(said)


def campaign(
    losing_nothing: Sequence[str], losing: Sequence[str] = (), *, seed: int, mounts: bool = False
) -> None:
    """The controls come last. With a safeguard taken away they have to find what is lost, or the
    rest proves nothing."""
    tallies = run(*losing_nothing, *losing, seed=seed, mounts=mounts)
    for part, tally in zip(losing_nothing, tallies, strict=False):
        assert tally.rounds == int(part.split(":")[2])
        assert tally.sentences == []
        assert tally.wrong == 0
    for tally in tallies[len(losing_nothing) :]:
        assert tally.wrong > 0, tally.fault


def test_killed_and_left_without_a_moment_or_room() -> None:
    controls = [f"{control}:40:1" for control in KILL_CONTROLS[:2]]
    campaign(SHORT_KILLS, controls, seed=SHORT_SEED)


@pytest.mark.usefixtures("mounts")
def test_power_cut_and_drive_full() -> None:
    controls = [f"{control}:40:1" for control in POWER_CONTROLS[:2]]
    campaign(SHORT_CUTS, controls, seed=SHORT_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_killed_at_hundreds_of_points(job: str) -> None:
    campaign([f"kill:{job}:{KILLS}"], seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_power_cut_at_many_points(job: str) -> None:
    campaign([f"power:{job}:{CUTS}"], seed=LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_io_error_in_many_calls(job: str) -> None:
    campaign([f"io-error:{job}:{ERRORS}"], seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_drive_full_at_every_kind_of_write(job: str) -> None:
    campaign([f"full:{job}:{FULL}"], seed=LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_no_file_above_any_size(job: str) -> None:
    campaign([f"small-files:{job}:{SMALL}"], seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("control", [*POWER_CONTROLS, *KILL_CONTROLS])
def test_the_campaign_fails_often_without_a_safeguard(control: str) -> None:
    campaign([], [f"{control}:{CONTROL}"], seed=LONG_SEED, mounts=True)
