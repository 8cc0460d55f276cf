"""What stands against destroying something, each in words that name the way out."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class ScheduleTooShort(Problem):
    """Shorter than the law allows (R105)."""

    years: int
    least: int
    words: ClassVar[str] = (
        "{years} years is shorter than the law allows. Images are kept for {least} years or more "
        "after the last date of service; give a longer time."
    )


@dataclass(unsafe_hash=True)
class ScheduleTooLong(Problem):
    """Longer than a calendar can count; nearly always a slip."""

    years: int
    most: int
    words: ClassVar[str] = (
        "{years} years is longer than Chartroom counts. Give {most} years at most; what must never "
        "be destroyed can be held instead."
    )


@dataclass(unsafe_hash=True)
class ServiceInFuture(Problem):
    """A date of service that has not come yet."""

    day: str
    words: ClassVar[str] = (
        "The date of service {day} is in the future. Check it; only services that took place count."
    )


@dataclass(unsafe_hash=True)
class ReasonMissing(Problem):
    """A hold without a reason could never be lifted by anybody else."""

    words: ClassVar[str] = (
        "No reason was given. Write down which complaint, case or request it is about."
    )


@dataclass(unsafe_hash=True)
class HoldUnknown(Problem):
    """No hold of the office has this identity."""

    hold: str
    words: ClassVar[str] = "There is no hold {hold} in this office. List the holds to see them."


@dataclass(unsafe_hash=True)
class HoldAlreadyLifted(Problem):
    """A hold is lifted once."""

    hold: str
    lifted_by: str
    words: ClassVar[str] = (
        "The hold {hold} was lifted already, by {lifted_by}. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class NothingDue(Problem):
    """No image may be destroyed."""

    words: ClassVar[str] = (
        "No image may be destroyed: each is still within its retention time or under a hold."
    )


@dataclass(unsafe_hash=True)
class NotYetDue(Problem):
    """The retention time is not over (R107)."""

    number: str
    banner: str
    until: str
    words: ClassVar[str] = (
        "Image {number} of {banner} has to be kept until {until}. Nothing was destroyed."
    )


@dataclass(unsafe_hash=True)
class PaperTooPoor(Problem):
    """Paper in the chart does not stand for the image, because of how it was printed (R77)."""

    number: str
    banner: str
    until: str
    sheet: str
    copy: int
    why: str
    words: ClassVar[str] = (
        "Image {number} of {banner} has to be kept until {until}: sheet {sheet}, copy {copy} is in "
        "the chart and does not stand for it, because {why}. Nothing was destroyed. Print it in "
        "colour, one or two images to a page, and put that sheet into the chart."
    )


@dataclass(unsafe_hash=True)
class ImageHeld(Problem):
    """A hold blocks disposal (R109)."""

    number: str
    banner: str
    kind: str
    placed_by: str
    words: ClassVar[str] = (
        "Image {number} of {banner} is held ({kind}), by {placed_by}. Nothing was destroyed; the "
        "hold has to be lifted first."
    )


@dataclass(unsafe_hash=True)
class NotOnAChart(Problem):
    """Only what is linked to a patient has a retention time."""

    number: str
    words: ClassVar[str] = (
        "Image {number} is not linked to a patient, so nobody can say how long it has to be kept. "
        "Link it first."
    )


@dataclass(unsafe_hash=True)
class ImageDisposed(Problem):
    """The image was lawfully destroyed; only its tombstone is left."""

    number: str
    day: str
    certificate: str
    words: ClassVar[str] = (
        "Image {number} was destroyed on {day} under certificate {certificate} and cannot be "
        "shown. The certificate says why and by whom."
    )


@dataclass(unsafe_hash=True)
class BatchUnknown(Problem):
    """No disposal batch has this number."""

    number: str
    words: ClassVar[str] = "There is no disposal {number} in this office. Check the number."


@dataclass(unsafe_hash=True)
class BatchNotApproved(Problem):
    """Disposal takes two people (R107)."""

    number: str
    proposed_by: str
    words: ClassVar[str] = (
        "Disposal {number} was proposed by {proposed_by} and not approved yet. Somebody else has "
        "to look at the list and approve it."
    )


@dataclass(unsafe_hash=True)
class SecondPersonNeeded(Problem):
    """Whoever proposes does not approve (R107)."""

    number: str
    person: str
    words: ClassVar[str] = (
        "{person} proposed disposal {number}, so somebody else has to approve it. Nothing was "
        "destroyed."
    )


@dataclass(unsafe_hash=True)
class BatchAlreadyApproved(Problem):
    """A batch is approved once."""

    number: str
    approved_by: str
    words: ClassVar[str] = (
        "Disposal {number} was approved already, by {approved_by}. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class BatchWithdrawn(Problem):
    """Somebody took the list back before it was approved, or nothing on it was left."""

    number: str
    words: ClassVar[str] = (
        "Disposal {number} was taken back; nothing on it is left to approve. Put a new list "
        "forward if the images still have to go."
    )


@dataclass(unsafe_hash=True)
class BatchNotFinished(Problem):
    """A certificate says what was done, so it comes last."""

    number: str
    words: ClassVar[str] = (
        "Disposal {number} is not finished, so there is no certificate yet. Carry it out first; "
        "what was interrupted goes on where it stopped."
    )
