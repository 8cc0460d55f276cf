"""Forms, cards and lists: their words, their patient and their code on every page, and blank."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.printing.papers import bedside
from desktop.printing.papers import consent_form as consent
from desktop.printing.papers import refusal_and_withdrawal as refused
from desktop.printing.papers.comparison_sheet import (
    NOT_ONE_SCALE,
    ComparedImage,
    ComparisonSheet,
    comparison_sheet_pdf,
    snapped,
)
from desktop.printing.papers.contact_sheet import (
    AT_THE_END,
    IN_FULL,
    ContactSheet,
    contact_sheet_pdf,
)
from desktop.printing.papers.hard_file_index import (
    HardFileIndex,
    IndexLine,
    hard_file_index_pdf,
)
from desktop.printing.papers.labels import STOCKS, Labels, LabelStock, labels_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.papers.pictures import ListedImage
from desktop.printing.papers.printer_check import (
    BARS_MM,
    NOBODYS,
    PrinterCheck,
    printer_check_pdf,
)
from desktop.printing.plain_page import WHOLE_PAGES
from desktop.printing.problems import LabelPlaceUnknown, TextTooLong, UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import page_code, read_paper_code
from tests.unit.printing.made_sheets import photo
from tests.unit.printing.reading import codes, page_texts, pages

BANNER = "PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961"
HEAD = Letterhead(
    organisation="Te Whare Hauora o Tūī",
    address="1 Tūī Street\nTe Awamutu",
    printed_by="Mei Tānaka (nurse)",
    printed_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    banner=BANNER,
    number="CF7K3QX9FM",
)

Make = Callable[[Letterhead], bytes]
Rect = tuple[float, float, float, float]
FORMS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "consent": (
        lambda head: consent.consent_form_pdf(consent.ConsentForm(head=head)),
        (
            *(consent.RECORD, consent.TEACHING, consent.PUBLICATION, consent.RIGHTS, "Withdrawal"),
            *(*consent.EXPLAINED, "Support person", "Interpreter", "Tikanga", "Explained by"),
        ),
    ),
    "refusal": (
        lambda head: refused.refusal_pdf(refused.Refusal(head=head)),
        (refused.CARE, refused.NOTHING_FILED, "What was done instead", "Refused by"),
    ),
    "slip": (
        lambda head: bedside.capture_slip_pdf(bedside.CaptureSlip(head=head)),
        (bedside.FIRST_PICTURE, "Taken by", "Whose device", "Consent", "How many images"),
    ),
    "note": (
        lambda head: bedside.progress_note_pdf(bedside.ProgressNote(head=head)),
        ("What was taken", "Written by"),
    ),
    "copy": (
        lambda head: bedside.patient_copy_pdf(bedside.PatientCopy(head=head)),
        (bedside.YOURS, bedside.RIGHTS, "identity proved"),
    ),
    "withdrawal": (
        lambda head: refused.withdrawal_pdf(refused.Withdrawal(head=head)),
        (refused.STAYS, "all consent", "to be called back", "to be told"),
    ),
}
"""Each form, and words that stand on it whoever it is about."""


@pytest.mark.requirement("R32", "R34", "R43", "R46", "R49", "R51", "R54")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_names_the_patient_on_every_page_or_is_blank(name: str, paper: Paper) -> None:
    make, words = FORMS[name]
    filled = page_texts(make(replace(HEAD, paper=paper)))
    blank = page_texts(make(replace(HEAD, paper=paper, banner="")))
    for place, text in enumerate(filled, start=1):
        assert BANNER in text
        assert f"Page {place} of {len(filled)}" in text
    for texts in (filled, blank):
        whole = " ".join(texts)
        for wanted in words:
            assert wanted in whole, wanted
    assert not any("ZZZ0016" in text for text in blank)
    for asked in ("Patient", "Number", "Date of birth"):
        assert asked in " ".join(" ".join(blank).split())


@pytest.mark.requirement("R43")
def test_the_code_of_each_page_is_read_at_150_dpi_and_tells_nothing() -> None:
    pdf = FORMS["consent"][0](replace(HEAD, paper=Paper.A5))
    for place, page in enumerate(pages(pdf, dpi=150), start=1):
        (code,) = codes(page)
        assert code == page_code("CF7K3QX9FM", place)
        assert read_paper_code(code) == ("CF7K3QX9FM", place)
    assert read_paper_code("CF7K3QX9FM0199") is None


@pytest.mark.requirement("R49", "R54")
def test_a_withdrawal_lists_what_it_has_to_reach_and_holds_without_images() -> None:
    listed = refused.Withdrawal(head=HEAD, images=["7B2C-11F0-0001"], told=["ACC"], recall=["RS 7"])
    (text,) = page_texts(refused.withdrawal_pdf(listed))
    assert all(wanted in text for wanted in ("7B2C-11F0-0001", "ACC", "RS 7", "Images on record"))
    (some,) = page_texts(refused.withdrawal_pdf(replace(listed, names_some=True)))
    assert all(wanted in some for wanted in (refused.BELOW, "Images it is about"))
    assert refused.BELOW not in text
    (text,) = page_texts(refused.withdrawal_pdf(replace(listed, images=[], told=[], recall=[])))
    assert refused.NO_IMAGES in text


LONG = "Featherstonehaugh-Cholmondeley-Montgomery"


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", Paper)
def test_a_long_name_is_whole_on_every_page(paper: Paper) -> None:
    banner = f"{LONG.upper()}, Kahurangi Āwhina Wilhelmina · ZZZ0016 · born 04 Mar 1961"
    for text in page_texts(FORMS["consent"][0](replace(HEAD, paper=paper, banner=banner))):
        assert banner in text
    with pytest.raises(TextTooLong, match="The patient"):
        FORMS["consent"][0](replace(HEAD, banner=banner * 9))


def test_a_name_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The patient"):
        FORMS["refusal"][0](replace(HEAD, banner="⠉⠇ · ZZZ0016"))


def listed(place: int, **changes: Any) -> ListedImage:
    """An image on a list."""
    made = ListedImage(
        number=f"7B2C-11F0-{place:04X}",
        site="left medial ankle",
        taken="12 Nov 2026 10:42",
        picture=lambda: photo(seed=place) if place else None,
    )
    return replace(made, **changes)


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("paper", Paper)
def test_a_contact_sheet_has_twenty_to_a_page_each_named(paper: Paper) -> None:
    images = [listed(place) for place in range(21)]
    head = replace(HEAD, paper=paper, number="")
    texts = page_texts(contact_sheet_pdf(ContactSheet(head=head, images=images)))
    assert [text.count("left medial ankle") for text in texts] == [20, 1]
    assert all(BANNER in text for text in texts)
    assert "no picture" in texts[0]
    assert all("not to scale" in text for text in texts)
    assert "7B2C-11F0-0014" in texts[1]


@pytest.mark.parametrize("paper", Paper)
def test_a_body_site_with_no_room_under_its_picture_stands_in_full_at_the_end(paper: Paper) -> None:
    endless = "ankle " * 90
    head = replace(HEAD, paper=paper, number="")
    sheet = ContactSheet(head=head, images=[listed(1, site=endless), listed(2)])
    first, last = page_texts(contact_sheet_pdf(sheet))
    assert AT_THE_END in first
    assert f"{IN_FULL} 7B2C-11F0-0001 {endless.strip()}" in last
    assert BANNER in last


@pytest.mark.requirement("R80")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_comparison_says_the_days_and_its_scale(paper: Paper, count: int) -> None:
    images = [
        ComparedImage(image=listed(n + 1, real_mm=(800.0, 600.0)), day=date(2026, 11, 1 + 7 * n))
        for n in range(min(count, 4))
    ] + [ComparedImage(image=listed(9 + n), day=None) for n in range(count - 4)]
    sheet = ComparisonSheet(head=replace(HEAD, paper=paper, number=""), site="ankle", images=images)
    (text,) = page_texts(comparison_sheet_pdf(sheet))
    assert BANNER in text
    assert "first" in text
    assert "+7 days" in text
    assert (NOT_ONE_SCALE in text) is (count > 4)
    assert ("All at" in text) is (count <= 4)
    assert text.count("× life size") == min(count, 4)
    assert text.count("scale unknown") == max(count - 4, 0)
    assert ("days not known" in text) is (count > 4)


def test_a_preview_of_another_shape_has_no_scale_in_a_comparison() -> None:
    images = [
        ComparedImage(image=listed(n + 1, real_mm=size), day=None)
        for n, size in enumerate(((80.0, 60.0), (80.0, 40.0)))
    ]
    sheet = ComparisonSheet(head=replace(HEAD, number=""), site="ankle", images=images)
    (text,) = page_texts(comparison_sheet_pdf(sheet))
    assert text.count("× life size") == text.count("scale unknown") == 1


def test_nearly_life_size_is_never_printed() -> None:
    assert [snapped(factor) for factor in (3.0, 1.0, 0.99, 0.3)] == [1.0, 1.0, 0.85, 0.3]


LABELS = Labels(
    stock=STOCKS["L7160"],
    family_name="Ngātai-Whātua",
    given_names="Kahurangi Āwhina",
    patient_number="ZZZ0016",
    born=date(1961, 3, 4),
    sex="F",
    number="LB7K3QX9FM",
)


@pytest.mark.requirement("R66")
@given(
    stock=st.sampled_from(list(STOCKS.values())), start=st.integers(1, 65), count=st.integers(0, 70)
)
def test_the_next_labels_start_where_these_end(stock: LabelStock, start: int, count: int) -> None:
    start = min(start, stock.places)
    left_from = stock.next_start(start, count)
    assert 1 <= left_from <= stock.places
    if left_from == 1:
        assert not count or start + count > stock.places
    else:
        assert left_from == start + count


@pytest.mark.parametrize("name", STOCKS)
def test_labels_start_where_the_sheet_is_still_full(name: str) -> None:
    stock = STOCKS[name]
    made = replace(LABELS, stock=stock, start=3)
    (text,) = page_texts(labels_pdf(made))
    assert text.count("NGĀTAI-WHĀTUA") == text.count("ZZZ0016") == stock.places - 2
    (page,) = pages(labels_pdf(replace(made, count=1)), dpi=150)
    assert codes(page) == ([page_code("LB7K3QX9FM", 1)] if stock.width > 60 else [])
    (text,) = page_texts(labels_pdf(replace(made, outlines=True)))
    assert "ZZZ0016" not in text
    with pytest.raises(LabelPlaceUnknown, match="Count from 1"):
        labels_pdf(replace(made, start=stock.places + 1))


def test_a_long_name_is_whole_on_a_label_or_refused() -> None:
    for name, stock in STOCKS.items():
        made = replace(LABELS, stock=stock, family_name=LONG, count=1)
        if name == "L7651":
            with pytest.raises(TextTooLong, match="family name"):
                labels_pdf(made)
            continue
        (text,) = page_texts(labels_pdf(made))
        plain = text.replace(" ", "").replace("\x02", "-")  # how a hyphen at a line's end reads
        assert LONG.upper() in plain


def test_labels_move_and_stretch_as_the_printer_needs() -> None:
    plain = replace(LABELS, outlines=True, count=1)
    edges = []
    for made in (plain, replace(plain, shift=(2.0, 3.0)), replace(plain, scale=(1.05, 1.02))):
        (page,) = pages(labels_pdf(made), dpi=254)
        box = page.convert("L").point(lambda value: 255 - value).getbbox()
        assert box is not None
        edges.append((box[0], box[1], box[2] - box[0]))
    (x, y, width), moved, stretched = edges
    assert moved == pytest.approx((x + 20, y + 30, width), abs=1)
    assert stretched == pytest.approx((x * 1.05, y * 1.02, width * 1.05), abs=2)


@pytest.mark.requirement("R65")
def test_the_advice_sheet_names_the_contacts_of_the_office() -> None:
    sheet = bedside.AdviceSheet(head=HEAD, contacts="Privacy officer: Ana, ext. 22\nMDO 0800 1")
    (text,) = page_texts(bedside.advice_sheet_pdf(sheet))
    assert all(wanted in text for wanted in (BANNER, "Ana, ext. 22", "MDO 0800 1"))
    (text,) = page_texts(bedside.advice_sheet_pdf(replace(sheet, contacts="")))
    assert bedside.NO_CONTACTS in text


@pytest.mark.requirement("R79")
@pytest.mark.parametrize("paper", Paper)
def test_the_index_lists_every_volume_and_what_was_taken_out(paper: Paper) -> None:
    line = IndexLine(
        volume="2",
        number="RS 7K3Q X9FM",
        kind="comparison sheet",
        copy="1",
        pages="2",
        printed="12 Nov 2026",
        in_chart="13 Nov 2026",
        left="",
    )
    lines = [*([line] * 60), replace(line, volume="", left="destroyed, spoiled")]
    head = replace(HEAD, paper=paper, number="")
    texts = page_texts(hard_file_index_pdf(HardFileIndex(head=head, lines=lines)))
    whole = " ".join(texts)
    assert len(texts) > 1
    assert all(BANNER in text for text in texts)
    assert whole.count("RS 7K3Q X9FM") == 61
    assert "Volume 2" in whole
    assert "In no volume" in whole
    assert "destroyed, spoiled" in whole
    assert all("In the chart" in text for text in texts)
    assert all("Volume 2, continued" in text for text in texts[1:-1])


@pytest.mark.requirement("R34", "R43")
@pytest.mark.parametrize("banner", [BANNER, ""])
@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_consent_and_who_signed_it_stand_on_one_page(paper: Paper, banner: str) -> None:
    """Nobody signs a page that does not say what is agreed to."""
    assert len(page_texts(FORMS["consent"][0](replace(HEAD, paper=paper, banner=banner)))) == 1


CHECKED = PrinterCheck(head=replace(HEAD, banner="", number="PC7K3QX9FM"), printer="lobby")


@pytest.mark.requirement("R80")
@pytest.mark.parametrize("paper", Paper)
def test_the_check_page_has_bars_of_the_length_it_says(paper: Paper) -> None:
    head = replace(CHECKED.head, paper=paper)
    pdf = printer_check_pdf(replace(CHECKED, head=head, tray="Tray2"))
    (text,) = page_texts(pdf)
    across, down = BARS_MM[paper]
    assert f"{paper.value} · bar down {down} mm, bar across {across} mm" in text
    assert f"For printer lobby, tray: Tray2, paper: {paper.value}" in text
    (page,) = pages(pdf, dpi=300)
    assert codes(page) == [page_code("PC7K3QX9FM", 1)]
    wide, high = paper.size_mm
    foot = inked(page, 18, high - 27, wide - 18, high - 22)
    assert foot[2] - foot[0] == pytest.approx(across, abs=0.15)
    upright = inked(page, 23.5, 29, 28, high - 27)
    assert upright[3] - upright[1] == pytest.approx(down, abs=0.15)
    check_edges(page, wide, high)


def check_edges(page: Image.Image, wide: float, high: float) -> None:
    """What is read off with a rule: the corner mark, and the lines along each edge."""
    corner = inked(page, 18.5, 18.5, 20.8, 40)
    assert corner[0] == pytest.approx(20.0, abs=0.15)
    assert inked(page, 30, 18.5, 50, 20.8)[1] == pytest.approx(20.0, abs=0.15)
    for step in (1, 5, 15):
        along = 60 + (step - 1) * 5 + 2
        for box, side, at in (
            ((along, 0, along + 0.4, step + 0.15), 3, step),
            ((0, along, step + 0.15, along + 0.4), 2, step),
            ((along, high - step - 0.15, along + 0.4, high), 1, high - step),
            ((wide - step - 0.15, along, wide, along + 0.4), 0, wide - step),
        ):
            assert inked(page, *box)[side] == pytest.approx(at, abs=0.2)


def test_a_check_page_of_no_printer_says_that_nothing_is_stored_of_it() -> None:
    (text,) = page_texts(printer_check_pdf(replace(CHECKED, printer="")))
    assert NOBODYS in text
    assert "PC 7K3Q" not in text


def inked(page: Image.Image, left: float, top: float, right: float, bottom: float) -> Rect:
    """What of a part of a page is dark, from the left and the top of the page; all in mm."""
    dot = 25.4 / 300
    corners = round(left / dot), round(top / dot), round(right / dot), round(bottom / dot)
    part = page.convert("L").crop(corners)
    found = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert found is not None
    x, y, to_x, to_y = (pixels * dot for pixels in found)
    return left + x, top + y, left + to_x, top + to_y
