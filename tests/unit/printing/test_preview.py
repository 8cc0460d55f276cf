"""Pages on screen come from memory, one at a time, and bands meet without a seam."""

import pytest

from desktop.media.paper_image import PaperImage
from desktop.printing.laid_out import HeldPdf
from desktop.printing.pdfium import opened
from desktop.printing.preview import page_image
from desktop.printing.record_sheet import lay_out, record_sheet_pdf
from desktop.records.facts.sheet import page_code
from tests.unit.printing.made_sheets import NUMBER, image, photo, sheet
from tests.unit.printing.reading import codes, pages


@pytest.mark.requirement("R77")
def test_a_page_comes_at_the_width_asked_for_and_draws_no_other() -> None:
    asked: list[int] = []

    def picture(place: int) -> PaperImage:
        asked.append(place)
        return photo(seed=place)

    images = tuple(image(n, picture=lambda n=n: picture(n)) for n in range(5))  # type: ignore[misc]
    laid = lay_out(sheet(images=images))
    assert asked == []
    shown = page_image(laid, 3, width_px=620)
    assert (shown.width, shown.height) == (620, 877)
    assert len(shown.data) == shown.stride * shown.height
    assert shown.data[:4] == b"\xff\xff\xff\xff"
    assert asked == [3]
    (alone,) = pages(laid.page(3).pdf, dpi=150)
    assert codes(alone) == [page_code(NUMBER, 4)]


def test_a_paper_that_is_held_shows_the_page_that_is_asked_for() -> None:
    pdf = record_sheet_pdf(sheet(2))
    held = HeldPdf(pdf)
    assert held.pages == 2
    with opened(pdf) as document:
        second = document.render(1, dpi=72)
    assert page_image(held, 1, width_px=second.width).data == second.data


def test_bands_together_are_the_page() -> None:
    with opened(record_sheet_pdf(sheet())) as document:
        whole = document.render(0, dpi=100)
        bands = [
            document.render(0, dpi=100, top=top, rows=97) for top in range(0, whole.height, 97)
        ]
    assert b"".join(band.data for band in bands) == whole.data
