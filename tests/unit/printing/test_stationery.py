"""The office's own logo and words on its papers."""

from contextlib import suppress

import pytest

from desktop.printing.papers.consent_form import RIGHTS, TEACHING
from desktop.printing.problems import PaperTooSmall
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.every_paper import EVERY
from tests.unit.printing.ink import collisions, watched
from tests.unit.printing.reading import page_texts
from tests.unit.printing.said import HARD_OWN, OWN, Said

_WITH_A_LOGO = (
    *("record-sheet-1", "consent", "withdrawal", "advice", "query-to-sender", "own-copy"),
    *("clearance-receipt", "lost-device", "disposal-certificate"),
    *("recovery-sheet", "month-end", "phone-check"),
)


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5])
@pytest.mark.parametrize("name", _WITH_A_LOGO)
def test_a_logo_is_small_at_the_head_of_every_page(name: str, paper: Paper) -> None:
    for own in (OWN, HARD_OWN):
        with watched() as seen, suppress(PaperTooSmall):
            EVERY[name](Said(own=own, words="", count=1), paper)
        assert not collisions(seen)
        logos = {
            one.page: one.box for one in reversed(seen) if one.what == "picture" and one.box.y < 20
        }
        assert set(logos) == {one.page for one in seen}
        for box in logos.values():
            assert box.height < 9
            assert box.width <= 26.01
            assert own.logo
            assert box.width / box.height == pytest.approx(own.logo.width / own.logo.height)


@pytest.mark.requirement("R46")
def test_own_words_on_consent_stand_in_place_of_ours() -> None:
    ours, own = (
        " ".join(" ".join(page_texts(EVERY["consent"](said, Paper.A4))).split())
        for said in (Said(), Said(own=OWN))
    )
    assert RIGHTS in ours
    assert RIGHTS not in own
    for words in OWN.consent_text.split("\n"):
        assert words in own
    assert TEACHING in own
    assert OWN.foot_text in own


def test_labels_are_the_same_with_and_without() -> None:
    for said in (Said(), Said(own=OWN)):
        with watched() as seen:
            EVERY["labels-L7160"](said, Paper.A4)
        assert not [one for one in seen if one.what == "picture"]
