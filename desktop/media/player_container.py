"""A film or recording as the worker reads it: the frames of one stream, from anywhere on.

Each stream is read through a container of its own, so that picture and sound can stand at different
places of the same file.
"""

from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar, cast

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop.media.film import container_of, is_film
from desktop.media.film_aperture import Cutter
from desktop.media.interlaced import woven
from desktop.media.player_facts import SECOND
from desktop.media.true_type import HEAD, true_type
from desktop.media.worker_file import WorkerFile

_MOST_BAD_PACKETS = 200
_BACK = (0, SECOND, 4 * SECOND, 16 * SECOND, 64 * SECOND)

Frame = TypeVar("Frame", VideoFrame, AudioFrame)


class NotOne(ValueError):
    """There is no such stream in the file, or nothing here decodes it."""


class _Decodes(Protocol[Frame]):
    def decode(self) -> list[Frame]: ...


class _View:
    """One reader of a file that several readers share."""

    def __init__(self, file: WorkerFile) -> None:
        self._file = file
        self._at = 0

    def read(self, size: int) -> bytes:
        self._file.seek(self._at)
        found = self._file.read(size)
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == 1:
            offset, whence = self._at + offset, 0
        self._at = self._file.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        return self._at


def opened(file: WorkerFile) -> InputContainer:
    """The file by its content, whatever its name. Raises NotOne and what FFmpeg raises."""
    found = true_type(file.head(HEAD))
    if not is_film(found):
        raise NotOne
    return container_of(_View(file), found)


class Frames(Generic[Frame]):
    """The decoded frames of one stream, from anywhere on, each with its time.

    A damaged packet is left out; many in a row raise what FFmpeg raises.
    """

    def __init__(
        self,
        container: InputContainer,
        stream: VideoStream | AudioStream,
        cutter: Cutter | None = None,
    ):
        self._container = container
        self._stream = stream
        self._cutter = cutter
        # the worker may start no thread, and a decoder that wants some does not open
        stream.codec_context.thread_count = 1
        self._base = stream.time_base or container.streams[0].time_base
        self._decoded: Iterator[Frame] = self._begun()
        self._last = 0

    @property
    def begins(self) -> int:
        """When the stream begins, by the clock of its file."""
        return self._from_stream(self._stream.start_time or 0)

    @property
    def duration(self) -> int:
        """How long it is, as far as the file says; else 0."""
        if self._stream.duration is not None:
            return self._from_stream(self._stream.duration)
        return self._container.duration or 0

    def next(self) -> tuple[int, Frame] | None:
        """The next frame and its time by the clock of the file; None at the end."""
        frame = next(self._decoded, None)
        if frame is None:
            return None
        if frame.pts is not None:
            self._last = self._from_stream(frame.pts, frame)
        else:
            self._last += self._usual_step()
        return self._last, frame

    def seek(self, target: int) -> tuple[int, Frame] | None:
        """Go to a frame that can be decoded alone, at `target` or before wherever there is one, and
        give it; None where nothing more comes."""
        found: tuple[int, Frame] | None = None
        for back in _BACK:
            # some containers seek by the time of decoding, which is before that of showing
            aim = max(target, self.begins) - back
            self._container.seek(self._to_stream(aim), stream=self._stream)
            self._decoded, self._last = self._begun(), aim
            found = self.next()
            if found is not None and (found[0] <= target or found[0] <= self.begins):
                break
        return found

    def start_before(self, target: int) -> int | None:
        """When the frame is seen at which decoding begins for `target`, where the file's own index
        knows."""
        index = self._stream.index_entries
        place = index.search_timestamp(self._to_stream(target), backward=True)
        return self._from_stream(index[place].timestamp) if place >= 0 else None

    def _begun(self) -> Iterator[Frame]:
        """The frames from here on, as they are to be seen and heard."""
        frames: Iterator[Any] = self._run()
        if isinstance(self._stream, VideoStream):
            frames = woven(frames)
            if self._cutter is not None:
                frames = map(self._cutter.of, frames)
        return frames

    def _run(self) -> Iterator[Frame]:
        bad = 0
        for packet in self._container.demux(self._stream):
            try:
                frames = cast(_Decodes[Frame], packet).decode()
            except av.error.InvalidDataError:
                bad += 1
                if bad > _MOST_BAD_PACKETS:
                    raise
                continue
            bad = 0
            yield from frames

    def _from_stream(self, pts: int, frame: Frame | None = None) -> int:
        base = (frame.time_base if frame is not None else None) or self._base
        return round(pts * base * SECOND) if base else 0

    def _to_stream(self, time: int) -> int:
        return int(time / SECOND / self._base) if self._base else 0

    def _usual_step(self) -> int:
        rate = getattr(self._stream, "average_rate", None)
        return round(SECOND / rate) if rate else SECOND // 25
