"""What devices do, each state with its own sentence (facts: locked is not empty is not gone)."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class SourceGone(Problem):
    """Unplugged, or the connection was lost."""

    source: str
    words: ClassVar[str] = (
        "{source} was disconnected. What was already kept is safe. Connect it again to go on with "
        "the rest."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceLocked(Problem):
    """A phone that answers but offers no storage: locked, not trusted, or not set to transfer."""

    source: str
    words: ClassVar[str] = (
        "{source} answers but shows no storage. Unlock it, choose file transfer (PTP) or “Trust "
        "this computer” on its screen, and try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceBusy(Problem):
    """Another program holds the device."""

    source: str
    words: ClassVar[str] = (
        "Another program is using {source}. Close the file manager or photo program that opened "
        "it, unplug it, plug it in again, and try once more."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceUnknown(Problem):
    """No such device, card or folder."""

    source: str
    words: ClassVar[str] = (
        "There is no device or folder “{source}”. Plug it in, or see what is connected with "
        "“chartroom sources”."
    )


@dataclass(unsafe_hash=True)
class SourceUnreadable(Problem):
    """It is there, but it cannot be read."""

    source: str
    reason: str
    words: ClassVar[str] = (
        "{source} cannot be read ({reason}). Try another cable or card reader; if it is a folder, "
        "check that you may open it."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceEmpty(Problem):
    """A readable storage was really walked and holds no image."""

    source: str
    words: ClassVar[str] = (
        "{source} was read and holds no photos, videos or recordings. If some should be there, "
        "look on its other card, or unlock the phone and try again."
    )


@dataclass(unsafe_hash=True)
class AccessDenied(Problem):
    """The device refuses to hand an item over."""

    name: str
    words: ClassVar[str] = (
        "The device refuses to hand over {name}. Unlock it and allow access, or use its card in a "
        "card reader."
    )


@dataclass(unsafe_hash=True)
class ItemGone(Problem):
    """It was listed, and is no longer there."""

    name: str
    words: ClassVar[str] = "{name} is no longer on the device. List the device again."


@dataclass(unsafe_hash=True)
class ItemUnsafe(Problem):
    """An item that this source cannot address without risk of taking another in its place."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "{name} cannot be read safely from here: {reason}. Take the card out and use a card reader."
    )


@dataclass(unsafe_hash=True)
class ShortRead(Problem):
    """The device stopped in the middle of a file and called it done."""

    name: str
    got: int
    size: int
    words: ClassVar[str] = (
        "The device handed over only {got:,} of {size:,} bytes of {name}. The part was thrown "
        "away. Try again, or use its card in a card reader."
    )


@dataclass(unsafe_hash=True)
class ItemUnreadable(Problem):
    """One file that cannot be read; the rest can."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "{name} cannot be read from the device ({reason}). The others are not affected."
    )


@dataclass(unsafe_hash=True)
class ItemEmpty(Problem):
    """Nothing in it."""

    name: str
    words: ClassVar[str] = (
        "{name} is empty (0 bytes): the device did not finish writing it. There is nothing to keep."
    )


@dataclass(unsafe_hash=True)
class SourceHelperDied(Problem):
    """The driver crashed; only its helper process was lost."""

    source: str
    words: ClassVar[str] = (
        "The driver for {source} stopped working and was shut down. What was kept is safe. "
        "Unplug the device, plug it in again, and try once more."
    )
    ends_the_trip: ClassVar[bool] = True
