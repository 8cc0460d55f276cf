"""What stands for a film or recording on paper: frames with their times, peaks over its length."""

from dataclasses import dataclass

from desktop.media.paper_image import PaperImage

MOST_FRAMES = 12
MOST_COLUMNS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFrame:
    """One frame, upright, in sRGB, without metadata; `at_ms` is its own time from the beginning."""

    at_ms: int
    picture: PaperImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyboard:
    """At least one frame and at most twelve, in the order of the film."""

    frames: tuple[StoryFrame, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """The loudest sample of each even part of a recording, from 0 to 1."""

    peaks: tuple[float, ...]
    duration_ms: int
