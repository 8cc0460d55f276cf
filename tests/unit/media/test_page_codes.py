"""Codes of our own pages are read of scans and photos of them, and no other code says anything."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from desktop.media import decoding
from desktop.media.page_codes import codes_in, looks_like_a_page
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.sheet import MOST_PAGE_CODES, new_paper_number, page_code
from desktop.shipped import sample_photos
from tests.unit.media.made_photos import jpeg, opened
from tests.unit.media.photographed import (
    FORM_CODE,
    SHEET_CODE,
    as_jpeg,
    consent_page,
    photographed,
    photographed_form,
    qr,
    sheet_page,
)

FACTS = {"now": datetime(2026, 11, 23, tzinfo=UTC).isoformat(), "pixels": True, "file_name": "a"}


def read(whole: bytes, job: str = "describe") -> Sequence[str]:
    facts: Mapping[str, object] = FACTS
    answer = decoding.JOBS[job](WorkerFile(len(whole), whole=whole), facts, _no_news)
    found = answer.facts["page_codes"]
    assert isinstance(found, list)
    return found


def _no_news(news: Message) -> Message:
    return news


@pytest.mark.requirement("R43", "R79")
@pytest.mark.parametrize(
    ("dpi", "turned"),
    [*((100, turned) for turned in (0, 7, 90, 180, 270)), (150, 7), (200, 7), (300, 0), (300, 7)],
)
def test_a_scanned_page_is_known_however_it_lies(dpi: int, turned: int) -> None:
    page = consent_page(dpi)
    laid = page.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if (dpi, turned) == (100, 7):  # 1.6 pixels a module, askew: a person may still type it
        assert read(as_jpeg(sheet_page(dpi).rotate(turned, expand=True, fillcolor=255)))
    else:
        assert read(as_jpeg(laid)) == [FORM_CODE]


@pytest.mark.requirement("R43", "R79")
@pytest.mark.parametrize("turned", [0, 7])
def test_a_photo_of_a_page_by_hand_is_known(turned: int) -> None:
    assert read(photographed_form(turned)) == [FORM_CODE]


def test_two_pages_in_one_photo_are_both_known() -> None:
    found = read(photographed(consent_page(200), sheet_page(200)))
    assert sorted(found) == sorted([FORM_CODE, SHEET_CODE])


def test_a_page_whose_code_was_torn_off_shows_none() -> None:
    page = consent_page(150).copy()
    page.paste(255, (page.width // 2, 0, page.width, page.height // 5))
    assert read(as_jpeg(page)) == []


def test_a_small_page_in_a_large_photo_is_read_when_somebody_asks() -> None:
    table = Image.new("L", (4000, 3000), 70)
    page = consent_page(150)
    table.paste(page.resize((page.width * 7 // 8, page.height * 7 // 8)), (300, 400))
    photo = as_jpeg(table)
    assert read(photo, "page_codes") == [FORM_CODE]


@pytest.mark.parametrize(
    "text",
    [
        FORM_CODE[:-2] + "00",
        FORM_CODE.lower(),
        f"{FORM_CODE[:2]} {FORM_CODE[2:]}",
        "MATMSG:TO:" + FORM_CODE,
        "A" * 2900,
        "'; DROP TABLE image; --",
    ],
)
def test_a_code_that_is_not_ours_to_the_letter_is_nothing(text: str) -> None:
    assert read(as_jpeg(qr(text))) == []


def test_of_hundreds_of_codes_a_few_are_kept_and_noise_costs_nothing() -> None:
    wall = Image.new("L", (2000, 2000), 255)
    for place in range(200):
        code = qr(page_code(new_paper_number("CF"), 1), 3)
        wall.paste(code, (place % 20 * 100, place // 20 * 100))
    assert len(codes_in(wall)) == MOST_PAGE_CODES
    corner = np.pad(np.array(qr(FORM_CODE, 1))[4:11, 4:11], 1, constant_values=255)
    assert codes_in(Image.fromarray(np.tile(corner, (460, 460))), closely=True) == ()


def test_an_ordinary_photo_gets_no_closer_look() -> None:
    for path in sample_photos():  # wounds on skin and drapes, some beside a ruler
        sample = opened(path.read_bytes()).convert("RGB")
        assert not looks_like_a_page(sample, sample.convert("L")), path.name
    page = consent_page(100)
    assert looks_like_a_page(page.convert("RGB"), page)


def test_pictures_too_small_for_any_look_are_described() -> None:
    for size in ((1, 1), (1, 4000), (4000, 1)):
        assert read(jpeg(Image.new("RGB", size))) == []


@pytest.mark.requirement("R43")
def test_the_confined_worker_reads_them(describer: SandboxedDescriber) -> None:
    photo = photographed_form()
    assert describer.describe(photo, file_name="IMG_1.JPG").description.page_codes == (FORM_CODE,)
    assert describer.page_codes(photo) == (FORM_CODE,)
    assert describer.page_codes(b"no picture") == ()
