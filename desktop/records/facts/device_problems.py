"""What can be wrong with the register of devices and with what is said of one."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class DeviceNameMissing(Problem):
    """A device that nobody could call by a name."""

    words: ClassVar[str] = (
        "The device has no name. Type what people here call it, for example “Ward 5 camera” or "
        "“Mere's Pixel 8”."
    )


@dataclass(unsafe_hash=True)
class DeviceAlreadyThere(Problem):
    """Two devices of one name, or of one serial number, could not be told apart."""

    what: str
    name: str
    words: ClassVar[str] = (
        "{what} is already on the register as “{name}”. Choose that device, or give this one "
        "another name or serial number."
    )


@dataclass(unsafe_hash=True)
class DeviceUnknown(Problem):
    """No device of the register has this name or id."""

    name: str
    words: ClassVar[str] = (
        "No device “{name}” is on the register. Look at the list of devices for its name, or add "
        "it."
    )


@dataclass(unsafe_hash=True)
class DeviceRetired(Problem):
    """A device that was taken off the register."""

    name: str
    words: ClassVar[str] = (
        "“{name}” was retired and is not used any more; nothing was changed. If it is back in use, "
        "add it anew."
    )


@dataclass(unsafe_hash=True)
class DeviceAlreadyLost(Problem):
    """Reported once before."""

    name: str
    since: str
    words: ClassVar[str] = (
        "“{name}” is reported lost since {since} already. If it was found meanwhile, say so first."
    )


@dataclass(unsafe_hash=True)
class DeviceNotLost(Problem):
    """Found before anybody said that it was lost."""

    name: str
    words: ClassVar[str] = "“{name}” is not reported lost; nothing had to be taken back."


@dataclass(unsafe_hash=True)
class NotOursToCheck(Problem):
    """A patient's device is theirs: no phone check is made of it (R122)."""

    name: str
    words: ClassVar[str] = (
        "“{name}” is the patient's or whānau's own device. No phone check is made of it and "
        "nothing is cleared from it: go on without."
    )


@dataclass(unsafe_hash=True)
class DeviceOwnerDiffers(Problem):
    """Whose device it is decides what may be cleared from it, so two answers are none (R26)."""

    name: str
    register: str
    said: str
    words: ClassVar[str] = (
        "“{name}” is on the register as: {register}. Said here: {said}. Leave the owner out, or "
        "put the register right first; nothing was filed."
    )


@dataclass(unsafe_hash=True)
class NobodyAnswered(Problem):
    """A phone check without anybody whose word it is."""

    words: ClassVar[str] = (
        "Whose answers are these? Name the person who answered, or write it into the device's "
        "“Carried by”."
    )


@dataclass(unsafe_hash=True)
class ClockNotUnderstood(Problem):
    """A typed time that is none."""

    text: str
    words: ClassVar[str] = (
        "“{text}” is not a time of day. Type what the device's clock shows, as 14:05 or 14:05:30; "
        "with the day before it where its day is wrong too, as 2026-11-23 14:05."
    )
