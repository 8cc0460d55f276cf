"""What passes between the program and its decoder worker: JSON and counted bytes, never pickles."""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

_LENGTH = struct.Struct(">I")
_MOST_FACTS = 64 * 1024
_MOST_BLOBS = 16

THEN = "then"
"""The fact by which an answer says what of the file that it was shown follows its first blob, each
part from where to where: the program has these bytes, so they need not come back."""

MOST_PLACES = 1000


class BadMessage(ValueError):
    """What arrived is no message, or promises more bytes than are allowed."""


class EndOfMessages(EOFError):
    """The other side closed the pipe, or is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One request or one answer: a few facts, and the bytes they are about."""

    facts: Mapping[str, object]
    blobs: tuple[bytes, ...] = field(default=(), repr=False)


def write_message(pipe: BinaryIO, message: Message) -> None:
    """Send the whole message. Raises OSError where the other side is gone."""
    lengths = [len(blob) for blob in message.blobs]
    header = json.dumps({"facts": dict(message.facts), "blobs": lengths}).encode()
    pipe.write(_LENGTH.pack(len(header)))
    pipe.write(header)
    for blob in message.blobs:
        pipe.write(blob)
    pipe.flush()


def read_message(pipe: BinaryIO, *, most_bytes: int) -> Message:
    """Wait for one message. The other side is not trusted: lengths are checked before anything is
    allocated. Raises BadMessage or EndOfMessages."""
    (length,) = _LENGTH.unpack(_exactly(pipe.read, _LENGTH.size))
    if length > _MOST_FACTS:
        raise BadMessage("a header longer than allowed")
    facts, lengths = _header(_exactly(pipe.read, length))
    if len(lengths) > _MOST_BLOBS or sum(lengths) > most_bytes:
        raise BadMessage("more bytes than allowed")
    return Message(facts=facts, blobs=tuple(_exactly(pipe.read, size) for size in lengths))


def completed(answer: Message, shown: memoryview, *, most_bytes: int) -> Message:
    """The answer with what it takes from the file that the worker was shown. Raises BadMessage for
    places that are not in it, or more bytes than allowed."""
    if THEN not in answer.facts:
        return answer
    places = answer.facts[THEN]
    if not isinstance(places, list) or len(places) > MOST_PLACES or not answer.blobs:
        raise BadMessage("no places")
    parts: list[bytes | memoryview] = [answer.blobs[0]]
    for place in places:
        match place:
            case [int(start), int(end)] if 0 <= start < end <= len(shown):
                parts.append(shown[start:end])
            case _:
                raise BadMessage("a place that is not there")
    if sum(map(len, (*parts, *answer.blobs[1:]))) > most_bytes:
        raise BadMessage("more bytes than allowed")
    return Message(facts=answer.facts, blobs=(b"".join(parts), *answer.blobs[1:]))


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    found = read(size) if size else b""
    if len(found) != size:
        raise EndOfMessages("the pipe ended inside a message")
    return found


def _no_number(said: str) -> float:
    raise ValueError(f"{said} is no JSON")  # and passes through min and max unseen


def _header(raw: bytes) -> tuple[dict[str, object], list[int]]:
    try:
        header = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError) as reason:
        raise BadMessage("a header that is not JSON") from reason
    if not isinstance(header, dict):
        raise BadMessage("a header without names")
    facts, lengths = header.get("facts"), header.get("blobs")
    if not isinstance(facts, dict) or not isinstance(lengths, list):
        raise BadMessage("a header without facts or lengths")
    if not all(type(size) is int and size >= 0 for size in lengths):
        raise BadMessage("a length that is none")
    return facts, lengths
