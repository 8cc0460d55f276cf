"""Where an image came from that nobody of this office took: sent by somebody else (R119, R120), or
a copy of the patient's or whānau's own (R122 to R125)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.records.facts.devices import Answer
from desktop.records.facts.ids import PatientId


class Channel(StrEnum):
    """By what way a received image was sent (R119)."""

    TEXT_MESSAGE = "text-message"
    EMAIL = "email"
    MESSAGING_APP = "messaging-app"
    PAPER = "paper"
    USB = "usb"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The way as it stands on screen and on paper."""
        return {
            Channel.TEXT_MESSAGE: "text message",
            Channel.EMAIL: "e-mail",
            Channel.MESSAGING_APP: "messaging app",
            Channel.PAPER: "on paper",
            Channel.USB: "USB stick, card or disc",
            Channel.OTHER: "another way",
        }[self]


class Asked(StrEnum):
    """Whether somebody here had asked for the image; an unsolicited one may be no collection under
    the Health Information Privacy Code (R119)."""

    REQUESTED = "requested"
    UNSOLICITED = "unsolicited"


class Notice(StrEnum):
    """What became of telling the patient, as Rule 3A of the HIPC asks from 1 May 2026 (R119)."""

    GIVEN = "given"
    ALREADY_KNOWN = "already-known"
    EXCEPTION = "exception"

    @property
    def words(self) -> str:
        """The state as it stands on screen and on paper."""
        return {
            Notice.GIVEN: "given",
            Notice.ALREADY_KNOWN: "the patient knew already",
            Notice.EXCEPTION: "not given, by an exception",
        }[self]


class Relationship(StrEnum):
    """What somebody who gives a copy is to the patient (R122)."""

    PATIENT = "patient"
    PARENT = "parent"
    PARTNER = "partner"
    CHILD = "child"
    WHANAU = "whanau"
    REPRESENTATIVE = "representative"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The relationship as it stands on screen and on paper."""
        return {
            Relationship.PATIENT: "the patient",
            Relationship.PARENT: "parent or guardian",
            Relationship.PARTNER: "spouse or partner",
            Relationship.CHILD: "son or daughter",
            Relationship.WHANAU: "other whānau",
            Relationship.REPRESENTATIVE: "holds a power of attorney or is welfare guardian",
            Relationship.OTHER: "other",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent an image: by name, with what they are and for whom they work as they said it."""

    name: str = ""
    role: str = ""
    organisation: str = ""

    @property
    def words(self) -> str:
        """Name, role and organisation as far as they are known."""
        return ", ".join(filter(None, (self.name, self.role, self.organisation)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The six things to consider of a received image (R120); `rules.came_from` has what is asked of
    each."""

    acquisition: Answer = Answer.NOT_ASKED
    quality: Answer = Answer.NOT_ASKED
    use: Answer = Answer.NOT_ASKED
    disclosure: Answer = Answer.NOT_ASKED
    storage: Answer = Answer.NOT_ASKED
    disposal: Answer = Answer.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An image that somebody else took and sent (R119). None or empty where nobody said it yet.

    `received_on` is the day on which the sender's message or paper came, not that of the filing.
    `taken_with` is the device that took it, as the sender says, where the file is silent. `note`
    says what the checks brought up.
    """

    sender: Sender = field(default_factory=Sender)
    received_on: date | None = None
    channel: Channel | None = None
    asked: Asked | None = None
    notice: Notice | None = None
    notice_reason: str = ""
    taken_with: str = ""
    checks: Checks = field(default_factory=Checks)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGiven:
    """A copy of an image that is and stays the patient's or whānau's (R122): who gave it, and what
    was explained to them. `retention_explained`: that what once is part of the record is kept until
    its retention time is over (R124)."""

    given_by: str = ""
    relationship: Relationship | None = None
    used_for: str = ""
    use_explained: Answer = Answer.NOT_ASKED
    stored_where: str = ""
    storage_explained: Answer = Answer.NOT_ASKED
    retention_explained: Answer = Answer.NOT_ASKED


CameFrom = Received | CopyGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDeclined:
    """That somebody chose not to give a copy (R123): nobody has to, and nothing follows from it.

    `noted_at` is in UTC.
    """

    patient: PatientId
    asked_on: date
    what: str
    noted_at: datetime
    noted_by: str
