"""Which devices are connected, and in what state: each is asked once, when it arrives.

Runs in a helper process.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

from desktop.devices.source import SourceInfo, SourceState

_TRY_AGAIN_SECONDS: Final = 5.0


class DeviceWatch(ABC):
    """Looks again and again. A device is opened once when it arrives, and never once it is ready:
    the program may then be using it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[SourceInfo, float]] = {}

    def look(self, *, again: bool = False) -> list[SourceInfo]:
        """Every device that is connected now. `again`: a person waits for one that was not ready
        a moment ago."""
        present = self._present()
        self._known = {
            place: (self._info(*place), time.monotonic())
            if self._wants_a_look(place, again=again)
            else self._known[place]
            for place in present
        }
        return [info for info, _ in self._known.values()]

    @abstractmethod
    def _present(self) -> Sequence[tuple[str, str]]:
        """Model and place of each."""

    @abstractmethod
    def _info(self, model: str, place: str) -> SourceInfo:
        """What it says to being opened, for a moment."""

    def _wants_a_look(self, place: tuple[str, str], *, again: bool) -> bool:
        if place not in self._known:
            return True
        info, looked = self._known[place]
        return info.state is not SourceState.READY and (
            again or time.monotonic() - looked > _TRY_AGAIN_SECONDS
        )
