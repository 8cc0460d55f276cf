"""A film or sound recording opened by FFmpeg in the decoder worker: its tracks, its length."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from desktop.media.film_aperture import Cutter, cutter_of
from desktop.media.true_type import TrueType
from desktop.media.worker_file import WorkerFile

_DEMUXERS = {
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/amr-wb": "amr",
    "audio/flac": "flac",
    "audio/mp4": "mov",
    "audio/mpeg": "mp3",  # or AAC behind a cover too large to look past
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-dss": "dss",
    "video/3gpp": "mov",
    "video/3gpp2": "mov",
    "video/mp2t": "mpegts",
    "video/mp4": "mov",
    "video/mpeg": "mpeg",
    "video/ogg": "ogg",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/x-ms-asf": "asf",
    "video/x-msvideo": "avi",
}
"""The only demuxers that are ever asked: FFmpeg's own guess may be a playlist."""

_GUESSED_LENGTH = {"aac", "amr", "mp3"}
"""Their length is guessed from the bit rate, unless every packet is looked at."""

_MOST_BYTES_COUNTED = 64 * 1024**2
_LONGEST_MS = 7 * 24 * 3600 * 1000
MOST_PIXELS = 40_000_000
"""Of one frame: the largest films of today, 8K, have 35 million."""

GIVES_UP = (av.FFmpegError, ArithmeticError, EOFError, LookupError, OSError, TypeError, ValueError)
"""What PyAV was seen to raise on broken files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """An open film or recording. `pictures` is the track of moving pictures and never a cover;
    `sound` the first track of sound. `duration_ms` is None where nobody knows it."""

    container: InputContainer
    pictures: VideoStream | None
    sound: AudioStream | None
    duration_ms: int | None
    cutter: Cutter
    has_cover: bool
    has_data: bool
    has_unknown: bool
    """A track of pictures or sound in a coding that FFmpeg does not know."""

    @property
    def tags(self) -> dict[str, str]:
        """What the container says of itself, untrusted."""
        return self.container.metadata


def is_film(found: TrueType) -> bool:
    """Whether FFmpeg is asked to open a file of this type."""
    return found.media_type in _DEMUXERS


@contextmanager
def opened(file: WorkerFile, found: TrueType, *, cutter: Cutter | None = None) -> Iterator[Film]:
    """The film while the context lasts; `cutter`, where its boxes were read already. Raises one of
    GIVES_UP where it cannot be opened."""
    demuxer = _DEMUXERS[found.media_type]
    cutter = cutter or cutter_of(file)
    file.seek(0)
    with container_of(file, found) as container:
        for stream in container.streams:
            if isinstance(stream, VideoStream | AudioStream) and _has_codec(stream):
                stream.codec_context.thread_count = 1  # the confined worker may start none
            if isinstance(stream, VideoStream) and _has_codec(stream):
                stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
        yield Film(
            container=container,
            pictures=pictures_of(container),
            sound=sound_of(container),
            duration_ms=_duration(container, counted=_may_count(demuxer, file)),
            cutter=cutter,
            has_cover=any(_is_cover(s) for s in container.streams.video),
            has_data=bool(container.streams.data),
            has_unknown=not all(
                _has_codec(s) for s in (*container.streams.video, *container.streams.audio)
            ),
        )
        file.seek(0)


class Readable(Protocol):
    """What FFmpeg needs of a file."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As of any file."""
        ...


def container_of(file: Readable, found: TrueType) -> InputContainer:
    """The file as FFmpeg sees it, of a type that `is_film`. Raises one of GIVES_UP."""
    demuxer = _DEMUXERS[found.media_type]
    try:
        return av.open(file, "r", format=demuxer, metadata_errors="replace")
    except av.InvalidDataError:
        if demuxer != "mp3":
            raise
    file.seek(0)
    return av.open(file, "r", format="aac", metadata_errors="replace")


def pictures_of(container: InputContainer) -> VideoStream | None:
    """The track of moving pictures that can be decoded; a cover is none."""
    return next((s for s in container.streams.video if _has_codec(s) and not _is_cover(s)), None)


def sound_of(container: InputContainer) -> AudioStream | None:
    """The first track of sound that can be decoded."""
    return next(filter(_has_codec, container.streams.audio), None)


def _has_codec(stream: Stream) -> bool:
    """Of a coding that FFmpeg does not know there is None, whatever the types say."""
    return getattr(stream, "codec_context", None) is not None


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def _may_count(demuxer: str, file: WorkerFile) -> bool:
    return demuxer in _GUESSED_LENGTH and file.size <= _MOST_BYTES_COUNTED


def _duration(container: InputContainer, *, counted: bool) -> int | None:
    if counted and container.streams.audio:
        sound = container.streams.audio[0]
        seconds = sum(float((p.duration or 0) * p.time_base) for p in container.demux(sound))
        container.seek(0)
        milliseconds = round(seconds * 1000)
    else:
        milliseconds = round((container.duration or 0) / 1000)
    return milliseconds if 0 < milliseconds <= _LONGEST_MS else None
