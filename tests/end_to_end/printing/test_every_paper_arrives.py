"""Every document through a real printer: the same bytes, its codes readable and at their size."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageOps
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from desktop.printing.print_jobs import JobState, finish
from desktop.printing.printers import print_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import read_paper_code
from tests.end_to_end.cups_printer import CupsPrinter
from tests.unit.printing.every_paper import EVERY, OF_THE_CHART
from tests.unit.printing.said import Said

_READ_DPI, _MEASURE_DPI = 150, 600
"""What an office scanner reads at; and where a pixel is a quarter of a percent of a code."""

_AROUND_PT = 4.0
"""Less than the quiet zone of the smallest code, so that nothing else is measured with it."""

_BOXES_MM = {"month-end": 40.0, "labels-L7160": 16.0, "labels-L7163": 16.0, "labels-5160": 16.0}
"""The codes that are not of 24 mm, their quiet zone included."""

_WITHOUT_CODE = {
    *("before-card", "collection-chart", "disclosure-chart", "phone-check", "labels-L7651"),
    *("before-card-mi", "collection-chart-mi", "disclosure-chart-mi"),
}
_REGISTERED = {
    *(*OF_THE_CHART, "capture-slip", "disposal-certificate", "clearance-receipt", "lost-device"),
}
"""Whose code says the number of the paper and of its page."""


@pytest.mark.requirement("R77", "R78", "R80")
def test_every_document_arrives_as_it_is_and_at_its_size(
    cups_printer: CupsPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for name, make in EVERY.items():
        pdf = make(Said(count=2), Paper.A4)
        job = print_pdf(
            pdf,
            printer=cups_printer.address,
            title=name.upper(),
            paper=Paper.A4,
            whatever_is_loaded=True,
        )
        assert finish(job) is JobState.TAKEN
        arrived = cups_printer.arrived(name.upper()).read_bytes()
        assert arrived == pdf, name
        check_codes(name, arrived)
    assert cups_printer.job_files() == []
    assert list(tmp_path.iterdir()) == []


def check_codes(name: str, pdf: bytes) -> None:
    """Each page of a numbered document says its number and page, in a code of the right size."""
    with pypdfium2.PdfDocument(pdf) as document:
        for place, page in enumerate(document, start=1):
            shown = page.render(scale=_READ_DPI / 72).to_pil()
            read = zxingcpp.read_barcodes(shown)
            assert bool(read) is (name not in _WITHOUT_CODE), name
            for code in read:
                box_mm = _BOXES_MM.get(name, 24.0)
                wanted = modules_mm(code.text, box_mm)
                assert measured_mm(page, code) == pytest.approx(wanted, rel=0.005), name
            if name in _REGISTERED:
                (code,) = read
                found = read_paper_code(code.text)
                assert found is not None
                assert found[1] == place


def measured_mm(page: pypdfium2.PdfPage, code: zxingcpp.Barcode) -> float:
    """The width of a code's dark part: from the first dark pixel to the last one at 600 dpi, where
    a code of 24 mm has 410 of them. One pixel more or less is 0.24 %, within the 0.5 % asked for;
    a page that was shrunk to another paper is 4 % and more off."""
    at = code.position
    points = [corner * 72 / _READ_DPI for corner in (at.top_left.x, at.bottom_right.x)]
    downs = [corner * 72 / _READ_DPI for corner in (at.top_left.y, at.bottom_right.y)]
    width, height = page.get_size()
    crop = (
        points[0] - _AROUND_PT,
        height - downs[1] - _AROUND_PT,
        width - points[1] - _AROUND_PT,
        downs[0] - _AROUND_PT,
    )
    part = page.render(scale=_MEASURE_DPI / 72, crop=crop).to_pil().convert("L")
    box = ImageOps.invert(part).point(lambda value: 255 if value > 127 else 0).getbbox()
    assert box is not None
    return float(box[2] - box[0]) / _MEASURE_DPI * 25.4


def modules_mm(content: str, box_mm: float) -> float:
    """How wide the dark part of a code is whose quiet zone of four modules is inside its box."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(content)
    code.make()
    modules = code.getModuleCount()
    return float(box_mm * modules / (modules + 8))


def test_a_shrunk_page_is_found_out() -> None:
    """The proof above, turned round: 95.8 % is A4 that a printer fitted to its own margins."""
    pdf = EVERY["consent"](Said(), Paper.A4)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        (code,) = zxingcpp.read_barcodes(page.render(scale=_READ_DPI / 72).to_pil())
        right = modules_mm(code.text, 24.0)
        assert measured_mm(page, code) == pytest.approx(right, rel=0.005)
        assert measured_mm(page, code) != pytest.approx(right * 0.958, rel=0.005)
