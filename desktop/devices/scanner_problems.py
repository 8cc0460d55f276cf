"""What can go wrong with a scanner; each names the thing and the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class ScannerToolMissing(Problem):
    """No `scanimage` on this computer."""

    words: ClassVar[str] = (
        "This computer has no program that speaks with scanners. Install the package “sane-utils”, "
        "or scan to a folder with another program and choose that."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerJammed(Problem):
    """Paper is stuck."""

    source: str
    words: ClassVar[str] = (
        "Paper is jammed in {source}. Open it, take the paper out, lay all pages in again from the "
        "first one, and scan once more: none of this stack was kept."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class FeederEmpty(Problem):
    """No page in the feeder."""

    source: str
    words: ClassVar[str] = (
        "There is no paper in the feeder of {source}. Lay the pages in, or use its glass."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerHasNoFeeder(Problem):
    """A scanner with a glass only."""

    source: str
    words: ClassVar[str] = (
        "{source}: this scanner has no feeder. Lay the pages on its glass one by one and scan from "
        "there."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerHasNoDuplex(Problem):
    """A scanner that does not scan both sides."""

    source: str
    words: ClassVar[str] = (
        "{source}: this scanner does not scan both sides by itself. Scan from its feeder, then lay "
        "the stack in the other way round and scan more pages."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerFull(Problem):
    """As many pages are held as fit into one session."""

    source: str
    words: ClassVar[str] = (
        "{source} gave as many pages as are kept in memory at once. File them, remove the scanner "
        "here, and scan on."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerCoverOpen(Problem):
    """Its cover is open."""

    source: str
    words: ClassVar[str] = "The cover of {source} is open. Shut it, and scan once more."
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ScannerDenied(Problem):
    """This person may not use it."""

    source: str
    words: ClassVar[str] = (
        "{source} may not be used by you on this computer. Ask whoever looks after it to put you "
        "into the group “scanner”, then log in again."
    )
    ends_the_trip: ClassVar[bool] = True
