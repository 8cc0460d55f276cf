"""What can be wrong with a measure, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class LengthNotUnderstood(Problem):
    """A typed length that is none, or longer than a person."""

    text: str
    words: ClassVar[str] = (
        "“{text}” is not a length that Chartroom understands. Type the millimetres between the "
        "ends of the line, like 10 or 12.5."
    )


@dataclass(unsafe_hash=True)
class LineTooShort(Problem):
    """A line on which a slip of one pixel would count for too much."""

    pixels: int
    least: int
    words: ClassVar[str] = (
        "The line is {pixels} pixels long; below {least} it measures nothing well. Zoom in and lay "
        "it along more of the ruler."
    )
