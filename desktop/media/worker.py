"""The decoder worker: one process, fed by pipe, that runs the jobs of one module until told to end.

Started as `python -m desktop.media.worker MODULE MEMORY_BYTES CPU_SECONDS MOST_BYTES ROOM`; the
room is a handle (see `file_room`) or -1.

A job gets the untrusted file and the facts of the request, and may send news before its answer:
what it `wants` of the file, a `piece` of what it makes, how `far` it is.
"""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from mmap import mmap
from typing import BinaryIO

from desktop.media.confinement import confine, die_with_parent, limit_time
from desktop.media.file_room import seen_room
from desktop.media.notes import Failure
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import (
    BadMessage,
    EndOfMessages,
    Message,
    read_message,
    write_message,
)

News = Callable[[Message], Message]
Job = Callable[[WorkerFile, Mapping[str, object], News], Message]


class _NobodyThere(BaseException):
    """The program is gone, or no longer speaks our language. No job may take it for a bad file."""


def main(module: str, memory_bytes: int, cpu_seconds: int, most_bytes: int, handle: int) -> None:
    """Load the jobs of `module`, be confined, say so, and work until the pipe ends."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _pipes()
    room = seen_room(handle) if handle >= 0 else None
    loaded = importlib.import_module(module)
    loaded.get_ready()
    jobs: Mapping[str, Job] = loaded.JOBS
    held = confine(memory_bytes=memory_bytes, open_files=answers.fileno() + 1)
    write_message(answers, Message(facts=asdict(held)))
    gc.collect()
    gc.freeze()  # what is loaded now is never rubbish, so later rounds need not look at it
    news = partial(_tell, requests, answers, most_bytes)
    while True:
        try:
            request = read_message(requests, most_bytes=most_bytes)
        except (EndOfMessages, BadMessage):
            return
        limit_time(max(cpu_seconds, _seconds(request)))
        try:
            answer = _answer(jobs, request, room, news)
        except _NobodyThere:
            return
        facts = {**answer.facts, "token": request.facts.get("token")}
        write_message(answers, Message(facts=facts, blobs=answer.blobs))
        del request, answer
        gc.collect()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Answers get a handle of their own, so that nothing a library prints can mix with them."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers


def _seconds(request: Message) -> int:
    seconds = request.facts.get("seconds")
    return int(seconds) if isinstance(seconds, int | float) else 0


def _tell(requests: BinaryIO, answers: BinaryIO, most_bytes: int, news: Message) -> Message:
    """Say something in the middle of a job and wait for the answer to it."""
    try:
        write_message(answers, news)
        return read_message(requests, most_bytes=most_bytes)
    except (EndOfMessages, BadMessage, OSError) as reason:
        raise _NobodyThere from reason


def _file(request: Message, room: mmap | None, news: News) -> WorkerFile:
    """The file that is shown, or was sent with the request, or is fetched as it is read."""
    shown = request.facts.get("shown")
    if room is not None and isinstance(shown, int):
        return WorkerFile(shown, whole=room[:shown])
    if request.blobs:
        return WorkerFile(len(request.blobs[0]), whole=request.blobs[0])

    def fetch(offset: int, length: int) -> bytes:
        answer = news(Message(facts={"news": "wants", "offset": offset, "length": length}))
        return answer.blobs[0] if answer.blobs else b""

    return WorkerFile(int(str(request.facts["size"])), fetch=fetch)


def _answer(jobs: Mapping[str, Job], request: Message, room: mmap | None, news: News) -> Message:
    asked = request.facts
    try:
        done = jobs[str(asked["job"])](_file(request, room, news), asked, news)
    except MemoryError:
        return Message(facts={"failure": Failure.TOO_MUCH_MEMORY.value})
    except Exception:  # the bytes are hostile: no kind of failure may end the worker
        return Message(facts={"failure": Failure.REFUSED.value})
    return Message(facts={"failure": None, "answer": dict(done.facts)}, blobs=done.blobs)


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:6]))
