"""A list of patients as practice systems export it: bytes become rows, each right or refused."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.problem import Problem
from desktop.records.facts.identifiers import Identifier, local_number, nhi
from desktop.records.facts.patient import NewPatient, Sex, short_date
from desktop.records.facts.patient_problems import (
    BornInFuture,
    ColumnNotInList,
    ColumnsMissing,
    ListEmpty,
    ListUnreadable,
    SexNotUnderstood,
)
from desktop.records.facts.problems import EmptyLocalNumber, PatientNameMissing
from desktop.records.rules.list_text import decoded, delimiter_of
from desktop.records.rules.typed_date import typed_date

PREVIEW_ROWS = 10


class Column(StrEnum):
    """What a column of the list can mean."""

    NHI = "nhi"
    LOCAL = "local"
    FAMILY = "family"
    GIVEN = "given"
    BORN = "born"
    SEX = "sex"

    @property
    def words(self) -> str:
        """What the column is called on screen."""
        return {
            Column.NHI: "NHI number",
            Column.LOCAL: "local number",
            Column.FAMILY: "family name",
            Column.GIVEN: "given names",
            Column.BORN: "date of birth",
            Column.SEX: "sex",
        }[self]


Mapped = Mapping[Column, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of the list. `number` is the row as a spreadsheet counts it, the header being row 1;
    `patient` is what it says, or the problem that it has."""

    number: int
    patient: NewPatient | Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreview:
    """A list before it is imported.

    `columns` are the texts of the header row, or `Column 1` and so on where there is none.
    `mapping` says which column, counted from 0, means what. `first` are the texts of the first
    rows. `rows` are all rows that hold anything. `problem` says what must be chosen before these
    rows can be imported, and is None if nothing must.
    """

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    mapping: Mapped
    first: tuple[tuple[str, ...], ...]
    rows: tuple[ListRow, ...]
    problem: Problem | None

    @property
    def refused(self) -> tuple[ListRow, ...]:
        """The rows that have a problem."""
        return tuple(row for row in self.rows if isinstance(row.patient, Problem))


_HEADERS = {
    header: column
    for column, headers in {
        Column.NHI: "nhi nhino nhinum nhinumber nationalhealthindex hcu",
        Column.LOCAL: (
            "local localno localnumber chart chartno chartnumber chartid mrn patientid patientno "
            "patientnumber id recordno fileno filenumber"
        ),
        Column.FAMILY: "family familyname surname lastname last patientsurname",
        Column.GIVEN: (
            "given givenname givennames first firstname firstnames forename forenames "
            "christianname christiannames"
        ),
        Column.BORN: "born dob dateofbirth birthdate birthday dobdate",
        Column.SEX: "sex gender administrativesex",
    }.items()
    for header in headers.split()
}
_SEXES: dict[str, Sex] = {
    **dict.fromkeys(("f", "female", "woman", "wahine", "w"), Sex.FEMALE),
    **dict.fromkeys(("m", "male", "man", "tane", "tāne"), Sex.MALE),
    **dict.fromkeys(("x", "o", "other", "diverse", "another", "another gender"), Sex.OTHER),
    **dict.fromkeys(("", "u", "unknown", "not stated", "n/a", "-"), Sex.UNKNOWN),
}
_MIDNIGHT = re.compile(r"[T ]+(0?0|12):00(:00(\.0+)?)?( ?am)?Z?$", re.IGNORECASE)


def read_patient_list(
    untrusted: bytes, *, today: date, mapping: Mapped | None = None
) -> ListPreview:
    """Read a list in UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar.

    Columns are recognised by their headers unless `mapping` says which is which. Raises ListEmpty,
    ListUnreadable and ColumnNotInList; every other problem is that of a row or of the preview.
    """
    text, encoding = decoded(untrusted)
    delimiter = delimiter_of(text)
    table = _table(text, delimiter)
    if not table:
        raise ListEmpty
    guessed = _guess(table[0][1])
    has_header = bool(guessed) or not _looks_like_data(table[0][1])
    body = table[1:] if has_header else table
    width = max(len(row) for _, row in table)
    chosen = guessed if mapping is None else dict(mapping)
    for place in chosen.values():
        if not 0 <= place < width:
            raise ColumnNotInList(column=place + 1)
    problem = _needed(chosen) or (None if body else ListEmpty())
    return ListPreview(
        encoding=encoding,
        delimiter=delimiter,
        columns=_column_names(table[0][1] if has_header else (), width),
        mapping=chosen,
        first=tuple(tuple(row) for _, row in body[:PREVIEW_ROWS]),
        rows=() if problem else tuple(_rows(body, chosen, today)),
        problem=problem,
    )


def _table(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows that hold anything, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as fault:
        raise ListUnreadable(reason=str(fault)) from fault
    return [(number, row) for number, row in enumerate(rows, start=1) if any(row)]


def _guess(header: Sequence[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(header):
        column = _HEADERS.get(re.sub(r"[^a-z]", "", cell.casefold()))
        if column is not None:
            found.setdefault(column, place)
    return found


def _looks_like_data(row: Sequence[str]) -> bool:
    return any(any(character.isdigit() for character in cell) for cell in row)


def _column_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    padded = [*header, *[""] * (width - len(header))]
    return tuple(name or f"Column {place}" for place, name in enumerate(padded, start=1))


def _needed(mapping: Mapped) -> Problem | None:
    if Column.FAMILY not in mapping:
        return ColumnsMissing(missing=f"the {Column.FAMILY.words}")
    if Column.NHI not in mapping and Column.LOCAL not in mapping:
        return ColumnsMissing(missing=f"the {Column.NHI.words} or the {Column.LOCAL.words}")
    return None


def _rows(
    body: Sequence[tuple[int, Sequence[str]]], mapping: Mapped, today: date
) -> Iterator[ListRow]:
    for number, cells in body:
        told = {
            column: cells[place] if place < len(cells) else "" for column, place in mapping.items()
        }
        try:
            yield ListRow(number=number, patient=_patient(told, today))
        except Problem as problem:
            yield ListRow(number=number, patient=problem)


def _patient(told: Mapping[Column, str], today: date) -> NewPatient:
    family = told.get(Column.FAMILY, "")
    if not family:
        raise PatientNameMissing
    return NewPatient(
        identifiers=_identifiers(told),
        family_name=family,
        given_names=told.get(Column.GIVEN, ""),
        born=_born(told.get(Column.BORN, ""), today),
        sex=_sex(told.get(Column.SEX, "")),
    )


def _identifiers(told: Mapping[Column, str]) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    if number := told.get(Column.NHI, ""):
        found.append(nhi(number))
    if number := told.get(Column.LOCAL, ""):
        found.append(local_number(number))
    if not found:
        raise EmptyLocalNumber
    return tuple(found)


def _born(text: str, today: date) -> date | None:
    day = _MIDNIGHT.sub("", text)
    if not day:
        return None
    born = typed_date(day, today=today)
    if born > today:
        raise BornInFuture(born=short_date(born))
    return born


def _sex(text: str) -> Sex:
    sex = _SEXES.get(text.casefold())
    if sex is None:
        raise SexNotUnderstood(text=text[:40])
    return sex
