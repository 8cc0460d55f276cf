"""Every document, whatever is said on it: inside its margins, nothing over anything, or refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.boxes import Box
from desktop.printing.margins import printing_area
from desktop.printing.problems import PaperTooSmall, SheetTooLong, TextTooLong
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.every_paper import EVERY
from tests.unit.printing.ink import Ink, collisions, outside, watched
from tests.unit.printing.said import Said

_NAMES = st.text(alphabet="ĀēaWil- ō'é王", min_size=1, max_size=60)
_SAID = st.builds(
    Said,
    family=_NAMES,
    given=_NAMES,
    born=st.sampled_from((date(1961, 3, 4), None)),
    organisation=st.text(alphabet="ŌWaim -", min_size=1, max_size=90),
    address=st.text(alphabet="Rātā street 12\n", max_size=200),
    by=_NAMES,
    words=st.text(alphabet="ab ūWm-/.\n", max_size=1500),
    count=st.integers(1, 45),
    is_blank=st.booleans(),
)
_WITHOUT_MARGINS = ("labels-", "printer-check")


def found(name: str, said: Said, paper: Paper) -> list[str]:
    """What stands where it may not; nothing where the paper is refused in words."""
    with watched() as seen:
        try:
            EVERY[name](said, paper)
        except (TextTooLong, SheetTooLong, PaperTooSmall):
            return []
    return [*collisions(seen), *outside(seen, _area(name, paper))]


def _area(name: str, paper: Paper) -> Box:
    if not name.startswith(_WITHOUT_MARGINS):
        return printing_area(paper)
    if name.endswith("5160"):
        paper = Paper.LETTER
    elif name.startswith("labels"):
        paper = Paper.A4
    return Box(0.0, 0.0, *paper.size_mm)


@pytest.mark.requirement("R78")
@settings(max_examples=30)
@given(name=st.sampled_from(sorted(EVERY)), said=_SAID, paper=st.sampled_from(Paper))
def test_nothing_leaves_its_page_or_lies_over_anything(name: str, said: Said, paper: Paper) -> None:
    assert not found(name, said, paper)


def test_what_lies_over_something_is_seen() -> None:
    one = Ink(0, "one", Box(0, 0, 10, 3))
    assert collisions([one, Ink(0, "two", Box(9, 2, 5, 3))])
    assert not collisions([one, Ink(1, "two", Box(9, 2, 5, 3))])
    assert not collisions([one, Ink(0, "two", Box(10, 0, 5, 3))])
    assert outside([one], Box(0, 0, 9, 9))
