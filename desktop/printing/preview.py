"""What a paper will look like: a page of it as pixels, from memory."""

from desktop.printing.laid_out import LaidOut
from desktop.printing.pdfium import Pixels, opened


def page_image(laid: LaidOut, page: int, *, width_px: int) -> Pixels:
    """One page (from 0), `width_px` wide on white. Only that page is drawn, so this raises what
    its pictures raise."""
    shown = laid.page(page)
    with opened(shown.pdf) as document:
        width, _ = document.size(shown.place)
        return document.render(shown.place, dpi=width_px / width * 72)
