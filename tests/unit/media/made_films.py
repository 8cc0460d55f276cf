"""Small films whose every frame says its number, so that a test knows which one it sees."""

import io
import struct
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

WIDTH, HEIGHT, RATE = 128, 96, 25
_BITS = 8
_BEEP = 1000


def made_film(
    *,
    frames: int = 75,
    form: str = "webm",
    video: str = "libvpx-vp9",
    audio: str | None = "libopus",
    every: int = 25,
) -> bytes:
    """A film of `frames` at 25 a second with a keyframe every so many. Its sound is a tone that is
    silent in each odd second."""
    made = io.BytesIO()
    with av.open(made, "w", format=form) as container:
        options = _options(video, every)
        film = cast(VideoStream, container.add_stream(video, rate=RATE, options=options))
        film.width, film.height, film.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        sound = _sound_stream(container, audio) if audio else None
        for number in range(frames):
            container.mux(film.encode(_numbered(number)))
            if sound is not None:
                container.mux(sound.encode(_tone(number)))
        container.mux(film.encode(None))
        if sound is not None:
            container.mux(sound.encode(None))
    return made.getvalue()


def made_recording(*, seconds: int = 3, form: str = "wav", audio: str = "pcm_s16le") -> bytes:
    """The sound alone."""
    made = io.BytesIO()
    with av.open(made, "w", format=form) as container:
        sound = _sound_stream(container, audio)
        for number in range(seconds * RATE):
            container.mux(sound.encode(_tone(number)))
        container.mux(sound.encode(None))
    return made.getvalue()


def number_in(rgb: bytes | memoryview, width: int, height: int) -> int:
    """The number that stands in a frame of any size."""
    rows = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)
    middle = rows[height // 2, :, 1]
    marks = [middle[(2 * bit + 1) * width // (2 * _BITS)] > 127 for bit in range(_BITS)]
    return sum(1 << bit for bit, is_set in enumerate(marks) if is_set)


def turned(film: bytes, matrix: tuple[int, int, int, int]) -> bytes:
    """The MP4 with other numbers a, b, c, d in the matrix of its track header (ISO/IEC 14496-12
    8.3.2), as a phone writes that was held upright."""
    plain = b"".join(n.to_bytes(4, "big") for n in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
    a, b, c, d = (n & 0xFFFFFFFF for n in matrix)
    other = b"".join(n.to_bytes(4, "big") for n in (a, b, 0, c, d, 0, 0, 0, 0x40000000))
    header = film.index(b"tkhd")
    at = film.index(plain, header)
    return film[:at] + other + film[at + len(plain) :]


def with_aperture(mp4: bytes, *, width: int, height: int, across: int, down: int) -> bytes:
    """The MP4, whose index is at its end, with a clean aperture in the description of its first
    track (ISO/IEC 14496-12 12.1.4): `across` and `down` are how far its middle is off, in halves
    of a pixel."""
    numbers = (width, 1, height, 1, across, 2, down, 2)
    box = struct.pack(">I4s4IiIiI", 40, b"clap", *numbers)
    made, at = bytearray(mp4), 0
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"):
        at = mp4.index(kind, at)
        _grow(made, at - 4, len(box))
    entry = at + 12
    end = entry + int.from_bytes(mp4[entry : entry + 4], "big")
    _grow(made, entry, len(box))
    return bytes(made[:end]) + box + bytes(made[end:])


def _grow(made: bytearray, at: int, by: int) -> None:
    made[at : at + 4] = (int.from_bytes(made[at : at + 4], "big") + by).to_bytes(4, "big")


def _sound_stream(container: OutputContainer, codec: str) -> AudioStream:
    return cast(AudioStream, container.add_stream(codec, rate=48_000, layout="mono"))


def _options(video: str, every: int) -> dict[str, str]:
    common = {"g": str(every)}
    if video == "libvpx-vp9":
        return {**common, "deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    return common


def _numbered(number: int) -> VideoFrame:
    rows = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for bit in range(_BITS):
        if number >> bit & 1:
            rows[:, bit * WIDTH // _BITS : (bit + 1) * WIDTH // _BITS] = 255
    frame = VideoFrame.from_ndarray(rows, format="rgb24")
    frame.pts, frame.time_base = number, Fraction(1, RATE)
    return frame


def _tone(number: int) -> AudioFrame:
    first = number * 1920
    at = np.arange(first, first + 1920)
    loud = 8000 * np.sin(2 * np.pi * _BEEP * at / 48_000) * (at // 48_000 % 2 == 0)
    frame = AudioFrame.from_ndarray(loud.astype(np.int16).reshape(1, -1), layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = 48_000, first, Fraction(1, 48_000)
    return frame
