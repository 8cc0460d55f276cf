"""Films made for a test: a bright field that moves, with tags and a tone if they are asked for."""

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import av.bitstream
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


def sound_with_notes(*, form: str, coder: str, note: bytes) -> bytes:
    """A second of a tone, beside a film in MP4, with a note in every eighth packet: a data element
    of AAC (ISO/IEC 14496-3 4.4.2.7), a tag of MP3."""
    made = io.BytesIO()
    tag = b"ID3\x04\0\0\0\0\0" + bytes([len(note)]) + note
    before = bytes([0x81, len(note)]) + note if coder == "aac" else tag
    with av.open(made, "w", format=form) as film:
        video = film.add_stream("libx264", rate=10) if form == "mp4" else None
        sound = film.add_stream(coder, rate=48_000)
        assert isinstance(sound, av.AudioStream)
        sound.codec_context.layout = "mono"
        if video is not None:
            video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
            for _ in range(10):
                film.mux(video.encode(av.VideoFrame.from_ndarray(_BRIGHT, format="rgb24")))
            film.mux(video.encode(None))
        tone = np.sin(np.arange(48_000) / 20, dtype=np.float32).reshape(1, -1) / 2
        heard = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        heard.sample_rate = 48_000
        for number, packet in enumerate([*sound.encode(heard), *sound.encode(None)]):
            noted = av.Packet((before if number % 8 == 4 else b"") + bytes(packet))
            noted.pts, noted.dts, noted.duration = packet.pts, packet.dts, packet.duration
            noted.time_base, noted.stream = packet.time_base, sound
            film.mux(noted)
    return made.getvalue()


def cropped_film(*, left: int) -> bytes:
    """H.264 of 192 by 64 pixels, of which so many at the left are there and not shown."""
    whole, made = io.BytesIO(), io.BytesIO()
    with av.open(whole, "w", format="mp4") as film:
        video = film.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 192, 64, "yuv420p"
        wide = np.hstack([_BRIGHT, _BRIGHT])
        frames = [av.VideoFrame.from_ndarray(wide, format="rgb24") for _ in range(4)]
        for frame in (*frames, None):
            film.mux(video.encode(frame))
    whole.seek(0)
    with av.open(whole, "r") as film, av.open(made, "w", format="mp4") as smaller:
        said = smaller.add_stream_from_template(film.streams.video[0])
        crop = av.bitstream.BitStreamFilterContext(
            f"h264_metadata=crop_left={left}", film.streams.video[0], said
        )
        for packet in (*film.demux(video=0), None):
            for one in crop.filter(packet) if packet is None or packet.size else ():
                one.stream = said
                smaller.mux(one)
    return made.getvalue()


_BRIGHT = np.full((64, 96, 3), 180, np.uint8)
