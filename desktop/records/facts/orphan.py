"""A sealed original that no record names: it was set aside when the office was opened."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """Its name and sealed size, and when it was written (UTC). Whose image it is nobody knows: that
    stands in its row.

    `generations` are those of a backup that have its row and its key; None where none was asked.
    """

    name: str
    size: int
    written_at: datetime
    generations: tuple[int, ...] | None = None
