"""What can be wrong with what a person asks for."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class NoOffice(Problem):
    """The folder holds no office."""

    folder: str
    words: ClassVar[str] = (
        "There is no office in {folder}. Create one with “chartroom init”, or name another folder "
        "with --office."
    )


@dataclass(unsafe_hash=True)
class OfficeExists(Problem):
    """The folder already holds one, or holds other files."""

    folder: str
    words: ClassVar[str] = (
        "{folder} already holds files. Choose an empty folder for a new office; nothing was "
        "changed."
    )


@dataclass(unsafe_hash=True)
class NothingSelected(Problem):
    """No item of the source fits the selection."""

    source: str
    words: ClassVar[str] = (
        "Nothing on {source} fits the selection. “chartroom sources” counts what it holds; leave "
        "--select or --taken away."
    )


@dataclass(unsafe_hash=True)
class FileNotReadable(Problem):
    """A file named by the person cannot be read."""

    path: str
    reason: str
    words: ClassVar[str] = "{path} cannot be read ({reason}). Check the name and try again."


@dataclass(unsafe_hash=True)
class FileNotWritable(Problem):
    """A file that the person asked for cannot be written."""

    path: str
    reason: str
    words: ClassVar[str] = (
        "{path} cannot be written ({reason}). Choose another folder or make room, and try again."
    )


@dataclass(unsafe_hash=True)
class UserNotNamed(Problem):
    """Several people can unlock the office, and none was named."""

    users: str
    words: ClassVar[str] = "Say who you are with --user. This office knows: {users}."


@dataclass(unsafe_hash=True)
class PersonGone(Problem):
    """A slot of the keyring whose person is not on record."""

    user: str
    words: ClassVar[str] = (
        "{user} can unlock this office but is not among its people. Ask the office manager to add "
        "the name again."
    )


@dataclass(unsafe_hash=True)
class MappingNotUnderstood(Problem):
    """A column mapping that names no field or no column."""

    pair: str
    columns: str
    words: ClassVar[str] = (
        "“{pair}” is not FIELD=COLUMN: fields are nhi, local, family, given, born and sex; the "
        "columns are {columns}."
    )


@dataclass(unsafe_hash=True)
class ImageNotPrintable(Problem):
    """An image of the sheet whose original cannot be read."""

    name: str
    number: str
    why: str
    words: ClassVar[str] = "{name} (image {number}) cannot be printed, so no sheet was made. {why}"


@dataclass(unsafe_hash=True)
class NameCanBePrinted(Problem):
    """A name in Latin letters was given for a patient whose own name can be drawn."""

    name: str
    words: ClassVar[str] = (
        "The name {name} can be printed as it is on record, so no other may stand in its place. "
        "Nothing was printed. Leave the Latin name out, or correct the record."
    )


@dataclass(unsafe_hash=True)
class PasswordNotReadable(Problem):
    """A password file without a password in it."""

    path: str
    reason: str
    words: ClassVar[str] = (
        "{path} holds no passphrase ({reason}). Write the passphrase on its first line, as UTF-8 "
        "text."
    )


@dataclass(unsafe_hash=True)
class NoPasswordTyped(Problem):
    """Nobody is there to type."""

    words: ClassVar[str] = (
        "No passphrase was given. Type it when asked, or name a file that holds it with "
        "--password-file."
    )


@dataclass(unsafe_hash=True)
class TooManyAttempts(Problem):
    """Wrong passwords came too fast; nothing was checked."""

    seconds: int
    words: ClassVar[str] = (
        "Too many wrong passwords in a row. Wait {seconds} seconds, then try again; this attempt "
        "was not checked and does not count."
    )


@dataclass(unsafe_hash=True)
class PasswordUnchanged(Problem):
    """The new password is the old one."""

    words: ClassVar[str] = (
        "The new password is the same as the old one. Choose another; nothing was changed."
    )


@dataclass(unsafe_hash=True)
class PasswordNotTheirOwn(Problem):
    """A password that somebody else chose proves nobody: one person could be both (R107)."""

    user: str
    words: ClassVar[str] = (
        "The passphrase of {user} was chosen by somebody else. {user} unlocks the office once and "
        "chooses another; then they can approve. Nothing was destroyed."
    )


@dataclass(unsafe_hash=True)
class SourceBeingTested(Problem):
    """A device that is being tested belongs to the test alone."""

    source: str
    words: ClassVar[str] = (
        "{source} is being tested just now, in the Office room. Wait until that is done, or stop "
        "it, and do this then."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class SourceBeingCleared(Problem):
    """A device that is being cleared belongs to the clearing alone."""

    source: str
    words: ClassVar[str] = (
        "Images are being deleted from {source} just now. Wait until that is done, or stop it, and "
        "do this then."
    )
    ends_the_trip: ClassVar[bool] = True


@dataclass(unsafe_hash=True)
class PaperNeedsPatient(Problem):
    """A paper that cannot be blank was asked for without a patient."""

    title: str
    words: ClassVar[str] = (
        "“{title}” is about one patient and cannot be blank. Name the patient by number, and print "
        "it again."
    )


@dataclass(unsafe_hash=True)
class PaperNotInLanguage(Problem):
    """A paper was asked for in a language that it is not written in."""

    title: str
    language: str
    words: ClassVar[str] = (
        "“{title}” is not written in {language}. Print it in English; “chartroom papers” says what "
        "is there in which language."
    )


@dataclass(unsafe_hash=True)
class WhichImageMeant(Problem):
    """A paper about one image was asked for, and it is not plain which."""

    banner: str
    words: ClassVar[str] = (
        "This paper is about one image of {banner} that came from somebody else. Name exactly one."
    )


@dataclass(unsafe_hash=True)
class NothingToCompare(Problem):
    """A comparison was asked for without two to six images of one site."""

    banner: str
    words: ClassVar[str] = (
        "A comparison needs two to six images of one site, and none of {banner} are of the same "
        "site. Name two to six images, or file them with the site they show."
    )


@dataclass(unsafe_hash=True)
class NothingGiven(Problem):
    """There is nothing that a letter could list. `recipient` is who was named, or “anybody”."""

    banner: str
    recipient: str
    words: ClassVar[str] = (
        "No image of {banner} was given to {recipient}, as far as the record says. Give the images "
        "first (Given to others, or “chartroom export”), or print the letter blank."
    )


@dataclass(unsafe_hash=True)
class OnlyNamelessGiven(Problem):
    """A letter would name whose copies they are that were made to name nobody."""

    recipient: str
    words: ClassVar[str] = (
        "{recipient} got copies that name nobody, and this letter would name the patient. Send "
        "them without it."
    )
