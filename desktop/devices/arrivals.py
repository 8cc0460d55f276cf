"""What came, changed and left between two looks at the sources."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from desktop.devices.source import SourceInfo


class Event(StrEnum):
    """What happened to a source."""

    ARRIVED = "arrived"
    CHANGED = "changed"
    LEFT = "left"


def events(
    before: Sequence[SourceInfo], now: Sequence[SourceInfo]
) -> Iterator[tuple[Event, SourceInfo]]:
    """What happened between two looks: first what left, then the rest in the order of `now`."""
    known = {info.id: info for info in before}
    present = {info.id for info in now}
    for info in before:
        if info.id not in present:
            yield Event.LEFT, info
    for info in now:
        if info.id not in known:
            yield Event.ARRIVED, info
        elif known[info.id] != info:
            yield Event.CHANGED, info
