"""Each thing that goes wrong with a printer has its words, and then nothing was printed."""

import hashlib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.printing import ipp
from desktop.printing.ipp import Operation
from desktop.printing.ipp_connection import printer_at
from desktop.printing.print_jobs import (
    JobState,
    PrintJob,
    finish,
    follow,
    purge,
    see_through,
    see_through_or_purge,
)
from desktop.printing.print_options import PrintOptions, Sides
from desktop.printing.printer_problems import (
    PrinterAddressUnclear,
    PrinterCertificateOther,
    PrinterCertificateUnknown,
    PrinterCutOff,
    PrinterInTheClear,
    PrinterNotPrivate,
    PrinterNotReached,
    TooManyCopies,
)
from desktop.printing.printers import abilities, led_to, print_laid
from desktop.printing.problems import (
    NoSuchTray,
    OneSidedPrinter,
    PrinterRefused,
    PrinterStopped,
    PrintNotDone,
    WrongPaperLoaded,
)
from desktop.printing.record_sheet import lay_out
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.fake_printer import (
    ABORTED,
    CANCELLED,
    COMPLETED,
    IDLE,
    PROCESSING,
    STOPPED,
    FakePrinter,
    fake_printer,
    number,
    tray_of,
)
from tests.unit.printing.made_sheets import NUMBER, image, photo, sheet
from tests.unit.printing.reading import page_texts

pytestmark = pytest.mark.requirement("R77")


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    with fake_printer() as made:
        yield made


def sent(printer: FakePrinter, **more: Any) -> PrintJob:
    options = PrintOptions(printer=more.pop("address", printer.address), **more)
    return print_laid(lay_out(sheet()), options=options, title=NUMBER, paper=Paper.A4)


def test_what_is_asked_for_arrives_with_the_pages(printer: FakePrinter) -> None:
    printer.says = [
        ipp.keyword("print-color-mode-supported", "monochrome", "color"),
        ipp.keyword("sides-supported", "one-sided", "two-sided-long-edge"),
        ipp.keyword("media-source-supported", "auto", "tray-1", "tray-2"),
        ipp.text("printer-uuid", ipp.Tag.URI, "urn:uuid:made-up"),
    ]
    job = sent(printer, copies=2, sides=Sides.TWO, is_grey=True, tray="tray-2")
    see_through(job)
    asked = printer.request(Operation.PRINT_JOB)
    assert asked.texts("print-scaling") == ["none"]
    assert asked.texts("sides") == ["two-sided-long-edge"]
    assert asked.texts("print-color-mode") == ["monochrome"]
    assert asked.numbers("copies") == [2]
    assert asked.texts("job-name") == [NUMBER]
    (wanted,) = asked.collections("media-col")
    assert wanted["media-source"] == ["tray-2"]
    assert wanted["media-size"] == [{"x-dimension": [21000], "y-dimension": [29700]}]
    (arrived,) = printer.documents
    assert "ZZZ0016" in page_texts(arrived)[0]
    purged = printer.request(Operation.CANCEL_JOB)
    assert (purged.numbers("purge-job"), purged.numbers("job-id")) == ([1], [7])
    assert led_to(printer.address)
    see_through(sent(printer))
    plain = printer.request(Operation.PRINT_JOB)
    assert plain.texts("media") == ["iso_a4_210x297mm"]
    assert plain.texts("print-color-mode") == ["color"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("media-empty-error", "out of paper"),
        ("media-jam", "jammed"),
        ("cover-open-error", "cover is open"),
        ("toner-empty-error", "out of toner"),
        ("offline-report", "switched off"),
        ("paused", "no reason|paused"),
    ],
)
def test_a_printer_that_stands_still_says_why_and_gives_the_sheet_back(
    printer: FakePrinter, reason: str, words: str
) -> None:
    printer.job = [(PROCESSING, "job-printing")]
    job = sent(printer)
    printer.says = [
        number("printer-state", STOPPED),
        ipp.keyword("printer-state-reasons", reason),
    ]
    assert abilities(printer.address).trouble
    with pytest.raises(PrinterStopped, match=words):
        finish(job)
    assert purge(job)


def test_a_warning_of_a_printer_that_prints_is_no_standstill(printer: FakePrinter) -> None:
    printer.says = [
        number("printer-state", IDLE),
        ipp.keyword("printer-state-reasons", "toner-low-warning", "connecting-to-device"),
    ]
    printer.job = [(PROCESSING, "job-printing"), (COMPLETED, "job-completed-successfully")]
    assert finish(sent(printer)) is JobState.TAKEN


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (CANCELLED, "job-canceled-at-device", "cancelled at printer .*somebody cancelled it at"),
        (ABORTED, "document-format-error", "aborted at printer .*could not read the document"),
        (ABORTED, "none", "says no reason"),
    ],
)
def test_a_job_that_ends_without_paper_says_why(
    printer: FakePrinter, state: int, reason: str, words: str
) -> None:
    printer.job = [(state, reason)]
    with pytest.raises(PrintNotDone, match=words):
        see_through(sent(printer))
    assert printer.was_asked(Operation.CANCEL_JOB)


def test_a_job_that_waits_to_be_released_says_so(printer: FakePrinter) -> None:
    printer.job = [(4, "job-release-wait")]
    now = follow(sent(printer))
    assert (now.state, now.reason) == (
        JobState.WAITING,
        "somebody has to release it at the printer.",
    )
    assert see_through(sent(printer)).is_held  # nobody is kept waiting for that
    with pytest.raises(PrintNotDone, match=r"cancelled at printer .*release it"):
        see_through_or_purge(sent(printer))  # the recovery key is not left in a queue
    assert printer.was_asked(Operation.CANCEL_JOB)


@pytest.mark.parametrize("when", [Operation.VALIDATE_JOB, Operation.PRINT_JOB])
def test_a_value_that_is_refused_is_named(printer: FakePrinter, when: Operation) -> None:
    printer.refuses[when] = (0x040B, [ipp.keyword("sides", "two-sided-long-edge")])
    with pytest.raises(PrinterRefused, match="cannot print both sides"):
        sent(printer, sides=Sides.TWO)
    assert bool(printer.documents) is (when is Operation.PRINT_JOB)


def test_a_value_that_would_be_passed_over_is_refused_before_a_page_leaves(
    printer: FakePrinter,
) -> None:
    printer.refuses[Operation.VALIDATE_JOB] = (
        0x0001,
        [ipp.keyword("print-color-mode", "monochrome"), ipp.keyword("print-scaling", "none")],
    )
    with pytest.raises(PrinterRefused, match="cannot print this choice of colour or grey"):
        sent(printer, is_grey=True)
    assert not printer.documents
    printer.refuses[Operation.VALIDATE_JOB] = (0x0001, [ipp.keyword("print-scaling", "none")])
    sent(printer)
    assert printer.documents


def test_what_the_printer_cannot_do_is_said_before_anything_is_sent(printer: FakePrinter) -> None:
    printer.says = [
        ipp.keyword("media-ready", "iso_a4_210x297mm", "na_letter_8.5x11in"),
        ipp.keyword("media-source-supported", "tray-1", "tray-2"),
        ipp.keyword("sides-supported", "one-sided"),
        number("copies-supported", 9),
        tray_of("tray-1", 21590, 27940),
        tray_of("tray-2", 21000, 29700),
    ]
    can = abilities(printer.address)
    assert can.trays == ("tray-1", "tray-2")
    assert can.loaded_for("tray-1") == {Paper.LETTER}
    with pytest.raises(WrongPaperLoaded, match=r"has Letter loaded.*laid out for A4"):
        sent(printer, tray="tray-1")
    with pytest.raises(NoSuchTray, match=r"no tray cellar.*tray-1, tray-2"):
        sent(printer, tray="cellar")
    with pytest.raises(OneSidedPrinter):
        sent(printer, sides=Sides.TWO)
    with pytest.raises(TooManyCopies, match="at most 9"):
        sent(printer, copies=10)
    assert not printer.was_asked(Operation.VALIDATE_JOB)
    sent(printer, tray="tray-1", whatever_is_loaded=True)
    printer.says = [ipp.text("document-format-supported", ipp.Tag.MIME, "image/pwg-raster")]
    with pytest.raises(PrinterRefused, match="takes no PDF"):
        sent(printer)


def test_a_printer_that_is_off_does_not_answer() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"ipp://127.0.0.1:{held.getsockname()[1]}/ipp/print"
    with pytest.raises(PrinterNotReached, match="Switch it on"):
        sent(FakePrinter(address=address))


def test_a_printer_that_asks_for_a_password_does_not_get_one(printer: FakePrinter) -> None:
    printer.wants_password = True
    with pytest.raises(PrinterNotReached, match="asks for a password"):
        sent(printer)


@pytest.mark.requirement("R79")
def test_a_picture_that_fails_half_way_prints_nothing(printer: FakePrinter) -> None:
    def gone() -> None:
        raise ConnectionResetError("the picture's own pipe")

    big = [image(n, picture=lambda n=n: photo(900, 700, seed=n)) for n in range(3)]  # type: ignore[misc]
    laid = lay_out(sheet(images=(*big, image(3, picture=gone))))
    options = PrintOptions(printer=printer.address)
    with pytest.raises(ConnectionResetError, match="own pipe"):
        print_laid(laid, options=options, title=NUMBER, paper=Paper.A4)
    assert printer.documents == []


@pytest.mark.requirement("R79")
def test_a_connection_that_breaks_half_way_is_said(printer: FakePrinter) -> None:
    printer.breaks_after = 1000
    with pytest.raises(PrinterCutOff, match="broke before all pages"):
        sent(printer)
    assert (printer.documents, printer.cut_off) == ([], 1)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ipp://192.168.1.20/ipp/print", PrinterInTheClear),
        ("ipp://printer.example/ipp/print", PrinterInTheClear),
        ("ipps://", PrinterAddressUnclear),
        ("ipps://a b/ipp", PrinterAddressUnclear),
        ("ipps://10.0.0.9:99999/", PrinterAddressUnclear),
        ("ipps://10.0.0.9/ipp#sha256:00", PrinterAddressUnclear),
        ("ipps://me:secret@10.0.0.9/ipp", PrinterAddressUnclear),
    ],
)
def test_an_address_that_will_not_do_is_refused_without_asking(
    address: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        printer_at(address)


def test_an_address_outside_the_own_network_is_not_spoken_to() -> None:
    with pytest.raises(PrinterNotPrivate, match="private addresses"):
        abilities("ipps://198.51.100.7/ipp/print")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made up printer")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    out = tmp_path / "printer.pem"
    out.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return out


@pytest.mark.requirement("R79")
def test_a_certificate_that_nobody_vouches_for_wants_a_person_to_compare(
    certificate: Path,
) -> None:
    pem = certificate.read_text(encoding="ascii").partition("-----BEGIN CERTIFICATE")
    shown = hashlib.sha256(ssl.PEM_cert_to_DER_cert("".join(pem[1:]))).hexdigest()
    with fake_printer(sealed_with=certificate) as printer:
        with pytest.raises(PrinterCertificateUnknown) as unknown:
            sent(printer)
        assert unknown.value.fingerprint.replace(" ", "").lower() == shown
        other = f"{printer.address}#sha256:{'0' * 64}"
        with pytest.raises(PrinterCertificateOther, match="does not show the certificate"):
            sent(printer, address=other)
        assert printer.asked == []
        compared = f"{printer.address}#sha256:{unknown.value.fingerprint}"
        see_through(sent(printer, address=compared))
        assert len(printer.documents) == 1
        assert led_to(compared)  # it says nothing of itself, and its certificate does
    with fake_printer() as nameless:
        assert led_to(nameless.address) == ""
    assert "#" not in PrintOptions(printer=compared).target
