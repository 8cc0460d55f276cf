"""Tests in several processes keep their files in memory, if there is plenty.

They make some thousand offices that sync every commit, and on a drive they would wait for it longer
than they compute. What a sync is for is proved on drives of their own, whose power is cut
(tests/faults). A test that runs alone leaves its files where temporary files lie.
"""

import os
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

PLENTY = 6 << 30
"""Bytes above which a whole run does not feel what its files take."""


def room_in_memory() -> Path | None:
    """Where files lie in memory and may be started; None where there is no such place, or it, or
    memory itself, has not plenty of room."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of a random name is made in it
    if not sys.platform.startswith("linux") or not os.access(place, os.W_OK):
        return None
    state = os.statvfs(place)
    room = min(state.f_bavail * state.f_frsize, memory_left())
    return place if room >= PLENTY and not state.f_flag & os.ST_NOEXEC else None


def memory_left() -> int:
    """The bytes that programs could have now."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    kib = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), "0")
    return int(kib) << 10


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Around all that the first of several processes does; the others inherit it."""
    place = room_in_memory() if getattr(config.option, "numprocesses", None) else None
    if place is None:
        return (yield)
    # what a test left mounted is no reason to fail
    with tempfile.TemporaryDirectory(
        dir=place, prefix="room-", ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o711)  # as /tmp is: a print server's filters work as somebody else
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        return (yield)
