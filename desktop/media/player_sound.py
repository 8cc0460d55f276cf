"""The sound in the worker: samples from any time on, slower or faster without another pitch."""

from collections.abc import Callable

import av.error
import av.filter
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from desktop.media.film import sound_of
from desktop.media.player_container import Frames, NotOne, opened
from desktop.media.player_facts import RATE, SAMPLE, SECOND
from desktop.media.worker_file import WorkerFile

_BEFORE = SECOND // 10
"""A decoder of sound needs to hear a little before what it gives is right (RFC 7845 4.6)."""
_WORTH_DECODING = 2 * RATE
_LARGEST_SLIP = RATE // 20
_SLOWEST_STEP = 0.5
_CHUNK = RATE // 10


Read = Callable[[int, int], tuple[bytes, bool]]


class Sound:
    """Stands somewhere in the recording; `_pcm` begins at sample `_at` of it."""

    def __init__(self, file: WorkerFile) -> None:
        """Raises NotOne."""
        container = opened(file)
        stream = sound_of(container)
        if stream is None:
            raise NotOne
        self._stream = stream
        self._frames: Frames[AudioFrame] = Frames(container, stream)
        self.begins = self._frames.begins
        self.origin = self.begins
        """When the film begins by the clock of the file; where there are pictures, it is theirs."""
        self._resampler = _resampler()
        self._pcm = bytearray()
        self._at = 0
        self._ended = False
        self._tempo: _Tempo | None = None

    @property
    def duration(self) -> int:
        """How long it is, in microseconds, as far as the file says; else 0."""
        return self._frames.duration

    def read(self, start: int, samples: int, speed: float) -> tuple[bytes, bool]:
        """So many samples from a time on, fewer at the end; and whether that is the end.

        At another `speed` they cover so much more or less of the recording.
        """
        first = round(start * RATE / SECOND)
        if speed == 1:
            self._tempo = None
            return self._read(first, samples)
        if self._tempo is None or not self._tempo.goes_on(first, speed):
            self._tempo = _Tempo(first, speed)
        return self._tempo.read(samples, self._read)

    def _read(self, first: int, samples: int) -> tuple[bytes, bool]:
        end = self._at + len(self._pcm) // SAMPLE
        if not self._at <= first <= end + _WORTH_DECODING:
            self._go(first)
        while not self._ended and self._at + len(self._pcm) // SAMPLE < first + samples:
            self._decode()
            self._forget_before(first)
        self._forget_before(first)
        lead = min(max(self._at - first, 0), samples)  # the sound begins later than the picture
        found = bytes(lead * SAMPLE) + bytes(self._pcm[: (samples - lead) * SAMPLE])
        return found, self._ended and len(found) < samples * SAMPLE

    def _go(self, first: int) -> None:
        aim = round(first * SECOND / RATE) + self.origin - _BEFORE
        found = self._frames.seek(max(aim, self.begins))
        self._resampler, self._ended = _resampler(), False
        self._pcm.clear()
        if found is None:
            self._ended = True
            return
        self._at = self._sample_of(found[0])
        self._take(found[1])

    def _decode(self) -> None:
        found = self._frames.next()
        if found is None:
            self._ended = True
            return
        if not self._pcm and self._at == 0:
            self._at = self._sample_of(found[0])
        else:
            self._mend(self._sample_of(found[0]))
        self._take(found[1])

    def _mend(self, place: int) -> None:
        """Silence where the recording has a gap, so that what follows is heard when it was."""
        gap = place - (self._at + len(self._pcm) // SAMPLE)
        if _LARGEST_SLIP < gap <= _WORTH_DECODING:
            self._pcm += bytes(gap * SAMPLE)

    def _take(self, frame: AudioFrame) -> None:
        frame.pts = None  # where it belongs is counted in samples, not by the resampler
        for made in self._resampler.resample(frame):
            self._pcm += bytes(made.planes[0])[: made.samples * SAMPLE]

    def _forget_before(self, first: int) -> None:
        passed = min(first - self._at, len(self._pcm) // SAMPLE)
        if passed > 0:
            del self._pcm[: passed * SAMPLE]
            self._at += passed

    def _sample_of(self, when: int) -> int:
        return round((when - self.origin) * RATE / SECOND)


class _Tempo:
    """Stretches the sound of one stretch of the recording by FFmpeg's `atempo`."""

    def __init__(self, first: int, speed: float) -> None:
        self._next = first  # the sample of the recording that is put in next
        self._out = float(first)  # where what was given out ends
        self._speed = speed
        self._pcm = bytearray()
        self._ended = False
        self._graph = av.filter.Graph()
        self._graph.threads = 1
        nodes = [self._graph.add_abuffer(sample_rate=RATE, format="s16", layout="stereo")]
        for step in _steps(speed):
            nodes.append(self._graph.add("atempo", f"{step:.6f}"))
        nodes.append(self._graph.add("aformat", "sample_fmts=s16:channel_layouts=stereo"))
        nodes.append(self._graph.add("abuffersink"))
        self._graph.link_nodes(*nodes).configure()

    def goes_on(self, first: int, speed: float) -> bool:
        """Whether `first` follows what was given out last."""
        return speed == self._speed and abs(first - self._out) < RATE // 100

    def read(self, samples: int, source: Read) -> tuple[bytes, bool]:
        """As `Sound.read`, put together from what `source` gives."""
        while not self._ended and len(self._pcm) < samples * SAMPLE:
            plain, ended = source(self._next, _CHUNK)
            if plain:
                self._graph.push(_frame(plain))
                self._next += len(plain) // SAMPLE
            if ended:
                self._graph.push(None)
                self._ended = True
            self._drain()
        found = bytes(self._pcm[: samples * SAMPLE])
        del self._pcm[: samples * SAMPLE]
        self._out += len(found) // SAMPLE * self._speed
        return found, self._ended and not self._pcm

    def _drain(self) -> None:
        while True:
            try:
                made = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(made, AudioFrame):
                self._pcm += bytes(made.planes[0])[: made.samples * SAMPLE]


def _steps(speed: float) -> list[float]:
    """One `atempo` slows down by half at most."""
    steps = []
    while speed < _SLOWEST_STEP:
        steps.append(_SLOWEST_STEP)
        speed /= _SLOWEST_STEP
    return [*steps, speed]


def _frame(pcm: bytes) -> AudioFrame:
    made = AudioFrame(format="s16", layout="stereo", samples=len(pcm) // SAMPLE)
    made.planes[0].update(pcm)
    made.sample_rate = RATE
    return made


def _resampler() -> AudioResampler:
    return AudioResampler(format="s16", layout="stereo", rate=RATE)
