"""A printer in this process that can be brought into states no real one can: IPP over loopback."""

import ssl
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast

from desktop.printing import ipp
from desktop.printing.ipp import Answer, Asked, Operation, Tag

NUMBER_OF_THE_JOB = 7
IDLE, STOPPED = 3, 5
HELD = 4
PROCESSING, CANCELLED, ABORTED, COMPLETED = 5, 7, 8, 9


def number(name: str, value: int) -> Asked:
    return ipp.number(name, value)


def tray_of(tray: str, width: int, height: int) -> Asked:
    """One member of media-col-ready, in hundredths of a millimetre."""
    size = ipp.collection(
        "media-size", ipp.number("x-dimension", width), ipp.number("y-dimension", height)
    )
    return ipp.collection("media-col-ready", size, ipp.keyword("media-source", tray))


@dataclass
class FakePrinter:
    """What it says is set before it is asked; what it was asked for is kept.

    `job` is how far the job is: the last entry holds. `refuses` answers the operation with a status
    and what it does not support. `breaks_after` closes the connection in the middle of a document.
    """

    address: str = ""
    says: list[Asked] = field(default_factory=list)
    job: list[tuple[int, str]] = field(default_factory=lambda: [(COMPLETED, "none")])
    refuses: dict[Operation, tuple[int, Sequence[Asked]]] = field(default_factory=dict)
    breaks_after: int | None = None
    wants_password: bool = False
    asked: list[tuple[Operation, Answer]] = field(default_factory=list)
    documents: list[bytes] = field(default_factory=list)
    cut_off: int = 0

    def request(self, operation: Operation) -> Answer:
        """The last request of that kind."""
        return [answer for one, answer in self.asked if one is operation][-1]

    def was_asked(self, operation: Operation) -> bool:
        return any(one is operation for one, _ in self.asked)

    def answer(self, operation: Operation) -> bytes:
        """What it answers now."""
        status, group, attributes = 0, 0x04, list[Asked]()
        if operation in self.refuses:
            status, unsupported = self.refuses[operation]
            group, attributes = 0x05, list(unsupported)
        elif operation is Operation.GET_PRINTER_ATTRIBUTES:
            attributes = self.says
        elif operation is Operation.PRINT_JOB:
            group, attributes = 0x02, [number("job-id", NUMBER_OF_THE_JOB)]
        elif operation is Operation.GET_JOB_ATTRIBUTES:
            state, reason = self.job[0] if len(self.job) == 1 else self.job.pop(0)
            group = 0x02
            attributes = [
                number("job-state", state),
                ipp.keyword("job-state-reasons", reason),
            ]
        head = struct.pack(">HHIB", 0x0200, status, 1, 0x01)
        charset = ipp._attribute(ipp.text("attributes-charset", Tag.CHARSET, "utf-8"))
        body = b"".join(map(ipp._attribute, attributes))
        return head + charset + (bytes((group,)) + body if attributes else b"") + b"\x03"


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        printer = cast("Any", self.server).printer
        body = self._body(printer)
        if body is None:
            printer.cut_off += 1
            self.close_connection = True
            return
        if printer.wants_password:
            self.send_response(401)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        request = ipp.parse(body)
        operation = Operation(request.status)
        printer.asked.append((operation, request))
        if operation is Operation.PRINT_JOB:
            printer.documents.append(body[body.index(b"%PDF") :])
        answer = printer.answer(operation)
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _body(self, printer: FakePrinter) -> bytes | None:
        """All of it, or None where it did not come whole."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers["Content-Length"]))
        gathered = bytearray()
        while line := self.rfile.readline().strip():
            size = int(line, 16)
            piece = self.rfile.read(size + 2)
            if len(piece) < size + 2:
                return None
            gathered += piece[:-2]
            if size == 0:
                return bytes(gathered)
            if printer.breaks_after is not None and len(gathered) > printer.breaks_after:
                return None
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
        """Nothing on the screen."""


@contextmanager
def fake_printer(*, sealed_with: Path | None = None) -> Iterator[FakePrinter]:
    """A printer at an address of its own; with a certificate and key in a file, at ipps://."""
    printer = FakePrinter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    server.daemon_threads = True
    cast("Any", server).printer = printer
    scheme = "ipp"
    if sealed_with is not None:
        scheme = "ipps"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sealed_with)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    printer.address = f"{scheme}://127.0.0.1:{server.server_port}/ipp/print"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield printer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
