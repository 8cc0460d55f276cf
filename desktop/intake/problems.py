"""What can keep an image from being filed once it was received."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class LeftInTray(Problem):
    """Received whole, and then the person stopped the filing."""

    name: str
    words: ClassVar[str] = (
        "{name} was received before the filing was stopped. It waits sealed in the tray; file it "
        "from there or choose it again."
    )


@dataclass(unsafe_hash=True)
class NoteTooLarge(Problem):
    """A file that is called a note on an image, and is larger than any note."""

    name: str
    words: ClassVar[str] = "{name} is larger than 8 MiB and was not kept with the image."


@dataclass(unsafe_hash=True)
class NoteCutShort(Problem):
    """The device handed over less of a note than it said it holds."""

    name: str
    words: ClassVar[str] = (
        "{name} could not be read to its end and was not kept. Choose the image again to try again."
    )
