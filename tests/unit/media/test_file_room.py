"""The memory in which a worker is shown a file: it sees that file, and can write nothing."""

import ctypes
import mmap
import os
import sys

import numpy as np
import pytest

from desktop.media import sandbox as of_program
from desktop.media.file_room import FileRoom, file_room, seen_room
from desktop.media.sandbox import Sandbox
from desktop.media.untrusted import Untrusted
from desktop.problem import Problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such memory")


class _Cut:
    """A stored original whose drive fails in the middle."""

    def __init__(self) -> None:
        self._is_begun = False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return offset

    def readinto(self, into: bytearray | memoryview, /) -> int:
        if self._is_begun:
            raise Problem
        self._is_begun = True
        into[:3] = b"abc"
        return 3


def test_the_worker_sees_the_file_and_after_it_nothing() -> None:
    room = FileRoom(5000)
    seen = seen_room(os.dup(room.handle))
    with room.holding(Untrusted(b"of one patient")) as view:
        assert bytes(view) == b"of one patient" == seen[:14]
    assert not any(seen[:])
    with pytest.raises(Problem), room.holding(Untrusted(_Cut(), size=9)):
        pass
    assert not any(seen[:])
    room.close()
    room.close()


def test_nobody_else_can_write_into_it() -> None:
    """What the program takes out of a file after the worker judged it is what was laid there."""
    room = FileRoom(5000)
    seen = seen_room(os.dup(room.handle))
    with pytest.raises(PermissionError):
        os.write(room.handle, b"forged")
    with pytest.raises(PermissionError):
        mmap.mmap(room.handle, 5000)
    with pytest.raises(PermissionError):
        os.ftruncate(room.handle, 1)
    start = np.frombuffer(seen, np.uint8).ctypes.data
    both = mmap.PROT_READ | mmap.PROT_WRITE
    assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(start), mmap.PAGESIZE, both) == -1
    room.close()


def test_where_there_is_no_such_memory_the_pipe_carries_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert file_room(0) is None
    monkeypatch.setattr(of_program, "file_room", lambda _size: None)
    sandbox = Sandbox("tests.unit.media.misbehaving")
    try:
        answer = sandbox.ask("take", b"0123456789", {"then": [[2, 4]]})
    finally:
        sandbox.close()
    assert answer.blobs == (b"head23",)
