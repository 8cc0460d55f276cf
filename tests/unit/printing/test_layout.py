"""Whatever stands on a sheet, no box leaves its area and none lies over another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.media.paper_image import PaperImage
from desktop.printing.problems import SheetTooLong, TextTooLong
from desktop.printing.record_sheet import lay_out, record_sheet_pdf
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.made_sheets import image, patient, photo, sheet
from tests.unit.printing.reading import page_texts

_WORDS = st.text(alphabet="Āēīōū Ngati-whatua", min_size=1, max_size=70)
_SHAPES = st.sampled_from(((400, 300), (300, 400), (900, 90), (90, 900), (8, 8)))


@pytest.mark.requirement("R78")
@settings(max_examples=40, deadline=None)
@given(
    paper=st.sampled_from(Paper),
    per_page=st.sampled_from((1, 2, 4)),
    count=st.integers(1, 6),
    names=st.tuples(_WORDS, _WORDS),
    address=st.text(alphabet="Rātā street 12\n", max_size=300),
    facts=st.lists(st.tuples(_WORDS, st.text(alphabet="ab ū", max_size=400)), max_size=14),
    shape=_SHAPES,
)
def test_every_sheet_is_laid_out_or_refused_in_words(
    paper: Paper,
    per_page: int,
    count: int,
    names: tuple[str, str],
    address: str,
    facts: list[tuple[str, str]],
    shape: tuple[int, int],
) -> None:
    def picture() -> PaperImage:
        return photo(*shape)

    made = sheet(
        images=tuple(image(n, picture=picture, facts=tuple(facts)) for n in range(count)),
        paper=paper,
        per_page=per_page,
        address=address,
        patient=patient(family_name=names[0], given_names=names[1]),
    )
    try:
        texts = page_texts(record_sheet_pdf(made))
    except (TextTooLong, SheetTooLong):
        return
    assert len(texts) == lay_out(made).pages
    for page, text in enumerate(texts, start=1):
        assert f"Page {page} of {len(texts)}" in text
        assert "ZZZ0016" in text
