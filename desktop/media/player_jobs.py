"""The jobs of the player's worker: one film or recording, open as long as somebody plays it.

A worker serves one film only. One that was replaced has nothing open yet: it opens the file again
with whatever job comes first, so whoever asks notices nothing.
"""

import importlib
import io
import pkgutil
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import get_args

import av
import av.logging
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from desktop.media.description_wire import whole_number
from desktop.media.film import GIVES_UP
from desktop.media.film import opened as film_opened
from desktop.media.interlaced import rehearse as rehearse_interlaced
from desktop.media.player_container import NotOne
from desktop.media.player_facts import (
    FASTEST,
    LARGEST_SIDE,
    LONGEST,
    MOST_FRAMES,
    MOST_SAMPLES,
    RATE,
    SLOWEST,
    Want,
    Wanted,
)
from desktop.media.player_pictures import Pictures
from desktop.media.player_sound import Sound
from desktop.media.true_type import HEAD, true_type
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message

_LONGEST_TURN_MS = 10_000


class _Film:
    """What is open. Either part may be absent."""

    def __init__(self, file: WorkerFile) -> None:
        self.pictures: Pictures | None = None
        self.sound: Sound | None = None
        with suppress(NotOne):
            self.pictures = Pictures(file)
        try:
            self.sound = Sound(file)
        except NotOne:
            if self.pictures is None:
                raise
        if self.sound is not None and self.pictures is not None:
            self.sound.origin = self.pictures.begins

    @property
    def duration(self) -> int:
        lengths = [part.duration for part in (self.pictures, self.sound) if part is not None]
        return max(lengths)


_film: list[_Film] = []


def get_ready() -> None:
    """Load all that would be loaded later, for the confined worker can open no file."""
    av.logging.set_level(None)
    for module in pkgutil.iter_modules(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    rehearse_interlaced()
    _rehearse()


def _rehearse() -> None:
    """Do every job once: what a job loads on its way is then there."""
    made = _made_film()
    file = WorkerFile(len(made), whole=made)
    asked = {"wanted": "at", "time": 0, "most": 2, "width": 8, "height": 8, "turn_ms": 1000}
    for speed in (1.0, 2.0):
        sound = {"time": 0, "samples": 2400, "speed": speed}
        for job in JOBS.values():
            job(file, {**asked, **sound}, lambda news: news)
    _film.clear()


def _made_film() -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format="avi") as container:
        film = container.add_stream("rawvideo", rate=10)
        film.width = film.height = 16
        film.pix_fmt = "yuv420p"
        sound = container.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        for _ in range(3):
            blank = VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")
            container.mux(film.encode(blank))
            silence = AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), layout="stereo")
            silence.sample_rate = RATE
            container.mux(sound.encode(silence))
        container.mux(film.encode(None))
        container.mux(sound.encode(None))
    return made.getvalue()


def open_film(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Begin anew with this file. The answer has `duration` in microseconds, 0 if unknown; where
    there are pictures their upright `width` and `height` and `rate`; and whether `sound`."""
    _film.clear()
    film = _opened(file)
    pictures, duration = film.pictures, film.duration
    with suppress(*GIVES_UP), film_opened(file, true_type(file.head(HEAD))) as described:
        # what the chart says of it: counted where the file only guesses
        duration = 1000 * (described.duration_ms or 0) or duration
    return Message(
        facts={
            "duration": min(max(duration, 0), LONGEST),
            "width": pictures.width if pictures else 0,
            "height": pictures.height if pictures else 0,
            "rate": pictures.rate if pictures else None,
            "sound": film.sound is not None,
        }
    )


def frames(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: those of a `Want`, and the milliseconds `turn_ms` it may take. The answer has `times`,
    `width`, `height`, `ended`; the blob is RGB, frame after frame."""
    film = _opened(file)
    if film.pictures is None:
        raise NotOne
    turn_ms = whole_number(facts["turn_ms"], 1, _LONGEST_TURN_MS)
    want = Want(
        which=_wanted(facts["wanted"]),
        time=whole_number(facts["time"], 0, LONGEST),
        most=whole_number(facts["most"], 1, MOST_FRAMES),
        width=whole_number(facts["width"], 1, LARGEST_SIDE),
        height=whole_number(facts["height"], 1, LARGEST_SIDE),
        hurry=facts.get("hurry") is True,
    )
    shots = film.pictures.give(want, deadline=time.monotonic() + turn_ms / 1000)
    said = {
        "times": list(shots.times),
        "width": shots.width,
        "height": shots.height,
        "ended": shots.ended,
    }
    return Message(facts=said, blobs=(b"".join(shots.pixels),))


def sound(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `time` in microseconds, `samples`, `speed`. The blob is PCM; `ended` is said with the
    last of it."""
    film = _opened(file)
    if film.sound is None:
        raise NotOne
    speed = facts["speed"]
    if not isinstance(speed, int | float) or not SLOWEST <= speed <= FASTEST:
        raise ValueError("no speed")
    start = whole_number(facts["time"], 0, LONGEST)
    samples = whole_number(facts["samples"], 1, MOST_SAMPLES)
    pcm, ended = film.sound.read(start, samples, float(speed))
    return Message(facts={"ended": ended}, blobs=(pcm,))


JOBS = {"open": open_film, "frames": frames, "sound": sound}


def _opened(file: WorkerFile) -> _Film:
    if not _film:
        _film.append(_Film(file))
    return _film[0]


def _wanted(word: object) -> Wanted:
    for known in get_args(Wanted):
        if word == known:
            return known  # type: ignore[no-any-return]
    raise ValueError("not a wish")
