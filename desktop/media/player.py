"""Plays a film or a recording from bytes that stay sealed: a confined worker decodes as it seeks.

Every call blocks, for a lane. What the worker answers is checked before anything is made of it.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from desktop.media.description_wire import BadReply, whole_number
from desktop.media.notes import Failure
from desktop.media.player_facts import (
    LARGEST_SIDE,
    LONGEST,
    SAMPLE,
    CannotPlay,
    Film,
    Frame,
    Frames,
    Samples,
    Want,
)
from desktop.media.sandbox import JobFailed, Limits, Sandbox
from desktop.media.untrusted import Untrusted
from desktop.media.worker_messages import Message

T = TypeVar("T")

_MOST_OUT = 256 * 1024**2
_TURN_MS = 150
_MOST_A_SECOND = 1000.0


class MediaPlayer:
    """One film being played, from any thread, one call at a time.

    Raises CannotPlay, and what reading the bytes raises. A worker that died or is worn is replaced
    and goes on at the same place; a film that ends its successor too is a CannotPlay.
    """

    def __init__(self, untrusted: Untrusted, *, sandbox: Sandbox | None = None) -> None:
        """A `sandbox` that is handed in becomes this player's own."""
        self._untrusted = untrusted
        self._sandbox = sandbox or player_sandbox()

    def open(self) -> Film:
        """What there is to play."""
        return self._asked("open", {}, _film)

    def frames(self, want: Want) -> Frames:
        """Some frames, after a fraction of a second unless a single one takes longer."""
        facts = {
            "wanted": want.which,
            "time": _place(want.time),
            "most": want.most,
            "width": want.width,
            "height": want.height,
            "hurry": want.hurry,
            "turn_ms": _TURN_MS,
        }
        return self._asked("frames", facts, lambda answer: _frames(answer, want))

    def sound(self, time: int, samples: int, *, speed: float = 1.0) -> Samples:
        """So many samples from a time on, fewer at the end. Another speed keeps the pitch."""
        facts = {"time": _place(time), "samples": samples, "speed": speed}
        return self._asked("sound", facts, lambda answer: _samples(answer, samples))

    def stop(self) -> None:
        """End the worker now: whoever waits for it, or asks again, gets Cancelled."""
        self._sandbox.stop()

    def close(self) -> None:
        """End the worker, and with it all that it decoded. Safe to call twice."""
        self._sandbox.close()

    def _asked(self, job: str, facts: Mapping[str, object], read: Callable[[Message], T]) -> T:
        try:
            return read(self._sandbox.ask(job, self._untrusted, facts))
        except JobFailed as failed:
            raise CannotPlay(why=failed.failure.words) from None
        except (ValueError, KeyError, TypeError):  # BadReply, and blobs of another number
            self._sandbox.close()  # a worker that lies is no longer ours; the next one is new
            raise CannotPlay(why=Failure.CRASHED.words) from None


def player_sandbox(jobs_module: str = "desktop.media.player_jobs") -> Sandbox:
    """For one player. Nothing of a file goes with a request: the worker fetches what it reads."""
    return Sandbox(jobs_module, limits=Limits(most_whole=0, most_bytes_out=_MOST_OUT))


def _place(time: int) -> int:
    return min(max(time, 0), LONGEST)


def _film(answer: Message) -> Film:
    said = answer.facts
    rate = said["rate"]
    if rate is not None and not (isinstance(rate, int | float) and rate > 0):
        raise BadReply("not a rate")
    return Film(
        duration=whole_number(said["duration"], 0, LONGEST),
        width=whole_number(said["width"], 0, 4 * LARGEST_SIDE),
        height=whole_number(said["height"], 0, 4 * LARGEST_SIDE),
        rate=None if rate is None else min(float(rate), _MOST_A_SECOND),
        has_sound=said["sound"] is True,
    )


def _frames(answer: Message, want: Want) -> Frames:
    said, (pixels,) = answer.facts, answer.blobs or (b"",)
    width = whole_number(said["width"], 1, want.width)
    height = whole_number(said["height"], 1, want.height)
    times = said["times"]
    if not isinstance(times, list) or len(times) > want.most:
        raise BadReply("more frames than asked for")
    size = width * height * 3
    if len(pixels) != size * len(times):
        raise BadReply("frames of another size than said")
    rows = memoryview(pixels)
    found = tuple(
        Frame(
            time=whole_number(time, -LONGEST, 2 * LONGEST),
            width=width,
            height=height,
            rgb=rows[place * size : (place + 1) * size],
        )
        for place, time in enumerate(times)
    )
    return Frames(frames=found, ended=said["ended"] is True)


def _samples(answer: Message, most: int) -> Samples:
    (pcm,) = answer.blobs or (b"",)
    if len(pcm) > most * SAMPLE or len(pcm) % SAMPLE:
        raise BadReply("more sound than asked for")
    return Samples(pcm=pcm, ended=answer.facts["ended"] is True)
