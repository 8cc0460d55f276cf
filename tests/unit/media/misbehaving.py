"""Jobs that do in the worker what hostile photos make decoders do. Only tests can name them."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.media import decoding
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message, write_message

get_ready = decoding.get_ready

ANSWERS = 3
"""The handle on which the worker answers."""


def crash(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    ctypes.string_at(0)
    return Message(facts={})


def fall_once(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Crash in the process with this number, and in no other."""
    hurt = int(file.whole()) == os.getpid()
    return crash(file, facts, news) if hurt else echo(file, facts, news)


def hang(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    while True:
        pass


def hog(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    return Message(facts={"size": len(bytearray(8 << 30))})


def stumble(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    raise LookupError("of no kind that was thought of")


def flood(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    return Message(facts={}, blobs=(bytes(2_000_000),))


def garble(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    os.write(ANSWERS, b"\x00\x00\x00\x08no json!")
    return Message(facts={})


def nest(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    os.write(ANSWERS, (60_000).to_bytes(4, "big") + b"[" * 60_000)
    return Message(facts={})


def lie(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    return Message(facts={"kind": "photo", "media_type": "image/jpeg\nX-Evil: 1"})


def take(_file: WorkerFile, facts: Mapping[str, object], _news: News) -> Message:
    """Name places of the file, instead of sending back what stands there."""
    return Message(facts={"then": facts["then"]}, blobs=(b"head",))


def reach(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    """Name a place beyond the file, where that of another patient may have been."""
    return Message(facts={"then": [[0, 1_000_000]]}, blobs=(b"head",))


def shout(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    sys.stdout.write("noise\n" * 50_000)
    sys.stdout.flush()
    sys.stderr.write("noise\n" * 50_000)
    sys.stderr.flush()
    return Message(facts={})


def echo(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    return Message(facts={"pid": os.getpid(), "said": facts.get("said")}, blobs=(file.whole(),))


def fetch(file: WorkerFile, facts: Mapping[str, object], _news: News) -> Message:
    """Read here and there, as a player does, and say what was found."""
    found = bytearray()
    for place in range(0, file.size, int(str(facts["step"]))):
        file.seek(place)
        found += file.read(3)
    return Message(facts={"size": file.size, "pid": os.getpid()}, blobs=(bytes(found),))


def make(_file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Make something in pieces, and say how far it is."""
    pieces = int(str(facts["pieces"]))
    for done in range(pieces):
        news(Message(facts={"news": "piece"}, blobs=(bytes([done]),)))
        news(Message(facts={"news": "far", "done": (done + 1) / pieces}))
    return Message(facts={})


def wish(_file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Ask for what no sound worker asks for."""
    return news(Message(facts={"news": "wants", "offset": facts["offset"], "length": 1}))


def look_around(_file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    floors = ("PySide6", "desktop.records.vault", "desktop.ui", "sqlcipher3", "pytest")
    return Message(
        facts={"environment": sorted(os.environ), "loaded": [n for n in floors if n in sys.modules]}
    )


def answer_twice(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Leave an answer in the pipe for whoever asks next."""
    with os.fdopen(ANSWERS, "wb", closefd=False) as pipe:
        said: dict[str, object] = {"said": "of another patient"}
        write_message(
            pipe,
            Message(facts={"failure": None, "answer": said, "token": facts["token"]}),
        )
    return echo(file, facts, news)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def escape(file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    """Try every way out; the answer names the error that each one met."""
    place = Path(file.whole().decode())
    ways: dict[str, Callable[[], object]] = {
        "write": lambda: (place / "plaintext").write_bytes(b"pixels"),
        "folder": (place / "folder").mkdir,
        "remove": (place / "victim").unlink,
        "read": (place / "victim").read_bytes,
        "list": lambda: list(place.iterdir()),
        "network": lambda: socket.socket().connect(("127.0.0.1", 9)),
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


def enlarge(file: WorkerFile, _facts: Mapping[str, object], _news: News) -> Message:
    """Answer with the original where a small copy was asked for."""
    return Message(facts={}, blobs=(file.whole(),))


def describe(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Like the real one, but pixels that hold one of these words are hostile."""
    untrusted = file.whole()
    for word, deed in ((b"CRASH!", crash), (b"HANG!", hang), (b"HOG!", hog), (b"LIE!", lie)):
        if word in untrusted and facts["pixels"] is True:
            return deed(file, facts, news)
    if b"ALWAYS CRASH" in untrusted:
        return crash(file, facts, news)
    return decoding.describe(file, facts, news)


JOBS = {
    job.__name__: job
    for job in (
        answer_twice,
        crash,
        describe,
        echo,
        escape,
        fall_once,
        fetch,
        flood,
        garble,
        hang,
        hog,
        look_around,
        make,
        nest,
        reach,
        shout,
        stumble,
        take,
        wish,
    )
} | {"preview": enlarge, "for_paper": hog}
