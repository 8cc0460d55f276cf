"""Pictures of a paper, got ready while the page before them is drawn."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Self

from desktop.lanes import Lane
from desktop.printing.record_sheet_model import Shown

_AT_ONCE = 2
"""Two decoders at work, and as many pictures in memory beside the one that is drawn."""

Fetch = Callable[[], Shown | None]


class Ahead:
    """Hands pictures over in the order in which they were asked for, at most two ahead. What one of
    them raises is raised when its turn comes; the rest is not asked for any more once this closes.
    """

    def __init__(self, wanted: Iterable[Fetch]) -> None:
        self._wanted = iter(wanted)
        self._lane = Lane("paper", threads=_AT_ONCE)
        self._coming: deque[Future[Shown | None]] = deque()
        self._ask()

    def take(self) -> Shown | None:
        """The next picture; waits for it."""
        first = self._coming.popleft()
        self._ask()
        return first.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lane.close()

    def _ask(self) -> None:
        while len(self._coming) < _AT_ONCE:
            fetch = next(self._wanted, None)
            if fetch is None:
                return
            self._coming.append(self._lane.submit(fetch))
