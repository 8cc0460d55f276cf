"""What can be wrong with the record, each in words that name the thing and the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class NhiShapeWrong(Problem):
    """The text has neither of the two shapes of an NHI number."""

    number: str
    words: ClassVar[str] = (
        "“{number}” is not an NHI number: it has three letters and then four digits (ABC1235) or "
        "two digits and two letters (ZZZ00AC), and never I or O. Check it against the label, or "
        "enter it as a local number."
    )


@dataclass(unsafe_hash=True)
class NhiCheckFailed(Problem):
    """The check character does not fit: a slip of the pen or of the finger."""

    number: str
    words: ClassVar[str] = (
        "{number} is not a valid NHI number: its last character does not fit the others. One "
        "character is probably mistyped; check it against the label."
    )


@dataclass(unsafe_hash=True)
class NhiWithdrawnCheck(Problem):
    """A number made with the check scheme of earlier editions of HISO 10046."""

    number: str
    words: ClassVar[str] = (
        "{number} uses the withdrawn modulus-24 check letter of old test data. No patient has it: "
        "look up the patient's present NHI number."
    )


@dataclass(unsafe_hash=True)
class EmptyLocalNumber(Problem):
    """No characters were given."""

    words: ClassVar[str] = "The number is empty. Type the patient's NHI number or local number."


@dataclass(unsafe_hash=True)
class DateNotUnderstood(Problem):
    """A typed date that fits none of the ways people write one."""

    text: str
    words: ClassVar[str] = (
        "“{text}” is not a date that Chartroom understands. Type day, month and year, like "
        "4/3/1961 or 4 Mar 1961."
    )


@dataclass(unsafe_hash=True)
class PatientUnknown(Problem):
    """Nobody in the office has this number."""

    number: str
    words: ClassVar[str] = (
        "No patient with the number {number} is on record. Check the number, or add the patient "
        "first."
    )


@dataclass(unsafe_hash=True)
class PatientAlreadyKnown(Problem):
    """The number belongs to somebody already."""

    number: str
    banner: str
    words: ClassVar[str] = (
        "{number} already belongs to {banner}. Open that patient, or check the number."
    )


@dataclass(unsafe_hash=True)
class PatientNameMissing(Problem):
    """A patient needs a family name at least."""

    words: ClassVar[str] = (
        "The patient has no family name. Type the name as it stands on the chart."
    )


@dataclass(unsafe_hash=True)
class IdentifiersDisagree(Problem):
    """The second identifier belongs to somebody else or to nobody (R66)."""

    number: str
    given: str
    words: ClassVar[str] = (
        "{number} and {given} do not belong to the same patient. Nothing was filed. "
        "Read both from the label again."
    )


@dataclass(unsafe_hash=True)
class SecondIdentifierMissing(Problem):
    """One identifier alone links nothing to anybody (R66)."""

    number: str
    words: ClassVar[str] = (
        "One identifier is not enough. Give {number}'s date of birth as well, read from the label "
        "or asked of the patient."
    )


@dataclass(unsafe_hash=True)
class SecondIdentifierNotOnRecord(Problem):
    """The record has no date of birth to compare with."""

    banner: str
    words: ClassVar[str] = (
        "{banner} has no date of birth on record, so a second identifier cannot be compared. "
        "Add the date of birth to the patient first."
    )


@dataclass(unsafe_hash=True)
class ImageUnknown(Problem):
    """No image of the office has this identity."""

    image: str
    words: ClassVar[str] = "There is no image {image} in this office. Check the number."


@dataclass(unsafe_hash=True)
class FiledUnderAnother(Problem):
    """The very same bytes are in another patient's record already."""

    name: str
    banner: str
    words: ClassVar[str] = (
        "{name} is already filed under {banner}. Nothing was filed twice. If it belongs to "
        "somebody else, ask the privacy officer to correct the record."
    )


@dataclass(unsafe_hash=True)
class NoImagesForSheet(Problem):
    """A sheet without images."""

    banner: str
    words: ClassVar[str] = "{banner} has no images to print. File one first."
