"""What is said of a film or recording that is played: what there is, what is wanted, what came."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from desktop.problem import Problem

Wanted = Literal["at", "after", "before", "near"]

SECOND = 1_000_000
"""All times of a film are whole microseconds from where it begins."""

LONGEST = 14 * 24 * 3600 * SECOND

RATE = 48_000
SAMPLE = 4
"""Sound is 48,000 samples a second, left and right in turn, each a signed number of 16 bits."""

SLOWEST, FASTEST = 0.25, 4.0

MOST_FRAMES = 64
MOST_SAMPLES = 10 * RATE
LARGEST_SIDE = 8192


@dataclass(unsafe_hash=True)
class CannotPlay(Problem):
    """The bytes gave no film, or ended the decoder twice."""

    words: ClassVar[str] = "This cannot be played here: {why}."
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What is played. `width` and `height` are those of the upright picture, 0 for sound alone;
    `duration` in microseconds is 0, and `rate` in frames a second None, where nobody knows."""

    duration: int
    width: int
    height: int
    rate: float | None
    has_sound: bool

    @property
    def has_pictures(self) -> bool:
        """Whether anything is to be seen."""
        return self.width > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Which frames: up to `most`, none larger than `width` times `height`, never enlarged.

    `at`: the one that is seen at `time`, and what follows. `after`: what follows that one.
    `before`: the last ones before `time`. `near`: one that is found quickly, at `time` or before.
    With `hurry`, what was reached in time is given, be it a little before `time`.
    """

    which: Wanted
    time: int
    most: int
    width: int
    height: int
    hurry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture of a film: when it is seen, and its pixels row by row, three bytes each."""

    time: int
    width: int
    height: int
    rgb: memoryview


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """What was found, in order. `ended`: nothing comes after these. None and not ended: the place
    was not reached in this turn; the same call goes on from there."""

    frames: tuple[Frame, ...]
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """A piece of sound. `ended`: nothing comes after it."""

    pcm: bytes
    ended: bool

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return len(self.pcm) / SAMPLE / RATE
