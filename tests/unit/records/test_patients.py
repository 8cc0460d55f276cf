"""Adding patients and finding them as people type."""

from collections.abc import Iterator
from datetime import date

import pytest

from desktop.records.deeds.patients import (
    add_patient,
    find_patients,
    patient,
    patient_with_number,
)
from desktop.records.facts.identifiers import Identifier, Scheme, local_number, nhi
from desktop.records.facts.ids import PatientId, new_uuid
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.patient_problems import BornInFuture
from desktop.records.facts.problems import (
    EmptyLocalNumber,
    NhiCheckFailed,
    PatientAlreadyKnown,
    PatientNameMissing,
    PatientUnknown,
)
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, TODAY, MadeUpOffice, added, new_patient


def found(vault: Vault, text: str) -> list[str]:
    return [match.family_name for match in find_patients(vault, text=text, today=TODAY)]


def test_a_patient_comes_back_as_added(vault: Vault) -> None:
    new = NewPatient(
        identifiers=(nhi("zzz 0016"), local_number(" A  12 ")),
        family_name="  Te   Pōmare ",
        given_names="Aroha\tMere",
        born=date(1961, 3, 4),
    )
    made = add_patient(vault, new=new, by=MEI)
    assert made.banner == "TE PŌMARE, Aroha Mere · ZZZ0016 · born 04 Mar 1961"
    assert [number.value for number in made.identifiers] == ["ZZZ0016", "A 12"]
    assert patient(vault, made.id) == made
    assert patient_with_number(vault, number=local_number("A 12")) == made


def test_names_are_kept_composed_and_visible(vault: Vault) -> None:
    made = add_patient(vault, new=new_patient(family="Po\u0304mare\x00"), by=MEI)
    assert made.family_name == "P\u014dmare"


@pytest.mark.parametrize("family", ["", "   ", "\x00\x07"])
def test_a_patient_needs_a_family_name(vault: Vault, family: str) -> None:
    with pytest.raises(PatientNameMissing):
        add_patient(vault, new=new_patient(family=family), by=MEI)


def test_a_patient_needs_a_number(vault: Vault) -> None:
    with pytest.raises(EmptyLocalNumber):
        add_patient(vault, new=NewPatient(identifiers=(), family_name="Pōmare"), by=MEI)


def test_a_number_is_proved_even_if_it_was_made_by_hand(vault: Vault) -> None:
    unproved = Identifier(scheme=Scheme.NHI, value="ZZZ0017")
    with pytest.raises(NhiCheckFailed):
        add_patient(vault, new=NewPatient(identifiers=(unproved,), family_name="Pōmare"), by=MEI)


def test_nobody_is_born_tomorrow(vault: Vault) -> None:
    with pytest.raises(BornInFuture, match="25 Nov 2026"):
        add_patient(vault, new=new_patient(born=date(2026, 11, 25)), by=MEI)


@pytest.mark.requirement("R66")
def test_a_number_belongs_to_one_patient(vault: Vault) -> None:
    added(vault)
    with pytest.raises(PatientAlreadyKnown, match="PŌMARE, Aroha"):
        added(vault, family="Ngata")
    assert found(vault, "ngata") == []


def test_unknown_patients_are_told_as_such(vault: Vault) -> None:
    with pytest.raises(PatientUnknown, match="ZZZ0024"):
        patient_with_number(vault, number=nhi("ZZZ0024"))
    with pytest.raises(PatientUnknown):
        patient(vault, PatientId(new_uuid()))


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    vault = MadeUpOffice(folder=tmp_path_factory.mktemp("practice")).create()
    people = [
        ("ZZZ0016", "Māori-Smith", "Jo", date(1961, 3, 4)),
        ("ZZZ0024", "O’Brien", "Siân", date(1926, 12, 1)),
        ("ZZZ00AC", "Nguyễn", "Đặng", date(2001, 12, 31)),
        ("ZVU27KE", "Van der Berg", "Søren", date(1961, 3, 5)),
        ("ZAA0067", "Ng", "Li", None),
        ("A-1234", "Weiß", "Łukasz", date(1990, 2, 28)),
    ]
    for number, family, given, born in people:
        add_patient(vault, new=new_patient(number, family, given, born), by=MEI)
    yield vault
    vault.close()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("maori", "Māori-Smith"),
        ("MAAORI", "Māori-Smith"),
        ("Ma\u0304ori", "Māori-Smith"),
        ("smith jo", "Māori-Smith"),
        ("jo m", "Māori-Smith"),
        ("maorismith", "Māori-Smith"),
        ("obrien", "O’Brien"),
        ("O'Brien", "O’Brien"),
        ("o brien sian", "O’Brien"),
        ("Dang nguyen", "Nguyễn"),
        ("soren", "Van der Berg"),
        ("van-der", "Van der Berg"),
        ("vanderb", "Van der Berg"),
        ("weiss", "Weiß"),
        ("lukasz weiß", "Weiß"),
        ("zzz00a", "Nguyễn"),
        ("ZZZ 00 AC", "Nguyễn"),
        ("zaa", "Ng"),
        ("ZAA 0067", "Ng"),
        ("a1234", "Weiß"),
        ("A-12", "Weiß"),
        ("a 1234", "Weiß"),
        ("5/3/1961", "Van der Berg"),
        ("4.3.61", "Māori-Smith"),
        ("4 Mar 1961", "Māori-Smith"),
        ("04031961", "Māori-Smith"),
        ("smith 4/3/61", "Māori-Smith"),
        ("4/3/61 smith", "Māori-Smith"),
        ("smi 4 mar 61", "Māori-Smith"),
        ("1/12/26", "O’Brien"),
        ("31/12/01", "Nguyễn"),
        ("28/02/1990 a1234", "Weiß"),
        ("smith 4/3/", "Māori-Smith"),
        ("smith 4/", "Māori-Smith"),
    ],
)
@pytest.mark.requirement("R66")
def test_found_as_typed(practice: Vault, typed: str, expected: str) -> None:
    assert expected in found(practice, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "smith 5/3/61",
        "obrien 4/3/1961",
        "zzz9",
        "jo brien",
        "4/3/",
        "…",
        '"',
        "'",
        "*",
        "NOT",
        "\ud800",
    ],
)
def test_what_does_not_fit_is_not_found(practice: Vault, typed: str) -> None:
    assert found(practice, typed) == []


@pytest.mark.parametrize("typed", ['ng" OR "a', "ng*", "words:ng", "(ng)", "-ng", "ng\x00", "^ng"])
def test_nothing_typed_is_taken_for_a_query_language(practice: Vault, typed: str) -> None:
    find_patients(practice, text=typed, today=TODAY)


def test_the_whole_name_comes_before_names_that_begin_so(practice: Vault) -> None:
    assert found(practice, "ng")[0] == "Ng"
    assert "Nguyễn" in found(practice, "ng")


def test_every_keystroke_of_a_name_finds_it(practice: Vault) -> None:
    for name in ("māori-smith", "o’brien", "nguyễn", "van der berg", "weiß", "zvu27ke", "søren"):
        for end in range(1, len(name) + 1):
            assert found(practice, name[:end]), name[:end]


def test_too_many_are_cut_to_fifty_of_the_newest_in_the_order_of_names(vault: Vault) -> None:
    for number in range(60):
        add_patient(vault, new=new_patient(f"L{number:03}", f"Smith{number % 7}"), by=MEI)
    matches = find_patients(vault, text="smi", today=TODAY)
    assert len(matches) == 50
    assert {match.number.value for match in matches} == {f"L{n:03}" for n in range(10, 60)}
    names = [match.family_name for match in matches]
    assert names == sorted(names)


def test_whole_names_leave_no_room_for_names_that_only_begin_so(vault: Vault) -> None:
    for number in range(60):
        family = "Ng" if number < 10 else "Ngata"
        add_patient(vault, new=new_patient(f"L{number:03}", family), by=MEI)
    matches = find_patients(vault, text="ng", today=TODAY)
    assert [match.family_name for match in matches] == 10 * ["Ng"] + 40 * ["Ngata"]
    assert {match.number.value for match in matches[10:]} == {f"L{n:03}" for n in range(20, 60)}


def test_a_name_of_many_letters_is_found_at_every_keystroke(vault: Vault) -> None:
    added(vault, "ZZZ0024", "Christoforou")
    someone = added(vault, "ZZZ0016", "Christopherson-Featherstonehaugh")
    for end in range(10, len(someone.family_name) + 1):
        assert found(vault, someone.family_name[:end]) == [someone.family_name], end


def test_nothing_typed_gives_those_worked_on_last(vault: Vault) -> None:
    older, newer = added(vault, "ZZZ0016", "Pōmare"), added(vault, "ZZZ0024", "Ngata")
    with vault.change() as change:
        change.patients.touch(older.id, at=change.now.replace(year=2027))
        change.note("image filed", by=MEI)
    listed: list[Patient] = find_patients(vault, text="  ", today=TODAY)
    assert [match.id for match in listed] == [older.id, newer.id]
