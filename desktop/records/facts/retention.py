"""Retention: what keeps an image from being destroyed, and until when (R105, R107, R109)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.records.facts.ids import HoldId, ImageId, PatientId


class HoldKind(StrEnum):
    """Why something must not be destroyed, whatever the clock says (R109)."""

    COMPLAINT = "complaint"
    COURT = "court"
    REQUEST = "request"

    @property
    def words(self) -> str:
        """The kind as it stands on screen and on paper."""
        return {
            HoldKind.COMPLAINT: "complaint",
            HoldKind.COURT: "court or legal proceedings",
            HoldKind.REQUEST: "request for access",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A stop to disposal: of one image, or of all of a patient's where `image` is None.

    Times are UTC. It blocks until it is lifted, and stays on record after that.
    """

    id: HoldId
    patient: PatientId
    image: ImageId | None
    kind: HoldKind
    reason: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has lifted it."""
        return self.lifted_at is None

    def blocks(self, image: ImageId) -> bool:
        """Whether it keeps this image of its patient from being destroyed."""
        return self.is_open and self.image in {None, image}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a patient's images are kept, as things stand.

    `last_service` is the last date of service that counts; `entered` is the one that somebody
    entered, if anybody did. The images are kept up to and including `retain_until`.
    """

    patient: PatientId
    entered: date | None
    last_service: date
    retain_until: date
    holds: tuple[Hold, ...] = ()
