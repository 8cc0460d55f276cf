"""From a sheet to a print queue: the same pages arrive, at their size, and nothing stays behind."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.printing.laid_out import HeldPdf
from desktop.printing.print_jobs import JobState, finish, follow, purge
from desktop.printing.print_options import PrintOptions, Sides
from desktop.printing.printer_problems import PrinterCertificateUnknown
from desktop.printing.printers import (
    abilities,
    check_printer,
    print_laid,
    print_pdf,
    printer_names,
)
from desktop.printing.problems import (
    NoSuchPrinter,
    PrinterRefused,
    PrinterStopped,
    PrintingUnavailable,
    WrongPaperLoaded,
)
from desktop.printing.record_sheet import lay_out, record_sheet_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import page_code
from tests.end_to_end.cups_printer import CupsPrinter
from tests.unit.printing.made_sheets import NUMBER, image, photo, sheet
from tests.unit.printing.reading import codes, longest_rule_mm, page_texts, pages


class LostPicture(Exception):
    """A picture that could not be read while the sheet left."""


_MEDIA = {
    Paper.A4: "x-dimension=21000 y-dimension=29700",
    Paper.LETTER: "x-dimension=21590",
    Paper.A5: "x-dimension=14800 y-dimension=21000",
}


@pytest.mark.requirement("R77")
def test_paper_that_is_not_loaded_is_said_before_anything_is_printed(
    cups_printer: CupsPrinter,
) -> None:
    can = abilities(cups_printer.name)
    assert Paper.A4 in can.loaded
    assert Paper.LETTER not in can.loaded
    assert can.two_sided
    assert can.colour
    with pytest.raises(
        WrongPaperLoaded, match=r"A4.* loaded, and the sheet is laid out for Letter"
    ):
        print_pdf(b"%PDF-", printer=cups_printer.name, title=NUMBER, paper=Paper.LETTER)
    assert not cups_printer.job_files()


@pytest.mark.requirement("R77")
@pytest.mark.parametrize("paper", Paper)
def test_a_sheet_arrives_as_it_was_made(cups_printer: CupsPrinter, paper: Paper) -> None:
    picture = photo(1200, 900)
    pdf = record_sheet_pdf(sheet(2, images=(image(picture=lambda: picture), image(1)), paper=paper))
    assert printer_names() == [cups_printer.name]
    # the printer of the tests has A4 in it and no Letter
    job = print_pdf(
        pdf, printer=cups_printer.name, title=NUMBER, paper=paper, whatever_is_loaded=True
    )
    assert finish(job) is JobState.TAKEN

    arrived = cups_printer.arrived().read_bytes()
    assert sorted(page_texts(arrived)) == sorted(page_texts(pdf))
    assert picture.jpeg in arrived
    width, height = paper.size_mm
    read = []
    for page in pages(arrived, dpi=300):
        assert (page.width, page.height) == pytest.approx(
            (width / 25.4 * 300, height / 25.4 * 300), abs=2
        )
        read += codes(page)
        bar = longest_rule_mm(page, dpi=300, left_mm=width - 61, top_mm=height - 20)
        assert bar == pytest.approx(50.0, rel=0.005)
    # CUPS sends the last page first to a printer that lays its pages face up.
    assert sorted(read) == [page_code(NUMBER, 1), page_code(NUMBER, 2)]
    options = cups_printer.options()
    assert _MEDIA[paper] in options["IPP_MEDIA_COL"]
    assert options["IPP_SIDES"] == "one-sided"
    assert options["IPP_JOB_NAME"] == NUMBER


@pytest.mark.requirement("R77")
def test_both_sides_and_copies_are_asked_for(cups_printer: CupsPrinter) -> None:
    job = print_pdf(
        record_sheet_pdf(sheet()),
        printer=cups_printer.name,
        title=NUMBER,
        paper=Paper.A4,
        copies=2,
        one_sided=False,
    )
    assert finish(job) is JobState.TAKEN
    assert cups_printer.options()["IPP_SIDES"] == "two-sided-long-edge"


@pytest.mark.requirement("R79")
def test_nothing_is_left_in_the_spool_or_in_temp(
    cups_printer: CupsPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    picture = photo(800, 600)
    pdf = record_sheet_pdf(sheet(images=(image(picture=lambda: picture),)))
    cups_printer.stop("held by the test")
    job = print_pdf(pdf, printer=cups_printer.name, title=NUMBER, paper=Paper.A4)
    control, data = cups_printer.job_files()
    assert b"print-scaling" in control.read_bytes()
    assert data.read_bytes() == pdf
    cups_printer.start()
    assert finish(job) is JobState.TAKEN
    assert cups_printer.job_files() == []
    left = cups_printer.spooled()
    assert picture.jpeg not in left
    assert "gātai".encode() not in left
    assert b"ZZZ0016" not in left
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("R79")
def test_a_stopped_printer_says_why_and_gives_the_sheet_back(cups_printer: CupsPrinter) -> None:
    cups_printer.stop("the toner is being changed")
    job = print_pdf(
        record_sheet_pdf(sheet()), printer=cups_printer.name, title=NUMBER, paper=Paper.A4
    )
    with pytest.raises(PrinterStopped, match="the toner is being changed"):
        finish(job)
    assert purge(job)
    assert cups_printer.job_files() == []
    assert follow(job).is_over


@pytest.mark.requirement("R77")
def test_a_printer_that_does_not_exist_is_named_with_those_that_do(
    cups_printer: CupsPrinter,
) -> None:
    with pytest.raises(NoSuchPrinter, match=f"nowhere.*{cups_printer.name}"):
        print_pdf(b"%PDF-", printer="nowhere", title=NUMBER, paper=Paper.A4)


def test_what_the_queue_refuses_has_its_reason(cups_printer: CupsPrinter) -> None:
    with pytest.raises(PrinterRefused, match="No file"):
        print_pdf(b"", printer=cups_printer.name, title=NUMBER, paper=Paper.A4)


@pytest.mark.requirement("R77")
def test_a_printer_that_is_off_behind_its_queue_is_said_so(cups_printer: CupsPrinter) -> None:
    with cups_printer.queue_to_nowhere() as name:
        options = PrintOptions(printer=name, whatever_is_loaded=True)
        laid = HeldPdf(record_sheet_pdf(sheet()))
        job = print_laid(laid, options=options, title=NUMBER, paper=Paper.A4)
        with pytest.raises(PrinterStopped, match="switched off or not connected"):
            finish(job)
        assert purge(job)


@pytest.mark.requirement("R77")
def test_straight_to_the_printer_the_bytes_are_the_same(cups_printer: CupsPrinter) -> None:
    laid = HeldPdf(record_sheet_pdf(sheet(2)))
    options = PrintOptions(printer=cups_printer.address, sides=Sides.TWO, is_grey=True)
    with pytest.raises(WrongPaperLoaded, match="has Letter loaded"):
        print_laid(laid, options=options, title=NUMBER, paper=Paper.A4)
    options = replace(options, whatever_is_loaded=True)
    job = print_laid(laid, options=options, title=NUMBER, paper=Paper.A4)
    assert finish(job) is JobState.TAKEN
    assert cups_printer.arrived().read_bytes() == laid.pdf
    asked = cups_printer.options()
    assert asked["IPP_PRINT_COLOR_MODE"] == "monochrome"
    assert asked["IPP_SIDES"] == "two-sided-long-edge"
    assert asked["IPP_JOB_NAME"] == NUMBER
    assert cups_printer.job_files() == []


@pytest.mark.requirement("R79")
def test_sealed_to_a_printer_whose_certificate_a_person_compared(
    cups_printer: CupsPrinter,
) -> None:
    address = cups_printer.address.replace("ipp://", "ipps://")
    with pytest.raises(PrinterCertificateUnknown) as unknown:
        abilities(address)
    compared = f"{address}#sha256:{unknown.value.fingerprint}"
    laid = HeldPdf(record_sheet_pdf(sheet()))
    options = PrintOptions(printer=compared, whatever_is_loaded=True)
    job = print_laid(laid, options=options, title=NUMBER, paper=Paper.A4)
    assert finish(job) is JobState.TAKEN
    assert cups_printer.arrived().read_bytes() == laid.pdf


@pytest.mark.requirement("R77", "R79")
@pytest.mark.parametrize("way", ["queue", "address"])
def test_a_document_that_breaks_off_prints_nothing_and_leaves_nothing(
    cups_printer: CupsPrinter, way: str
) -> None:
    picture = photo(1600, 1200)

    def gone() -> None:
        raise LostPicture

    broken = lay_out(sheet(images=(image(picture=lambda: picture), image(1, picture=gone))))
    name = cups_printer.name if way == "queue" else cups_printer.address
    options = PrintOptions(printer=name, whatever_is_loaded=True)
    with pytest.raises(LostPicture):
        print_laid(broken, options=options, title=NUMBER, paper=Paper.A4)
    # what comes next arrives alone: nothing of the broken one was on its way
    whole = HeldPdf(record_sheet_pdf(sheet()))
    job = print_laid(whole, options=options, title="NEXT", paper=Paper.A4)
    assert finish(job) is JobState.TAKEN
    assert cups_printer.options()["IPP_JOB_NAME"] == "NEXT"
    assert picture.jpeg not in cups_printer.spooled()
    assert cups_printer.job_files() == []
    assert picture.jpeg not in b"".join(
        path.read_bytes() for path in (cups_printer.folder / "ipp").rglob("*") if path.is_file()
    )


def test_a_print_server_that_is_not_there_is_said_so(
    cups_printer: CupsPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    assert printer_names() == []
    with pytest.raises(PrintingUnavailable, match="not running"):
        check_printer(cups_printer.name)
