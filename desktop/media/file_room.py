"""Memory in which the program shows its worker a file: only the program can write into it.

A pipe carries a photo through the system's own memory, copies it twice, and wakes both sides again
and again. Linux only; elsewhere the file goes through the pipe.
"""

import mmap
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from desktop.media.untrusted import Untrusted

_LEAST_HANDLE = 10
_WIPE_BYTES = 1024 * 1024
_ZEROS = bytes(_WIPE_BYTES)


class FileRoom:
    """Room for one file at a time. `handle` is for the worker to inherit: through it, and through
    whatever it maps of it, nobody can write (memfd_create(2), F_SEAL_FUTURE_WRITE)."""

    def __init__(self, size: int) -> None:
        """Raises OSError where the system has no such memory."""
        self.size = size
        self.handle, self._room = _sealed(size)

    @contextmanager
    def holding(self, source: Untrusted) -> Iterator[memoryview]:
        """The whole of a file that fits, laid where the worker sees it, and wiped at the end.
        Raises what reading raises."""
        with memoryview(self._room) as room:
            try:
                yield room[: source.read_into(room[: source.size])]
            finally:
                _wipe(room[: source.size])

    def close_handle(self) -> None:
        """Once the worker has it. Safe to call twice."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def close(self) -> None:
        """Let all of it go."""
        self.close_handle()
        with suppress(
            BufferError
        ):  # somebody still looks at the zeros in it: then it goes with them
            self._room.close()


def file_room(size: int) -> FileRoom | None:
    """Room for files of up to `size` bytes, or None where there is none to be had."""
    if sys.platform != "linux" or size < 1:
        return None
    try:
        return FileRoom(size)
    except OSError:
        return None


def seen_room(handle: int) -> mmap.mmap:
    """The same room in the worker, to be read only. Closes the handle."""
    try:
        return mmap.mmap(handle, os.fstat(handle).st_size, access=mmap.ACCESS_READ)
    finally:
        os.close(handle)


def _sealed(size: int) -> tuple[int, mmap.mmap]:
    if sys.platform != "linux":
        raise OSError("no such memory")
    import fcntl

    made = os.memfd_create("chartroom", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.ftruncate(made, size)
        room = mmap.mmap(made, size)
        # shrinking, growing, every writing but through what is mapped by now, and other seals
        fcntl.fcntl(made, fcntl.F_ADD_SEALS, 0x2 | 0x4 | 0x10 | 0x1)
        # the worker's own handles have the first numbers
        return fcntl.fcntl(made, fcntl.F_DUPFD_CLOEXEC, _LEAST_HANDLE), room
    finally:
        os.close(made)


def _wipe(room: memoryview) -> None:
    for start in range(0, len(room), _WIPE_BYTES):
        piece = room[start : start + _WIPE_BYTES]
        piece[:] = _ZEROS[: len(piece)]
