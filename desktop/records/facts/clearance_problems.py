"""What can keep the office from clearing a device, or from calling it cleared."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class OwnerUnknown(Problem):
    """Nobody said whose device it is (R26)."""

    source: str
    words: ClassVar[str] = (
        "Nobody said whose device {source} is, so nothing on it is deleted. Say whose it is when "
        "its images are filed."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NotOursToClear(Problem):
    """The patient's or whānau's own device (R122)."""

    source: str
    words: ClassVar[str] = (
        "{source} belongs to the patient or their whānau, and so do the images on it. Chartroom "
        "never deletes from it."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class BatchNotWhole(Problem):
    """Some of what was chosen was not kept, or the intake never came to its end (R73)."""

    count: int
    words: ClassVar[str] = (
        "Not all images that were chosen were kept ({count:,} were left out, or the filing was cut "
        "short). File the whole choice again; what is here already is recognised. Then clear."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NotInRecordYet(Problem):
    """Images that are kept, but not yet filed in a patient's record (R74: S2 before S5)."""

    count: int
    words: ClassVar[str] = (
        "Not filed in a patient's record yet: {count:,} of these images. File or complete what is "
        "missing first; the device is cleared after that."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NotBackedUp(Problem):
    """The office wants a backup before a device is cleared."""

    count: int
    words: ClassVar[str] = (
        "This office clears a device only once its images are in a backup, and {count:,} are not. "
        "Make a backup first, then clear."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NothingToClear(Problem):
    """No deposit of this source is outstanding."""

    source: str
    words: ClassVar[str] = (
        "Nothing from {source} waits to be cleared: all that was received from it is cleared or "
        "attested, or nothing was received."
    )


@dataclass(unsafe_hash=True)
class IntakeUnknown(Problem):
    """No intake has this identity."""

    intake: str
    words: ClassVar[str] = (
        "There is no intake {intake} in this office. “chartroom clearances list” names those that "
        "are outstanding."
    )


@dataclass(unsafe_hash=True)
class OtherDevice(Problem):
    """What is connected is not what the images came from."""

    source: str
    connected: str
    words: ClassVar[str] = (
        "These images came from {source}, and {connected} is connected. Nothing on it was deleted. "
        "Connect {source}, then clear."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class OneOfTwoDevices(Problem):
    """The same file came from two devices of one name, and only one of them is connected."""

    name: str
    source: str
    words: ClassVar[str] = (
        "{name} was brought on more than one device called {source}. Which of them is connected "
        "cannot be told, so it was left alone. Clear the intake of the one that is connected."
    )


@dataclass(unsafe_hash=True)
class SiblingNotKept(Problem):
    """Files that belong together are cleared together or not at all."""

    name: str
    sibling: str
    words: ClassVar[str] = (
        "{sibling} on the device belongs to {name} and was not received, so both were left alone. "
        "File {sibling} too, then clear them together."
    )


@dataclass(unsafe_hash=True)
class NotOnDeviceNow(Problem):
    """A file that the device does not list under its name and size any more."""

    name: str
    words: ClassVar[str] = (
        "The device does not show {name} with the size that was received. If it was deleted by "
        "hand, have that attested; if another device is connected, connect the right one."
    )


@dataclass(unsafe_hash=True)
class NotSeenAbsent(Problem):
    """Deleted, as the device says, but no fresh look was possible."""

    name: str
    words: ClassVar[str] = (
        "The device was told to delete {name}, but it could not be looked at again, so nothing is "
        "proved. Connect it again and clear once more, or have it attested."
    )


@dataclass(unsafe_hash=True)
class AttestationUnsigned(Problem):
    """An attestation is somebody's word; it needs the somebody."""

    words: ClassVar[str] = (
        "Say who attests that the images were deleted from the device: type the person's name."
    )


@dataclass(unsafe_hash=True)
class CompanionTooLarge(Problem):
    """A small picture of an image that is too large to be one."""

    name: str
    companion: str
    words: ClassVar[str] = (
        "{companion} belongs to {name} and is too large for the small picture that it should be, "
        "so both were left alone. Look at it on the device, delete both there, and have that "
        "attested."
    )


@dataclass(unsafe_hash=True)
class CompanionLeft(Problem):
    """What shows the same as an image could not be deleted with it."""

    name: str
    companion: str
    words: ClassVar[str] = (
        "{companion} on the device is a small picture of {name} and could not be deleted from "
        "here, so {name} is not called cleared. Delete on the device what it still shows of both, "
        "and have that attested."
    )
