"""Why a card may not be pulled out yet, each reason with its own way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class NotACard(Problem):
    """Something that nobody needs to eject."""

    source: str
    words: ClassVar[str] = (
        "{source} is no card or stick, so there is nothing to eject. A phone or camera may be "
        "unplugged whenever nothing is being taken from it."
    )


@dataclass(unsafe_hash=True)
class CardBeingRead(Problem):
    """A filing takes images from it."""

    source: str
    words: ClassVar[str] = (
        "Images are being taken from {source} just now. Wait until they are filed, or stop that, "
        "and eject it then."
    )


@dataclass(unsafe_hash=True)
class CardBusy(Problem):
    """A file on it is open."""

    source: str
    holders: str
    words: ClassVar[str] = (
        "Leave {source} in: a file on it is still open in {holders}. Close that and eject it again."
    )


@dataclass(unsafe_hash=True)
class EjectDenied(Problem):
    """The system lets this person not eject it."""

    source: str
    words: ClassVar[str] = (
        "Leave {source} in: this computer does not let you eject it. Use the eject button of the "
        "file manager, or ask whoever looks after this computer."
    )


@dataclass(unsafe_hash=True)
class EjectByHand(Problem):
    """Nothing on this system ejects for us; what could be done was done."""

    source: str
    words: ClassVar[str] = (
        "Everything on {source} is closed and written, but it cannot be ejected from here. Use the "
        "eject button of the file manager before you pull it out."
    )


@dataclass(unsafe_hash=True)
class EjectFailed(Problem):
    """The system tried and could not."""

    source: str
    reason: str
    words: ClassVar[str] = (
        "Leave {source} in: it could not be ejected ({reason}). Try again, or use the eject button "
        "of the file manager."
    )
