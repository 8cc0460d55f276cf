"""A film that is open, made up in memory: frame after frame a grey of its own, and a tone."""

import threading
from array import array
from dataclasses import dataclass, field

from desktop.media.player_facts import (
    RATE,
    SAMPLE,
    SECOND,
    CannotPlay,
    Film,
    Frame,
    Frames,
    Samples,
    Want,
)

STEP = SECOND // 25
LAST = 74
_SMALL = 12


def _film(*, seen: bool = True, heard: bool = True) -> Film:
    return Film(
        duration=3 * SECOND,
        width=640 if seen else 0,
        height=480 if seen else 0,
        rate=25.0 if seen else None,
        has_sound=heard,
    )


@dataclass
class StandInFilm:
    """75 frames at 25 a second; frame n is grey n. It remembers what was asked of it."""

    film: Film = field(default_factory=_film)
    wants: list[Want] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)
    fails_at: int | None = None
    sound_ends: int = 3 * SECOND
    closed: int = 0
    threads: set[str] = field(default_factory=set)

    def frames(self, want: Want) -> Frames:
        self._meet(want.time)
        self.wants.append(want)
        first, shown = 0, min(want.time // STEP, LAST)
        if want.which in {"at", "near"}:
            first = shown
        elif want.which == "after":
            first = shown + 1
        else:
            end = -(-want.time // STEP)
            first = max(end - want.most, 0)
            numbers = range(first, max(end, 1))
            return Frames(frames=tuple(_frame(number) for number in numbers), ended=False)
        numbers = range(first, min(first + want.most, LAST + 1))
        ended = numbers.stop > LAST
        return Frames(frames=tuple(_frame(number) for number in numbers), ended=ended)

    def sound(self, time: int, samples: int, *, speed: float = 1.0) -> Samples:
        self._meet(time)
        self.speeds.append(speed)
        left = round((self.sound_ends - time) / SECOND * RATE / speed)
        there = max(0, min(samples, left))
        tone = array("h", [8000, 8000]) * there
        return Samples(pcm=tone.tobytes()[: there * SAMPLE], ended=left <= samples)

    def close(self) -> None:
        self.closed += 1

    def _meet(self, time: int) -> None:
        self.threads.add(threading.current_thread().name)
        if self.fails_at is not None and time >= self.fails_at:
            raise CannotPlay(why="this file made the decoder crash, so it is not shown; it is kept")


def sound_alone() -> StandInFilm:
    return StandInFilm(film=_film(seen=False))


def silent_film() -> StandInFilm:
    return StandInFilm(film=_film(heard=False))


def _frame(number: int) -> Frame:
    """Small, whatever was asked for: it is scaled up on its way to the screen anyway."""
    rgb = bytes((number, number, number)) * (_SMALL * _SMALL)
    return Frame(time=number * STEP, width=_SMALL, height=_SMALL, rgb=memoryview(rgb))


@dataclass
class StandInSpeaker:
    """Hears what the test says it heard: `hear` moves on, through what was fed at most."""

    exists: bool = True
    volume: float = 1.0
    heard: float = 0.0
    fed: int = 0
    opened: int = 0
    closed: int = 0

    def open(self) -> bool:
        self.opened += 1
        return self.exists

    def close(self) -> None:
        self.closed += 1

    def feed(self, pcm: bytes) -> None:
        self.fed += len(pcm) // SAMPLE

    def clear(self) -> None:
        self.heard, self.fed = 0.0, 0

    @property
    def waiting(self) -> float:
        return self.fed - self.heard

    def hear(self, seconds: float) -> None:
        self.heard = min(self.heard + seconds * RATE, self.fed)
