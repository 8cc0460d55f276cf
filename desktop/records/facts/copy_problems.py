"""What can stand in the way of a copy that leaves the office."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class RecipientMissing(Problem):
    """Nothing is given to nobody (R97)."""

    words: ClassVar[str] = (
        "It is not said who the copy is for. Name the person or the organisation; nothing was "
        "copied."
    )


@dataclass(unsafe_hash=True)
class NotReleasable(Problem):
    """Neither consent nor authority covers the purpose (R90, R96)."""

    number: str
    purpose: str
    words: ClassVar[str] = (
        "Nothing on record allows image {number} to be given out for {purpose}: consent does not "
        "name that purpose. Ask the patient for it, state the authority, or make a de-identified "
        "copy that leaves no identifying feature. Nothing was copied."
    )


@dataclass(unsafe_hash=True)
class WhyIdentifiableMissing(Problem):
    """De-identified is the default for these purposes (R101)."""

    purpose: str
    words: ClassVar[str] = (
        "Images for {purpose} leave the office de-identified. If that is not possible, say why, "
        "and name the ethics approval or policy that allows it. Nothing was copied."
    )


@dataclass(unsafe_hash=True)
class CheckerMissing(Problem):
    """No program can say that nobody is to be recognised (R102)."""

    words: ClassVar[str] = (
        "It is not said who looked for identifying features. A person has to look at the image and "
        "give their name; nothing was copied."
    )


@dataclass(unsafe_hash=True)
class FeaturesUnanswered(Problem):
    """Items of the checklist without an answer (R102)."""

    features: str
    words: ClassVar[str] = "Not answered yet: {features}. Say of each whether it is there."


@dataclass(unsafe_hash=True)
class FeatureReasonMissing(Problem):
    """A feature that stays without a reason."""

    feature: str
    words: ClassVar[str] = "Say why this may stay in the copy: {feature}. Or mask it."


@dataclass(unsafe_hash=True)
class NothingMasked(Problem):
    """An answer that the masks, or the sound, contradict."""

    feature: str
    words: ClassVar[str] = (
        "This is said to be masked or left out, but it is not: {feature}. Draw a mask over it, or "
        "turn the sound off, or answer otherwise."
    )


@dataclass(unsafe_hash=True)
class SecondReviewerNeeded(Problem):
    """The rarer a condition, the more likely it tells who has it (R102)."""

    name: str
    words: ClassVar[str] = (
        "A rare condition may tell who it is, so a second person has to agree. Name somebody other "
        "than {name}."
    )


@dataclass(unsafe_hash=True)
class FeatureNotUnderstood(Problem):
    """An answer on the command line that names no feature, or says nothing known of it."""

    text: str
    features: str
    words: ClassVar[str] = (
        "“{text}” is not FEATURE=none, FEATURE=masked or FEATURE=accepted:REASON. The features "
        "are {features}."
    )


@dataclass(unsafe_hash=True)
class MaskWrong(Problem):
    """A mask that lies outside the picture, or that is no rectangle."""

    reason: str
    words: ClassVar[str] = (
        "A mask cannot be used ({reason}). Left, top, width and height are parts of the upright "
        "picture, from 0 to 1; start and end are seconds. Nothing was copied."
    )


@dataclass(unsafe_hash=True)
class CopyNotMade(Problem):
    """No copy can be made of this original."""

    name: str
    reason: str
    words: ClassVar[str] = "No de-identified copy of {name} was made: {reason}."


@dataclass(unsafe_hash=True)
class CopyNotClean(Problem):
    """The copy was read again, and something was left in it: it is not handed out (R103)."""

    name: str
    left: str
    words: ClassVar[str] = (
        "The copy of {name} was thrown away: read again, it still held {left}. Tell whoever looks "
        "after Chartroom; nothing left the office."
    )
