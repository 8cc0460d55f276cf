"""Which state of a source a problem of it stands for."""

from collections.abc import Mapping
from typing import Final

from desktop.devices import never_cleared
from desktop.devices.problems import (
    NotACamera,
    SourceBusy,
    SourceLocked,
    SourceNoStorage,
    SourceNotSharing,
    SourceRefused,
    SourceUnreachable,
    SourceUnsupported,
)
from desktop.devices.source import SourceState
from desktop.problem import Problem

_STATES: Final[Mapping[type[Problem], SourceState]] = {
    SourceLocked: SourceState.LOCKED,
    SourceNotSharing: SourceState.NOT_SHARING,
    SourceNoStorage: SourceState.NO_STORAGE,
    SourceBusy: SourceState.BUSY,
    SourceUnsupported: SourceState.UNSUPPORTED,
    SourceUnreachable: SourceState.UNREACHABLE,
    SourceRefused: SourceState.REFUSED,
    NotACamera: SourceState.UNSUPPORTED,
}


def state_of(problem: Problem) -> SourceState:
    """The state that a problem of opening or listing a source tells of: unreadable if no other."""
    return _STATES.get(type(problem), SourceState.UNREADABLE)


def no_storage(source: str) -> Problem:
    """The problem of a device that answers and offers no storage. An iPhone does so only while it
    is locked or does not trust this computer."""
    is_apple = bool(never_cleared.of_model(source))
    return SourceLocked(source=source) if is_apple else SourceNoStorage(source=source)
