"""Offices at work are killed, cut off and crowded out: nothing acknowledged is lost or doubled."""

import sys
from functools import cache

import pytest

from tests.faults.campaign.drives import why_not
from tests.faults.campaign.jobs import JOBS
from tests.faults.tallies import run

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9 and no fork"),
    pytest.mark.requirement("R46", "R73", "R106"),
]
SHORT_SEED, LONG_SEED = 1, 10_000
KILLS, CUTS, ERRORS, FULL, SMALL, CONTROL = 200, 60, 60, 20, 15, 15
POWER_CONTROLS = [
    ("power-without-fsync", "keep"),
    ("power-normal", "keep"),
    ("power-normal", "dispose"),
    ("power-unsynced-keys", "rekey"),
]
KILL_CONTROLS = [
    ("kill-keyring-first", "rekey"),
    ("kill-files-first", "dispose"),
    ("kill-journal-left", "dispose"),
]

reason = cache(why_not)


@pytest.fixture
def mounts() -> None:
    """Drives to break; without them the test says why it is skipped."""
    if said := reason():
        pytest.skip(said)


def nothing_is_lost(fault: str, *jobs: str, rounds: int, seed: int, mounts: bool = False) -> None:
    for tally in run(fault, *jobs, rounds=rounds, seed=seed, mounts=mounts):
        assert tally.rounds == rounds
        assert tally.sentences == []
        assert tally.wrong == 0


def something_is_lost(control: str, job: str, *, rounds: int, seed: int, enough: int = 0) -> None:
    (tally,) = run(
        control, job, rounds=rounds, seed=seed, enough=enough, mounts=control.startswith("power")
    )
    assert tally.wrong > 0


def test_killed() -> None:
    nothing_is_lost("kill", *JOBS, rounds=4, seed=SHORT_SEED)


@pytest.mark.usefixtures("mounts")
def test_power_cut() -> None:
    jobs = ("keep", "file", "upgrade", "dispose", "rekey")
    nothing_is_lost("power", *jobs, rounds=3, seed=SHORT_SEED, mounts=True)


def test_io_error() -> None:
    nothing_is_lost("io-error", "dispose", "rekey", rounds=2, seed=SHORT_SEED)


@pytest.mark.usefixtures("mounts")
def test_drive_full() -> None:
    nothing_is_lost("full", "keep", "file", rounds=3, seed=SHORT_SEED, mounts=True)


def test_no_file_above_a_size() -> None:
    nothing_is_lost("small-files", "file", rounds=4, seed=SHORT_SEED)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("control", ["power-without-fsync", "power-normal"])
def test_the_campaign_can_fail(control: str) -> None:
    """With a safeguard taken away it has to find what is lost, or it proves nothing."""
    something_is_lost(control, "keep", rounds=40, seed=SHORT_SEED, enough=1)


@pytest.mark.parametrize(("control", "job"), KILL_CONTROLS[:2])
def test_the_campaign_can_fail_by_a_kill(control: str, job: str) -> None:
    something_is_lost(control, job, rounds=40, seed=SHORT_SEED, enough=1)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_killed_at_hundreds_of_points(job: str) -> None:
    nothing_is_lost("kill", job, rounds=KILLS, seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_power_cut_at_many_points(job: str) -> None:
    nothing_is_lost("power", job, rounds=CUTS, seed=LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_io_error_in_many_calls(job: str) -> None:
    nothing_is_lost("io-error", job, rounds=ERRORS, seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_drive_full_at_every_kind_of_write(job: str) -> None:
    nothing_is_lost("full", job, rounds=FULL, seed=LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_no_file_above_any_size(job: str) -> None:
    nothing_is_lost("small-files", job, rounds=SMALL, seed=LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(("control", "job"), [*POWER_CONTROLS, *KILL_CONTROLS])
def test_the_campaign_fails_often_without_a_safeguard(control: str, job: str) -> None:
    something_is_lost(control, job, rounds=CONTROL, seed=LONG_SEED)
