"""Opening a camera on the network, and finding out why it would not open. Runs in a helper."""

import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from desktop.devices.gphoto_clearing import ClearingGPhotoSource
from desktop.devices.gphoto_problems import source_problem
from desktop.devices.gphoto_session import NETWORK_MODEL, Bus, DriverError
from desktop.devices.network_address import address_of, name_of, resolved
from desktop.devices.problems import NotACamera, SourceRefused, SourceUnreachable
from desktop.devices.source import SourceInfo
from desktop.devices.untrusted_names import shown
from desktop.problem import Problem

_PATIENCE_SECONDS: Final = 3.0
_HELLO: Final = struct.pack("<II16sHI", 30, 1, b"chartroom-ask-me", 0, 0x10000)
"""PTP/IP Init_Command_Request: a GUID, an empty name, protocol version 1.0."""
_WELCOME, _REFUSAL = 2, 5
_ANSWER_AT_MOST: Final = 1024


def open_network_camera(info: SourceInfo, alive: Callable[[], None]) -> ClearingGPhotoSource:
    """Connect to the camera at the address of the id. A name is asked for once: the number that was
    checked is the number that the driver is given.

    Raises AddressNotPrivate, AddressUnclear, SourceUnreachable, SourceRefused, NotACamera, and what
    opening any camera raises.
    """
    address = address_of(info.id)
    name, number = name_of(address), resolved(address)
    port, bus = f"ptpip:{number}:{address.port}:{address.port}", Bus()
    try:
        session = bus.open(NETWORK_MODEL, port, alive)
    except DriverError as error:
        problem = _problem_at(number, address.port, name) or source_problem(error, name)
        raise problem from None
    return ClearingGPhotoSource(
        session, info=replace(info, name=name, serial=shown(session.serial()))
    )


def _problem_at(number: str, port: int, name: str) -> Problem | None:
    """Why the driver could not open what is there; None if it is a camera after all.

    Asked afterwards only: a camera has one ear, and would not hear the driver meanwhile.
    """
    try:
        line = socket.create_connection((number, port), timeout=_PATIENCE_SECONDS)
    except ConnectionRefusedError:
        return SourceRefused(source=name)
    except OSError:
        return SourceUnreachable(source=name)
    with line:
        length, kind = _answer_of(line)
    if kind not in {_WELCOME, _REFUSAL} or length > _ANSWER_AT_MOST:
        return NotACamera(source=name)
    return SourceRefused(source=name) if kind == _REFUSAL else None


def _answer_of(line: socket.socket) -> tuple[int, int]:
    """Length and kind of the packet that answers; zeros if none does."""
    try:
        line.sendall(_HELLO)
        head = line.recv(8, socket.MSG_WAITALL)
    except OSError:
        return 0, 0
    return struct.unpack("<II", head) if len(head) == 8 else (0, 0)
