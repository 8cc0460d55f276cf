"""What is easy to guess is said to be, and why; no rule asks for signs."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.records.rules.common_passwords import COMMON
from desktop.records.rules.passphrase import LEAST_LENGTH, strength_of

pytestmark = pytest.mark.requirement("R115")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Too short"),
        ("kX9#vQ2!pL7", "Too short: 1 more"),
        ("aaaaaaaaaaaaaaaa", "repeats itself"),
        ("lamp lamp lamp lamp", "repeats itself"),
        ("password1234", "“password” is among the first tried"),
        ("P@ssw0rd2024!", "“password”"),
        ("Welcome to 2026", "“welcome”"),
        ("123456789012345", "the keyboard, the alphabet or the numbers"),
        ("poiuytrewq!!", "the keyboard"),
        ("aroha test 1985", "a name in it is known"),
    ],
)
def test_what_is_easy_to_guess_is_refused_with_the_reason(text: str, why: str) -> None:
    strength = strength_of(text, known=["Aroha Test"])
    assert not strength.is_enough
    assert why in strength.words
    assert "Take four words" in strength.words


@pytest.mark.parametrize(
    "text",
    ["korimako lamp river", "kererupotae2024", "four made up words"],
)
def test_what_could_be_better_is_taken_with_advice(text: str) -> None:
    strength = strength_of(text)
    assert strength.is_enough
    assert strength.words.startswith(("Fair", "Strong"))


@pytest.mark.parametrize(
    "text",
    ["rātā kettle anvil moss", "correct horse battery staple", "kX9#vQ2!pL7m"],
)
def test_four_words_or_plain_chance_is_strong(text: str) -> None:
    assert strength_of(text).words == "Strong."


def test_no_kind_of_character_is_asked_for() -> None:
    assert strength_of("moss kettle anvil lantern").is_good
    assert strength_of("MOSS KETTLE ANVIL LANTERN").is_good


@given(st.text(min_size=64, max_size=300))
@settings(max_examples=50)
def test_any_length_is_estimated_and_a_prefix_of_chance_only_helps(tail: str) -> None:
    assert strength_of("rātā kettle anvil moss " + tail).is_enough


@given(st.text(alphabet=string.printable, max_size=LEAST_LENGTH - 1))
def test_below_the_least_length_nothing_is_taken(text: str) -> None:
    assert not strength_of(text).is_enough


@given(st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=60)
def test_an_estimate_is_never_negative_and_always_has_words(text: str, name: str) -> None:
    strength = strength_of(text, known=[name])
    assert strength.bits >= 0
    assert strength.words.endswith(".")


def test_the_list_of_common_ones_is_lower_case_and_without_repeats() -> None:
    assert len(COMMON) == len(set(COMMON)) >= 200
    assert all(word == word.casefold() for word in COMMON)
