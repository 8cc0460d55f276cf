"""What a sheet will look like: its pages as pixels, one after another, from memory."""

from collections.abc import Iterator

from desktop.printing.pdfium import Pixels, opened


def page_images(pdf: bytes, *, width_px: int) -> Iterator[Pixels]:
    """Each page of a PDF, `width_px` wide on white. One page is held at a time."""
    with opened(pdf) as document:
        for page in range(document.pages):
            width, _ = document.size(page)
            yield document.render(page, dpi=width_px / width * 72)
