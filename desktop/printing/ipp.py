"""The little IPP that no command of CUPS speaks: a job's true state, and forgetting its pages.

RFC 8010 (encoding) and RFC 8011 (model). `cancel -x` of CUPS 2.4 refuses a job that is done,
whose document CUPS keeps for a day; Cancel-Job with purge-job does not.
"""

import getpass
import http.client
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

_VERSION = b"\x02\x00"
_OPERATION_GROUP, _END, _FIRST_VALUE_TAG = 0x01, 0x03, 0x10
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_PATIENCE_S = 10.0

Value = int | str
Attributes = dict[str, list[Value]]


class Operation(IntEnum):
    """What is asked for (RFC 8011, 5.4.15)."""

    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_PRINTER_ATTRIBUTES = 0x0B


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The status of an answer and its attributes by name."""

    status: int
    attributes: Attributes

    @property
    def is_ok(self) -> bool:
        """Whether the request was done."""
        return self.status < 0x0100

    def numbers(self, name: str) -> list[int]:
        """The values of an attribute that are numbers."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, int)]

    def texts(self, name: str) -> list[str]:
        """The values of an attribute that are text."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, str)]


def ask(
    server: str,
    operation: Operation,
    *,
    uri: str,
    purge: bool = False,
    wanted: tuple[str, ...] = (),
) -> Answer:
    """Ask the print server at `server` (a socket path or host:port) about a job or a printer.

    Raises OSError or http.client.HTTPException where it cannot be reached or does not speak IPP.
    """
    names = "printer-uri" if operation is Operation.GET_PRINTER_ATTRIBUTES else "job-uri"
    body = b"".join(
        (
            _VERSION,
            struct.pack(">HIB", operation, 1, _OPERATION_GROUP),
            _attribute("attributes-charset", _CHARSET, b"utf-8"),
            _attribute("attributes-natural-language", _LANGUAGE, b"en"),
            _attribute(names, _URI, uri.encode()),
            _attribute("requesting-user-name", _NAME, getpass.getuser().encode()),
            _attribute("purge-job", _BOOLEAN, b"\x01") if purge else b"",
            _attribute("requested-attributes", _KEYWORD, *(w.encode() for w in wanted)),
            bytes((_END,)),
        )
    )
    connection = _connect(server)
    try:
        connection.request("POST", "/", body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        content = response.read()
        if response.status != http.client.OK:
            raise http.client.HTTPException(f"HTTP status {response.status}")
        return parse(content)
    finally:
        connection.close()


def parse(untrusted: bytes) -> Answer:
    """Read an IPP answer; raises http.client.HTTPException for what is not one."""
    try:
        (status,) = struct.unpack_from(">H", untrusted, 2)
        attributes: Attributes = {}
        for name, value in _values(untrusted):
            attributes.setdefault(name, []).append(value)
    except (struct.error, IndexError) as broken:
        raise http.client.HTTPException("not an IPP answer") from broken
    return Answer(status=status, attributes=attributes)


def _values(content: bytes) -> Iterator[tuple[str, Value]]:
    at, name = 8, ""
    while content[at] != _END:
        tag = content[at]
        at += 1
        if tag < _FIRST_VALUE_TAG:
            continue
        own, at = _piece(content, at)
        value, at = _piece(content, at)
        name = own.decode("utf-8", "replace") or name
        if tag in {_INTEGER, _ENUM}:
            yield name, struct.unpack(">i", value)[0]
        elif tag >= 0x40:
            yield name, value.decode("utf-8", "replace")


def _piece(content: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", content, at)
    end = at + 2 + length
    if end > len(content):
        raise IndexError(end)
    return content[at + 2 : end], end


def _attribute(name: str, tag: int, *values: bytes) -> bytes:
    pieces = []
    for place, value in enumerate(values):
        own = name.encode() if place == 0 else b""
        pieces.append(struct.pack(">BH", tag, len(own)) + own)
        pieces.append(struct.pack(">H", len(value)) + value)
    return b"".join(pieces)


def _connect(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _SocketConnection(server)
    return http.client.HTTPConnection(server, timeout=_PATIENCE_S)


class _SocketConnection(http.client.HTTPConnection):
    """HTTP through the local socket of the print server."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_PATIENCE_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_PATIENCE_S)
        self.sock.connect(self._path)
