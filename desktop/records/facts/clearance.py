"""Clearance: what is known of an image's first copy, the one on the device that took it (R74)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import DepositId, DeviceId, ImageId, IntakeId, PatientId
from desktop.records.facts.sheet import number_of


class Clearance(StrEnum):
    """Where the copy on the device stands. Nothing is *cleared* that was not proved absent."""

    OUTSTANDING = "outstanding"
    """It may still be there."""
    CLEARED = "cleared"
    """Deleted by us, and a fresh session with the device showed that it is absent."""
    ATTESTED = "attested"
    """Somebody says that they deleted it; nobody proved it."""
    NOT_OURS = "not-ours"
    """The device is the patient's or whānau's: what is on it is theirs (R122)."""
    NOTHING = "nothing"
    """It did not come from a device that keeps images (a scanner)."""

    @property
    def words(self) -> str:
        """The state as it stands on screen and on paper."""
        return {
            Clearance.OUTSTANDING: "outstanding",
            Clearance.CLEARED: "confirmed absent",
            Clearance.ATTESTED: "attested",
            Clearance.NOT_OURS: "not ours to clear",
            Clearance.NOTHING: "nothing to clear",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """One file of a device whose bytes the office received at one intake.

    The same bytes deposited twice are one image and two deposits: each device is cleared for itself
    (R121). `file_name` and `folder` are untrusted text, shown and compared, never a path. `sha256`
    and `size` are those of the stored original. `settled` is what was recorded (outstanding,
    cleared or attested); ask `clearance`, which knows what is not ours. `refused_why` is why the
    last attempt to clear it failed. `left_out` is how many of the files chosen at that intake were
    not kept; None where the intake never came to its end. `state` is the image's. `already`: an
    earlier intake had received the same bytes. Moments are UTC.
    """

    id: DepositId
    intake: IntakeId
    image: ImageId
    folder: str
    file_name: str
    size: int
    sha256: bytes
    deposited_at: datetime
    source_name: str
    route: Route
    settled: Clearance
    state: ImageState
    left_out: int | None = None
    owner: DeviceOwner | None = None
    device: DeviceId | None = None
    depositor: str = ""
    photographer: str = ""
    patient: PatientId | None = None
    modified_local: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str = ""
    attested_by: str = ""
    refused_why: str = ""
    already: bool = False

    @property
    def clearance(self) -> Clearance:
        """Where it stands, by what was recorded and by whose device it is."""
        if self.settled is not Clearance.OUTSTANDING:
            return self.settled
        if self.route is Route.SCANNER:
            return Clearance.NOTHING
        if self.owner is DeviceOwner.PATIENT:
            return Clearance.NOT_OURS
        return Clearance.OUTSTANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class LostImage:
    """An image that may still be on a lost device, and whose it is; `banner` is empty where it is
    linked to nobody yet."""

    deposit: Deposit
    banner: str


def receipt_number(intake: IntakeId) -> str:
    """The number of an intake's clearance receipt, `RC` and eight characters; each of its pages has
    check digits of its own. The same intake has the same number every time."""
    return number_of("RC", intake)
