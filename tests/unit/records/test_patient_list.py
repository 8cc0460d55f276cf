"""A practice's list of patients: read in any usual shape, imported row by row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.deeds.patient_list import (
    BATCH,
    ImportReport,
    import_patient_list,
    preview_patient_list,
)
from desktop.records.deeds.patients import find_patients, patient_with_number
from desktop.records.facts.identifiers import local_number, nhi
from desktop.records.facts.patient import NewPatient, Sex
from desktop.records.facts.patient_problems import (
    BornInFuture,
    ColumnNotInList,
    ColumnsMissing,
    ListEmpty,
    ListUnreadable,
    SexNotUnderstood,
)
from desktop.records.facts.problems import (
    DateNotUnderstood,
    EmptyLocalNumber,
    NhiCheckFailed,
    PatientAlreadyKnown,
    PatientNameMissing,
)
from desktop.records.rules.patient_csv import Column, ListPreview
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, TODAY, deeds

LIST = """NHI,Surname,First name,Date of birth,Gender,Chart no.
ZZZ0016,Pōmare,Aroha,4/03/1961,F,12
ZZZ0024,O’Brien,Siân,1926-12-01,Male,
,Müller,Jürgen,31/12/1999 00:00:00,,L-7
"""


def preview(text: str, encoding: str = "utf-8", **more: object) -> ListPreview:
    return preview_patient_list(text.encode(encoding), today=TODAY, **more)  # type: ignore[arg-type]


def imported(vault: Vault, text: str) -> ImportReport:
    return import_patient_list(vault, rows=preview(text).rows, by=MEI)


EXPECTED = [
    NewPatient(
        identifiers=(nhi("ZZZ0016"), local_number("12")),
        family_name="Pōmare",
        given_names="Aroha",
        born=date(1961, 3, 4),
        sex=Sex.FEMALE,
    ),
    NewPatient(
        identifiers=(nhi("ZZZ0024"),),
        family_name="O’Brien",
        given_names="Siân",
        born=date(1926, 12, 1),
        sex=Sex.MALE,
    ),
    NewPatient(
        identifiers=(local_number("L-7"),),
        family_name="Müller",
        given_names="Jürgen",
        born=date(1999, 12, 31),
    ),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_list_is_read_in_every_usual_shape(encoding: str, delimiter: str, line_end: str) -> None:
    text = LIST.replace(",", delimiter).replace("\n", line_end)
    seen = preview(text, encoding)
    assert seen.problem is None
    assert [row.patient for row in seen.rows] == EXPECTED
    assert [row.number for row in seen.rows] == [2, 3, 4]
    assert seen.delimiter == delimiter
    assert seen.columns[:2] == ("NHI", "Surname")
    assert seen.first[0][:2] == ("ZZZ0016", "Pōmare")


def test_an_old_windows_list_is_read() -> None:
    seen = preview("Surname;Chart no.\nMüller;1\nO’Brien;2\n", "cp1252")
    assert seen.encoding == "cp1252"
    assert [row.patient for row in seen.rows] == [
        NewPatient(identifiers=(local_number("1"),), family_name="Müller"),
        NewPatient(identifiers=(local_number("2"),), family_name="O’Brien"),
    ]


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        ("NHI No.,Last Name,Given Names,DOB,Sex", ["nhi", "family", "given", "born", "sex"]),
        ("mrn,SURNAME,forenames,Birth date,gender", ["local", "family", "given", "born", "sex"]),
        ("Born,Family name,First,nhi_number", ["born", "family", "given", "nhi"]),
    ],
)
def test_columns_are_known_by_their_headers(header: str, mapping: list[str]) -> None:
    seen = preview(f"{header}\n,,,,\nx,y,z\n")
    assert seen.mapping == {Column(name): place for place, name in enumerate(mapping)}


def test_a_mapping_of_ones_own_wins() -> None:
    mapping = {Column.NHI: 2, Column.FAMILY: 0}
    seen = preview("one,two,three\nPōmare,x,zzz0016\n", mapping=mapping)
    assert [row.patient for row in seen.rows] == [
        NewPatient(identifiers=(nhi("ZZZ0016"),), family_name="Pōmare")
    ]
    with pytest.raises(ColumnNotInList, match="column 4"):
        preview("one,two,three\nPōmare,x,zzz0016\n", mapping={Column.NHI: 3})


def test_a_list_without_headers_asks_for_its_columns() -> None:
    text = "ZZZ0016,Pōmare\nZZZ0024,Ngata\n"
    seen = preview(text)
    assert seen.columns == ("Column 1", "Column 2")
    assert isinstance(seen.problem, ColumnsMissing)
    assert seen.rows == ()
    told = preview(text, mapping={Column.NHI: 0, Column.FAMILY: 1})
    assert [row.number for row in told.rows] == [1, 2]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("ZZZ0017,Pōmare,,,,", NhiCheckFailed),
        ("ZZZ0016,,Aroha,,,", PatientNameMissing),
        (",Pōmare,,,,", EmptyLocalNumber),
        ("ZZZ0016,Pōmare,,31/2/1961,,", DateNotUnderstood),
        ("ZZZ0016,Pōmare,,12/31/1961,,", DateNotUnderstood),
        ("ZZZ0016,Pōmare,,24/11/2026,,", BornInFuture),
        ("ZZZ0016,Pōmare,,,perhaps,", SexNotUnderstood),
        ("Pōmare", PatientNameMissing),
    ],
)
def test_a_bad_row_has_its_number_and_its_sentence(
    vault: Vault, row: str, problem: type[Problem]
) -> None:
    report = imported(vault, LIST + "\n" + row + "\n,Last,One,,,99\n")
    assert (report.added, report.already, report.not_reached) == (4, 0, 0)
    (refused,) = report.refused
    assert (refused.number, type(refused.problem)) == (6, problem)
    assert refused.words.startswith("Row 6: ")
    assert patient_with_number(vault, number=local_number("99")).family_name == "Last"


def test_the_same_list_again_is_known_already(vault: Vault) -> None:
    imported(vault, LIST)
    again = imported(vault, LIST)
    assert (again.added, again.already, again.refused) == (0, 3, [])
    twice = imported(vault, "surname,chart\nSame,1\nSAME,1\nSâme,1\n")
    assert (twice.added, twice.already, twice.refused) == (1, 2, [])


@pytest.mark.requirement("R66")
@pytest.mark.parametrize(
    "row",
    [
        "ZZZ0016,Ngata,Aroha,4/03/1961,F,",
        "ZZZ0016,Pōmare,Aroha,5/03/1961,F,",
        "ZZZ0024,Pōmare,Aroha,4/03/1961,F,12",
        "ABC1235,Ngata,Aroha,,F,12",
    ],
)
def test_a_number_of_somebody_else_is_refused(vault: Vault, row: str) -> None:
    imported(vault, LIST)
    report = imported(vault, LIST.splitlines()[0] + "\n" + row + "\n")
    assert (report.added, report.already) == (0, 0)
    assert isinstance(report.refused[0].problem, PatientAlreadyKnown)


def test_long_lists_go_in_batches_and_can_be_stopped(vault: Vault) -> None:
    text = "chart,surname\n" + "".join(f"{n},Name{n}\n" for n in range(2 * BATCH + 5))
    rows = preview(text).rows
    told: list[tuple[int, int]] = []
    report = import_patient_list(
        vault,
        rows=rows,
        by=MEI,
        tell=lambda *done: told.append(done),
        stopped=lambda: len(told) == 2,
    )
    assert told == [(BATCH, len(rows)), (2 * BATCH, len(rows))]
    assert (report.added, report.not_reached) == (2 * BATCH, 5)
    again = import_patient_list(vault, rows=rows, by=MEI)
    assert (again.added, again.already) == (5, 2 * BATCH)
    assert [deed for deed, _ in deeds(vault)].count("patient added") == 2 * BATCH + 5
    assert find_patients(vault, text="name404", today=TODAY)[0].number.value == "404"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", ListEmpty),
        (b"\n\n , \n", ListEmpty),
        (b"\x00\x01\x02\x03" * 100, ListUnreadable),
        (b"a,b\x00c\n", ListUnreadable),
        (b"\xff\xfea", ListUnreadable),
        (b'surname,nhi\n"' + b"x" * 200_000 + b'"\n', ListUnreadable),
    ],
)
def test_what_is_no_list_is_told(data: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        preview_patient_list(data, today=TODAY)


def test_headers_alone_are_an_empty_list() -> None:
    assert isinstance(preview("NHI,Surname\n").problem, ListEmpty)


cells = st.text(st.sampled_from('aĀ0,;"\n\t|ZZ/. '), max_size=12)


@given(st.lists(st.lists(cells, max_size=5), max_size=6), st.sampled_from(",;\t|"))
def test_no_list_brings_anything_but_rows_or_problems(
    table: list[list[str]], delimiter: str
) -> None:
    text = "NHI,Surname\n" + "\n".join(delimiter.join(row) for row in table)
    try:
        seen = preview(text)
    except Problem as problem:
        assert str(problem)  # noqa: PT017 - a problem is allowed here, not required
    else:
        for row in seen.rows:
            assert isinstance(row.patient, NewPatient | Problem)


@given(st.binary(max_size=200))
def test_no_bytes_bring_anything_but_a_preview_or_a_problem(data: bytes) -> None:
    try:
        preview_patient_list(data, today=TODAY)
    except Problem as problem:
        assert str(problem)  # noqa: PT017 - a problem is allowed here, not required
