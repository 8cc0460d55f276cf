"""The record sheet: every page says whose it is, which it is, and where it belongs."""

import ctypes
import io
from datetime import date

import pypdfium2
import pytest
from pypdfium2 import raw

from desktop.printing.foot import CHECK_BAR_LABEL
from desktop.printing.frame import OWNERSHIP, age_words
from desktop.printing.print_scale import NOT_CALIBRATED
from desktop.printing.problems import SheetTooLong, TextTooLong, UnprintableText
from desktop.printing.record_sheet import (
    lay_out,
    longest_for,
    record_sheet_pdf,
)
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import grouped, page_code
from tests.unit.printing.made_sheets import FACTS, NUMBER, image, patient, sheet
from tests.unit.printing.reading import codes, longest_rule_mm, page_texts, pages

PAPERS = list(Paper)


@pytest.mark.requirement("R77", "R78", "R79", "R108")
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("per_page", "count", "total"), [(1, 2, 2), (2, 3, 2), (4, 9, 3)])
def test_every_page_has_every_field(paper: Paper, per_page: int, count: int, total: int) -> None:
    made = sheet(count, per_page=per_page, paper=paper, copy=2)
    texts = page_texts(record_sheet_pdf(made))
    if paper is Paper.A5 and per_page > 1:
        total = lay_out(made).pages  # what has no room beside the pictures stands on further pages
    assert len(texts) == total == lay_out(made).pages
    for page, text in enumerate(texts, start=1):
        assert text.count("NGĀTAI-WHĀTUA, Kahurangi Āwhina") == 2
        assert text.count("ZZZ0016") == 2
        assert "Born 04 Mar 1961" in text
        assert "born 04 Mar 1961" in text
        assert f"Page {page} of {total}" in text
        assert f"page {page} of {total}" in text
        assert grouped(page_code(NUMBER, page)) in text
        for expected in (
            "age 65 years",
            "COPY 2",
            "Kererū Clinic",
            "Printed 23 Nov 2026 14:05 NZDT by T. Aroha.",
            "CONFIDENTIAL HEALTH INFORMATION",
            "12 Rātā Street",
            f"{OWNERSHIP} Keep until 12 Nov 2036 or longer.",
            CHECK_BAR_LABEL,
            "Clinician",
            "Filed in chart by",
            "Date filed",
        ):
            assert expected in text


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R78")
@pytest.mark.parametrize("per_page", [1, 2, 4])
def test_every_image_has_its_facts(per_page: int) -> None:
    made = sheet(4, per_page=per_page)
    everything = " ".join(page_texts(record_sheet_pdf(made)))
    for place, each in enumerate(made.images, start=1):
        assert f"Image {place} of 4" in everything
        assert each.number in everything
        digest = each.sha256.hex()
        assert f"{digest[:4]} {digest[4:8]} … {digest[-8:-4]} {digest[-4:]}" in everything
    assert everything.count(NOT_CALIBRATED) == 4
    for label, text in FACTS:
        assert everything.count(label) >= 4
        assert everything.count(text) == 4


@pytest.mark.requirement("R78", "R79")
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_of_each_page_is_read_at_150_dpi(paper: Paper) -> None:
    pdf = record_sheet_pdf(sheet(3, per_page=2, paper=paper))
    for number, page in enumerate(pages(pdf, dpi=150), start=1):
        assert codes(page) == [page_code(NUMBER, number)]


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", PAPERS)
def test_the_check_bar_is_fifty_millimetres(paper: Paper) -> None:
    (page,) = pages(record_sheet_pdf(sheet(paper=paper)), dpi=300)
    width, height = paper.size_mm
    bar = longest_rule_mm(page, dpi=300, left_mm=width - 61, top_mm=height - 20)
    assert bar == pytest.approx(50.0, rel=0.005)


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", PAPERS)
def test_the_margins_stay_white_but_for_the_holes(paper: Paper) -> None:
    page, *_ = pages(record_sheet_pdf(sheet(4, per_page=4, paper=paper)), dpi=100)
    width, height = (round(side / 25.4 * 100) for side in paper.size_mm)
    assert abs(page.width - width) <= 1
    for box in (
        (0, 0, page.width, 38),
        (page.width - 38, 0, page.width, page.height),
        (0, height - 38, page.width, page.height),
        (0, 0, 85, height // 2 - 180),
    ):
        assert page.crop(box).getextrema() == ((255, 255),) * 3


@pytest.mark.requirement("R78")
def test_all_text_is_pure_black_and_at_least_seven_points() -> None:
    document = pypdfium2.PdfDocument(record_sheet_pdf(sheet(3, per_page=4)))
    page = document[0]
    texts = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    assert len(texts) > 30
    for each in texts:
        parts = [ctypes.c_uint() for _ in range(4)]
        assert raw.FPDFPageObj_GetFillColor(each, *parts)
        assert [part.value for part in parts] == [0, 0, 0, 255]
        size = ctypes.c_float()
        assert raw.FPDFTextObj_GetFontSize(each, size)
        assert size.value >= 7.0
    page.close()
    document.close()


@pytest.mark.requirement("R78")
def test_macrons_are_drawn() -> None:
    plain, marked = (
        pages(record_sheet_pdf(sheet(patient=patient(family_name=name))), dpi=150)[0]
        for name in ("Aeiou", "Āēīōū")
    )
    above = (135, 78, 420, 120)
    ink = [sum(v < 128 for v in p.convert("L").crop(above).tobytes()) for p in (plain, marked)]
    assert ink[1] > ink[0] + 100
    assert (
        "ĀĒĪŌŪ, Kahurangi"
        in page_texts(record_sheet_pdf(sheet(patient=patient(family_name="Āēīōū"))))[0]
    )


@pytest.mark.requirement("R78")
def test_an_unprintable_name_stops_before_the_first_byte() -> None:
    gathered: list[bytes] = []
    with pytest.raises(UnprintableText, match="⠍"):
        lay_out(sheet(patient=patient(given_names="Mei ⠍⠑⠊"))).write(gathered.append)
    assert gathered == []


@pytest.mark.requirement("R78")
def test_an_unprintable_fact_of_the_last_image_stops_before_the_first_picture() -> None:
    asked: list[int] = []

    def never() -> None:
        asked.append(1)

    images = (image(0, picture=never), image(1, facts=(("Body site", "⠓"),)))
    with pytest.raises(UnprintableText, match="Body site"):
        record_sheet_pdf(sheet(images=images))
    assert asked == []


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_name_of_sixty_characters_is_whole_on_every_page(paper: Paper) -> None:
    family, given = "Ngātai-Whātua-Papadopoulos", "Kahurangi Āwhina Te Whetūmārama Ote Rangi"
    made = sheet(2, paper=paper, patient=patient(family_name=family, given_names=given))
    for text in page_texts(record_sheet_pdf(made)):
        assert text.count(f"{family.upper()}, {given}") == 2


def test_a_name_beyond_all_sizes_is_refused_and_not_cut() -> None:
    with pytest.raises(TextTooLong, match="name"):
        record_sheet_pdf(sheet(patient=patient(given_names="Te Whetūmārama " * 30)))


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("per_page", [1, 4])
def test_long_facts_go_on_to_a_page_that_follows(per_page: int) -> None:
    words = [f"word{place}" for place in range(900)]
    facts = (*FACTS, ("Note", " ".join(words)))
    made = sheet(images=(image(0, facts=facts), image(1)), per_page=per_page)
    texts = page_texts(record_sheet_pdf(made))
    assert len(texts) == lay_out(made).pages
    everything = " ".join(texts).split()
    assert [word for word in everything if word.startswith("word")] == words
    for page, text in enumerate(texts, start=1):
        assert f"Page {page} of {len(texts)}" in text
        assert text.count("ZZZ0016") == 2


@pytest.mark.requirement("R78")
def test_an_image_without_a_picture_says_so() -> None:
    (text,) = page_texts(record_sheet_pdf(sheet(images=(image(picture=lambda: None),))))
    assert "This recording is kept sealed in the office." in text


def test_more_pages_than_a_code_can_number_are_refused() -> None:
    with pytest.raises(SheetTooLong, match="100 pages"):
        record_sheet_pdf(sheet(100))


def test_a_sheet_needs_an_image_and_a_known_layout() -> None:
    with pytest.raises(ValueError, match="without images"):
        record_sheet_pdf(sheet(0))
    with pytest.raises(ValueError, match="not a layout"):
        record_sheet_pdf(sheet(per_page=3))


def test_a_sheet_can_leave_piece_by_piece() -> None:
    gathered = io.BytesIO()
    laid = lay_out(sheet(2))
    laid.write(gathered.write)
    assert laid.pages == 2
    assert page_texts(gathered.getvalue()) == page_texts(record_sheet_pdf(sheet(2)))


@pytest.mark.requirement("R79")
def test_the_file_itself_names_nobody() -> None:
    pdf = record_sheet_pdf(sheet())
    document = pypdfium2.PdfDocument(pdf)
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == NUMBER
    assert not any("gātai" in value or "Aroha" in value for value in about.values())


def test_fewer_pixels_are_asked_for_where_more_share_a_page() -> None:
    for paper in Paper:
        assert longest_for(1, paper) > longest_for(2, paper) > longest_for(4, paper) > 1300


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ((1961, 11, 24), "age 64 years"),
        ((1961, 11, 23), "age 65 years"),
        ((2025, 1, 1), "age 22 months"),
        ((2026, 11, 20), "age 3 days"),
        ((2027, 1, 1), "age not known"),
    ],
)
def test_ages_in_words(born: tuple[int, int, int], words: str) -> None:
    assert age_words(date(*born), date(2026, 11, 23)) == words
