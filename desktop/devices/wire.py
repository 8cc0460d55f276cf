"""What passes between the program and a helper process: JSON and raw bytes, both ways, no pickle.

A frame is two big-endian 32-bit lengths, a JSON object, and bytes. What a helper says is untrusted:
it speaks for a driver that a device may have talked into anything.
"""

import json
import select
import socket
import struct
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final

from desktop.devices import problems, scanner_problems
from desktop.devices.source import MediaItem, SourceInfo, SourceState
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import Route

Message = dict[str, object]

BLOCK: Final = 1 << 20
"""The most bytes of a file that one answer carries."""

LISTING: Final = 10
"""How many times longer than usual a device may be silent while it is being listed: the driver asks
it about thousands of files in one call, and says nothing meanwhile."""

GO_ON: Final = "go on"
STOP: Final = "stop"
"""What the program says in mid-comparison, without getting an answer to it: nothing of that file is
to be deleted. At the end of a comparison the helper waits for the one or the other."""

_LENGTHS: Final = struct.Struct(">II")
_MESSAGE_AT_MOST: Final = 4 << 20
_BYTES_AT_MOST: Final = 8 << 20
_BUFFER: Final = 1 << 20

_PROBLEMS: Final = {
    kind.__name__: kind
    for kind in (*vars(problems).values(), *vars(scanner_problems).values(), Cancelled)
    if isinstance(kind, type) and issubclass(kind, Problem) and kind is not Problem
}


class WireBroken(Exception):
    """The other side left, or said something that makes no sense. Nothing more can be said."""


class WireSilent(Exception):
    """The other side did not say anything for too long."""


class Wire:
    """One end of the line. Blocks; belongs to one caller at a time."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            line.setsockopt(socket.SOL_SOCKET, option, _BUFFER)

    def patience(self, seconds: float | None) -> None:
        """How long each wait may last before WireSilent is raised; None is for ever."""
        if self._line.fileno() >= 0:
            self._line.settimeout(seconds)

    def send(self, message: Mapping[str, object], content: bytes | memoryview = b"") -> None:
        """Say one thing. Raises WireBroken or WireSilent."""
        text = json.dumps(message).encode()
        try:
            self._line.sendall(_LENGTHS.pack(len(text), len(content)) + text)
            if content:
                self._line.sendall(content)
        except TimeoutError:
            raise WireSilent from None
        except OSError as error:
            raise WireBroken(str(error)) from None

    def receive(self, into: memoryview | None = None) -> tuple[Message, bytes, int]:
        """Hear one thing: the message, its bytes, and their number. Raises WireBroken, WireSilent.

        With `into` the bytes are laid there and the second value stays empty; more bytes than fit
        break the line, for nobody asked for them.
        """
        lengths = bytearray(_LENGTHS.size)
        self._fill(memoryview(lengths))
        text_length, content_length = _LENGTHS.unpack(lengths)
        room = _BYTES_AT_MOST if into is None else len(into)
        if text_length > _MESSAGE_AT_MOST or content_length > room:
            raise WireBroken("a message is too large")
        text = bytearray(text_length)
        self._fill(memoryview(text))
        content = bytearray(content_length) if into is None else bytearray()
        self._fill((memoryview(content) if into is None else into)[:content_length])
        return _message(text), bytes(content), content_length

    def is_spoken_to(self) -> bool:
        """Whether there is something to be received, or the other side left. Waits for nothing."""
        return bool(select.select([self._line], [], [], 0)[0])

    def close(self) -> None:
        """Hang up. Safe to call twice."""
        self._line.close()

    def _fill(self, buffer: memoryview) -> None:
        while len(buffer):
            try:
                got = self._line.recv_into(buffer)
            except TimeoutError:
                raise WireSilent from None
            except OSError as error:
                raise WireBroken(str(error)) from None
            if not got:
                raise WireBroken("the other side left")
            buffer = buffer[got:]


def _message(text: bytes | bytearray) -> Message:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireBroken(str(error)) from None
    if not isinstance(message, dict):
        raise WireBroken("a message is no object")
    return message


def number_in(message: Mapping[str, object], key: str) -> int:
    """A whole number that is not negative. Raises WireBroken."""
    value = message.get(key)
    if type(value) is not int or value < 0:
        raise WireBroken(f"{key} is no number")
    return value


def text_in(message: Mapping[str, object], key: str) -> str:
    """A text. Raises WireBroken."""
    value = message.get(key)
    if not isinstance(value, str):
        raise WireBroken(f"{key} is no text")
    return value


def objects_in(message: Mapping[str, object], key: str) -> list[Message]:
    """A list of objects. Raises WireBroken."""
    value = message.get(key)
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise WireBroken(f"{key} is no list of objects")
    return value


def item_message(item: MediaItem) -> Message:
    """A `MediaItem` as a message."""
    local = item.modified_local
    return {
        "key": item.key,
        "folder": item.folder,
        "name": item.name,
        "size": item.size,
        "modified_local": None if local is None else local.isoformat(),
        "problem": item.problem,
    }


def item_from(message: Mapping[str, object]) -> MediaItem:
    """The `MediaItem` of a message. Raises WireBroken."""
    local = message.get("modified_local")
    try:
        modified_local = None if local is None else datetime.fromisoformat(str(local))
    except ValueError:
        raise WireBroken("modified_local is no time") from None
    return MediaItem(
        key=text_in(message, "key"),
        folder=text_in(message, "folder"),
        name=text_in(message, "name"),
        size=number_in(message, "size"),
        modified_local=modified_local,
        problem=None if message.get("problem") is None else text_in(message, "problem"),
    )


def info_message(info: SourceInfo) -> Message:
    """A `SourceInfo` as a message."""
    return {field.name: str(getattr(info, field.name)) for field in fields(info)}


def info_from(message: Mapping[str, object]) -> SourceInfo:
    """The `SourceInfo` of a message. Raises WireBroken."""
    try:
        return SourceInfo(
            id=text_in(message, "id"),
            route=Route(text_in(message, "route")),
            name=text_in(message, "name"),
            state=SourceState(text_in(message, "state")),
            detail=text_in(message, "detail"),
            cannot_clear=text_in(message, "cannot_clear"),
            caution=text_in(message, "caution"),
            serial=text_in(message, "serial"),
        )
    except ValueError:
        raise WireBroken("no such route or state") from None


def problem_message(problem: Problem) -> Message:
    """A problem of `desktop.devices.problems` or `scanner_problems`, or Cancelled, as a message."""
    return {"problem": type(problem).__name__, "facts": dict(problem.facts)}


def problem_from(message: Mapping[str, object]) -> Problem | None:
    """The problem that a message tells of, or None if it tells of none. Raises WireBroken."""
    if "problem" not in message:
        return None
    kind = _PROBLEMS.get(text_in(message, "problem"))
    facts = message.get("facts")
    if kind is None or not isinstance(facts, dict):
        raise WireBroken("no such problem")
    wanted = {field.name: field.type for field in fields(kind)}
    if facts.keys() != wanted.keys() or not all(
        type(value) is wanted[name] for name, value in facts.items()
    ):
        raise WireBroken("a problem lacks its facts")
    return kind(**facts)
