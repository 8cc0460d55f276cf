"""One fold for what is typed and what is on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.vault.folding import folded_words, index_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Māori", ["maori"]),
        ("Maaori", ["maori"]),
        ("MAORI", ["maori"]),
        ("Ma\u0304ori", ["maori"]),
        ("Tūhoe Ngāti-Pōmare", ["tuhoe", "ngati", "pomare"]),
        ("O’Brien", ["obrien"]),
        ("O'Brien", ["obrien"]),
        ("O´Brien", ["obrien"]),
        ("ʻOkina", ["okina"]),
        ("Đặng Nguyễn", ["dang", "nguyen"]),
        ("Søren Weiß Łuk", ["soren", "weiss", "luk"]),
        ("Ærø Œuvre", ["aero", "oeuvre"]),
        ("İpek Işık", ["ipek", "isik"]),
        ("AAA01AY", ["aaa01ay"]),
        ("Lee-Moore", ["le", "more"]),
        ("山田 太郎", ["山田", "太郎"]),
        ("ﬁne Ｗｉｄｅ", ["fine", "wide"]),
        ("\ud800 … \x00 -", []),
    ],
)
def test_spellings_meet_in_plain_words(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folded_words(text)
    assert folded_words(" ".join(once)) == once


@given(st.text(max_size=60))
def test_words_are_letters_and_digits_alone(text: str) -> None:
    for word in folded_words(text):
        assert word.isalnum()
        assert word == word.casefold()


names = st.text(
    st.sampled_from("aeiouāēīōūAEIOUĀbcdfghklmnprstvwyz Đđøłß’'-ʻ"), min_size=1, max_size=30
)


@given(names, st.data())
def test_what_was_typed_so_far_begins_a_word_on_record(name: str, data: st.DataObject) -> None:
    typed = name[: data.draw(st.integers(1, len(name)))]
    on_record = index_words(names=(name,), numbers=()).split()
    for word in folded_words(typed):
        assert any(have.startswith(word) for have in on_record)


@given(st.text(st.sampled_from("aAeEiI0123bcZ- "), min_size=1, max_size=12), st.data())
def test_a_number_is_found_by_its_beginning(number: str, data: st.DataObject) -> None:
    on_record = index_words(names=(), numbers=(number,)).split()
    joined = "".join(character for character in number if character.isalnum())
    typed = joined[: data.draw(st.integers(0, len(joined)))]
    for word in folded_words(typed):
        assert any(have.startswith(word) for have in on_record)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_takes_the_short_way_to_the_same_words(text: str) -> None:
    assert folded_words(text) == folded_words(f"{text} ā")[:-1]
