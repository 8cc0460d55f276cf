"""The sample film and the sample recording: a slow look over a drawn wound, and drawn breath."""

import io
from collections.abc import Iterator, Mapping
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from tools.samples import scenes

FILM, RECORDING = "IMG_0470.MOV", "REC_0471.M4A"
FILM_SECONDS, RECORDING_SECONDS = 6, 36

_WIDTH, _HEIGHT, _RATE = 480, 270, 12
_HERTZ, _PIECE = 16_000, 1024
_PHONE = {
    "com.apple.quicktime.make": "Apple",
    "com.apple.quicktime.model": "iPhone 14",
    "com.apple.quicktime.software": "18.3.1",
}

Sound = NDArray[np.float32]


def film() -> bytes:
    """A QuickTime film of six seconds with sound, as a phone names its facts."""
    made = io.BytesIO()
    with _opened(made, "mov", taken="2025-03-11T11:05:12+1300") as out:
        pictures = out.add_stream("mpeg4", rate=Fraction(_RATE))
        pictures.width, pictures.height, pictures.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        pictures.bit_rate = 150_000
        voice = _voice(out)
        for picture in _look_over(scenes.leg_wound()):
            out.mux(pictures.encode(VideoFrame.from_ndarray(np.asarray(picture))))
        out.mux(pictures.encode())
        _say(out, voice, breath(FILM_SECONDS, seed=3) * 0.3)
    return made.getvalue()


def recording() -> bytes:
    """An M4A of half a minute: breath, and three coughs."""
    made = io.BytesIO()
    sound = breath(RECORDING_SECONDS, seed=7)
    for second in (9.5, 10.3, 27.0):
        _add(sound, second, _burst(0.35, seed=int(second * 10)))
    with _opened(made, "ipod", taken="2025-03-11T11:12:40+1300") as out:
        _say(out, _voice(out), sound)
    return made.getvalue()


def breath(seconds: int, *, seed: int) -> Sound:
    """Sixteen breaths a minute as soft noise, in and out."""
    times = np.arange(seconds * _HERTZ) / _HERTZ
    noise = np.random.default_rng(seed).normal(0, 1, times.size)
    soft = np.convolve(noise, np.ones(9) / 9, "same")
    phase = (times * 16 / 60) % 1
    swell = np.where(phase < 0.4, np.sin(phase / 0.4 * np.pi), 0)
    swell += np.where(
        (phase > 0.45) & (phase < 0.9), 0.6 * np.sin((phase - 0.45) / 0.45 * np.pi), 0
    )
    made: Sound = (0.25 * soft * np.clip(swell, 0, None)).astype(np.float32)
    return made


def _burst(seconds: float, *, seed: int) -> Sound:
    times = np.arange(int(seconds * _HERTZ)) / _HERTZ
    noise = np.random.default_rng(seed).normal(0, 0.4, times.size)
    made: Sound = (noise * np.exp(-times * 12)).astype(np.float32)
    return made


def _add(sound: Sound, second: float, more: Sound) -> None:
    start = int(second * _HERTZ)
    sound[start : start + more.size] += more


def _look_over(scene: Image.Image) -> Iterator[Image.Image]:
    """From the left edge of the scene to the right, a little up and down as a hand does."""
    width, height = scene.size
    seen = (round(width * 0.7), round(width * 0.7 * _HEIGHT / _WIDTH))
    frames = FILM_SECONDS * _RATE
    for place in range(frames):
        left = round((width - seen[0]) * place / (frames - 1))
        sway = np.sin(place / 9) * 0.15 + 0.5
        top = round((height - seen[1]) * sway)
        part = scene.crop((left, top, left + seen[0], top + seen[1]))
        yield part.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)


def _opened(made: io.BytesIO, container: str, *, taken: str) -> OutputContainer:
    options = {"movflags": "use_metadata_tags", "fflags": "+bitexact"}
    out = av.open(made, "w", format=container, options=options)
    facts: Mapping[str, str] = {**_PHONE, "com.apple.quicktime.creationdate": taken}
    out.metadata.update(facts)
    return out


def _voice(out: OutputContainer) -> AudioStream:
    voice = out.add_stream("aac", rate=_HERTZ, layout="mono")
    voice.bit_rate = 24_000
    return voice


def _say(out: OutputContainer, voice: AudioStream, sound: Sound) -> None:
    samples = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
    for start in range(0, samples.size, _PIECE):
        piece = AudioFrame.from_ndarray(samples[None, start : start + _PIECE], "s16", "mono")
        piece.sample_rate, piece.pts = _HERTZ, start
        out.mux(voice.encode(piece))
    out.mux(voice.encode())
