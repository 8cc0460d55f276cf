"""What the Desk says of a source that is not ready: a word, a heading, a picture for each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.devices.source import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWords:
    """`caption` stands in the list, `heading` (with the name of the source) beside `picture`."""

    caption: str
    heading: str
    picture: str


WORDS: Final[Mapping[SourceState, StateWords]] = {
    SourceState.READY: StateWords(
        caption="Ready", heading="{} stopped", picture="state-unreadable"
    ),
    SourceState.LOCKED: StateWords(caption="Locked", heading="Unlock {}", picture="state-unlock"),
    SourceState.NOT_SHARING: StateWords(
        caption="Only charging",
        heading="Choose file transfer on {}",
        picture="state-file-transfer",
    ),
    SourceState.NO_STORAGE: StateWords(
        caption="Shows no storage", heading="{} shows no storage", picture="state-no-storage"
    ),
    SourceState.BUSY: StateWords(
        caption="In use elsewhere",
        heading="Another program holds {}",
        picture="state-held",
    ),
    SourceState.UNREADABLE: StateWords(
        caption="Cannot be read", heading="{} cannot be read", picture="state-unreadable"
    ),
    SourceState.UNSUPPORTED: StateWords(
        caption="Not supported", heading="{} is not supported", picture="state-unsupported"
    ),
    SourceState.UNREACHABLE: StateWords(
        caption="Not reached", heading="{} was not reached", picture="state-unreachable"
    ),
    SourceState.REFUSED: StateWords(
        caption="Refuses this computer",
        heading="{} refuses this computer",
        picture="state-refused",
    ),
}
"""Every state, so that a new one cannot be forgotten here."""
