"""Whether somebody rushes through a list too fast to see anything of it."""

from collections.abc import Callable
from time import monotonic
from typing import Final

RUSH: Final = 0.025
"""Seconds. A screen shows a frame in 0.017; a key that is held down repeats in 0.030 or more, and
between its pages there is something to see."""


class Fling:
    """Watches how a view scrolls: half a page or more, and again before anybody saw the last."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last_leap = float("-inf")

    def scrolled(self, by: int, *, page: int) -> bool:
        """Tell that the view moved by so many of the `page` pixels it shows; whether that is too
        fast to see. One leap alone never is."""
        if 2 * abs(by) < page:
            return False
        now, before = self._clock(), self._last_leap
        self._last_leap = now
        return now - before < RUSH
