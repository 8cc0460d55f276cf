"""Adding patients and finding them."""

import unicodedata
from dataclasses import replace
from datetime import date

from desktop.records.facts.identifiers import Identifier, Scheme, local_number, nhi
from desktop.records.facts.ids import PatientId, new_uuid
from desktop.records.facts.patient import NewPatient, Patient, short_date
from desktop.records.facts.patient_problems import BornInFuture
from desktop.records.facts.people import Person
from desktop.records.facts.problems import (
    EmptyLocalNumber,
    PatientAlreadyKnown,
    PatientNameMissing,
    PatientUnknown,
)
from desktop.records.vault.vault import Change, Vault


def add_patient(vault: Vault, *, new: NewPatient, by: Person) -> Patient:
    """Put a patient on record.

    Raises PatientNameMissing, EmptyLocalNumber, the problems of an NHI number, BornInFuture, and
    PatientAlreadyKnown where a number belongs to somebody.
    """
    checked = checked_patient(new, today=vault.clock().astimezone().date())
    with vault.change() as change:
        for number in checked.identifiers:
            if owner := change.patients.with_number(number):
                raise PatientAlreadyKnown(number=number.value, banner=owner.banner)
        return put_on_record(change, checked, by=by)


def find_patients(vault: Vault, *, text: str, today: date) -> list[Patient]:
    """At most 50 patients for what was typed: name in any spelling, number, date of birth, or a
    mix. Nothing typed gives those worked on last."""
    with vault.look() as look:
        return look.patients.search(text, today=today)


def patient_with_number(vault: Vault, *, number: Identifier) -> Patient:
    """The patient to whom a number belongs. Raises PatientUnknown."""
    with vault.look() as look:
        found = look.patients.with_number(number)
    if found is None:
        raise PatientUnknown(number=number.value)
    return found


def patient(vault: Vault, patient_id: PatientId) -> Patient:
    """The patient with this id. Raises PatientUnknown."""
    with vault.look() as look:
        found = look.patients.find(patient_id)
    if found is None:
        raise PatientUnknown(number=str(patient_id))
    return found


def checked_patient(new: NewPatient, *, today: date) -> NewPatient:
    """The same with names in NFC, without stray spaces and invisible characters, numbers proved.

    Raises PatientNameMissing, EmptyLocalNumber, the problems of an NHI number, or BornInFuture.
    """
    family, given = _clean(new.family_name), _clean(new.given_names)
    if not family:
        raise PatientNameMissing
    if not new.identifiers:
        raise EmptyLocalNumber
    if new.born is not None and new.born > today:
        raise BornInFuture(born=short_date(new.born))
    numbers = tuple(dict.fromkeys(_proved(number) for number in new.identifiers))
    return replace(new, family_name=family, given_names=given, identifiers=numbers)


def put_on_record(change: Change, checked: NewPatient, *, by: Person) -> Patient:
    """Add a checked patient whose numbers belong to nobody, with its line in the trail."""
    added = change.patients.add(PatientId(new_uuid()), checked, at=change.now)
    numbers = [number.value for number in added.identifiers]
    change.note("patient added", by=by, patient=added.id, numbers=numbers)
    return added


def _clean(name: str) -> str:
    """A name as it stands on paper: composed, one space between words, nothing invisible."""
    composed = unicodedata.normalize("NFC", " ".join(name.split()))
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


def _proved(number: Identifier) -> Identifier:
    return nhi(number.value) if number.scheme is Scheme.NHI else local_number(number.value)
