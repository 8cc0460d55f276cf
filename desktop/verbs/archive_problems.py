"""What can be wrong with the place of an archive."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class ArchiveExists(Problem):
    """Nothing is ever written over or into what is there."""

    path: str
    words: ClassVar[str] = (
        "{path} is there already and was not touched. Name a folder that does not exist yet; one "
        "that ends in .part is left from an archive that was cut short, and should be destroyed."
    )


@dataclass(unsafe_hash=True)
class ArchiveInsideOffice(Problem):
    """The office's own folder is no place for readable copies."""

    path: str
    words: ClassVar[str] = (
        "{path} lies inside the office's own folder, where nothing readable may lie. Name a folder "
        "elsewhere."
    )
