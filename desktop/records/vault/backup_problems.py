"""What can be wrong with a backup, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class BackupPlaceWrong(Problem):
    """A place where a backup would harm an office, or be lost with it."""

    place: str
    why: str
    words: ClassVar[str] = (
        "{place} cannot take the backup: {why}. Choose a folder on another drive. Nothing was "
        "changed."
    )


@dataclass(unsafe_hash=True)
class NoBackupThere(Problem):
    """The folder holds no finished backup."""

    place: str
    words: ClassVar[str] = (
        "There is no finished backup in {place}. Choose the folder that was given to “chartroom "
        "backup”, and check that the drive is connected."
    )


@dataclass(unsafe_hash=True)
class BackupOfAnother(Problem):
    """The folder holds the backup of another office."""

    place: str
    words: ClassVar[str] = (
        "{place} holds the backup of another office. Nothing was changed. Choose another folder."
    )


@dataclass(unsafe_hash=True)
class BackupTooNew(Problem):
    """Written by a later version of the program."""

    place: str
    words: ClassVar[str] = (
        "The backup in {place} was written by a newer Chartroom. Use that version or a newer one."
    )


@dataclass(unsafe_hash=True)
class BackupDriveFull(Problem):
    """The drive of a backup has no room left."""

    drive: str
    words: ClassVar[str] = (
        "The drive {drive} of the backup is full. The earlier backup on it is as it was, and what "
        "was copied now is kept. Make room on {drive} or take a larger drive, and start again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class BackupDriveFailed(Problem):
    """The drive of a backup was pulled out, or does not work."""

    drive: str
    reason: str
    words: ClassVar[str] = (
        "The drive {drive} of the backup left or does not work as it should ({reason}). The "
        "earlier backup on it is as it was. Connect the drive and start again: what is copied "
        "already is not copied twice."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class BackupReadBackDiffers(Problem):
    """What the drive of a backup gives back is not what was written."""

    drive: str
    words: ClassVar[str] = (
        "The drive {drive} of the backup gave back something other than was written. Do not rely "
        "on it; take another drive. The earlier backup on it is as it was."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class GenerationUnknown(Problem):
    """A backup without the generation that was asked for."""

    number: int
    there: str
    words: ClassVar[str] = "The backup has no generation {number}. It has: {there}."


@dataclass(unsafe_hash=True)
class GenerationDamaged(Problem):
    """The records of a generation are not what was written."""

    number: int
    file: str
    others: str
    words: ClassVar[str] = (
        "Generation {number} of the backup is damaged: {file} is not what was written. Other "
        "generations in the same backup: {others}."
    )


@dataclass(unsafe_hash=True)
class RestoreNeedsEmptyFolder(Problem):
    """A restore never writes over anything."""

    folder: str
    words: ClassVar[str] = (
        "{folder} already holds files. Restore into a new or an empty folder; nothing was changed."
    )
