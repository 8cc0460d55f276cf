"""The phone-check card: every question of the check with four boxes, on one page, blank."""

from pathlib import Path

import pytest

from desktop.printing.phone_check_card import phone_check_card_pdf
from desktop.printing.plain_page import WHOLE_PAGES
from desktop.printing.problems import PaperTooSmall, UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.records.rules.phone_check import QUESTIONS
from tests.unit.printing.reading import page_texts


@pytest.mark.requirement("R6", "R110", "R112", "R113", "R114")
@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_every_question_stands_on_one_page_with_four_boxes(paper: Paper, tmp_path: Path) -> None:
    (text,) = page_texts(phone_check_card_pdf("Kererū Clinic", paper=paper))
    plain = " ".join(text.split())
    for question in QUESTIONS:
        assert question.asks in plain
    for node in ("S1", "S2", "S3", "S4", "S5"):
        assert node in plain
    assert plain.count("not sure") == len(QUESTIONS)
    assert plain.count("not asked: the office proves it") == 3
    assert "Kererū Clinic" in plain


def test_what_is_one_page_by_its_purpose_refuses_a_small_one_in_words() -> None:
    with pytest.raises(PaperTooSmall, match="phone check card does not fit on A5 paper"):
        phone_check_card_pdf("Kererū Clinic", paper=Paper.A5)


def test_an_unprintable_name_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The organisation"):
        phone_check_card_pdf("⠉⠇⠊⠝⠊⠉")
