"""The way to a print server or a printer: a local socket, this computer, or the network sealed.

In clear, nothing goes further than this computer. On the network the other side shows a certificate
that somebody vouches for, or the one whose fingerprint a person compared.
"""

import hashlib
import hmac
import http.client
import io
import ipaddress
import os
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desktop.devices.network_address import is_near
from desktop.printing.document import Write
from desktop.printing.ipp import MOST_BYTES, Answer, Request, parse
from desktop.printing.printer_problems import (
    PrinterAddressUnclear,
    PrinterCertificateOther,
    PrinterCertificateUnknown,
    PrinterInTheClear,
    PrinterNotPrivate,
)

PORT = 631
_PATIENCE_S = 15.0
_WHILE_PRINTING_S = 120.0
"""A slow printer stops reading while it works."""
_CHUNK = 256 * 1024
_MOST_AROUND = 512 * 1024
"""More than any printer says around its answer."""
_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_URI = re.compile(
    r"(?P<scheme>ipps?)://(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[\w.-]{1,253}))"
    r"(?::(?P<port>\d{1,5}))?(?P<path>/[\w./%-]{0,200})?(?:#sha256:(?P<pin>[0-9A-Fa-f: ]{64,95}))?",
    re.ASCII,
)

Fill = Callable[[Write], object]
"""Writes a document piece by piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Who is spoken to. `socket_path` is the local socket of a print server, else `host` and
    `port`; `pin` is the SHA-256 of the certificate that a person compared, in hex, or empty."""

    socket_path: str = ""
    host: str = "localhost"
    port: int = PORT
    is_sealed: bool = False
    pin: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is this computer's own, so that it answers at once or not at all."""
        return bool(self.socket_path) or (not self.is_sealed and _is_loopback(self.host))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer or a queue: where it is asked, under which URI, at which path."""

    name: str
    server: Server
    uri: str
    path: str


def is_address(name: str) -> bool:
    """Whether a printer is named by its address and not as a queue."""
    return name.lower().startswith(("ipp://", "ipps://"))


def printer_at(address: str) -> Printer:
    """A printer by its address: `ipp://127.0.0.1:8631/ipp/print`, or `ipps://` and a host, with
    `#sha256:` and a fingerprint where nobody vouches for its certificate.

    Raises PrinterAddressUnclear, and PrinterInTheClear for ipp:// to another computer. Nothing is
    asked on the network.
    """
    found = _URI.fullmatch(address.strip())
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 1 <= port <= 65535:
        raise PrinterAddressUnclear(address=address.strip()[:100])
    host, scheme = found["six"] or found["host"], found["scheme"].lower()
    if scheme == "ipp" and not _is_loopback(host):
        raise PrinterInTheClear(address=shown_name(address))
    path = found["path"] or "/ipp/print"
    pin = re.sub("[: ]", "", found["pin"] or "").lower()
    if pin and len(pin) != 64:
        raise PrinterAddressUnclear(address=address.strip()[:100])
    shown = f"[{host}]" if ":" in host else host
    return Printer(
        name=address.strip(),
        server=Server(host=host, port=port, is_sealed=scheme == "ipps", pin=pin),
        uri=f"{scheme}://{shown}:{port}{path}",
        path=path,
    )


def shown_name(printer: str) -> str:
    """How a printer is called in a sentence and in the register: without its fingerprint."""
    return printer.partition("#")[0].strip()


def queue(name: str) -> Printer:
    """A queue of this computer's print server."""
    path = f"/printers/{quote(name, safe='')}"
    return Printer(name=name, server=print_server(), uri=f"ipp://localhost{path}", path=path)


def print_server() -> Server:
    """Where CUPS listens: as CUPS_SERVER, client.conf or its own socket say, in that order."""
    named = os.environ.get("CUPS_SERVER", "").strip() or _configured()
    if not named:
        for path in _SOCKETS:
            if Path(path).exists():
                return Server(socket_path=path)
        return Server()
    if named.startswith("/"):
        return Server(socket_path=named)
    host, _, port = named.partition("/")[0].rpartition(":")
    if not port.isdecimal():
        host, port = named.partition("/")[0], str(PORT)
    host = host.strip("[]")
    return Server(host=host, port=int(port), is_sealed=not _is_loopback(host))


def _configured() -> str:
    for path in (Path.home() / ".cups" / "client.conf", Path("/etc/cups/client.conf")):
        with suppress(OSError, UnicodeDecodeError):
            for line in path.read_text(encoding="utf-8").splitlines():
                if found := re.fullmatch(r"\s*ServerName\s+(\S+)\s*", line):
                    return found[1]
    return ""


def ask(
    server: Server,
    path: str,
    request: Request,
    *,
    document: Fill | None = None,
    patience_s: float = _PATIENCE_S,
) -> Answer:
    """Send a request, and a document as it is written, and read the answer; a document has more
    patience.

    What writing the document raises cuts the connection, so that the other side throws away what it
    has. Raises OSError or http.client.HTTPException where it cannot be reached or does not speak
    IPP, and the problems of an address.
    """
    connection = _connection(server, patience_s=_WHILE_PRINTING_S if document else patience_s)
    connection.response_class = _Response
    try:
        connection.putrequest("POST", path, skip_accept_encoding=True)
        connection.putheader("Content-Type", "application/ipp")
        head = request.encoded()
        if document is None:
            connection.putheader("Content-Length", str(len(head)))
            connection.endheaders(head)
        else:
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            _send(connection, head, document)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise http.client.HTTPException(f"HTTP status {response.status}")
        return parse(response.read(MOST_BYTES))
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, head: bytes, document: Fill) -> None:
    """In chunks (RFC 9112, 7.1). Who refuses in the middle closes the way in: its answer is read
    all the same."""
    chunks = _Chunks(connection)
    try:
        chunks.write(head)
        document(chunks.write)
        chunks.end()
    except (BrokenPipeError, ConnectionResetError):
        if not chunks.was_refused:
            raise  # not ours: what reads a picture lost its own pipe


class _Chunks:
    """Gathers small pieces: a PDF comes in many."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self._held = bytearray()
        self.was_refused = False

    def write(self, piece: bytes) -> None:
        self._held += piece
        if len(self._held) >= _CHUNK:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._out(b"0\r\n\r\n")

    def _flush(self) -> None:
        if self._held:
            self._out(b"%x\r\n%b\r\n" % (len(self._held), bytes(self._held)))
            self._held.clear()

    def _out(self, content: bytes) -> None:
        try:
            self._connection.send(content)
        except (BrokenPipeError, ConnectionResetError):
            self.was_refused = True
            raise


def _connection(server: Server, *, patience_s: float) -> http.client.HTTPConnection:
    if server.socket_path:
        return _SocketConnection(server.socket_path, patience_s)
    if not server.is_sealed:
        return http.client.HTTPConnection(_near(server), server.port, timeout=patience_s)
    return _SealedConnection(server, patience_s)


class _Response(http.client.HTTPResponse):
    """An answer that is over in the time that its connection waits for one piece, and no longer
    than a printer's can be: also where its head, or what is said before and after it, has no end.
    """

    def __init__(self, sock: socket.socket, *rest: Any, **named: Any) -> None:
        super().__init__(sock, *rest, **named)
        self.fp.close()
        self.fp = io.BufferedReader(_Heard(sock))


class _Heard(io.RawIOBase):
    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._pieces = sock.makefile("rb", buffering=0)
        self._until = time.monotonic() + (sock.gettimeout() or _PATIENCE_S)
        self._left = MOST_BYTES + _MOST_AROUND

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._left <= 0:
            raise http.client.HTTPException("it answers without end")
        left_s = self._until - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._socket.settimeout(left_s)
        got = self._pieces.readinto(memoryview(buffer)[: self._left])
        self._left -= got or 0
        return got

    def close(self) -> None:
        self._pieces.close()
        super().close()


class _SocketConnection(http.client.HTTPConnection):
    """HTTP through the local socket of the print server."""

    def __init__(self, path: str, patience_s: float) -> None:
        super().__init__("localhost", timeout=patience_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class _SealedConnection(http.client.HTTPSConnection):
    """HTTP over TLS to a printer whose certificate is vouched for, or is the one that was compared;
    nothing is sent before that is known."""

    def __init__(self, server: Server, patience_s: float) -> None:
        context = ssl.create_default_context()
        if server.pin:  # the fingerprint says more than a name and a signature
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        super().__init__(server.host, server.port, timeout=patience_s, context=context)
        self._server, self._wrap = server, context

    def connect(self) -> None:
        number = _near(self._server)
        plain = socket.create_connection((number, self._server.port), self.timeout)
        try:
            self.sock = self._wrap.wrap_socket(plain, server_hostname=self._server.host)
        except ssl.SSLCertVerificationError as unknown:
            plain.close()
            raise PrinterCertificateUnknown(
                name=self._server.host,
                fingerprint=_spaced(_fingerprint(number, self._server.port)),
                reason=unknown.verify_message,
            ) from unknown
        except BaseException:
            plain.close()
            raise
        if self._server.pin:
            self._check_pin()

    def _check_pin(self) -> None:
        shown = self.sock.getpeercert(binary_form=True) or b""
        got = hashlib.sha256(shown).hexdigest()
        if not hmac.compare_digest(got, self._server.pin):
            self.sock.close()
            raise PrinterCertificateOther(name=self._server.host, fingerprint=_spaced(got))


def _fingerprint(number: str, port: int) -> str:
    """Of the certificate that is shown now. Nothing else is asked or told on this connection."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((number, port), _PATIENCE_S) as plain,
        context.wrap_socket(plain) as sealed,
    ):
        return hashlib.sha256(sealed.getpeercert(binary_form=True) or b"").hexdigest()


def _spaced(fingerprint: str) -> str:
    return " ".join(fingerprint[at : at + 4].upper() for at in range(0, len(fingerprint), 4))


def _near(server: Server) -> str:
    """The number to connect to. A name may lead anywhere: what it led to is checked, and is not
    asked a second time. In clear, only this computer will do."""
    answers = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    numbers = [str(answer[4][0]) for answer in answers]
    for one in numbers:
        address = ipaddress.ip_address(one.partition("%")[0])
        if address.is_loopback or (server.is_sealed and is_near(address)):
            return one
    if server.is_sealed:
        raise PrinterNotPrivate(name=server.host)
    raise PrinterInTheClear(address=server.host)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
