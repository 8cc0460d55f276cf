"""What can stand in the way of correcting a capture time."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class TimeReasonMissing(Problem):
    """A correction without its reason would be a falsification."""

    words: ClassVar[str] = (
        "Say why the time is corrected, for example “the camera's clock was never set to summer "
        "time”. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class TimeNotBelievable(Problem):
    """No clock that is right could have shown the corrected time."""

    name: str
    when: str
    words: ClassVar[str] = (
        "{name} cannot have been taken {when}: that is later than it was received. Nothing was "
        "changed."
    )


@dataclass(unsafe_hash=True)
class TimeBeforeCameras(Problem):
    """A year that was mistyped."""

    name: str
    when: str
    words: ClassVar[str] = (
        "{name} cannot have been taken {when}: nobody took photographs then. Check the year. "
        "Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class NoSuchOffset(Problem):
    """No clock on Earth is that far from UTC."""

    offset: str
    words: ClassVar[str] = (
        "No clock anywhere is {offset} from UTC. Type it like +13:00, or leave it out. Nothing was "
        "changed."
    )


@dataclass(unsafe_hash=True)
class NoSuchTime(Problem):
    """The hour that clocks leave out when they go forward."""

    when: str
    words: ClassVar[str] = (
        "There was no {when} here: the clocks went forward over that hour. Enter the time that "
        "the wall clock showed."
    )


@dataclass(unsafe_hash=True)
class NothingToCorrect(Problem):
    """A clock is corrected from the file's own time, and these images have none."""

    words: ClassVar[str] = (
        "None of these images has a time of its own that a wrong clock could have set. Enter the "
        "time of each. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class SpanNotUnderstood(Problem):
    """Something other than a length of time was typed."""

    text: str
    words: ClassVar[str] = (
        "“{text}” is not a length of time. Type it like 1 h 2 min, 45 min, 3 days or 1:02."
    )
