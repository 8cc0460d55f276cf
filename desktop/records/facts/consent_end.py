"""Consent that was refused or withdrawn: a record of its own, even without an image (R49, R54)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from desktop.problem import Problem
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ConsentEndId, ImageId, PatientId
from desktop.records.facts.sheet import Sheet

_MOST_NAMED = 6


class EndKind(StrEnum):
    """What somebody said no to."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """As it stands on screen and on paper."""
        return {EndKind.REFUSED: "refused", EndKind.WITHDRAWN: "withdrawn"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsentEnd:
    """What was said. Without `purposes` it is meant of all of them, and without `images` of every
    image of the patient; a refusal names none. `said_by` is the patient, or who speaks for them;
    `what` was refused, `why` is in their words and may be empty, as may `form`, the number of the
    signed paper."""

    patient: PatientId
    kind: EndKind
    purposes: frozenset[Purpose] = frozenset()
    images: frozenset[ImageId] = frozenset()
    said_by: str
    what: str = ""
    why: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEnd:
    """One refusal or withdrawal on record, effective from `at` (UTC). It stands until consent was
    given again or it turned out to be a mistake: then `lifted_why` says so."""

    id: ConsentEndId
    said: NewConsentEnd
    at: datetime
    by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it holds now."""
        return self.lifted_at is None

    def is_about(self, image: ImageId) -> bool:
        """Whether it is about this image: it names it, or none."""
        return not self.said.images or image in self.said.images

    def covers(self, purpose: Purpose, image: ImageId) -> bool:
        """Whether consent to use this image for this purpose ended by it."""
        return self.is_about(image) and (not self.said.purposes or purpose in self.said.purposes)

    @property
    def scope(self) -> str:
        """What it is about, in words."""
        named = [one.words for one in Purpose if one in self.said.purposes]
        uses = ", ".join(named) or "every use"
        numbers = sorted(short_number(one) for one in self.said.images)
        if not numbers:
            return uses
        of = "image" if len(numbers) == 1 else f"{len(numbers)} images:"
        listed = ", ".join(numbers[:_MOST_NAMED]) + (", …" if len(numbers) > _MOST_NAMED else "")
        return f"{uses} of {of} {listed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a withdrawal led to: copies on paper that have to come back, and who has to be told."""

    end: ConsentEnd
    recalled: tuple[Sheet, ...]
    told: tuple[GivenOut, ...]


@dataclass(unsafe_hash=True)
class NobodySaidNo(Problem):
    """A refusal or withdrawal without a word who said it."""

    words: ClassVar[str] = (
        "Say who refused or withdrew: the patient, or who speaks for them and how they are related."
    )


@dataclass(unsafe_hash=True)
class ConsentEndUnknown(Problem):
    """No refusal or withdrawal by this id, or it was lifted before."""

    end: str
    words: ClassVar[str] = "There is no refusal or withdrawal {end} that stands."


@dataclass(unsafe_hash=True)
class AgainWhyMissing(Problem):
    """A withdrawal was to be lifted without a word why."""

    words: ClassVar[str] = (
        "Say how consent was given again, or why the entry was a mistake. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class WhyWithdrawnMissing(Problem):
    """Images whose consent was withdrawn were to leave with an archive, without a word why."""

    words: ClassVar[str] = (
        "Say why images whose consent was withdrawn go into this archive all the same: the trail "
        "keeps it. No archive was made."
    )


@dataclass(unsafe_hash=True)
class ConsentWithdrawn(Problem):
    """Something was to leave, or go to paper, for a purpose that consent was withdrawn for."""

    number: str
    purpose: str
    day: str
    words: ClassVar[str] = (
        "Consent for {purpose} was withdrawn on {day}, so image {number} is not used for it. It "
        "stays in the record. If consent was given again, note that first; a court order or a law "
        "that asks for it is stated as the authority."
    )
