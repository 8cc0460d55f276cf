"""NHI numbers in both formats, with every vector of the standard and of the public test sets."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.facts.identifiers import Scheme, identifier, local_number, nhi
from desktop.records.facts.problems import (
    EmptyLocalNumber,
    NhiCheckFailed,
    NhiShapeWrong,
    NhiWithdrawnCheck,
)

pytestmark = pytest.mark.requirement("R66")

VALID = [
    "ZZZ0016",
    "ZZZ0024",
    "ZAC5361",
    "ZWX5200",
    "ZKP3424",
    "ZAA0067",
    "ZAA0105",
    "JBX3656",
    "ABC1235",
    "ZZZ00AC",
    "ZVU27KE",
    "ZBN77VL",
    "ZXE24NV",
    "ZUA48EH",
    "ZUT01RG",
    "ZNK28DJ",
    "ZYZ89XY",
    "AAA01AY",
    "AAA17AA",
    "ACA31FM",
    "ASE37QK",
    "ARE62RS",
    "BGJ06AS",
    "BGA44DT",
    "BWT41BY",
]
CHECK_FAILS = ["ZZZ0044", "ZAC3561", "DAB8233", "SCF7824", "ZZZ00AA", "ZHW58CZ", "ZVU27KY"]
WITHDRAWN = ["ZZZ00AX", "ALU18KZ", "ZGT56KB", "ZHS91BR", "ZHW58CN", "ZLV86AX"]
NO_SHAPE = [
    "IOI1234",
    "ZZZ0A16",
    "",
    "ZZZ001",
    "ZZZ00166",
    "ZZZ 00I6",
    "ZZO0016",
    "1234567",
    "ÀÀÀ0016",
]
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@pytest.mark.parametrize("number", VALID)
def test_a_number_with_the_right_check_is_taken(number: str) -> None:
    assert nhi(number).value == number
    assert nhi(f" {number[:3].lower()} {number[3:]} ").value == number


@pytest.mark.parametrize("number", CHECK_FAILS)
def test_a_wrong_check_is_refused(number: str) -> None:
    with pytest.raises(NhiCheckFailed, match=number):
        nhi(number)


@pytest.mark.parametrize("number", WITHDRAWN)
def test_a_withdrawn_check_letter_is_explained(number: str) -> None:
    with pytest.raises(NhiWithdrawnCheck, match="modulus-24"):
        nhi(number)


@pytest.mark.parametrize("text", NO_SHAPE)
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(NhiShapeWrong):
        nhi(text)


def test_no_digit_completes_a_number_of_remainder_nought() -> None:
    for digit in string.digits:
        with pytest.raises(NhiCheckFailed):
            nhi(f"ZZZ004{digit}")


@pytest.mark.parametrize(("number", "is_test"), [("ZZZ00AC", True), ("ABC1235", False)])
def test_numbers_of_the_test_range_are_marked(number: str, is_test: bool) -> None:
    assert nhi(number).is_test is is_test
    assert not local_number(number).is_test


@given(st.text(LETTERS, min_size=3, max_size=3), st.integers(0, 99), st.sampled_from(LETTERS))
def test_one_letter_completes_every_new_number(start: str, digits: int, letter: str) -> None:
    fitting = []
    for check in LETTERS:
        try:
            fitting.append(nhi(f"{start}{digits:02d}{letter}{check}"))
        except (NhiCheckFailed, NhiWithdrawnCheck):
            continue
    assert len(fitting) == 1
    assert not fitting[0].value.endswith("Z")


@given(st.text(max_size=20))
def test_no_text_brings_anything_but_a_number_or_a_problem(text: str) -> None:
    try:
        made = identifier(text)
    except Problem as problem:
        assert str(problem)  # noqa: PT017 - a problem is allowed here, not required
    else:
        assert made.value
        assert identifier(made.value) == made


def test_what_has_the_shape_of_an_nhi_number_must_be_one() -> None:
    assert identifier("zzz 0016").scheme is Scheme.NHI
    assert identifier("A 1234").scheme is Scheme.LOCAL
    with pytest.raises(NhiCheckFailed):
        identifier("ZZZ0017")


def test_a_local_number_is_kept_as_typed() -> None:
    assert local_number("  a-12   b ").value == "a-12 b"
    assert local_number("a").label == "Local no."
    with pytest.raises(EmptyLocalNumber):
        local_number("   ")
