"""What can stand in the way of linking an image, or of taking a link back."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class UndoTimeOver(Problem):
    """A link that is older than the seconds in which it may simply be undone."""

    name: str
    seconds: int
    words: ClassVar[str] = (
        "{name} was linked more than {seconds} seconds ago, so it stays where it is. If it belongs "
        "to somebody else, ask the privacy officer to correct the record."
    )


@dataclass(unsafe_hash=True)
class ImageNotLinked(Problem):
    """There is nothing to take back."""

    name: str
    words: ClassVar[str] = "{name} lies in the tray and is linked to nobody. Nothing was changed."


@dataclass(unsafe_hash=True)
class ImageOnSheet(Problem):
    """The image stands on paper under this patient."""

    name: str
    number: str
    words: ClassVar[str] = (
        "{name} is on the printed sheet {number}, so its link cannot simply be taken back. Destroy "
        "that sheet and ask the privacy officer to correct the record."
    )


@dataclass(unsafe_hash=True)
class ImageOffDevice(Problem):
    """The first copy was cleared from its device because the image is in this record."""

    name: str
    words: ClassVar[str] = (
        "{name} was cleared from its device since, so its link cannot simply be taken back. Ask "
        "the privacy officer to correct the record."
    )


@dataclass(unsafe_hash=True)
class SheetImagesMixed(Problem):
    """A record sheet speaks of one patient."""

    name: str
    banner: str
    words: ClassVar[str] = (
        "{name} does not belong to {banner}, so it cannot stand on that patient's sheet. Nothing "
        "was printed."
    )


@dataclass(unsafe_hash=True)
class SheetNumberTaken(Problem):
    """A sheet number is never given to two patients."""

    number: str
    words: ClassVar[str] = (
        "The sheet number {number} belongs to another patient. Make the sheet again under a new "
        "number."
    )
