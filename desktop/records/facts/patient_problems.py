"""What can be wrong with a patient's details or with a list of patients."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class BornInFuture(Problem):
    """A date of birth that has not come yet."""

    born: str
    words: ClassVar[str] = (
        "The date of birth {born} is in the future. Check it against the label; type the year with "
        "four digits."
    )


@dataclass(unsafe_hash=True)
class SexNotUnderstood(Problem):
    """A word for the sex that is none of the usual ones."""

    text: str
    words: ClassVar[str] = (
        "“{text}” is not a sex that Chartroom understands. Write F, M, X or U, or leave it empty."
    )


@dataclass(unsafe_hash=True)
class ListUnreadable(Problem):
    """Bytes that are no list."""

    reason: str
    words: ClassVar[str] = (
        "The patient list cannot be read ({reason}). Export it as CSV from the practice system and "
        "try again."
    )


@dataclass(unsafe_hash=True)
class ListEmpty(Problem):
    """A list without rows."""

    words: ClassVar[str] = "The patient list has no rows. Export it again from the practice system."


@dataclass(unsafe_hash=True)
class ColumnsMissing(Problem):
    """Nobody can be added without a name and a number."""

    missing: str
    words: ClassVar[str] = (
        "The patient list does not say which column is {missing}. Choose it from the columns of "
        "the list."
    )


@dataclass(unsafe_hash=True)
class ColumnNotInList(Problem):
    """A mapping that points beside the list."""

    column: int
    words: ClassVar[str] = (
        "The list has no column {column}. Choose among the columns that its first row shows."
    )
