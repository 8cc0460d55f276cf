"""Small films and recordings, made when a test asks for them."""

import io
import struct
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Draw = Callable[[int], Pixels]

RATE = 10
WIDE, HIGH = 96, 64


def scene(place: int) -> Pixels:
    """Red at the top left, blue elsewhere, and a bar that moves with time."""
    drawn = np.zeros((HIGH, WIDE, 3), np.uint8)
    drawn[..., 2] = 180
    drawn[: HIGH // 2, : WIDE // 2] = (220, 30, 30)
    drawn[:, (place * 3) % WIDE : (place * 3) % WIDE + 4] = 255
    return drawn


def dark_at_first(place: int) -> Pixels:
    return scene(place) if place >= 15 else np.zeros((HIGH, WIDE, 3), np.uint8)


@cache
def film(
    container: str = "mp4",
    codec: str = "mpeg4",
    *,
    sound: str = "",
    frames: int = 20,
    draw: Draw = scene,
    turn: int = 0,
    tags: tuple[tuple[str, str], ...] = (),
    options: tuple[tuple[str, str], ...] = (),
    rate: int = RATE,
) -> bytes:
    """Two seconds, as a rule; moving pictures first, then a tone where there is a `sound`."""
    made = io.BytesIO()
    with av.open(made, "w", format=container, options=dict(options)) as out:
        out.metadata.update(dict(tags))
        pictures = cast(VideoStream, out.add_stream(codec, rate=Fraction(rate)))
        pictures.width, pictures.height = WIDE, HIGH
        pictures.pix_fmt = {"mjpeg": "yuvj420p", "rawvideo": "yuyv422"}.get(codec, "yuv420p")
        pictures.codec_context.gop_size = 5
        voice = _voice(out, sound, 48_000) if sound else None
        for place in range(frames):
            frame = VideoFrame.from_ndarray(draw(place))
            out.mux(pictures.encode(frame))
        out.mux(pictures.encode())
        if voice is not None:
            for piece in tone(frames / rate, 48_000):
                out.mux(voice.encode(piece))
            out.mux(voice.encode())
    return turned(made.getvalue(), turn)


@cache
def recording(
    container: str, codec: str, *, seconds: float = 2.0, rate: int = 48_000, tags: str = ""
) -> bytes:
    """Silence in the first half, a tone in the second. `tags` are `name=value` lines."""
    made, options = io.BytesIO(), {"write_bext": "1"} if container == "wav" and tags else {}
    with av.open(made, "w", format=container, options=options) as out:
        out.metadata.update(dict(line.split("=", 1) for line in tags.splitlines()))
        voice = _voice(out, codec, rate)
        voice.bit_rate = 64_000
        for piece in tone(seconds, rate):
            out.mux(voice.encode(piece))
        out.mux(voice.encode())
    return made.getvalue()


def _voice(out: OutputContainer, codec: str, rate: int) -> AudioStream:
    return cast(AudioStream, out.add_stream(codec, rate=rate, layout="mono"))


def tone(seconds: float, rate: int) -> list[AudioFrame]:
    times = np.arange(int(seconds * rate)) / rate
    heard = np.where(times < seconds / 2, 0.0, 0.8 * np.sin(times * 440 * 2 * np.pi))
    samples = (heard * 32767).astype(np.int16)
    pieces = []
    for start in range(0, len(samples), 960):
        piece = AudioFrame.from_ndarray(samples[None, start : start + 960], "s16", "mono")
        piece.sample_rate, piece.pts = rate, start
        pieces.append(piece)
    return pieces


def turned(mp4: bytes, degrees: int) -> bytes:
    """The same film with the matrix of a phone that was held otherwise."""
    if not degrees:
        return mp4
    one = 1 << 16
    a, b, c, d = {90: (0, one, -one, 0), 180: (-one, 0, 0, -one), 270: (0, -one, one, 0)}[degrees]
    at = mp4.index(b"tkhd") + 4 + 40
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    return mp4[:at] + matrix + mp4[at + 36 :]


def bright_film(*, characteristic: int, codec: str = "ffv1") -> bytes:
    """Ten bits, BT.2020, HLG (18) or PQ (16): grey as bright as paper, then skin."""
    made = io.BytesIO()
    with av.open(made, "w", format="matroska") as out:
        pictures = cast(VideoStream, out.add_stream(codec, rate=Fraction(RATE)))
        pictures.width, pictures.height, pictures.pix_fmt = WIDE, HIGH, "yuv420p10le"
        context = pictures.codec_context
        context.color_trc, context.color_primaries, context.colorspace = characteristic, 9, 9
        context.color_range = 1
        white = 0.75 if characteristic == 18 else 0.58
        for _ in range(3):
            luma = np.full((HIGH, WIDE), 64 + round(876 * white), np.uint16)
            chroma = np.full((HIGH // 2, WIDE // 2), 512, np.uint16)
            planes = np.concatenate([luma.ravel(), chroma.ravel(), chroma.ravel()])
            frame = VideoFrame.from_ndarray(planes.reshape(HIGH * 3 // 2, WIDE), "yuv420p10le")
            frame.color_trc, frame.color_primaries = characteristic, 9
            frame.colorspace, frame.color_range = 9, 1
            out.mux(pictures.encode(frame))
        out.mux(pictures.encode())
    return made.getvalue()


@cache
def combed_film(codec: str) -> bytes:
    """Interlaced, as old camcorders have it: a bar that moves between the two halves of a frame."""
    made = io.BytesIO()
    with av.open(made, "w", format="mpegts") as out:
        options = {"flags": "+ildct+ilme", "top": "1", "qscale": "2", "x264-params": "tff=1"}
        pictures = cast(VideoStream, out.add_stream(codec, rate=Fraction(25), options=options))
        pictures.width, pictures.height, pictures.pix_fmt = 320, 240, "yuv420p"
        pictures.bit_rate = 8_000_000
        for number in range(12):
            drawn = np.full((240, 320, 3), 40, np.uint8)
            for half in (0, 1):
                left = 20 + (2 * number + half) * 10
                drawn[half::2, left : left + 40] = 220
            out.mux(pictures.encode(VideoFrame.from_ndarray(drawn)))
        out.mux(pictures.encode())
    return made.getvalue()


def index_first(mp4: bytes) -> bytes:
    """The same film with its index before its pictures, as one that is to be sent has it."""
    at, data = mp4.index(b"moov") - 4, mp4.index(b"mdat") - 4
    index = bytearray(mp4[at:])
    place = index.find(b"stco")
    while place >= 0:
        for entry in range(int.from_bytes(index[place + 8 : place + 12], "big")):
            where = place + 12 + 4 * entry
            moved = int.from_bytes(index[where : where + 4], "big") + len(index)
            index[where : where + 4] = moved.to_bytes(4, "big")
        place = index.find(b"stco", place + 4)
    return mp4[:data] + bytes(index) + mp4[data:at]
