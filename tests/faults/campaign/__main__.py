"""Runs one part of the campaign and prints what it came to, as one line of JSON."""

import argparse
import json
import sys
from collections.abc import Callable

from tests.faults.campaign.campaign import Rounds, Tally, killed
from tests.faults.campaign.jobs import JOBS, Job
from tests.faults.campaign.power import power_cut, with_normal, without_fsync
from tests.faults.campaign.room import full_drive, small_files

Fault = Callable[[Job, Rounds], Tally]
FAULTS: dict[str, Fault] = {
    "kill": killed,
    "power": power_cut,
    "power-without-fsync": without_fsync,
    "power-normal": with_normal,
    "full": full_drive,
    "small-files": small_files,
}


def main() -> int:
    """Strike so often; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.campaign", description=__doc__)
    parser.add_argument("fault", choices=FAULTS)
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--enough", type=int, default=0, help="stop once so many found fault")
    options = parser.parse_args()
    job: Job = JOBS[options.job]
    rounds = Rounds(first=options.seed, count=options.rounds, enough=options.enough)
    tally = FAULTS[options.fault](job, rounds)
    sys.stdout.write(json.dumps(tally.as_json(), ensure_ascii=False) + "\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
