"""A program that stands by with everything loaded, and becomes one command after another.

Python and the libraries take four fifths of most commands' time to load. Who asks gets a process
all the same, forked from this one: its exit code, what it writes, and nothing that an earlier
command left in memory. What the interpreter looks at as it starts is too late here.
"""

import atexit
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 1 << 18
_PATIENCE_S = 120.0


def can_stand_by(environment: Mapping[str, str]) -> bool:
    """Whether a command in these surroundings may be a fork of what stands by."""
    own = {name for name, value in environment.items() if os.environ.get(name) != value}
    told_python = {name for name in own if name.startswith(("PYTHON", "LC_", "LANG"))}
    return sys.platform == "linux" and told_python <= {"PYTHONPATH"}


def run(
    arguments: Sequence[str], *, environment: Mapping[str, str], folder: Path
) -> "subprocess.CompletedProcess[bytes]":
    """One command to its end."""
    out, err = os.memfd_create("out"), os.memfd_create("err")
    try:
        wanted = json.dumps([list(arguments), dict(environment), str(folder)]).encode()
        there = _standing_by()
        socket.send_fds(there, [wanted], [out, err])
        (answer, *_) = socket.recv_fds(there, _MOST_BYTES, 0)
        if not answer:
            raise AssertionError("what stood by has ended")
        return subprocess.CompletedProcess(arguments, int(answer), _written(out), _written(err))
    finally:
        os.close(out)
        os.close(err)


def _written(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


@cache
def _standing_by() -> socket.socket:
    """The program, started once for all tests of this process; it ends with its socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.standing_by", str(theirs.fileno())],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    ours.settimeout(_PATIENCE_S)

    def end() -> None:
        ours.close()
        process.wait(_PATIENCE_S)

    atexit.register(end)
    return ours


def main() -> None:
    """Load everything, then fork for each request; only a fork comes back from here."""
    from desktop.records.vault import key_slot

    key_slot.STANDARD_COST = key_slot.LEAST_COST  # before anything else reads it
    from desktop import cli  # noqa: F401 - what takes so long to load

    gc.collect()
    gc.freeze()  # else each fork would look at all of it again as it ends
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        while True:
            wanted, given, *_ = socket.recv_fds(asked, _MOST_BYTES, 2)
            if not wanted:
                sys.exit()
            process = os.fork()
            if not process:
                break
            for descriptor in given:
                os.close(descriptor)
            _, status = os.waitpid(process, 0)
            asked.send(str(os.waitstatus_to_exitcode(status)).encode())
    _become(given, *json.loads(wanted))


def _become(
    given: Sequence[int], arguments: list[str], environment: dict[str, str], folder: str
) -> None:
    """Be what a fresh process would have been."""
    for descriptor, known in zip(given, (1, 2), strict=True):
        os.dup2(descriptor, known)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv[1:] = arguments
    runpy.run_module("desktop", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
