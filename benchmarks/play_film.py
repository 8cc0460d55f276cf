"""Frames a second that the player hands to the window, decoder and program on one processor.

    python -m benchmarks.play_film [FILE…]        films of your own; else two that are made here

Each is played from its beginning within 960 and within 1920 pixels, for 8 seconds at most.
"""

import argparse
import io
import os
import time
from contextlib import closing
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop.media.player import MediaPlayer
from desktop.media.player_facts import Want
from desktop.media.untrusted import Untrusted

_SECONDS = 8.0
_AT_ONCE = 12


def made_film(codec: str, form: str, options: dict[str, str]) -> bytes:
    """Two seconds of 1920 × 1080 at 30 a second: coloured blocks that move."""
    made = io.BytesIO()
    blocks = np.random.default_rng(1).integers(0, 255, (135, 240, 3), dtype=np.uint8)
    drawn = blocks.repeat(8, 0).repeat(8, 1)
    with av.open(made, "w", format=form) as container:
        film = cast(VideoStream, container.add_stream(codec, rate=30, options=options))
        film.width, film.height, film.pix_fmt = 1920, 1080, "yuv420p"
        for number in range(60):
            rows = np.ascontiguousarray(np.roll(drawn, number * 4, 1))
            container.mux(film.encode(VideoFrame.from_ndarray(rows, format="rgb24")))
        container.mux(film.encode(None))
    return made.getvalue()


def frames_a_second(film: bytes, longest: int) -> float:
    """From the first frame on."""
    with closing(MediaPlayer(Untrusted(film))) as player:
        player.open()
        began, count, place, ended = time.monotonic(), 0, -1, False
        while not ended and time.monotonic() - began < _SECONDS:
            which = "at" if place < 0 else "after"
            size = {"width": longest, "height": longest}
            found = player.frames(Want(which=which, time=max(place, 0), most=_AT_ONCE, **size))  # type: ignore[arg-type]
            count += len(found.frames)
            place = found.frames[-1].time if found.frames else place
            ended = found.ended
        return count / (time.monotonic() - began)


def main() -> None:
    """Print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("files", nargs="*", type=Path)
    files: list[Path] = words.parse_args().files
    films = {path.name: path.read_bytes() for path in files}
    if not films:
        quick = {"deadline": "realtime", "cpu-used": "8"}
        films = {
            "VP9, 1080p": made_film("libvpx-vp9", "webm", quick),
            "MPEG-4, 1080p": made_film("mpeg4", "mp4", {}),
        }
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    print(f"{'film':40} {'within 960':>12} {'within 1920':>12}")
    for name, film in films.items():
        small, large = (frames_a_second(film, longest) for longest in (960, 1920))
        print(f"{name[:40]:40} {small:12.1f} {large:12.1f}")


if __name__ == "__main__":
    main()
