"""What can be wrong with the place of an archive."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class ArchiveExists(Problem):
    """Nothing is ever written over or into what is there."""

    path: str
    words: ClassVar[str] = (
        "{path} is there already and was not touched. Name something that does not exist yet; "
        "what ends in .part is left from an archive that was cut short, and should be destroyed."
    )


@dataclass(unsafe_hash=True)
class ArchiveInsideOffice(Problem):
    """The office's own folder is no place for readable copies."""

    path: str
    words: ClassVar[str] = (
        "{path} lies inside the office's own folder, where nothing readable may lie. Name a folder "
        "elsewhere."
    )


@dataclass(unsafe_hash=True)
class NotSealedArchive(Problem):
    """A file that is no encrypted archive, or one of another time."""

    path: str
    why: str
    words: ClassVar[str] = (
        "{path} cannot be opened as an encrypted archive: {why}. Name the file that “chartroom "
        "archive --encrypt” wrote, or fetch another copy of it."
    )


@dataclass(unsafe_hash=True)
class ArchivePassphraseWrong(Problem):
    """Its beginning is whole, and this passphrase is not the one."""

    path: str
    words: ClassVar[str] = (
        "This is not the passphrase of {path}. Type the one that was chosen when the archive was "
        "made; nobody can open it without."
    )


@dataclass(unsafe_hash=True)
class SealedArchiveDamaged(Problem):
    """The passphrase is right, and the bytes are not what was written."""

    path: str
    where: str
    words: ClassVar[str] = (
        "{path} is not what was written: {where}. Nothing was opened; fetch another copy of it."
    )


@dataclass(unsafe_hash=True)
class OriginalReadOnce(Problem):
    """Its room in an encrypted archive was taken already, so nothing can stand in its place."""

    name: str
    words: ClassVar[str] = (
        "{name} could be read once and then not again, so no archive was made. The drive may be "
        "failing: run “chartroom verify --originals”, and try again."
    )
