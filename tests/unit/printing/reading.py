"""Reads a printed page back: its text, its code, its pixels and its lengths."""

import io

import pypdfium2
import zxingcpp
from pikepdf import pdfa
from PIL import Image

from desktop.printing.pdfium import opened

MM_PER_INCH = 25.4


def archive_faults(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/A-2b (ISO 19005-2), by a validator that approves only what
    it knows."""
    report = pdfa.validate_written(io.BytesIO(pdf), "2b")
    return [str(finding) for finding in report.findings]


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page, its white space made plain. Every PDF that is read is held to
    PDF/A-2b on the way: whoever adds a paper cannot forget it."""
    assert not archive_faults(pdf)
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(" ".join(layer.get_text_bounded().split()))
            layer.close()
            page.close()
        return texts
    finally:
        document.close()


def pages(pdf: bytes, *, dpi: int) -> list[Image.Image]:
    """Each page as a picture."""
    with opened(pdf) as document:
        rendered = [document.render(page, dpi=dpi) for page in range(document.pages)]
    return [
        Image.frombytes("RGB", (p.width, p.height), p.data, "raw", "RGBX", p.stride)
        for p in rendered
    ]


def codes(page: Image.Image) -> list[str]:
    """What the QR codes of a page hold."""
    return [found.text for found in zxingcpp.read_barcodes(page)]


def longest_rule_mm(page: Image.Image, *, dpi: int, left_mm: float, top_mm: float) -> float:
    """The longest unbroken horizontal line of ink right of and below a place, in millimetres."""
    left, top = round(left_mm / MM_PER_INCH * dpi), round(top_mm / MM_PER_INCH * dpi)
    part = page.convert("L").crop((left, top, page.width, page.height))
    ink = part.point(lambda value: 255 if value < 128 else 0)
    longest = 0
    for y in range(ink.height):
        row = ink.crop((0, y, ink.width, y + 1)).tobytes()
        longest = max(longest, *map(len, row.split(b"\x00")))
    return longest / dpi * MM_PER_INCH
