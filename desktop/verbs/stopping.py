"""Ctrl+C and a polite end: asked once, work stops at a clean place; asked twice, at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop.intake.report import Stopped


@contextmanager
def stopped_by_signals() -> Iterator[Stopped]:
    """Whether SIGINT or SIGTERM came since; the second raises KeyboardInterrupt. Main thread only.

    What it found in place is put back at the end.
    """
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
