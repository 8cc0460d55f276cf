"""Purposes and the state of consent, as far as the spine records them (R3, R32, R43)."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What an image was taken for (R14, R35)."""

    CARE = "care"
    ADVICE = "advice"
    MONITORING = "monitoring"
    REFERRAL = "referral"
    LEGAL = "legal"
    TEACHING = "teaching"
    TRAINING = "training"
    RESEARCH = "research"
    PUBLICATION = "publication"

    @property
    def words(self) -> str:
        """The purpose as it stands on screen and on paper."""
        return {
            Purpose.CARE: "clinical care",
            Purpose.ADVICE: "advice or second opinion",
            Purpose.MONITORING: "monitoring",
            Purpose.REFERRAL: "referral or ACC",
            Purpose.LEGAL: "legal or evidential",
            Purpose.TEACHING: "teaching",
            Purpose.TRAINING: "training",
            Purpose.RESEARCH: "research",
            Purpose.PUBLICATION: "publication",
        }[self]


class ConsentForm(StrEnum):
    """How consent is documented: by word of mouth and noted, in writing, or not yet."""

    VERBAL = "verbal"
    WRITTEN = "written"
    NONE_YET = "none-yet"

    @property
    def words(self) -> str:
        """The state as it stands on screen and on paper."""
        return {
            ConsentForm.VERBAL: "verbal, documented",
            ConsentForm.WRITTEN: "written form",
            ConsentForm.NONE_YET: "none yet",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The consent under which an image is held. `reference` is a form number or where it is."""

    form: ConsentForm
    reference: str = ""
