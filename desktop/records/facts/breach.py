"""The breach record that a lost or stolen device opens (R114): what, when, which images, what was
done, and who closed it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.records.facts.clearance import LostImage
from desktop.records.facts.ids import BreachId, DeviceId
from desktop.records.facts.sheet import number_of


class BreachKind(StrEnum):
    """What kind of breach it is."""

    LOST_DEVICE = "lost-device"


class BreachStep(StrEnum):
    """What is to be done about a lost device (R114)."""

    ERASE_ASKED = "erase-asked"
    ERASE_CONFIRMED = "erase-confirmed"
    POLICE_TOLD = "police-told"
    PRIVACY_OFFICER_TOLD = "privacy-officer-told"

    @property
    def words(self) -> str:
        """The step as it stands on screen and on paper."""
        return {
            BreachStep.ERASE_ASKED: "erasing it from afar was asked for",
            BreachStep.ERASE_CONFIRMED: "it is confirmed as erased",
            BreachStep.POLICE_TOLD: "the police were told",
            BreachStep.PRIVACY_OFFICER_TOLD: "the privacy officer was told",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step that was taken on a day, with a note (a report number, a name). `noted_at` is UTC."""

    step: BreachStep
    on: date
    note: str
    noted_at: datetime
    noted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One breach record. `source_name` and `depositor` are the device as it called itself and who
    brought it; `device` is the one of the register, where it is on it. `what` says where and how,
    `happened_on` is the day by the wall calendar. Moments are UTC; `closed_at` is None while it is
    open, and `outcome` says what it came to. `images` is how many may have been on the device when
    the record was opened.
    """

    id: BreachId
    kind: BreachKind
    source_name: str
    depositor: str
    device: DeviceId | None
    what: str
    happened_on: date
    opened_at: datetime
    opened_by: str
    images: int
    steps: tuple[StepTaken, ...] = ()
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody closed it yet."""
        return self.closed_at is None

    @property
    def number(self) -> str:
        """`BR` and eight characters; each page of its paper has check digits of its own."""
        return number_of("BR", self.id)

    def taken(self, step: BreachStep) -> StepTaken | None:
        """The step as it was noted, or None."""
        return next((one for one in self.steps if one.step is step), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFile:
    """A breach record with the images it speaks of, as each stands now."""

    breach: Breach
    images: tuple[LostImage, ...]
