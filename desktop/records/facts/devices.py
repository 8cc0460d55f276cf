"""Devices that take images: whose they are, what was declared of them, and who hands them over."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.ids import DeclarationId, DeviceId
from desktop.records.facts.people import Photographer, Role


class Answer(StrEnum):
    """What a depositor answered (R112); a question that nobody asked is not an answer."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"
    NOT_ASKED = "not-asked"

    @property
    def words(self) -> str:
        """The answer as it stands on screen and on paper."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device on the office's register (R26, R27): an organisation's own, or one that was brought.

    `name` is what people here call it, `keeper` who carries it or answers for it. `source_name` is
    what the device calls itself when it is plugged in: by it and `serial` it is known again.
    `clock_off_seconds` is how far its clock was ahead of the workstation's on `clock_checked_on`;
    None where nobody looked. Moments are UTC. From `lost_at` on it is lost or stolen (R114), until
    that is taken back; after `retired_at` it is not offered any more.
    """

    id: DeviceId
    owner: DeviceOwner
    name: str
    keeper: str = ""
    make: str = ""
    model: str = ""
    serial: str = ""
    asset_number: str = ""
    location: str = ""
    source_name: str = ""
    clock_checked_on: date | None = None
    clock_off_seconds: int | None = None
    lost_at: datetime | None = None
    lost_note: str = ""
    retired_at: datetime | None = None

    @property
    def says(self) -> CaptureDevice:
        """What the register says of it, as a file would."""
        return CaptureDevice(
            make=self.make or None, model=self.model or None, serial=self.serial or None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """What is said of a device that is to be put on the register, or described anew."""

    owner: DeviceOwner
    name: str
    keeper: str = ""
    make: str = ""
    model: str = ""
    serial: str = ""
    asset_number: str = ""
    location: str = ""
    source_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a depositor said of a device at the phone check (R110, R112 to R114), on `answered_at`
    (UTC).

    `policy_known`: the organisation's policy is known to them (S1). `protected`: the device has a
    passcode or the like (S4); `encrypted` says its storage is. `nothing_uploads`: nothing on it
    goes by itself to a cloud, a chat or a back-up site. `remote_erase`: it can be erased from afar.
    `shared_with` names who else uses it.
    """

    id: DeclarationId
    device: DeviceId
    answered_at: datetime
    answered_by: str
    recorded_by: str
    policy_known: Answer = Answer.NOT_ASKED
    protected: Answer = Answer.NOT_ASKED
    encrypted: Answer = Answer.NOT_ASKED
    nothing_uploads: Answer = Answer.NOT_ASKED
    remote_erase: Answer = Answer.NOT_ASKED
    shared_with: str = ""

    @property
    def all_yes(self) -> bool:
        """Whether every question was answered with yes."""
        return all(answer is Answer.YES for answer in self.answers)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, in the order in which they are asked."""
        return (
            self.policy_known,
            self.protected,
            self.encrypted,
            self.nothing_uploads,
            self.remote_erase,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person said at the phone check (R110, R112 to R114)."""

    answered_by: str
    policy_known: Answer = Answer.NOT_ASKED
    protected: Answer = Answer.NOT_ASKED
    encrypted: Answer = Answer.NOT_ASKED
    nothing_uploads: Answer = Answer.NOT_ASKED
    remote_erase: Answer = Answer.NOT_ASKED
    shared_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depositor:
    """Who brings the device to the desk; often the photographer, not always (R76)."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What is said when a source is handed over at the desk. All of it may be unknown: an image is
    never refused for want of it, but nothing is cleared from a device whose owner is unknown."""

    depositor: Depositor | None = None
    owner: DeviceOwner | None = None
    device: DeviceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDevice:
    """A device of the register with what is remembered of it: its last phone check, and who brought
    it and who had taken the images when it was handed over last."""

    device: Device
    declaration: Declaration | None = None
    depositor: Depositor | None = None
    photographer: Photographer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How an image came to the desk first: who brought it, on which device of the register (R69,
    R76). Empty where nobody said."""

    depositor: Depositor | None = None
    device: str = ""
    asset_number: str = ""
    serial: str = ""

    @property
    def device_words(self) -> str:
        """The device as the register names it, or nothing."""
        said = (
            self.device,
            f"asset {self.asset_number}" if self.asset_number else "",
            f"s/n {self.serial}" if self.serial else "",
        )
        return ", ".join(filter(None, said))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffer:
    """What a desk is offered for a source: devices that it may be, the one handed over last first;
    the organisation's own; and who brought devices before."""

    fitting: tuple[KnownDevice, ...] = ()
    organisation: tuple[KnownDevice, ...] = ()
    depositors: tuple[Depositor, ...] = ()
