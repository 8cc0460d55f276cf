"""A name that no font here can draw: on paper a name in Latin letters stands for it, which a person
gave, with a word that the other is on screen. It is a choice, so it is on record."""

from dataclasses import replace

from desktop.printing.fonts import printable
from desktop.printing.problems import UnprintableText
from desktop.records.facts.patient import Patient
from desktop.verbs.problems import NameCanBePrinted

ON_SCREEN = "(name in another script: on screen)"


def as_printed(patient: Patient, latin_name: str, *, is_again: bool = False) -> Patient:
    """The patient as they are named on paper: `SURNAME, Given` in Latin letters where that was
    given, else by the record. Raises NameCanBePrinted for a name that needs no other; a copy that
    is made again then goes by the record."""
    if not latin_name.strip():
        return patient
    if _is_printable(patient.name):
        if is_again:
            return patient
        raise NameCanBePrinted(name=patient.name)
    family, _, given = latin_name.partition(",")
    return replace(
        patient, family_name=family.strip(), given_names=f"{given.strip()} {ON_SCREEN}".strip()
    )


def _is_printable(name: str) -> bool:
    try:
        printable(name, what="The patient's name")
    except UnprintableText:
        return False
    return True
