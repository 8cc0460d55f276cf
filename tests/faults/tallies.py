"""Running one part of the campaign as a program of its own, and the table of what it came to."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign.campaign import Tally
from tests.faults.campaign.drives import own_namespace

_ROOT = Path(__file__).parents[2]
_HEAD = ("fault", "job", "rounds", "struck", "acknowledged", "rounds with a broken promise")
TALLIES: list[Tally] = []
"""What the test that runs now came to: its report takes them to where the table is made."""


def run(*parts: str, seed: int, mounts: bool) -> Sequence[Tally]:
    """Run parts, each `FAULT:JOB:ROUNDS[:ENOUGH]`; with `mounts` in a mount namespace of their own.

    One program for all, so that an office to begin with is made once for all faults of a job.
    """
    command = [sys.executable, "-m", "tests.faults.campaign", *parts, "--seed", str(seed)]
    namespace = own_namespace() if mounts else []
    done = subprocess.run(
        [*namespace, *command], capture_output=True, text=True, cwd=_ROOT, check=False
    )
    tallies = [Tally(**json.loads(line)) for line in done.stdout.splitlines()]
    TALLIES.extend(tallies)
    if len(tallies) != len(parts):
        raise AssertionError(done.stderr)
    return tallies


def table(tallies: Sequence[Tally]) -> str:
    """The table in Markdown, as docs/reliability.md shows it."""
    rows = [_HEAD, tuple("---" for _ in _HEAD)]
    rows += [
        (t.fault, t.job, str(t.rounds), str(t.struck), f"{t.acknowledged:,}", str(t.wrong))
        for t in tallies
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
