"""What can keep the desk from noting where an image came from."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class DayAhead(Problem):
    """A day on which something is said to have happened, and which has not come yet."""

    day: str
    words: ClassVar[str] = "{day} has not come yet. Type the day on which it happened."


@dataclass(unsafe_hash=True)
class StillLacking(Problem):
    """An image that is filed may not lose what made it whole (R119, R122)."""

    name: str
    what: str
    words: ClassVar[str] = (
        "{name} is filed, so what is noted of it has to be whole. Not said yet: {what}."
    )


@dataclass(unsafe_hash=True)
class WhatMissing(Problem):
    """Nobody said what a copy was asked of (R123)."""

    words: ClassVar[str] = "Say what was asked for, for example “photo of the wound, 3 May”."


@dataclass(unsafe_hash=True)
class NotReceived(Problem):
    """A letter about a received image was asked for of one that nobody sent."""

    name: str
    words: ClassVar[str] = (
        "{name} was not sent by anybody as far as the record knows. Note first from whom it came."
    )
