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
KILLS, CUTS, FULL, SMALL, CONTROL = 100, 60, 40, 30, 30

reason = cache(why_not)


@pytest.fixture
def mounts() -> None:
    """Drives to break; without them the test says why it is skipped."""
    if said := reason():
        pytest.skip(said)


def nothing_is_lost(fault: str, job: str, rounds: int, seed: int, *, mounts: bool = False) -> None:
    tally = run(fault, job, rounds=rounds, seed=seed, mounts=mounts)
    assert tally.rounds == rounds
    assert tally.sentences == []
    assert tally.wrong == 0


@pytest.mark.parametrize("job", JOBS)
def test_killed(job: str) -> None:
    nothing_is_lost("kill", job, 4, SHORT_SEED)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", ["keep", "file", "upgrade"])
def test_power_cut(job: str) -> None:
    nothing_is_lost("power", job, 3, SHORT_SEED, mounts=True)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", ["keep", "file"])
def test_drive_full(job: str) -> None:
    nothing_is_lost("full", job, 3, SHORT_SEED, mounts=True)


def test_no_file_above_a_size() -> None:
    nothing_is_lost("small-files", "file", 4, SHORT_SEED)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("control", ["power-without-fsync", "power-normal"])
def test_the_campaign_can_fail(control: str) -> None:
    """With a safeguard taken away it has to find what is lost, or it proves nothing."""
    tally = run(control, "keep", rounds=40, seed=SHORT_SEED, mounts=True, enough=1)
    assert tally.wrong > 0


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_killed_at_hundreds_of_points(job: str) -> None:
    nothing_is_lost("kill", job, KILLS, LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_power_cut_at_hundreds_of_moments(job: str) -> None:
    nothing_is_lost("power", job, CUTS, LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("job", JOBS)
def test_drive_full_at_every_kind_of_write(job: str) -> None:
    nothing_is_lost("full", job, FULL, LONG_SEED, mounts=True)


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_no_file_above_any_size(job: str) -> None:
    nothing_is_lost("small-files", job, SMALL, LONG_SEED)


@pytest.mark.long
@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("control", ["power-without-fsync", "power-normal"])
def test_the_campaign_fails_often_without_a_safeguard(control: str) -> None:
    tally = run(control, "keep", rounds=CONTROL, seed=LONG_SEED, mounts=True)
    assert tally.wrong > 0
