"""Rotates offices in children that die, as by kill -9, at the line of the program that is asked.

Reads lines `FOLDER PERSON LINE` and answers each with how the child ended. LINE 0 never dies, and
is answered with how many lines were run.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID

from desktop.records.facts.ids import PersonId
from desktop.records.vault import keyring
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.rotation import rotate_office_key
from tests.unit.records.made_up import MEI, Clock

WATCHED = (
    "rotation.py",
    "rotated_files.py",
    "keyring.py",
    "keyring_file.py",
    "durable.py",
    "kept_keys.py",
)
PASSWORD = "rātā kettle anvil moss"


def _rotate(folder: Path, person: str, deadly_line: int) -> int:
    """Rotate the key; the lines that were run in the files that decide anything."""
    seen = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal seen
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        if event == "line":
            seen += 1
            if seen == deadly_line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    manager = replace(MEI, id=PersonId(UUID(person)))
    with keyring.unlock(folder, user=MEI.name, password=PASSWORD) as key:
        sys.settrace(trace)
        rotate_office_key(
            folder,
            key=key,
            by=manager,
            passwords={MEI.name: PASSWORD},
            clock=Clock(),
            cost=LEAST_COST,
        )
        sys.settrace(None)
    return seen


def main() -> None:
    for line in sys.stdin:
        folder, person, deadly_line = line.rsplit(" ", 2)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, str(_rotate(Path(folder), person, int(deadly_line))).encode())
            os._exit(0)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        said = os.read(reading, 100).decode() or f"died {os.waitstatus_to_exitcode(status)}"
        os.close(reading)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
