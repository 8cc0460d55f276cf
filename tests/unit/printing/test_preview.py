"""Pages on screen come from memory, page by page, and bands meet without a seam."""

from desktop.printing.pdfium import opened
from desktop.printing.preview import page_images
from desktop.printing.record_sheet import record_sheet_pdf
from tests.unit.printing.made_sheets import sheet


def test_pages_come_one_by_one_at_the_width_asked_for() -> None:
    shown = page_images(record_sheet_pdf(sheet(2)), width_px=620)
    first = next(shown)
    assert (first.width, first.height) == (620, 877)
    assert len(first.data) == first.stride * first.height
    assert first.data[:4] == b"\xff\xff\xff\xff"
    assert len(list(shown)) == 1


def test_bands_together_are_the_page() -> None:
    with opened(record_sheet_pdf(sheet())) as document:
        whole = document.render(0, dpi=100)
        bands = [
            document.render(0, dpi=100, top=top, rows=97) for top in range(0, whole.height, 97)
        ]
    assert b"".join(band.data for band in bands) == whole.data
