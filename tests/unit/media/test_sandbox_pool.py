"""Several workers: as many files at once, and what kills one leaves the others at work."""

from collections.abc import Iterator
from functools import partial
from threading import Barrier, Event

import pytest

from desktop.lanes import Lane
from desktop.media.sandbox import JobFailed, Limits
from desktop.media.sandbox_pool import SandboxPool
from desktop.media.untrusted import Untrusted
from desktop.problem import Cancelled

MISBEHAVING = "tests.unit.media.misbehaving"


@pytest.fixture
def pool() -> Iterator[SandboxPool]:
    two = SandboxPool(MISBEHAVING, workers=2, limits=Limits(most_whole=0))
    yield two
    two.close()


def _pid(pool: SandboxPool) -> object:
    return pool.ask("echo", b"", {}).facts["pid"]


def test_one_after_the_other_needs_one_worker(pool: SandboxPool) -> None:
    assert len({_pid(pool) for _ in range(5)}) == 1


def test_two_at_once_are_two_processes(pool: SandboxPool) -> None:
    inside = Barrier(2, timeout=60)

    class Meeting:
        """A file that gives out nothing before both jobs read theirs."""

        def seek(self, offset: int, _whence: int = 0, /) -> int:
            inside.wait()
            return offset

        def readinto(self, into: bytearray | memoryview, /) -> int:
            return len(into)

    def asked() -> object:
        return pool.ask("fetch", Untrusted(Meeting(), size=3), {"step": 3}).facts["pid"]

    with Lane("asking", threads=2) as lane:
        one, other = lane.submit(asked), lane.submit(asked)
        assert one.result() != other.result()


def test_a_file_that_kills_its_worker_leaves_the_other_at_work(pool: SandboxPool) -> None:
    def crash() -> None:
        with pytest.raises(JobFailed):
            pool.ask("crash", b"hostile", {})

    with Lane("asking", threads=2) as lane:
        killed = [lane.submit(crash) for _ in range(3)]
        echoed = [lane.submit(lambda: pool.ask("echo", b"fine", {}).blobs) for _ in range(6)]
        assert [one.result() for one in echoed] == [(b"fine",)] * 6
        for one in killed:
            one.result()


def test_a_stop_ends_what_is_at_work_what_waits_and_what_comes_later(pool: SandboxPool) -> None:
    begun = [Event(), Event()]

    def hang(begun: Event) -> None:
        class File:
            """What tells that a worker is at it."""

            def seek(self, offset: int, _whence: int = 0, /) -> int:
                begun.set()
                return offset

            def readinto(self, into: bytearray | memoryview, /) -> int:
                return len(into)

        with pytest.raises(Cancelled):
            while True:  # a worker that has read goes on to the next file
                pool.ask("fetch", Untrusted(File(), size=3), {"step": 3})

    with Lane("asking", threads=5) as lane:
        asked = [lane.submit(partial(hang, one)) for one in (*begun, *(Event(),) * 3)]
        for one in begun:
            one.wait()
        pool.stop()
        for job in asked:
            job.result()
    with pytest.raises(Cancelled):
        pool.ask("echo", b"", {})
