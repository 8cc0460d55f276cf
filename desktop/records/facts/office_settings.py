"""What an office decides for itself, and the limits of it."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem

LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES = 1, 60


@dataclass(unsafe_hash=True)
class IdleMinutesRefused(Problem):
    """A number of minutes that would leave the office open, or never let anybody work."""

    minutes: int
    words: ClassVar[str] = (
        "An office locks itself after 1 to 60 minutes without a touch, not {minutes}. Choose "
        "another number."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """`idle_minutes` without a touch, and the office locks itself (R115). `address` is printed on
    every sheet as the return address."""

    idle_minutes: int = 10
    address: str = ""
