"""Two identifiers that agree, and nothing less, link an image to a patient (R66)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.identifiers import Identifier, local_number, nhi
from desktop.records.facts.ids import PatientId, new_uuid
from desktop.records.facts.patient import Patient, Sex
from desktop.records.facts.problems import (
    IdentifiersDisagree,
    SecondIdentifierMissing,
    SecondIdentifierNotOnRecord,
)
from desktop.records.rules.matching import link

pytestmark = pytest.mark.requirement("R66")

BORN = date(1961, 3, 4)


def someone(*numbers: Identifier, born: date | None = BORN) -> Patient:
    return Patient(
        id=PatientId(new_uuid()),
        identifiers=numbers or (nhi("ZZZ0016"), local_number("A 12")),
        family_name="Pōmare",
        given_names="Aroha",
        born=born,
        sex=Sex.FEMALE,
        added_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("number", [nhi("ZZZ0016"), local_number("A 12")])
def test_number_and_date_of_birth_that_agree_make_a_link(number: Identifier) -> None:
    patient = someone()
    made = link(patient, number=number, born=BORN)
    assert (made.patient, made.number, made.born) == (patient.id, number.value, BORN)


def test_one_identifier_is_not_enough() -> None:
    with pytest.raises(SecondIdentifierMissing, match="ZZZ0016"):
        link(someone(), number=nhi("ZZZ0016"), born=None)


def test_a_record_without_a_date_of_birth_cannot_be_compared() -> None:
    with pytest.raises(SecondIdentifierNotOnRecord):
        link(someone(born=None), number=nhi("ZZZ0016"), born=BORN)


numbers = st.sampled_from(
    [nhi("ZZZ0016"), nhi("ZZZ0024"), local_number("ZZZ0016"), local_number("1")]
)
births = st.sampled_from([BORN, date(1961, 4, 3), date(1961, 3, 5), None])


@given(numbers, births, numbers, births)
def test_nothing_but_agreement_makes_a_link(
    owned: Identifier, born: date | None, number: Identifier, told: date | None
) -> None:
    patient = someone(owned, born=born)
    agrees = owned == number and born is not None and born == told
    try:
        made = link(patient, number=number, born=told)
    except (IdentifiersDisagree, SecondIdentifierMissing, SecondIdentifierNotOnRecord):
        assert not agrees
    else:
        assert agrees
        assert made.patient == patient.id
