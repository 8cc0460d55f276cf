"""How high the letters of a page are: known of what is drawn, however it is photographed (R128)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.media.letter_height import letter_height
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.depiction import Subject
from desktop.records.facts.quality import Finding
from tests.unit.media.drawn_pages import PAGES, Shot, photo, picture
from tests.unit.media.legibility import answers, room

pytestmark = pytest.mark.requirement("R128")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "shot",
    [
        Shot(page="", points=9, longest=1600),
        Shot(page="", points=9, longest=1600, turned=90),
        Shot(page="", points=11, longest=1600, share=0.75, turned=12),
        Shot(page="", points=11, longest=1500, uneven=0.5, noise=5),
    ],
    ids=["straight", "on its side", "askew", "half in shade"],
)
def test_letters_are_as_high_as_they_were_drawn(page: str, shot: Shot) -> None:
    drawn = replace(shot, page=page)
    assert letter_height(picture(drawn)) == pytest.approx(drawn.letters, rel=0.2)


@pytest.mark.parametrize("page", ["text", "grouped table", "lab report", "form", "ECG"])
def test_a_page_is_warned_of_where_its_letters_are_too_small_and_only_there(page: str) -> None:
    small = [Shot(page=page, points=points, longest=1000) for points in (7, 9)]
    enough = [Shot(page=page, points=points, longest=1800, turned=2) for points in (9, 11)]
    assert max(map(room, small)) < 0.9
    assert min(map(room, enough)) > 1.1
    told = answers([*small, *enough])
    assert (told[page, "small"], told[page, "small, wrong"]) == (2, 0)
    assert (told[page, "large"], told[page, "large, wrong"]) == (2, 0)


def test_writing_that_is_large_in_pixels_is_still_too_small_on_a_sheet() -> None:
    """Of a wall chart: every letter is there, and none can be read of a print."""
    wide = Shot(page="text", points=5, longest=4032)
    assert wide.letters > 10
    assert room(wide) < 0.85
    assert answers([wide])["text", "small, wrong"] == 0


def test_what_is_not_written_on_has_no_letters() -> None:
    noise = np.random.default_rng(7).normal(200, 5, (700, 900)).clip(0, 255).astype(np.uint8)
    ruled = np.full((900, 900), 240, dtype=np.uint8)
    ruled[::40], ruled[:, ::40] = 60, 60
    for pixels in (noise, ruled, np.zeros((500, 500), dtype=np.uint8)):
        assert letter_height(Image.fromarray(pixels)) is None


@settings(max_examples=40, deadline=None)
@given(
    wide=st.integers(1, 300),
    high=st.integers(1, 300),
    seed=st.integers(0, 9),
    spread=st.integers(0, 120),
)
def test_no_picture_is_too_odd_to_be_looked_at(
    wide: int, high: int, seed: int, spread: int
) -> None:
    pixels = np.random.default_rng(seed).normal(128, spread, (high, wide)).clip(0, 255)
    found = letter_height(Image.fromarray(pixels.astype(np.uint8)))
    assert found is None or 2 < found < 100


def test_the_confined_worker_looks_closely_at_what_looks_like_a_page(
    describer: SandboxedDescriber,
) -> None:
    """Of a table photographed at 3,000 pixels the small copy shows no lines at all."""
    for shot, is_small in (
        (Shot(page="grouped table", points=7, longest=1200), True),
        (Shot(page="grouped table", points=11, longest=3000, share=0.8, turned=5), False),
    ):
        said = describer.describe(photo(shot), file_name="a.jpg").description.quality
        assert said is not None
        report = said.for_subject(Subject.PATHOLOGY_REPORT)
        assert (Finding.HARD_TO_READ in report.findings) is is_small
        assert Finding.HARD_TO_READ not in said.for_subject(Subject.WOUND).findings
