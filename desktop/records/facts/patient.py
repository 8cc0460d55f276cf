"""The patient: who a chart belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.records.facts.identifiers import Identifier, Scheme
from desktop.records.facts.ids import PatientId


class Sex(StrEnum):
    """Administrative sex as it stands on the patient's label."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"
    UNKNOWN = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """A patient as typed or read from a list, checked but not yet on record.

    Names are kept in NFC, macrons and all. At least one identifier is needed.
    """

    identifiers: tuple[Identifier, ...]
    family_name: str
    given_names: str = ""
    born: date | None = None
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A patient on record. `added_at` is in UTC."""

    id: PatientId
    identifiers: tuple[Identifier, ...]
    family_name: str
    given_names: str
    born: date | None
    sex: Sex
    added_at: datetime

    @property
    def number(self) -> Identifier:
        """The identifier that goes on paper first: the NHI number where there is one."""
        return _first(self.identifiers)

    @property
    def name(self) -> str:
        """SURNAME, Given, as on the wristband (DSCN 04/2009)."""
        return banner_name(self.family_name, self.given_names)

    @property
    def banner(self) -> str:
        """One line that names the patient with number and date of birth."""
        born = f" · born {short_date(self.born)}" if self.born else " · born: not on record"
        return f"{self.name} · {self.number.value}{born}"


def banner_name(family: str, given: str) -> str:
    """SURNAME in capitals, then the given names as written."""
    return f"{family.upper()}, {given}" if given else family.upper()


def short_date(day: date) -> str:
    """DD Mmm YYYY in English whatever the locale: 04 Mar 1961 (DSCN 04/2009)."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day:02d} {months[day.month - 1]} {day.year:04d}"


def _first(identifiers: Sequence[Identifier]) -> Identifier:
    return next((i for i in identifiers if i.scheme is Scheme.NHI), identifiers[0])
