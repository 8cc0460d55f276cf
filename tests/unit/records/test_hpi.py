"""The check digit of an HPI number: a doubt, never a refusal."""

import pytest

from desktop.records.facts.hpi import doubt_of_number, professional_number

pytestmark = pytest.mark.requirement("R67")


@pytest.mark.parametrize("number", ["90ZZLP", "91ZZVR", "95ZZDE", "97ZABV", "98ZZNM", "97 zabv"])
def test_a_number_that_fits_raises_no_doubt(number: str) -> None:
    assert doubt_of_number(number) == ""


@pytest.mark.parametrize("number", ["99ZAAA", "91ZZLP", "90ZZLQ", "90ZZIP", "90zz lq"])
def test_a_number_that_does_not_fit_is_doubted_in_words(number: str) -> None:
    doubt = doubt_of_number(number)
    assert number.replace(" ", "").upper() in doubt
    assert "second digit" in doubt


@pytest.mark.parametrize("number", ["", "MCNZ 12345", "12345", "nurse 98-A"])
def test_other_registration_numbers_are_not_judged(number: str) -> None:
    assert doubt_of_number(number) == ""


def test_a_number_is_kept_as_typed_or_in_capitals() -> None:
    assert professional_number(" 97zabv ") == "97ZABV"
    assert professional_number("  MCNZ   12345 ") == "MCNZ 12345"
