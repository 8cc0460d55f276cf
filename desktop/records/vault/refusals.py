"""What can be wrong with the records database, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class OfficeFromTheFuture(Problem):
    """A newer Chartroom changed the layout of this office's records."""

    found: str
    words: ClassVar[str] = (
        "This office was last opened by a newer Chartroom (records layout {found}). Nothing was "
        "changed. Install that version or a newer one to open it."
    )


@dataclass(unsafe_hash=True)
class RecordsMissing(Problem):
    """The office folder has no records file."""

    folder: str
    words: ClassVar[str] = (
        "The records of the office in {folder} are missing. If the folder was moved or copied in "
        "part, bring the whole folder back, or restore it from a backup."
    )


@dataclass(unsafe_hash=True)
class RecordsDamaged(Problem):
    """The right key does not open the file, or its pages fail their check."""

    file: str
    words: ClassVar[str] = (
        "The records file {file} is damaged: the password is right, but the file cannot be read "
        "whole. Stop working, keep the folder as it is, and restore the latest backup. If an older "
        "keyring.json was put in place, put the newest back first: it may hold another key."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class RecordsBusy(Problem):
    """Somebody else has held the records for longer than a change ever takes."""

    file: str
    words: ClassVar[str] = (
        "Another program is holding the records file {file}. Close it, a backup program for "
        "example, and try again."
    )
    ends_the_trip: ClassVar[bool] = True
