"""A program that keeps made-up originals in two lanes until it dies; tests run and read it.

It writes one line of JSON per event: `sealed` before an original is settled, `settled` after. An
event stands for the image's row, which the records room would write.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from desktop.lanes import Lane
from desktop.problem import Problem
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals, Unsettled

MARKER = b"plaintext that must never touch the disk"
WRAPPING = bytearray(range(32))
_CALLS = ("open", "write", "fsync", "rename", "mkdir")


def plain(seed: int) -> bytes:
    """Bytes of some length, full of the marker."""
    chance = random.Random(seed)
    return MARKER * chance.randrange(1, 15_000) + chance.randbytes(chance.randrange(20))


def read_event(line: str) -> tuple[str, SealedOriginal] | None:
    """An event and its original, or None for a line that death cut short."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    sealed = event["sealed"]
    return event["event"], SealedOriginal(
        name=sealed["name"],
        size=sealed["size"],
        sha256=bytes.fromhex(sealed["sha256"]),
        wrapped_key=bytes.fromhex(sealed["wrapped_key"]),
    )


def _say(event: str, sealed: SealedOriginal) -> None:
    facts = {k: v.hex() if isinstance(v, bytes) else v for k, v in asdict(sealed).items()}
    line = json.dumps({"event": event, "sealed": facts}) + "\n"
    # not os.write, which may be the deadly one
    sys.stdout.write(line)
    sys.stdout.flush()


def _die_at(call_number: int) -> None:
    """Make this process end, as by kill -9, in the call of this number to the system's files."""
    left = call_number

    def deadly(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **kwargs: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                if call is real_write:
                    descriptor, piece = args
                    assert isinstance(descriptor, int)
                    assert isinstance(piece, memoryview)
                    real_write(descriptor, piece[: len(piece) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return counted

    real_write = os.write
    for name in _CALLS:
        setattr(os, name, deadly(getattr(os, name)))


def keep_many(folder: Path, *, seed: int, count: int) -> None:
    """Seal in this lane and settle in another, as an intake does."""
    originals = Originals(FolderStore(folder), WRAPPING)

    def settle(unsettled: Unsettled) -> None:
        _say("sealed", unsettled.sealed)
        _say("settled", originals.settle(unsettled))

    with Lane("settling") as settling:
        futures = []
        for number in range(count):
            content = memoryview(plain(seed * 1_000 + number))
            futures.append(settling.submit(partial(settle, _seal(originals, content))))
        for future in futures:
            future.result()


def _seal(originals: Originals, content: memoryview) -> Unsettled:
    done = 0

    def read(into: memoryview) -> int:
        nonlocal done
        piece = content[done : done + len(into)]
        into[: len(piece)] = piece
        done += len(piece)
        return len(piece)

    return originals.seal(read, expected=len(content))


def main(folder: str, seed: str, count: str, die_at: str, most_bytes: str) -> int:
    """Keep `count` originals. Unless 0: die in call `die_at`; write no file above `most_bytes`."""
    if int(most_bytes):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
    if int(die_at):
        _die_at(int(die_at))
    try:
        keep_many(Path(folder), seed=int(seed), count=int(count))
    except Problem as problem:
        sys.stderr.write(f"{problem.code}: {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
