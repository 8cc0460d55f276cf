"""Notices that nobody touched the window for a while, also where the computer slept meanwhile."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOOKS_EVERY_MS = 5000


class IdleWatch(QObject):
    """Install it as an event filter of the application. `went_idle` tells that nobody touched
    anything for the set minutes, once until `start` is called again.

    It compares clocks rather than counting: a timer sleeps with the machine. The wall clock knows
    of sleep, the monotonic one of a wall clock set back; the longer of the two counts.
    """

    went_idle = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._seconds = 0.0
        self._touched = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_watching(self) -> bool:
        """Whether it waits for anything."""
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Begin to watch from this moment on; again with other minutes to change them."""
        self._seconds = minutes * 60.0
        self._touched = (self._wall(), self._steady())
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> None:
        """Compare the clocks now."""
        if self.is_watching and self._is_over():
            self.stop()
            self.went_idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a touch. The first one after too long a rest, such as a key that woke the computer,
        locks instead, and reaches nobody."""
        if event.type() not in _TOUCHES or not self.is_watching:
            return False
        if self._is_over():
            self.look()
            return True
        self._touched = (self._wall(), self._steady())
        return False

    def _is_over(self) -> bool:
        wall, steady = self._touched
        return max(self._wall() - wall, self._steady() - steady) >= self._seconds
