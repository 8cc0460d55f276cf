"""The only file that makes threads: named lanes that run plain functions one after another."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, TypeVar

T = TypeVar("T")


class Lane:
    """A row of worker threads with a name. Work handed to a lane of one thread never overlaps."""

    def __init__(self, name: str, *, threads: int = 1) -> None:
        self.name = name
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue `work`; the future carries its result or what it raised."""
        return self._pool.submit(work)

    def ask(self, work: Callable[[], T]) -> T:
        """Run `work` in this lane and wait for it. Never from the main thread of a window."""
        return self.submit(work).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, *, drop_waiting: bool = True) -> None:
        """Let the running work end, drop what still waits, and free the threads."""
        self._pool.shutdown(wait=True, cancel_futures=drop_waiting)
