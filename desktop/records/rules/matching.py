"""Whether two identifiers agree on one patient (R66)."""

from dataclasses import dataclass
from datetime import date

from desktop.records.facts.identifiers import Identifier
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import Patient, short_date
from desktop.records.facts.problems import (
    IdentifiersDisagree,
    SecondIdentifierMissing,
    SecondIdentifierNotOnRecord,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLink:
    """Proof that a patient was named by two identifiers that agree. Only `link` makes one."""

    patient: PatientId
    number: str
    born: date


def link(patient: Patient, *, number: Identifier, born: date | None) -> PatientLink:
    """Two identifiers given at the desk, compared with the patient's record.

    Raises SecondIdentifierMissing, SecondIdentifierNotOnRecord or IdentifiersDisagree.
    """
    if born is None:
        raise SecondIdentifierMissing(number=number.value)
    if patient.born is None:
        raise SecondIdentifierNotOnRecord(banner=patient.banner)
    if number not in patient.identifiers or born != patient.born:
        raise IdentifiersDisagree(number=number.value, given=f"born {short_date(born)}")
    return PatientLink(patient=patient.id, number=number.value, born=born)
