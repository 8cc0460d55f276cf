"""What can keep a breach record from being opened, continued or closed."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class BreachUnknown(Problem):
    """No breach record has this number or id."""

    number: str
    words: ClassVar[str] = (
        "There is no breach record {number}. “chartroom breaches list --all” names every one."
    )


@dataclass(unsafe_hash=True)
class BreachClosed(Problem):
    """A record that was closed is not changed any more."""

    number: str
    closed_by: str
    words: ClassVar[str] = (
        "Breach record {number} was closed by {closed_by}. What comes up afterwards needs a record "
        "of its own: note the device as lost again."
    )


@dataclass(unsafe_hash=True)
class OutcomeMissing(Problem):
    """A record is closed with what it came to."""

    words: ClassVar[str] = (
        "Say what it came to, for example “erased from afar before anybody could look; not "
        "notifiable, decided by the privacy officer”."
    )


@dataclass(unsafe_hash=True)
class OfficerNotTold(Problem):
    """No breach is closed that the privacy officer does not know of (R114)."""

    number: str
    words: ClassVar[str] = (
        "Breach record {number} does not say that the privacy officer was told. Note that step "
        "first; then it can be closed."
    )


@dataclass(unsafe_hash=True)
class EraseNotAsked(Problem):
    """An erasing that nobody asked for cannot be confirmed."""

    words: ClassVar[str] = (
        "Nobody noted yet that erasing the device from afar was asked for. Note that step first."
    )
