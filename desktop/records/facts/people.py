"""People of the office and the roles they hold (R1, R67)."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works at the office and can unlock it."""

    id: PersonId
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Photographer:
    """Who took an image (R67): not the clerk who imports it, and not in need of a log-in."""

    name: str
    role: Role
