"""What is known of backups: one that was made, one that lies somewhere, and how far a copy is."""

from dataclasses import dataclass
from datetime import datetime

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import ImageId, OfficeId


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A good backup, as the trail tells of it. `at` is UTC; `where` is a name, never a whole path.

    `head` is the last line of the trail that is in it.
    """

    at: datetime
    where: str
    generation: int
    images: int
    head: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """The records as they were at one moment, in a backup. `head` is their last line in the trail.

    `made_at` is UTC. `absent` are the names of originals that were not to be had when it was made.
    """

    number: int
    office: OfficeId
    made_at: datetime
    images: int
    head: Anchor
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyProgress:
    """How far a backup or a restore is: what is safe by now, and of how much.

    `moved` are the bytes that were copied or read again for it in the `seconds` since it began.
    """

    files: int
    files_total: int
    bytes: int
    bytes_total: int
    moved: int
    seconds: float

    @property
    def rate(self) -> float:
        """Bytes a second so far."""
        return self.moved / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """An original that a backup could not take: it is damaged or missing in the office too."""

    image: ImageId
    name: str
    why: str
