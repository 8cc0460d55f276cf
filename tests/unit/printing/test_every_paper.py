"""Every document, whatever is said on it: inside its margins, nothing over anything, or refused."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from desktop import printing
from desktop.printing.boxes import Box
from desktop.printing.foot import CHECK_BAR_LABEL
from desktop.printing.margins import printing_area
from desktop.printing.problems import PaperTooSmall, SheetTooLong, TextTooLong, UnprintableText
from desktop.printing.record_sheet import record_sheet_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN
from desktop.verbs.papers import BY_NAME
from tests.unit.printing.every_paper import EVERY, OF_THE_CHART
from tests.unit.printing.ink import Ink, collisions, outside, watched
from tests.unit.printing.reading import page_texts, pages
from tests.unit.printing.said import BLANK, CALM, HARD, HARD_OWN, OWN, Said, record_sheet

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
    own=st.sampled_from((PLAIN, OWN, HARD_OWN)),
)
_PIECES = {"rows_pdf", "paged_rows_pdf", "drawn_pages_pdf", "print_pdf"}
"""What documents are made and sent with."""

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


@pytest.mark.requirement("R5", "R31")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("card", ["before-card", "collection-chart", "disclosure-chart"])
def test_every_card_keeps_its_place_in_both_languages(card: str, paper: Paper) -> None:
    assert not [one for name in (card, f"{card}-mi") for one in found(name, Said(), paper)]


@pytest.mark.requirement("R78", "R79")
@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A5])
@pytest.mark.parametrize("name", OF_THE_CHART)
def test_every_page_of_the_chart_has_the_whole_frame(name: str, paper: Paper) -> None:
    name = "record-sheet-4" if paper is Paper.A5 and name == "record-sheet-6" else name
    texts = page_texts(EVERY[name](Said(count=2), paper))
    for place, text in enumerate(texts, start=1):
        numbering = f"{place} of {len(texts)}"
        for twice in ("NGĀTAI-WHĀTUA, Kahurangi Āwhina", "ZZZ0016", "orn 04 Mar 1961"):
            assert text.count(twice) == 2, twice
        for once in (
            *("CONFIDENTIAL HEALTH INFORMATION. If found, return to Kererū Clinic", "volume ____"),
            *("Printed 23 Nov 2026 14:05 NZDT by T. Aroha (records clerk).", CHECK_BAR_LABEL),
            *(f"7K3Q X9FM {place:02}", f"Page {numbering}", f"page {numbering}"),
        ):
            assert once in text, once
        assert re.search("Copy 1|COPY 2", text)


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("name", ["record-sheet-1", "disclosure-letter", "contact-sheet"])
def test_printed_on_both_sides_the_backs_are_bound_at_the_right(name: str) -> None:
    fronts_only, both = (
        pages(EVERY[name](Said(count=21, is_two_sided=two), Paper.A4), dpi=50)[:2]
        for two in (False, True)
    )
    bound_left, bound_right = (_ink_mm(page) for page in both)
    assert bound_left == pytest.approx((9.0, 200.0), abs=0.6)  # from a hole to the right edge
    assert bound_right == pytest.approx((10.0, 201.0), abs=0.6)
    assert [_ink_mm(page) for page in fronts_only] == [bound_left, bound_left]


def _ink_mm(page: Image.Image) -> tuple[float, float]:
    """Where the ink of a page begins and ends, from its left edge."""
    box = ImageOps.invert(page.convert("L")).point(lambda value: 255 * (value > 40)).getbbox()
    assert box is not None
    return box[0] / 50 * 25.4, box[2] / 50 * 25.4


@pytest.mark.requirement("R78")
def test_six_to_a_page_say_all_that_one_does_and_need_large_paper() -> None:
    one, six = (record_sheet(Said(count=6), Paper.A4, per_page=per_page) for per_page in (1, 6))
    texts = page_texts(record_sheet_pdf(six))
    assert len(texts) < 3
    said = " ".join(texts)
    for image in one.images:
        assert image.number in said
        for label, words in image.facts:
            assert said.count(label) >= 6
            assert said.count(words) >= 6
    with pytest.raises(PaperTooSmall, match="A5"):
        record_sheet_pdf(record_sheet(Said(count=6), Paper.A5, per_page=6))


_NO_FONT = "a \N{BRAILLE PATTERN DOTS-1} b"


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    "said",
    [Said(family=_NO_FONT), Said(organisation=_NO_FONT), Said(by=_NO_FONT), Said(words=_NO_FONT)],
    ids=["family", "organisation", "by", "words"],
)
def test_what_no_font_has_is_refused_before_page_one_and_is_never_a_fault(said: Said) -> None:
    refused = [name for name in EVERY if "Nothing was printed" in _refusal(name, said)]
    assert len(refused) > 15


def _refusal(name: str, said: Said) -> str:
    try:
        EVERY[name](said, Paper.A4)
    except UnprintableText as unprintable:
        return str(unprintable)
    return ""


def test_no_document_is_left_out() -> None:
    assert not [name for name in BY_NAME if not any(known.startswith(name) for known in EVERY)]
    here = Path(__file__).parent
    tried = "".join(
        (here / f"{name}.py").read_text(encoding="utf-8")
        for name in ("every_paper", "papers_of_patients", "papers_of_offices")
    )
    made = {
        name
        for path in Path(printing.__path__[0]).rglob("*.py")
        for name in re.findall(r"^def ([a-z]\w*_pdf)\(", path.read_text(encoding="utf-8"), re.M)
    }
    assert {name for name in made if name not in tried} == _PIECES


def test_what_lies_over_something_is_seen() -> None:
    one = Ink(0, "one", Box(0, 0, 10, 3))
    assert collisions([one, Ink(0, "two", Box(9, 2, 5, 3))])
    assert not collisions([one, Ink(1, "two", Box(9, 2, 5, 3))])
    assert not collisions([one, Ink(0, "two", Box(10, 0, 5, 3))])
    assert outside([one], Box(0, 0, 9, 9))


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    ("name", "said", "paper", "most"),
    [
        ("record-sheet-2", CALM, Paper.A5, 2),  # three images, and no page for a line of one
        ("record-sheet-2", replace(HARD, own=HARD_OWN, count=4), Paper.LETTER, 2),
        ("query-to-sender", BLANK, Paper.LETTER, 1),
    ],
)
def test_no_page_is_printed_for_the_last_lines(
    name: str, said: Said, paper: Paper, most: int
) -> None:
    told = page_texts(EVERY[name](said, paper))
    assert len(told) == most
    assert not any("a page that follows" in text for text in told)
