"""Jobs that do in the worker what hostile photos make decoders do. Only tests can name them."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.media import decoding
from desktop.media.worker_messages import Message, write_message

get_ready = decoding.get_ready

ANSWERS = 3
"""The handle on which the worker answers."""


def crash(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    ctypes.string_at(0)
    return Message(facts={})


def fall_once(untrusted: bytes, facts: Mapping[str, object]) -> Message:
    """Crash in the process with this number, and in no other."""
    return crash(b"", {}) if int(untrusted) == os.getpid() else echo(untrusted, facts)


def hang(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    while True:
        pass


def hog(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    return Message(facts={"size": len(bytearray(8 << 30))})


def stumble(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    raise LookupError("of no kind that was thought of")


def flood(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    return Message(facts={}, blobs=(bytes(2_000_000),))


def garble(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    os.write(ANSWERS, b"\x00\x00\x00\x08no json!")
    return Message(facts={})


def nest(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    os.write(ANSWERS, (60_000).to_bytes(4, "big") + b"[" * 60_000)
    return Message(facts={})


def lie(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    return Message(facts={"kind": "photo", "media_type": "image/jpeg\nX-Evil: 1"})


def shout(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    sys.stdout.write("noise\n" * 50_000)
    sys.stdout.flush()
    sys.stderr.write("noise\n" * 50_000)
    sys.stderr.flush()
    return Message(facts={})


def echo(untrusted: bytes, facts: Mapping[str, object]) -> Message:
    return Message(facts={"pid": os.getpid(), "said": facts.get("said")}, blobs=(untrusted,))


def look_around(_untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    floors = ("PySide6", "desktop.records.vault", "desktop.ui", "sqlcipher3", "pytest")
    return Message(
        facts={"environment": sorted(os.environ), "loaded": [n for n in floors if n in sys.modules]}
    )


def answer_twice(untrusted: bytes, facts: Mapping[str, object]) -> Message:
    """Leave an answer in the pipe for whoever asks next."""
    with os.fdopen(ANSWERS, "wb", closefd=False) as pipe:
        said: dict[str, object] = {"said": "of another patient"}
        write_message(
            pipe,
            Message(facts={"failure": None, "answer": said, "token": facts["token"]}),
        )
    return echo(untrusted, facts)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def escape(untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    """Try every way out; the answer names the error that each one met."""
    place = Path(untrusted.decode())
    ways: dict[str, Callable[[], object]] = {
        "write": lambda: (place / "plaintext").write_bytes(b"pixels"),
        "folder": (place / "folder").mkdir,
        "remove": (place / "victim").unlink,
        "read": (place / "victim").read_bytes,
        "list": lambda: list(place.iterdir()),
        "network": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "process": _fork,
    }
    met: dict[str, object] = {}
    for name, way in ways.items():
        try:
            way()
        except OSError as error:
            met[name] = error.errno
        else:
            met[name] = 0
    return Message(facts=met)


def enlarge(untrusted: bytes, _facts: Mapping[str, object]) -> Message:
    """Answer with the original where a small copy was asked for."""
    return Message(facts={}, blobs=(untrusted,))


def describe(untrusted: bytes, facts: Mapping[str, object]) -> Message:
    """Like the real one, but pixels that hold one of these words are hostile."""
    for word, deed in ((b"CRASH!", crash), (b"HANG!", hang), (b"HOG!", hog), (b"LIE!", lie)):
        if word in untrusted and facts["pixels"] is True:
            return deed(untrusted, facts)
    if b"ALWAYS CRASH" in untrusted:
        return crash(untrusted, facts)
    return decoding.describe(untrusted, facts)


JOBS = {
    job.__name__: job
    for job in (
        answer_twice,
        crash,
        describe,
        echo,
        escape,
        fall_once,
        flood,
        garble,
        hang,
        hog,
        look_around,
        nest,
        shout,
        stumble,
    )
} | {"preview": enlarge, "for_paper": hog}
