"""What the page of copies needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.media.copier import Looked
from desktop.records.facts.copies import FeatureCheck, GivenOut, Mask, Release, Removed
from desktop.records.facts.ids import ImageId, PatientId

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyWish:
    """A copy that a person asks for, into a folder that they chose. `features` belongs to a
    de-identified one, and so do masks and sound."""

    image: ImageId
    folder: Path
    release: Release
    features: FeatureCheck | None
    masks: tuple[Mask, ...]
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDone:
    """Where the copy lies, what it no longer holds, and what the person must still know. An
    original was given out as it is."""

    path: Path
    removed: tuple[Removed, ...]
    is_same_picture: bool
    caution: str = ""
    is_original: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyVerbs:
    """All block and run in a lane; all raise problems.

    `look` shows an image as its copy would be seen, at so many seconds; the first look (True) is
    one at a record and stands in the trail. `make` writes the copy, tells how far it is (0 to 1)
    and ends early when stopped; nothing is left then. `given` is all that left the office of a
    patient's images, newest first. `user` is who sits here.
    """

    look: Callable[[ImageId, float, bool], Looked]
    make: Callable[[CopyWish, Callable[[float], None], Stopped], CopyDone]
    given: Callable[[PatientId], Sequence[GivenOut]]
    user: str
