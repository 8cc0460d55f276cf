"""What can go wrong with keys, disks and sealed originals, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class KeyringMissing(Problem):
    """The folder holds no office, or its keyring is gone."""

    folder: str
    words: ClassVar[str] = (
        "There is no keyring.json in {folder}, and nobody gets into an office without it. Choose "
        "the folder of the office; or if this is it, copy keyring.previous.json to that name, or "
        "the keyring.json of the newest folder under “generations” in a backup."
    )


@dataclass(unsafe_hash=True)
class KeyringDamaged(Problem):
    """The keyring, or the slot that was asked for, is not what was written."""

    file: str
    previous: str
    words: ClassVar[str] = (
        "The keyring {file} is damaged, so the password could not be checked; it may well be "
        "right. Put the previous copy {previous} or one from a backup in its place. The records "
        "are not affected, and the recovery key may still open them."
    )


@dataclass(unsafe_hash=True)
class KeyringTooNew(Problem):
    """Written by a later version of the program."""

    file: str
    words: ClassVar[str] = (
        "The keyring {file} was written by a newer Chartroom. Open this office with that version."
    )


@dataclass(unsafe_hash=True)
class OfficeAlreadyThere(Problem):
    """A second keyring would lock everybody out of the first."""

    folder: str
    words: ClassVar[str] = (
        "There is an office in {folder} already. Open it, or choose another folder for a new one."
    )


@dataclass(unsafe_hash=True)
class OfficeInUse(Problem):
    """Another program holds the office."""

    folder: str
    words: ClassVar[str] = (
        "Another Chartroom is using the office in {folder}. Go to its window, or close it, and try "
        "again."
    )


@dataclass(unsafe_hash=True)
class WrongPassword(Problem):
    """No slot opens; which of name and password was wrong is not said."""

    words: ClassVar[str] = (
        "This name and password do not open the office. Check the spelling, Caps Lock and the "
        "keyboard layout. If the password is lost, the recovery key sheet opens the office."
    )


@dataclass(unsafe_hash=True)
class WrongRecoveryKey(Problem):
    """Typed without a slip, but not the key of this office."""

    words: ClassVar[str] = (
        "This recovery key is typed correctly but does not open this office: it belongs to another "
        "office, or to a sheet that was replaced. Look for the newest sheet of this office."
    )


@dataclass(unsafe_hash=True)
class RecoveryKeyMistyped(Problem):
    """A line does not fit its check number."""

    line: int
    words: ClassVar[str] = (
        "Line {line} of the recovery key is mistyped: it does not fit its line check. Each line "
        "has eight characters and the two digits of its check; compare line {line} with the sheet."
    )


@dataclass(unsafe_hash=True)
class PasswordTooShort(Problem):
    """Below the floor that makes guessing too costly."""

    least: int
    words: ClassVar[str] = (
        "The password is too short: it needs at least {least} characters. Take four words that "
        "have nothing to do with each other; that is long, and easy to remember."
    )


@dataclass(unsafe_hash=True)
class PasswordTooEasy(Problem):
    """Long enough, but what whoever guesses would try early."""

    advice: str
    words: ClassVar[str] = "This password was not taken. {advice}"


@dataclass(unsafe_hash=True)
class UserNameMissing(Problem):
    """A slot belongs to somebody."""

    words: ClassVar[str] = "The name is empty. Type the name of the person who will unlock."


@dataclass(unsafe_hash=True)
class DiskFull(Problem):
    """The drive of the office has no room left."""

    drive: str
    words: ClassVar[str] = (
        "The drive {drive} of the office is full. Nothing was lost: what is not kept yet is still "
        "where it came from. Make room on {drive} and try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class TooBigForDrive(Problem):
    """The drive's own limit for one file, such as 4 GB on FAT32."""

    drive: str
    words: ClassVar[str] = (
        "The drive {drive} of the office cannot hold a file of this size. It was not kept. Move "
        "the office to a drive without that limit (NTFS, APFS or ext4)."
    )


@dataclass(unsafe_hash=True)
class DiskFailed(Problem):
    """The drive of the office, or its permissions, refuse to work."""

    drive: str
    reason: str
    words: ClassVar[str] = (
        "The drive {drive} of the office does not work as it should ({reason}). What was already "
        "kept is safe. Check that it is connected and may be written to, and try again."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class ReadBackDiffers(Problem):
    """What the drive gives back is not what was written: a dying drive or faulty memory."""

    drive: str
    words: ClassVar[str] = (
        "The drive {drive} of the office gave back something other than was written, so it was not "
        "kept. Do not clear the device. Have the drive and the computer's memory checked."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceCutShort(Problem):
    """A source ended before the size that it had named."""

    got: int
    size: int
    words: ClassVar[str] = (
        "Only {got:,} of {size:,} bytes arrived. The part was thrown away. Try again from the "
        "device."
    )


@dataclass(unsafe_hash=True)
class OriginalMissing(Problem):
    """A row names an original that is not in the store."""

    name: str
    words: ClassVar[str] = (
        "The sealed original {name} is missing from the office. Bring it back from a backup."
    )


@dataclass(unsafe_hash=True)
class OriginalDamaged(Problem):
    """What lies in the store is not what was sealed."""

    name: str
    where: str
    words: ClassVar[str] = (
        "The sealed original {name} is damaged ({where}), so none of it is shown as genuine. Bring "
        "it back from a backup."
    )


@dataclass(unsafe_hash=True)
class OriginalsDoNotFit(Problem):
    """More originals without a record than a crash can leave: the wrong or an older database."""

    strangers: int
    words: ClassVar[str] = (
        "{strangers:,} sealed originals have no record here, more than an interrupted import can "
        "leave. The records are probably an older copy or another office's; nothing was moved. "
        "Bring the newest records back from a backup."
    )
