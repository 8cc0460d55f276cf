"""What devices do, each state with its own sentence (facts: locked is not empty is not gone)."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class SourceGone(Problem):
    """Unplugged, or the connection was lost."""

    source: str
    words: ClassVar[str] = (
        "{source} was disconnected. What was already kept is safe. Connect it again to go on with "
        "the rest."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceLocked(Problem):
    """A phone that answers and denies access: locked, or not told to trust this computer."""

    source: str
    words: ClassVar[str] = (
        "{source} is locked. Unlock it, tap “Trust this computer” or “Allow” if its screen asks, "
        "and try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceNotSharing(Problem):
    """A phone on a cable that offers no files: it charges, or shares its connection."""

    source: str
    words: ClassVar[str] = (
        "{source} is plugged in but only charges. Pull down the notices on its screen, tap the one "
        "about USB, choose “File transfer” or “PTP”, and try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceNoStorage(Problem):
    """It answers and offers no storage: an Android phone that is locked or charges, a camera
    without a card. Nobody can tell which from here."""

    source: str
    words: ClassVar[str] = (
        "{source} answers but shows no storage. A phone: Unlock it and choose file transfer (PTP) "
        "on its screen. A camera: see that its card is in and its door shut. Then try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceUnsupported(Problem):
    """A device that the driver sees and cannot take files from."""

    source: str
    words: ClassVar[str] = (
        "{source} offers no way to take its images over this cable. Take its card out and use a "
        "card reader, or copy the images to a folder and choose that."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceBusy(Problem):
    """Another program holds the device."""

    source: str
    words: ClassVar[str] = (
        "Another program is using {source}. Close the file manager or photo program that opened "
        "it, unplug it, plug it in again, and try once more."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceUnknown(Problem):
    """No such device, card or folder."""

    source: str
    words: ClassVar[str] = (
        "There is no device or folder “{source}”. Plug it in, or see what is connected with "
        "“chartroom sources”."
    )


@dataclass(unsafe_hash=True)
class SourceUnreadable(Problem):
    """It is there, but it cannot be read."""

    source: str
    reason: str
    words: ClassVar[str] = (
        "{source} cannot be read ({reason}). Try another cable or card reader; if it is a folder, "
        "check that you may open it."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceEmpty(Problem):
    """A readable storage was really walked and holds no image."""

    source: str
    words: ClassVar[str] = (
        "{source} was read and holds no photos, videos or recordings. If some should be there, "
        "look on its other card, or unlock the phone and try again."
    )


@dataclass(unsafe_hash=True)
class AddressUnclear(Problem):
    """Something typed that is no address of a camera."""

    address: str
    words: ClassVar[str] = (
        "“{address}” is no address of a camera. Type it as the camera shows it: 192.168.1.20, or "
        "192.168.1.20:15740 if it shows a port, too."
    )


@dataclass(unsafe_hash=True)
class AddressNotPrivate(Problem):
    """An address outside this computer's own network."""

    address: str
    words: ClassVar[str] = (
        "{address} is not in your own network. Images are taken from cameras in a private network "
        "only (10.…, 172.16 to 172.31, 192.168.…). Connect the camera to the network of this room."
    )


@dataclass(unsafe_hash=True)
class SourceUnreachable(Problem):
    """Nobody answers at the address."""

    source: str
    words: ClassVar[str] = (
        "{source} does not answer. See that it is switched on, that its Wi-Fi is on and in the "
        "network of this computer, and that the address is the one it shows. Then try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceRefused(Problem):
    """The address is there and refuses: not switched to transfer, or held by another computer."""

    source: str
    words: ClassVar[str] = (
        "{source} refuses this computer. On the camera choose the connection to a computer "
        "(PTP/IP), allow this one if it asks, and disconnect any other. Then try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NotACamera(Problem):
    """Something else answers at the address."""

    source: str
    words: ClassVar[str] = (
        "{source}: what answers there is no camera, or none that speaks PTP/IP. Compare the "
        "address with the one on the camera’s screen."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class AccessDenied(Problem):
    """The device refuses to hand an item over."""

    name: str
    words: ClassVar[str] = (
        "The device refuses to hand over {name}. Unlock it and allow access, or use its card in a "
        "card reader."
    )


@dataclass(unsafe_hash=True)
class ItemGone(Problem):
    """It was listed, and is no longer there."""

    name: str
    words: ClassVar[str] = "{name} is no longer on the device. List the device again."


@dataclass(unsafe_hash=True)
class ItemUnsafe(Problem):
    """An item that this source cannot address without risk of taking another in its place."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "{name} cannot be read safely from here: {reason}. Take the card out and use a card reader."
    )


@dataclass(unsafe_hash=True)
class ShortRead(Problem):
    """The device stopped in the middle of a file and called it done."""

    name: str
    got: int
    size: int
    words: ClassVar[str] = (
        "The device handed over only {got:,} of {size:,} bytes of {name}. The part was thrown "
        "away. Try again, or use its card in a card reader."
    )


@dataclass(unsafe_hash=True)
class ItemUnreadable(Problem):
    """One file that cannot be read; the rest can."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "{name} cannot be read from the device ({reason}). The others are not affected."
    )


@dataclass(unsafe_hash=True)
class ItemEmpty(Problem):
    """Nothing in it."""

    name: str
    words: ClassVar[str] = (
        "{name} is empty (0 bytes): the device did not finish writing it. There is nothing to keep."
    )


@dataclass(unsafe_hash=True)
class SourceHelperDied(Problem):
    """The driver crashed; only its helper process was lost."""

    source: str
    words: ClassVar[str] = (
        "The driver for {source} stopped working and was shut down. What was kept is safe. "
        "Unplug the device, plug it in again, and try once more."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ClearingRefused(Problem):
    """A source from which nothing is ever deleted; `reason` is a sentence with the way out."""

    source: str
    reason: str
    words: ClassVar[str] = "{source} is not cleared by Chartroom. {reason}"
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class NotTheImportedItem(Problem):
    """What lies there now is not what was kept."""

    name: str
    words: ClassVar[str] = (
        "{name} on the device is not the file that was kept: its content differs. It was left "
        "alone. Receive it first if it is a clinical image."
    )


@dataclass(unsafe_hash=True)
class ItemProtected(Problem):
    """Write-protected on the device, or on a card with its lock switch set."""

    name: str
    words: ClassVar[str] = (
        "{name} is write-protected on the device and was left alone. Take the protection off "
        "there (or move the card's lock switch), then clear again."
    )


@dataclass(unsafe_hash=True)
class DeleteRefused(Problem):
    """The device said no."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "The device refuses to delete {name} ({reason}). Delete it on the device itself and have "
        "that attested."
    )


@dataclass(unsafe_hash=True)
class DeleteNotHonoured(Problem):
    """The device said yes, and a fresh session shows the file still there."""

    name: str
    words: ClassVar[str] = (
        "The device said that it deleted {name}, yet a fresh look shows it still there. Clearing "
        "was stopped. Delete the images on the device itself and have that attested."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceChanged(Problem):
    """A card was swapped, or the device is another than the one that was listed."""

    source: str
    words: ClassVar[str] = (
        "{source} is no longer what was listed: a card was changed or its content moved. Nothing "
        "more was copied from it or deleted. List it again, then go on."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class MoreWentMissing(Problem):
    """After a deletion a fresh listing lacks more than what was deleted."""

    source: str
    count: int
    words: ClassVar[str] = (
        "After deleting, {count:,} more files are missing from {source} than were deleted. "
        "Clearing was stopped at once. What was kept here is safe; look at the device before you "
        "use it again."
    )
    ends_the_trip: ClassVar[bool] = True
