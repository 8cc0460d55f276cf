"""UDisks2 as a twin: speaks the wire protocol of D-Bus, answers as told, notes what it was asked.

Run as a program: the address of the bus, and as JSON what each method answers (an error's name, or
nothing for “done”) and what each property is. Written out by hand because no library of ours can
send a variant.
"""

import json
import os
import socket
import struct
import sys
from collections.abc import Mapping
from typing import Final

SERVICE: Final = "org.freedesktop.UDisks2"
_CALL, _REPLY, _ERROR = 1, 2, 3
_PATH, _INTERFACE, _MEMBER, _ERROR_NAME, _REPLY_TO, _TO, _FROM, _SIGNATURE = range(1, 9)
_KIND: Final = {_PATH: "o", _REPLY_TO: "u", _SIGNATURE: "g"}


def _padded(content: bytes, to: int) -> bytes:
    return content + bytes(-len(content) % to)


def _value(kind: str, value: str | int) -> bytes:
    if kind in "ub":
        return struct.pack("<I", int(value))
    text = str(value).encode()
    length = struct.pack("<B" if kind == "g" else "<I", len(text))
    return length + text + b"\0"


def _variant(kind: str, value: str | int) -> bytes:
    return _padded(_value("g", kind), 4 if kind != "g" else 1) + _value(kind, value)


def _message(kind: int, fields: Mapping[int, str | int], body: bytes = b"") -> bytes:
    listed = b""
    for code, value in fields.items():
        at = _padded(listed, 8) + bytes([code])
        type_ = _KIND.get(code, "s")
        signature = _value("g", type_)
        padding = 0 if type_ == "g" else -(len(at) + len(signature)) % 4
        listed = at + signature + bytes(padding) + _value(type_, value)
    head = struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), 1, len(listed))
    return _padded(head + listed, 8) + body


class _Reading:
    """A message that came, read from its first byte to its last."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        self._content, self.at = content, at

    def number(self) -> int:
        self.at += -self.at % 4
        self.at += 4
        return int(struct.unpack_from("<I", self._content, self.at - 4)[0])

    def text(self, *, short: bool = False) -> str:
        length = self._content[self.at] if short else self.number()
        self.at += short
        self.at += length + 1
        return self._content[self.at - length - 1 : self.at - 1].decode()

    def field(self) -> tuple[int, str | int]:
        self.at += -self.at % 8 + 1
        code = self._content[self.at - 1]
        kind = self.text(short=True)
        if kind == "u":
            return code, self.number()
        return code, self.text(short=kind == "g")


class Twin:
    """One connection to the bus."""

    def __init__(self, address: str, answers: Mapping[str, object]) -> None:
        self._answers = answers
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(address.partition("path=")[2].partition(",")[0])
        self._stream = self._line.makefile("rb")
        self._line.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        assert self._stream.readline().startswith(b"OK")
        self._line.sendall(b"BEGIN\r\n")
        self._ask_the_bus("Hello")
        name = _value("s", SERVICE)
        self._ask_the_bus("RequestName", "su", _padded(name, 4) + _value("u", 0))

    def serve(self) -> None:
        while True:
            kind, serial, fields, body = self._hear()
            if kind == _CALL:
                self._line.sendall(self._answer(serial, fields, body))

    def _ask_the_bus(self, member: str, signature: str = "", body: bytes = b"") -> None:
        bus = "org.freedesktop.DBus"
        fields = {_PATH: "/org/freedesktop/DBus", _INTERFACE: bus, _MEMBER: member, _TO: bus}
        said = fields | ({_SIGNATURE: signature} if signature else {})
        self._line.sendall(_message(_CALL, said, body))
        while self._hear()[0] != _REPLY:
            pass

    def _hear(self) -> tuple[int, int, dict[int, str | int], bytes]:
        head = self._stream.read(16)
        if len(head) < 16:
            sys.exit()
        _, kind, _, _, length, serial, listed = struct.unpack("<cBBBIII", head)
        content = head + self._stream.read(listed + -listed % 8)
        reading, fields = _Reading(content, 16), {}
        while reading.at < 16 + listed:
            code, value = reading.field()
            fields[code] = value
        return kind, serial, fields, self._stream.read(length)

    def _answer(self, serial: int, fields: Mapping[int, str | int], body: bytes) -> bytes:
        name, member = str(fields[_PATH]).rpartition("/")[2], str(fields[_MEMBER])
        back = {_REPLY_TO: serial, _TO: fields[_FROM]}
        if member == "Get":
            reading = _Reading(body)
            reading.text()
            said = self._answers.get(f"{name}.{reading.text()}", False)
            kind = "o" if isinstance(said, str) else "b"
            value = said if isinstance(said, str) else bool(said)
            return _message(_REPLY, back | {_SIGNATURE: "v"}, _variant(kind, value))
        _say(f"{name} {member}")
        error = self._answers.get(member)
        if error is None:
            return _message(_REPLY, back)
        named = {_ERROR_NAME: str(error), **back, _SIGNATURE: "s"}
        return _message(_ERROR, named, _value("s", "as told"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(address: str, answers: str) -> None:
    """Serve until the bus ends."""
    twin = Twin(address, json.loads(answers))
    _say("ready")
    twin.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
