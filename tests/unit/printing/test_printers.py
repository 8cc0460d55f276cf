"""Printers that are not there, titles that would tell, and answers that are not IPP."""

import http.client
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing import ipp
from desktop.printing.printers import print_pdf, printer_names
from desktop.printing.problems import PrintingUnavailable
from desktop.printing.record_sheet_model import Paper


def test_without_cups_there_are_no_printers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no such socket"))
    assert printer_names() == []
    with pytest.raises(PrintingUnavailable, match="CUPS is not running"):
        print_pdf(b"%PDF-", printer="desk", title="RS7K3QX9FM", paper=Paper.A4)


@pytest.mark.parametrize("title", ["Ngātai wound", "smith_john", "", "RS 7K3Q"])
def test_a_title_that_could_tell_is_a_fault(title: str) -> None:
    with pytest.raises(ValueError, match="opaque"):
        print_pdf(b"%PDF-", printer="desk", title=title, paper=Paper.A4)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_answer_is_read_or_refused(untrusted: bytes) -> None:
    try:
        ipp.parse(untrusted)
    except http.client.HTTPException:
        return


def test_an_answer_is_read() -> None:
    def piece(tag: int, name: bytes, value: bytes) -> bytes:
        return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value

    answer = ipp.parse(
        struct.pack(">HHIB", 0x0200, 0x0001, 1, 0x02)
        + piece(0x23, b"job-state", struct.pack(">i", 9))
        + piece(0x44, b"reasons", b"none")
        + piece(0x44, b"", b"second")
        + b"\x03"
    )
    assert answer.is_ok
    assert answer.numbers("job-state") == [9]
    assert answer.texts("reasons") == ["none", "second"]


def test_what_a_request_asks_for_is_read_again_collections_and_all() -> None:
    size = ipp.collection("media-size", ipp.number("x-dimension", 21000))
    request = ipp.Request(
        operation=ipp.Operation.PRINT_JOB,
        target="ipp://localhost/ipp/print",
        person="clerk",
        job=(ipp.collection("media-col", size, ipp.keyword("media-source", "tray-1")),),
    )
    read = ipp.parse(request.encoded())
    assert read.status == ipp.Operation.PRINT_JOB
    assert read.texts("printer-uri") == ["ipp://localhost/ipp/print"]
    assert read.collections("media-col") == [
        {"media-size": [{"x-dimension": [21000]}], "media-source": ["tray-1"]}
    ]


def test_collections_without_end_are_refused() -> None:
    begun = struct.pack(">BH", 0x34, 1) + b"a" + struct.pack(">H", 0)
    member = struct.pack(">BHH", 0x4A, 0, 1) + b"m" + struct.pack(">BHH", 0x34, 0, 0)
    endless = struct.pack(">HHIB", 0x0200, 0, 1, 0x04) + begun + member * 100_000
    with pytest.raises(http.client.HTTPException, match="not an IPP answer"):
        ipp.parse(endless)
