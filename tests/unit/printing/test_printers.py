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
