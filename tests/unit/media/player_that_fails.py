"""The player's jobs, and what a film can do to them: for tests only."""

import ctypes
from collections.abc import Mapping

from desktop.media import player_jobs
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message

DEADLY, LYING, DOUBLED = 1_000_000, 2_000_000, 3_000_000


def get_ready() -> None:
    player_jobs.get_ready()


def frames(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Dies at the first second, gives fewer bytes than it says at the next, and then too many."""
    answer = player_jobs.frames(file, facts, news)
    if facts["time"] == DEADLY:
        ctypes.string_at(0)
    if facts["time"] == LYING:
        return Message(facts=answer.facts, blobs=(answer.blobs[0][:-1],))
    if facts["time"] == DOUBLED:
        return Message(facts=answer.facts, blobs=answer.blobs * 2)
    return answer


JOBS = {**player_jobs.JOBS, "frames": frames}
