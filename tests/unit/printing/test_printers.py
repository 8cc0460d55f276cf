"""Printers that are not there, titles that would tell, and answers that are not IPP."""

import http.client
import io
import struct
import time
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing import ipp
from desktop.printing.announced import announced_printers
from desktop.printing.ipp_connection import _Response, queue
from desktop.printing.printer_problems import PrintersNotSought
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


class Hostile(io.RawIOBase):
    """A connection that says the same again and again, a few bytes at a time."""

    def __init__(self, begin: bytes, again: bytes, piece: int) -> None:
        self._held, self._again, self._piece = begin, again, piece

    def makefile(self, _mode: str, buffering: int = -1) -> "Hostile":
        return self

    def gettimeout(self) -> float:
        return 15.0

    def settimeout(self, _seconds: float) -> None:
        """It always answers in time."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._held) < self._piece:
            self._held += self._again
        got = self._held[: min(self._piece, len(buffer))]
        self._held = self._held[len(got) :]
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        """It is one connection, however often it is opened."""


@pytest.mark.requirement("R77")
@pytest.mark.parametrize(
    ("begin", "again"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_an_answer_without_end_is_none_however_it_comes(
    begin: bytes, again: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def heard(piece: int) -> bytes:
        response = _Response(cast("Any", Hostile(begin, again * 9000, piece)), method="POST")
        response.begin()
        return response.read()

    with pytest.raises(http.client.HTTPException, match="without end"):
        heard(1 << 17)
    seconds = count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    with pytest.raises(TimeoutError):
        heard(1)


def test_a_queue_may_be_called_as_people_speak() -> None:
    assert queue("Küche/1").path == "/printers/K%C3%BCche%2F1"
    assert queue("Front_Desk-2").uri == "ipp://localhost/printers/Front_Desk-2"


def test_more_groups_than_printers_are_refused() -> None:
    endless = struct.pack(">HHI", 0x0200, 0, 1) + b"\x04" * 100_000 + b"\x03"
    with pytest.raises(http.client.HTTPException, match="not an IPP answer"):
        ipp.parse(endless)


@pytest.mark.requirement("R77")
def test_printers_that_announce_themselves_are_named_by_addresses_that_could_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintersNotSought, match="ippfind is not installed"):
        announced_printers()
    said = "ipps://vm.local:8899/ipp/print ipp://vm.local:631/ipp/print ipps://b;rm/ -x"
    finder = tmp_path / "ippfind"
    finder.write_text(f"#!/bin/sh\nfor one in {said!r}; do echo $one; done\n", encoding="utf-8")
    finder.chmod(0o755)
    assert announced_printers() == ["ipps://vm.local:8899/ipp/print"]
    finder.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # as it ends where it hears nobody
    assert announced_printers() == []
