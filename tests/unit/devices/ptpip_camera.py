"""A camera on loopback that speaks PTP/IP (CIPA DC-005), for libgphoto2's own driver to talk to.

It does what the standards say, and on request what real cameras do instead: lock, refuse, stop in
the middle, vanish, or fall silent.
"""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum

from tests.unit.devices.ptp_datasets import (
    EVERYTHING,
    STORE,
    Make,
    Operation,
    Response,
    Stored,
    device_info,
    numbers,
    object_info,
    storage_info,
)

_SESSION_GUID = b"chartroom-camera"
_CHUNK = 1 << 18


class Packet(IntEnum):
    """PTP/IP packet types."""

    INIT_COMMAND_REQUEST = 1
    INIT_COMMAND_ACK = 2
    INIT_EVENT_REQUEST = 3
    INIT_EVENT_ACK = 4
    INIT_FAIL = 5
    COMMAND_REQUEST = 6
    COMMAND_RESPONSE = 7
    START_DATA = 9
    DATA = 10
    END_DATA = 12


class PtpIpCamera:
    """A scriptable camera. Attributes may be set at any time; `close` when done.

    `locked`: no storages. `refused`: operations that are answered with AccessDenied. `stops_at`:
    no byte of a file beyond this offset is handed over, and that is called a success.
    `leaves_after`: the connection is reset once so many bytes were sent. `silent_on`: operations
    that are never answered. `delay`: seconds before each answer. `used`: bytes in use on
    the storage.
    """

    def __init__(self) -> None:
        self.make = Make()
        self.locked = False
        self.refused: set[int] = set()
        self.stops_at: int | None = None
        self.leaves_after: int | None = None
        self.silent_on: set[int] = set()
        self.busy = False
        self.delay = 0.0
        self.used = 8 << 30
        self.asked: list[int] = []
        self.objects: dict[int, Stored] = {}
        self._next_handle = 1
        self._sent = 0
        self._connections: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._closed = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._port = self._server.getsockname()[1]
        self._deeds: dict[int, Callable[[list[int]], tuple[int, bytes | None]]] = {
            Operation.GET_DEVICE_INFO: lambda _: (Response.OK, device_info(self.make)),
            Operation.OPEN_SESSION: lambda _: (Response.OK, None),
            Operation.CLOSE_SESSION: lambda _: (Response.OK, None),
            Operation.GET_STORAGE_IDS: self._storage_ids,
            Operation.GET_STORAGE_INFO: lambda _: (Response.OK, storage_info(used=self.used)),
            Operation.GET_OBJECT_HANDLES: self._object_handles,
            Operation.GET_OBJECT_INFO: self._object_info,
            Operation.GET_OBJECT: self._object,
            Operation.GET_THUMB: self._thumbnail,
            Operation.GET_PARTIAL_OBJECT: self._partial_object,
        }
        self._spawn(self._accept)

    @property
    def source_id(self) -> str:
        return f"ptp:ptpip:127.0.0.1:{self._port}:{self._port}"

    def add_folder(self, name: str, parent: int = 0) -> int:
        """A folder; its handle."""
        return self._add(Stored(name=name, parent=parent))

    def add_file(
        self,
        name: str,
        content: bytes,
        *,
        parent: int = 0,
        thumbnail: bytes = b"",
        said_size: int | None = None,
    ) -> int:
        """A file; its handle."""
        return self._add(
            Stored(
                name=name, parent=parent, content=content, thumbnail=thumbnail, said_size=said_size
            )
        )

    def remove(self, name: str) -> None:
        """Take a file away without telling anyone."""
        self.objects = {
            handle: stored for handle, stored in self.objects.items() if stored.name != name
        }

    def files(self) -> dict[str, bytes]:
        """What it holds."""
        return {
            stored.name: stored.content
            for stored in self.objects.values()
            if stored.content is not None
        }

    def unplug(self) -> None:
        """Reset every connection and answer no new one."""
        self._closed.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for connection in self._connections:
            with suppress(OSError):
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def close(self) -> None:
        """Unplug, and wait until nothing of it runs."""
        self.unplug()
        for thread in self._threads:
            thread.join()

    def _add(self, stored: Stored) -> int:
        handle = self._next_handle
        self._next_handle += 1
        self.objects[handle] = stored
        return handle

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
            _send_packet(connection, Packet.INIT_EVENT_ACK, b"")
        elif self.busy:
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
        self.asked.append(operation)
        if operation in self.silent_on:
            self._closed.wait()
        self._closed.wait(self.delay)
        response, data = self._do(operation, parameters)
        if data is not None:
            self._send_data(connection, transaction, data)
        self._send(connection, Packet.COMMAND_RESPONSE, struct.pack("<HI", response, transaction))

    def _send_data(self, connection: socket.socket, transaction: int, data: bytes) -> None:
        number = struct.pack("<I", transaction)
        self._send(connection, Packet.START_DATA, number + struct.pack("<Q", len(data)))
        for start in range(0, len(data), _CHUNK):
            self._send(connection, Packet.DATA, number + data[start : start + _CHUNK])
        self._send(connection, Packet.END_DATA, number)

    def _send(self, connection: socket.socket, kind: Packet, body: bytes) -> None:
        if self.leaves_after is not None and self._sent + len(body) > self.leaves_after:
            self.unplug()
            raise ConnectionError
        self._sent += len(body)
        _send_packet(connection, kind, body)

    def _do(self, operation: int, parameters: list[int]) -> tuple[int, bytes | None]:
        if operation in self.refused:
            return Response.ACCESS_DENIED, None
        deed = self._deeds.get(operation)
        if deed is None:
            return Response.OPERATION_NOT_SUPPORTED, None
        try:
            return deed(parameters)
        except KeyError:
            return Response.INVALID_OBJECT_HANDLE, None

    def _storage_ids(self, _parameters: list[int]) -> tuple[int, bytes]:
        return Response.OK, numbers([] if self.locked else [STORE])

    def _object_handles(self, parameters: list[int]) -> tuple[int, bytes]:
        """Parameter 3 is a folder, 0 for all objects, or 0xFFFFFFFF for those of the root."""
        parent = parameters[2] if len(parameters) > 2 else 0
        wanted = 0 if parent == EVERYTHING else parent
        return Response.OK, numbers(
            [
                handle
                for handle, stored in self.objects.items()
                if parent == 0 or stored.parent == wanted
            ]
        )

    def _object_info(self, parameters: list[int]) -> tuple[int, bytes]:
        return Response.OK, object_info(self.objects[parameters[0]])

    def _object(self, parameters: list[int]) -> tuple[int, bytes]:
        return Response.OK, self.objects[parameters[0]].data[: self.stops_at]

    def _partial_object(self, parameters: list[int]) -> tuple[int, bytes]:
        handle, offset, length = parameters
        return Response.OK, self.objects[handle].data[: self.stops_at][offset : offset + length]

    def _thumbnail(self, parameters: list[int]) -> tuple[int, bytes | None]:
        small = self.objects[parameters[0]].thumbnail
        return (Response.OK, small) if small else (Response.NO_THUMBNAIL_PRESENT, None)


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
