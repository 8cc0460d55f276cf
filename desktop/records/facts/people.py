"""People of the office and the roles they hold (R1, R67)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.records.facts.ids import PersonId


class Role(StrEnum):
    """What a person is in the health service (R1); printed beside the name on every sheet."""

    CONSULTANT = "consultant"
    REGISTRAR = "registrar"
    HOUSE_OFFICER = "house-officer"
    GENERAL_PRACTITIONER = "gp"
    NURSE = "nurse"
    ALLIED_HEALTH = "allied-health"
    MEDICAL_STUDENT = "medical-student"
    CLERK = "clerk"
    PATIENT_OR_WHANAU = "patient-or-whanau"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The role as it stands on screen and on paper."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.CONSULTANT: "consultant",
    Role.REGISTRAR: "registrar",
    Role.HOUSE_OFFICER: "house officer",
    Role.GENERAL_PRACTITIONER: "GP",
    Role.NURSE: "nurse",
    Role.ALLIED_HEALTH: "allied health",
    Role.MEDICAL_STUDENT: "medical student",
    Role.CLERK: "clerk",
    Role.PATIENT_OR_WHANAU: "patient or whānau",
    Role.OTHER: "other",
}


class OfficeRole(StrEnum):
    """What a person may do at the office (R115); `rules.rights` names the deeds of each."""

    CLERK = "clerk"
    CLINICIAN = "clinician"
    PRIVACY_OFFICER = "privacy-officer"
    OFFICE_MANAGER = "office-manager"

    @property
    def words(self) -> str:
        """The role as it stands on screen and on paper."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works at the office, or did until `gone_at` (UTC).

    `role` is what they are in the health service, `office_role` what they may do here. `number` is
    a professional number as typed: an HPI CPN or a registration number (R67).
    """

    id: PersonId
    name: str
    role: Role
    office_role: OfficeRole = OfficeRole.CLERK
    number: str = ""
    gone_at: datetime | None = None

    @property
    def is_gone(self) -> bool:
        """Whether this person left the office."""
        return self.gone_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What is said of somebody who is to be added to the office."""

    name: str
    office_role: OfficeRole
    role: Role = Role.OTHER
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photographer:
    """Who took an image (R67): not the clerk who imports it, and not in need of a log-in."""

    name: str
    role: Role
