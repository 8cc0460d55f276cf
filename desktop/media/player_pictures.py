"""The moving picture in the worker: the frames at, after or before a time, small and upright."""

import time
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from desktop.media.film import pictures_of
from desktop.media.film_aperture import cutter_of
from desktop.media.film_colours import matrix_of
from desktop.media.film_pose import pose_of
from desktop.media.hdr import HDR, SdrTable
from desktop.media.player_container import (
    Frames,
    NotOne,
    opened,
)
from desktop.media.player_facts import SECOND, Want
from desktop.media.worker_file import WorkerFile

_MOST_PIXELS = 100_000_000
_WORTH_DECODING = 2 * SECOND
"""So far ahead it is no slower to decode on than to seek: what lies between is often needed."""
_LONGEST_WAY = 4 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Shots:
    """Frames of one size as raw RGB, with their times. `ended` says that none comes after them;
    with no frames and not ended, the time ran out before the place was reached."""

    width: int
    height: int
    times: tuple[int, ...]
    pixels: tuple[bytes, ...]
    ended: bool


class Pictures:
    """Stands somewhere in the film: `_seen` was given last, `_held` comes next."""

    def __init__(self, file: WorkerFile) -> None:
        """Raises NotOne."""
        container = opened(file)
        stream = pictures_of(container)
        if stream is None:
            raise NotOne
        self._stream = stream
        self._frames: Frames[VideoFrame] = Frames(container, stream, cutter_of(file))
        self.begins = self._frames.begins
        self._held: tuple[int, VideoFrame] | None = self._frames.next()
        self._seen: tuple[int, VideoFrame] | None = None
        self._deadline = 0.0
        self._shown = (1, 1)
        self._aimed = -_LONGEST_WAY
        self._before: tuple[int, deque[tuple[int, VideoFrame]]] | None = None
        if self._held is None:
            raise NotOne
        first = self._held[1]
        if first.width * first.height > _MOST_PIXELS:
            raise NotOne
        self._sdr = SdrTable(first.color_trc) if first.color_trc in HDR else None
        self._pose = pose_of(first)
        self.width, self.height = self._upright(first)

    @property
    def duration(self) -> int:
        """How long it is, in microseconds, as far as the file says; else 0."""
        return self._frames.duration

    @property
    def rate(self) -> float | None:
        """Frames a second on average, as far as the file says."""
        rate = self._stream.average_rate
        return float(rate) if rate else None

    def give(self, want: Want, *, deadline: float) -> Shots:
        """What is wanted, as much of it as can be had until `deadline` by the monotonic clock."""
        self._deadline = deadline
        scale = min(1.0, want.width / self.width, want.height / self.height)
        self._shown = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        match want.which:
            case "before":
                found = self._give_before(want)
            case "near":
                self._go(want.time)
                found = self._following(most=1)
            case _:
                found = self._give_on(want)
        return Shots(
            width=self._shown[0],
            height=self._shown[1],
            times=tuple(when - self.begins for when, _ in found),
            pixels=tuple(pixels for _, pixels in found),
            ended=self._held is None and not (want.which == "before" and self._before),
        )

    def _give_on(self, want: Want) -> list[tuple[int, bytes]]:
        self._before = None
        self._come_near(want.time)
        while self._is_still_to_come(want.time):
            self._step()
            if time.monotonic() > self._deadline and self._is_still_to_come(want.time):
                # where the picture lags behind, what there is moves on at least
                return self._again() if want.hurry else []
        if self._seen is None:  # the film begins later than the place
            self._step()
        elif want.which == "after":
            return self._following(most=want.most)
        return self._again() + self._following(most=want.most - 1)

    def _give_before(self, want: Want) -> list[tuple[int, bytes]]:
        if self._before is None or self._before[0] != want.time:
            self._go(want.time - SECOND)
            self._before = (want.time, deque(maxlen=want.most))
        passed = self._before[1]
        while self._held is not None and self._held[0] - self.begins < want.time:
            passed.append(self._held)
            self._step()
            if time.monotonic() > self._deadline and self._is_still_to_come(want.time - 1):
                return []
        self._before = None
        if not passed:  # nothing is before the first frame
            return self._following(most=1)
        return [(when, self._rgb(frame)) for when, frame in passed]

    def _again(self) -> list[tuple[int, bytes]]:
        """The frame that was given last."""
        return [(self._seen[0], self._rgb(self._seen[1]))] if self._seen is not None else []

    def _following(self, *, most: int) -> list[tuple[int, bytes]]:
        """What comes next, as much as there is time for, but one at least."""
        found: list[tuple[int, bytes]] = []
        while len(found) < most and self._held is not None:
            when, frame = self._held
            found.append((when, self._rgb(frame)))
            self._step()
            if time.monotonic() > self._deadline:
                break
        return found

    def _is_still_to_come(self, wanted: int) -> bool:
        """Whether the frame that comes next is not later than that."""
        return self._held is not None and self._held[0] - self.begins <= wanted

    def _come_near(self, wanted: int) -> None:
        """Stand so that the frame of that time is the last that was seen, or is still to come."""
        passed = self._seen is None or self._seen[0] - self.begins > wanted
        if passed or not self._is_on_the_way(wanted):
            self._go(wanted)

    def _is_on_the_way(self, wanted: int) -> bool:
        """Whether decoding on is the quickest way there. Seeking again what was sought before would
        begin at the same frame again and never arrive."""
        if self._held is None:
            return True
        here = self._held[0] - self.begins
        if wanted - here < _WORTH_DECODING or 0 <= wanted - self._aimed < _LONGEST_WAY:
            return True
        start = self._frames.start_before(wanted + self.begins)
        return start is not None and start - self.begins <= here

    def _go(self, wanted: int) -> None:
        self._seen, self._before, self._aimed = None, None, wanted
        self._held = self._frames.seek(max(wanted, 0) + self.begins)

    def _step(self) -> None:
        self._seen, self._held = self._held, self._frames.next()

    def _rgb(self, frame: VideoFrame) -> bytes:
        width, height = self._shown
        lying = (height, width) if self._pose.lies_across else (width, height)
        shown = frame.reformat(
            *lying,
            format="rgb24",
            src_colorspace=matrix_of(frame),
            interpolation=Interpolation.BILINEAR,
            threads=1,  # the worker may start none
        )
        pixels: NDArray[Any] = shown.to_ndarray()
        if self._sdr is not None:
            pixels = self._sdr.look_up(pixels)
        return self._pose.held_up(pixels).tobytes()

    def _upright(self, frame: VideoFrame) -> tuple[int, int]:
        """Its size as it is to be seen: with square pixels, standing upright."""
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        aspect = aspect if Fraction(1, 4) <= aspect <= 4 else Fraction(1)
        width, height = max(1, round(frame.width * aspect)), frame.height
        return (height, width) if self._pose.lies_across else (width, height)
