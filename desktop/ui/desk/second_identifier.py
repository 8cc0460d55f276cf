"""The second identifier as it is read back: a date of birth in any way, or the scanned number."""

from dataclasses import dataclass
from datetime import date

from desktop.problem import Problem
from desktop.records.facts.identifiers import Identifier, identifier
from desktop.records.facts.patient import Patient, short_date
from desktop.records.rules.matching import link
from desktop.records.rules.typed_date import find_typed_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What was read back: a number and a date of birth, one of them from the person's mouth."""

    number: Identifier
    born: date | None


def read_back(text: str, patient: Patient, *, today: date) -> ReadBack:
    """What the typed or scanned text says, compared with the patient's record (R66).

    Raises the problems of `link`, and those of `identifier` for a mistyped number.
    """
    typed = text.strip()
    born = find_typed_date(typed, today=today) if typed else None
    if typed and born is None:
        said = ReadBack(number=identifier(typed), born=patient.born)
    else:
        said = ReadBack(number=patient.number, born=born)
    link(patient, number=said.number, born=said.born)
    return said


def verdict(text: str, patient: Patient, *, today: date) -> tuple[bool | None, str]:
    """Whether what is typed so far agrees, and the sentence to show; None while unfinished."""
    if not text.strip():
        return None, ""
    try:
        said = read_back(text, patient, today=today)
    except Problem as problem:
        if not _looks_whole(text, today):
            return None, ""
        return False, str(problem)
    born = short_date(said.born) if said.born else ""
    return True, f"✓ Two identifiers agree: {said.number.value} and born {born}."


def _looks_whole(text: str, today: date) -> bool:
    """Whether the text is a whole date or a number of full length, not one that is being typed."""
    plain = text.strip()
    is_number = len(plain) >= 7 and plain[:1].isalpha()
    return is_number or find_typed_date(plain, today=today) is not None
