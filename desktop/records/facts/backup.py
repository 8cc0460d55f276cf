"""What is known of backups: one that was made, one that lies somewhere, and how far a copy is."""

from dataclasses import dataclass
from datetime import datetime

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import ImageId, OfficeId


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A good backup, as the trail tells of it. `at` is UTC; `where` is a name, never a whole path.

    `head` is the last line of the trail that is in it. `keep` is how many generations the place
    kept with it: seven where the trail does not tell.
    """

    at: datetime
    where: str
    generation: int
    images: int
    head: Anchor
    keep: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderBackup:
    """A place that still holds a generation from before something was destroyed.

    `generation` is the newest of them, made at `made_at`; it goes when `left` more backups have
    been made there. `gone_by` is when that will be if they come as often as until now; None where
    only one was ever made. Times are UTC.
    """

    where: str
    generation: int
    made_at: datetime
    left: int
    gone_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderBackups:
    """What the trail knows of backups from before something was destroyed: the places that still
    hold one, and the names of those that have let go of theirs."""

    places: tuple[OlderBackup, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def until(self) -> datetime | None:
        """When the last of them will be gone, where each place lets that be told."""
        moments = [place.gone_by for place in self.places if place.gone_by is not None]
        return max(moments) if moments and len(moments) == len(self.places) else None


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
