"""Body sites as people type them become a code and a side, and never a wrong one (R12, R13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.depiction import Laterality
from desktop.records.rules.body_sites import (
    BodySite,
    body_sites,
    phrase,
    read_site,
    site_with_code,
    site_words,
    suggested_sites,
)

pytestmark = pytest.mark.requirement("R12", "R13")

LEFT, RIGHT, BOTH, NONE = Laterality.LEFT, Laterality.RIGHT, Laterality.BOTH, Laterality.UNPAIRED
FOREARM, HAND, KNEE, LEG, CHEST = "14975008", "85562004", "72696002", "61685007", "816094009"


@pytest.mark.parametrize(
    ("typed", "code", "side"),
    [
        ("left forearm", FOREARM, LEFT),
        ("(L) forearm", FOREARM, LEFT),
        ("R) Hand", HAND, RIGHT),
        ("forearm", FOREARM, None),
        ("both hands", HAND, BOTH),
        ("left and right knees", KNEE, BOTH),
        ("turi matau", KNEE, RIGHT),
        ("waewae mauī", LEG, LEFT),
        ("waewae maui", LEG, LEFT),
        ("uma", CHEST, NONE),
        ("back of his left hand", "281642007", LEFT),
        ("left cheek", "60819002", LEFT),
        ("L chest", CHEST, LEFT),
        ("left side of the chest", CHEST, LEFT),
        ("left side of the nose", "314395006", LEFT),
        ("left ring finger", "", LEFT),
        ("scar beside the right knee", "", RIGHT),
        ("", "", None),
    ],
)
def test_a_typed_site_is_understood(typed: str, code: str, side: Laterality | None) -> None:
    said = read_site(typed)
    assert (said.code, said.laterality, said.words) == (code, side, " ".join(typed.split()))


def test_every_site_has_a_code_of_its_own_and_no_name_means_two() -> None:
    sites = body_sites()
    assert len({site.code for site in sites}) == len(sites) > 120
    names = [name for site in sites for name in site.names]
    assert len(names) == len(set(names))
    assert all(site.code.isdigit() and _verhoeff_holds(site.code) for site in sites)
    for site in sites:
        for name in site.names:
            assert read_site(name).code == site.code, name
        for side in (LEFT, RIGHT, BOTH):
            said = read_site(phrase(site, side))
            assert (said.code, said.laterality) == (site.code, side)


@given(st.sampled_from(body_sites()), st.sampled_from([LEFT, RIGHT]), st.data())
def test_what_is_suggested_is_understood_and_keeps_the_side(
    site: BodySite, side: Laterality, data: st.DataObject
) -> None:
    whole = phrase(site, side)
    typed = f"{side.value} {whole[: data.draw(st.integers(1, len(whole)))]}"
    for suggestion in suggested_sites(typed):
        said = read_site(suggestion)
        assert site_with_code(said.code) is not None
        assert said.laterality is side


@given(st.text(max_size=60))
def test_any_text_is_kept_as_it_was_said(text: str) -> None:
    said = read_site(text)
    assert said.words == " ".join(text.split())
    assert site_words(said.words, "", said.laterality) == said.words
    assert len(suggested_sites(text)) <= 8


def test_a_few_letters_are_enough_and_both_sides_are_offered() -> None:
    assert suggested_sites("l fore")[0] == "left forearm"
    assert suggested_sites("right upper l")[0] == "right upper lip"
    assert suggested_sites("kn")[:2] == ["left knee", "right knee"]
    assert suggested_sites("wae") == ["left leg", "right leg"]
    assert suggested_sites("hands")[:1] == ["left hand"]
    assert suggested_sites("") == []


def test_what_was_said_stays_and_its_plain_words_stand_beside_it() -> None:
    assert site_words("waewae mauī", LEG, LEFT) == "waewae mauī (left leg)"
    assert site_words("(L) forearm", FOREARM, LEFT) == "left forearm"
    assert site_words("back of left hand", "281642007", LEFT) == "back of the left hand"
    assert site_words("near the scar", "", None) == "near the scar"
    assert site_words("", KNEE, RIGHT) == "right knee"


_TIMES = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)
_MOVED = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)


def _verhoeff_holds(code: str) -> bool:
    """Every SNOMED CT identifier ends in a check digit of Verhoeff's: a mistyped one is caught."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(_TIMES[check][int(_MOVED[place % 8][int(digit)])])
    return check == 0
