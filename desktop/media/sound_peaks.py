"""How loud a recording is from its beginning to its end, and a drawing of that."""

from collections.abc import Callable, Iterator
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from desktop.media.film import GIVES_UP, Film
from desktop.media.notes import NO_SOUND
from desktop.media.picture_work import Undecodable

Peaks = NDArray[np.float32]

_EVERY_SAMPLE_MS = 3600 * 1000
_WINDOW = 0.3
_MOST_BROKEN = 200
_PAPER, _INK, _LINE = (243, 245, 248), (34, 62, 99), (178, 189, 203)
_SHAPE = 9 / 16
_BAR, _GAP = 3, 2


def peaks_of(
    film: Film,
    *,
    columns: int,
    every_sample_ms: int = _EVERY_SAMPLE_MS,
    tell: Callable[[float], object] = lambda _done: None,
) -> Peaks:
    """The loudest sample of each of `columns` even parts, 0 to 1. Of a recording longer than
    `every_sample_ms` only the first third of a second of each part is listened to. Raises
    Undecodable."""
    sound, length = film.sound, film.duration_ms
    if sound is None or not length:
        raise Undecodable(NO_SOUND)
    found = _Columns(columns, length / 1000)
    if length <= every_sample_ms:
        for at, frame in _timed(film, 0.0):
            found.hear(at, frame)
            tell(found.reached / columns)
    else:
        for column in range(columns):
            _listen(film, found, column * length / 1000 / columns)
            tell(column / columns)
    if found.reached < 0:
        raise Undecodable(NO_SOUND)
    return found.peaks


class _Columns:
    def __init__(self, columns: int, seconds: float) -> None:
        self.peaks = np.zeros(columns, np.float32)
        self.reached = -1
        self._per_second = columns / seconds

    def hear(self, seconds: float, frame: AudioFrame) -> None:
        loud = _loudness(frame)
        if loud.size == 0:
            return
        last = len(self.peaks) - 1
        first_at = seconds * self._per_second
        step = self._per_second / frame.sample_rate
        first = min(max(int(first_at), 0), last)
        final = min(max(int(first_at + step * (loud.size - 1)), first), last)
        edges = np.ceil((np.arange(first, final + 1) - first_at) / step).astype(np.int64)
        edges = np.clip(edges, 0, loud.size - 1)
        edges[0] = 0
        heard = np.maximum.reduceat(loud, edges)
        self.peaks[first : final + 1] = np.maximum(self.peaks[first : final + 1], heard)
        self.reached = final


def _frames(film: Film) -> Iterator[AudioFrame]:
    broken, sound = 0, film.sound
    if sound is None:
        return
    try:
        for packet in film.container.demux(sound):
            try:
                yield from sound.decode(packet)
            except GIVES_UP:
                broken += 1
            if broken > _MOST_BROKEN:
                return
    except GIVES_UP:
        return


def _listen(film: Film, found: _Columns, start: float) -> None:
    container = film.container
    try:
        container.seek(round(start * av.time_base) + (container.start_time or 0))
    except GIVES_UP:
        return
    for at, frame in _timed(film, start):
        if at > start + _WINDOW:
            return
        if at >= start - _WINDOW:
            found.hear(max(at, start), frame)


def _timed(film: Film, start: float) -> Iterator[tuple[float, AudioFrame]]:
    """Each frame with the second at which it is heard; one without a time follows the last."""
    began, due = (film.container.start_time or 0) / av.time_base, start
    for frame in _frames(film):
        at = due if frame.time is None else frame.time - began
        due = at + frame.samples / max(frame.sample_rate, 1)
        yield at, frame


def _loudness(frame: AudioFrame) -> Peaks:
    """The louder channel of each sample, 0 to 1."""
    raw: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        raw = raw.reshape(-1, frame.layout.nb_channels).T
    if raw.dtype == np.uint8:
        loud = np.abs(raw.astype(np.float32) - 128.0) / 128.0
    elif np.issubdtype(raw.dtype, np.integer):
        loud = np.abs(raw.astype(np.float32)) / -float(np.iinfo(raw.dtype).min)
    else:
        loud = np.abs(np.nan_to_num(raw.astype(np.float32)))
    loudest: Peaks = np.minimum(loud.max(axis=0), np.float32(1.0))
    return loudest


def drawn(peaks: Peaks, longest: int) -> Image.Image:
    """The recording as bars around a line, `longest` pixels wide, on a light ground."""
    width, height = longest, max(round(longest * _SHAPE), 1)
    picture = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    middle, reach = height / 2, height * 0.42
    pen.line((0, middle, width, middle), fill=_LINE)
    bar = width / len(peaks)
    thick = max(bar * _BAR / (_BAR + _GAP), 1.0)
    # quiet speech would be a flat line beside one cough, so the root is drawn
    for place, peak in enumerate(np.sqrt(peaks / max(float(peaks.max()), 0.05))):
        x, up = place * bar + (bar - thick) / 2, max(float(peak) * reach, 0.6)
        pen.rectangle((x, middle - up, x + thick - 1, middle + up), fill=_INK)
    return picture


def bars_for(longest: int) -> int:
    """How many bars a drawing of that width has."""
    return max(longest // (_BAR + _GAP), 1)
