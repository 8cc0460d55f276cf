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
