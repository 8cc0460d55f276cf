"""PTP/IP (CIPA DC-005) on loopback: packets, sessions and events. What is answered, others say."""

import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import NoReturn

from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.ptp_script import Script

_SESSION_GUID = b"chartroom-camera"
_CHUNK = 1 << 18
_SILENCE = 0.05  # seconds, after which it looks whether it may speak again


class Packet(IntEnum):
    """PTP/IP packet types."""

    INIT_COMMAND_REQUEST = 1
    INIT_COMMAND_ACK = 2
    INIT_EVENT_REQUEST = 3
    INIT_EVENT_ACK = 4
    INIT_FAIL = 5
    COMMAND_REQUEST = 6
    COMMAND_RESPONSE = 7
    EVENT = 8
    START_DATA = 9
    DATA = 10
    END_DATA = 12


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an operation comes to: a response code with its parameters, and data up to `length`."""

    response: int
    parameters: tuple[int, ...] = ()
    data: bytes | Pattern | None = None
    length: int | None = None


class PtpIpResponder(ABC):
    """Serves every connection in a thread. `close` when done."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._sent = 0
        self._connections: list[socket.socket] = []
        self._events: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._unplugged = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._port = self._server.getsockname()[1]
        self._spawn(self._accept)

    @abstractmethod
    def do(self, operation: int, parameters: list[int]) -> Answer:
        """Do what was asked."""

    @property
    def source_id(self) -> str:
        """The id by which `open_source` finds it."""
        return f"ptpip:127.0.0.1:{self._port}"

    @property
    def driver_port(self) -> str:
        """The same place as libgphoto2 wants to have it named: with a port for its events."""
        return f"ptpip:127.0.0.1:{self._port}:{self._port}"

    def tell(self, event: int, *parameters: int) -> None:
        """Send an event to the newest session, if there is one that hears it."""
        if self._events is not None:
            body = struct.pack(f"<HI{len(parameters)}I", event, 0, *parameters)
            with suppress(OSError):
                _send_packet(self._events, Packet.EVENT, body)

    def unplug(self) -> None:
        """Reset every connection and answer no new one."""
        self._unplugged.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for connection in self._connections:
            with suppress(OSError):
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def plug_in(self) -> None:
        """Be there again after `unplug`, at the same place, with the same things on the card."""
        self._join()
        self._sent = 0
        self._connections, self._threads, self._events = [], [], None
        self._unplugged.clear()
        self._server = socket.create_server(("127.0.0.1", self._port))
        self._spawn(self._accept)

    def close(self) -> None:
        """Unplug, and wait until nothing of it runs."""
        self.unplug()
        self._join()

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._connections.append(connection)
                kind, _ = _packet_from(connection)
                self._welcome(connection, kind)

    def _welcome(self, connection: socket.socket, kind: int) -> None:
        if kind == Packet.INIT_EVENT_REQUEST:
            self._events = connection
            _send_packet(connection, Packet.INIT_EVENT_ACK, b"")
        elif self.script.busy:
            _send_packet(connection, Packet.INIT_FAIL, struct.pack("<I", 1))
            connection.close()
        else:
            name = "camera\0".encode("utf-16-le")
            answer = struct.pack("<I", 1) + _SESSION_GUID + name + struct.pack("<I", 0x10000)
            _send_packet(connection, Packet.INIT_COMMAND_ACK, answer)
            self._spawn(lambda: self._serve(connection))

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            while True:
                kind, body = _packet_from(connection)
                if kind == Packet.COMMAND_REQUEST:
                    self._answer(connection, body)

    def _answer(self, connection: socket.socket, body: bytes) -> None:
        _, operation, transaction = struct.unpack_from("<IHI", body)
        parameters = list(struct.unpack(f"<{(len(body) - 10) // 4}I", body[10:]))
        while operation in self.script.silent_on and not self._unplugged.wait(_SILENCE):
            pass
        self._unplugged.wait(self.script.delay)
        if operation == self.script.unplug_before:
            self._leave()
        answer = self.do(operation, parameters)
        if operation == self.script.unplug_instead_of_answering:
            self._leave()
        if answer.data is not None:
            length = len(answer.data) if answer.length is None else answer.length
            self._send_data(connection, transaction, answer.data, length)
        told = struct.pack(f"<{len(answer.parameters)}I", *answer.parameters)
        code = struct.pack("<HI", answer.response, transaction)
        self._send(connection, Packet.COMMAND_RESPONSE, code + told)

    def _leave(self) -> NoReturn:
        """Once: after `plug_in` it stays."""
        script = self.script
        script.unplug_after = script.unplug_before = script.unplug_instead_of_answering = None
        self.unplug()
        raise ConnectionError

    def _send_data(
        self, connection: socket.socket, transaction: int, data: bytes | Pattern, length: int
    ) -> None:
        number = struct.pack("<I", transaction)
        self._send(connection, Packet.START_DATA, number + struct.pack("<Q", length))
        for start in range(0, length, _CHUNK):
            chunk = data[start : min(start + _CHUNK, length)]
            self._send(connection, Packet.DATA, number + chunk)
        self._send(connection, Packet.END_DATA, number)

    def _send(self, connection: socket.socket, kind: Packet, body: bytes) -> None:
        packet = struct.pack("<II", len(body) + 8, kind) + body
        room = self.script.unplug_after
        if room is not None and self._sent + len(packet) > room:
            connection.sendall(packet[: max(0, room - self._sent)])
            self._leave()
        self._sent += len(packet)
        connection.sendall(packet)


def _packet_from(connection: socket.socket) -> tuple[int, bytes]:
    length, kind = struct.unpack("<II", _exactly(connection, 8))
    return kind, _exactly(connection, length - 8)


def _send_packet(connection: socket.socket, kind: Packet, body: bytes) -> None:
    connection.sendall(struct.pack("<II", len(body) + 8, kind) + body)


def _exactly(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        part = connection.recv(length - len(received))
        if not part:
            raise ConnectionError
        received += part
    return bytes(received)
