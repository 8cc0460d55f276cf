"""Films made for a test: a bright field that moves, with tags and a tone if they are asked for."""

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt


def tagged_film(*, title: str = "", sound: bool = False, frames: int = 8, rate: int = 10) -> bytes:
    """VP8 (and Opus) in WebM, 96 by 64 pixels."""
    made = io.BytesIO()
    with av.open(made, "w", format="webm") as film:
        if title:
            film.metadata["title"] = title
        video = film.add_stream("libvpx", rate=rate)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        audio = film.add_stream("libopus", rate=48_000) if sound else None
        for number in range(frames):
            drawn = np.full((64, 96, 3), 120 + 8 * (number % 4), np.uint8)
            frame = av.VideoFrame.from_ndarray(drawn, format="rgb24")
            film.mux(video.encode(frame))
        film.mux(video.encode(None))
        if audio is not None:
            tone = np.zeros((1, 48_000), np.float32)
            heard = av.AudioFrame.from_ndarray(tone, format="flt", layout="mono")
            heard.sample_rate = 48_000
            film.mux(audio.encode(heard))
            film.mux(audio.encode(None))
    return made.getvalue()


def seconds_film(*, frames: int, begins: int) -> bytes:
    """A frame a second, each brighter than the one before, from any second on; VP8 in Matroska."""
    made = io.BytesIO()
    with av.open(made, "w", format="matroska") as film:
        video = film.add_stream("libvpx", rate=1)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        for number in range(frames):
            drawn = np.full((64, 96, 3), 100 + 25 * number, np.uint8)
            frame = av.VideoFrame.from_ndarray(drawn, format="rgb24")
            frame.pts, frame.time_base = (begins + number) * 1000, Fraction(1, 1000)
            film.mux(video.encode(frame))
        film.mux(video.encode(None))
    return made.getvalue()


def frames_of(film: bytes) -> Iterator[tuple[float, npt.NDArray[np.uint8]]]:
    """Every frame: its second, and its pixels in grey."""
    with av.open(io.BytesIO(film), "r") as read:
        for frame in read.decode(video=0):
            yield float(frame.time or 0.0), np.asarray(frame.to_ndarray(format="gray"), np.uint8)
