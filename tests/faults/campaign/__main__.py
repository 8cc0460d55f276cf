"""Runs parts of the campaign and prints what each came to, as a line of JSON."""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable

from desktop.records.vault import key_slot
from desktop.records.vault.key_slot import KeySlot
from tests.faults.campaign import controls
from tests.faults.campaign.campaign import Rounds, Tally, killed
from tests.faults.campaign.jobs import JOBS, Job
from tests.faults.campaign.power import power_cut
from tests.faults.campaign.room import bad_moment, full_drive, small_files

Fault = Callable[[Job, Rounds], Tally]
FAULTS: dict[str, Fault] = {
    "kill": killed,
    "power": power_cut,
    "full": full_drive,
    "small-files": small_files,
    "io-error": bad_moment,
    "power-without-fsync": controls.without_fsync,
    "power-normal": controls.with_normal,
    "power-unsynced-keys": controls.without_sync_of_keys,
    "kill-keyring-first": controls.keyring_first,
    "kill-files-first": controls.files_first,
    "kill-journal-left": controls.journal_left,
}


def main() -> int:
    """Strike so often; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.campaign", description=__doc__)
    parser.add_argument("parts", nargs="+", metavar="FAULT:JOB:ROUNDS[:ENOUGH]", type=_part)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # Argon2 takes longer than all the rest of a round, and every other kill would hit it
    setattr(key_slot, "_stretched", _stretched)  # noqa: B010 - mypy guards the real one
    wrong = 0
    for fault, job, count, enough in options.parts:
        tally = fault(job, Rounds(first=options.seed, count=count, enough=enough))
        sys.stdout.write(json.dumps(tally.as_json(), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        wrong += tally.wrong
    return 1 if wrong else 0


def _part(text: str) -> tuple[Fault, Job, int, int]:
    """Stop once ENOUGH rounds found fault, if that is said."""
    fault, job, rounds, enough, *_ = [*text.split(":"), "0"]
    try:
        return FAULTS[fault], JOBS[job], int(rounds), int(enough)
    except KeyError as unknown:
        known = f"{', '.join(FAULTS)} and {', '.join(JOBS)}"
        raise argparse.ArgumentTypeError(f"{unknown} is none of {known}") from None


def _stretched(secret: bytearray, slot: KeySlot) -> bytearray:
    return bytearray(hashlib.sha256(slot.salt + secret).digest())


if __name__ == "__main__":
    sys.exit(main())
