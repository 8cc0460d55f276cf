"""What can be wrong with a check of a printer, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class CheckPageUnknown(Problem):
    """No check page of this office has the number, or it does not hold together."""

    number: str
    words: ClassVar[str] = (
        "“{number}” is no check page of this office. Type what stands under its square code, or "
        "print a new check page."
    )


@dataclass(unsafe_hash=True)
class BarNotBelievable(Problem):
    """A bar was measured that no printer makes of it."""

    bar: str
    measured: str
    drawn: int
    words: ClassVar[str] = (
        "The bar {bar} is drawn {drawn} mm long and was measured as {measured} mm: that is out by "
        "more than a tenth. Nothing was stored. Measure again, in millimetres; if it is so, the "
        "page was not printed at actual size, and has to be printed again."
    )


@dataclass(unsafe_hash=True)
class CornerNotBelievable(Problem):
    """The corner mark was measured at a place where it cannot be."""

    edge: str
    measured: str
    words: ClassVar[str] = (
        "The corner mark is drawn 20 mm from the {edge} edge of the paper and was measured at "
        "{measured} mm. Nothing was stored. Measure from the edge of the paper to the middle of "
        "the line, in millimetres."
    )


@dataclass(unsafe_hash=True)
class EdgeNotBelievable(Problem):
    """A number that no line along an edge has."""

    edge: str
    number: int
    most: int
    words: ClassVar[str] = (
        "The lines along the {edge} edge are numbered 1 to {most}; there is no {number}. Nothing "
        "was stored. Type the smallest number that can be read."
    )
