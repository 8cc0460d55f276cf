"""Single frames of a film as upright sRGB pictures: its poster, and the frames of a storyboard."""

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image, ImageStat

from desktop.media.film import GIVES_UP, MOST_PIXELS, Film
from desktop.media.film_colours import matrix_of
from desktop.media.film_pose import pose_of
from desktop.media.hdr import HDR, as_sdr
from desktop.media.interlaced import one_field
from desktop.media.notes import NO_FRAME, too_large
from desktop.media.picture_work import Undecodable

_POSTER_AT = (0.1, 0.3, 0.5, 0.0, 0.75, 0.9)
"""Parts of the length. Films begin with a hand before the lens, and are wanted from early on."""

_BRIGHT, _VARIED = 24.0, 6.0
"""The least mean and deviation of a grey picture, of 255, that shows anything."""

_MOST_PACKETS = 900
_MOST_BROKEN = 60
_SHORT_MS = 10_000
_SECONDS_TO_BE_EXACT = 8.0
_LEAST_STRETCH, _MOST_STRETCH = 0.2, 5.0


def poster(film: Film, longest: int) -> Image.Image:
    """A frame that is neither black nor blank, from early in the film; the one with most to see
    where all are. Raises Undecodable."""
    _refuse(film)
    best: tuple[float, Image.Image] | None = None
    for part in _POSTER_AT:
        seconds = part * (film.duration_ms or 0) / 1000
        # a keyframe that was trimmed away is not given, and must not be shown
        frame = _keyframe(film, seconds) or next(_frames_from(film, seconds), None)
        if frame is None:
            continue
        picture = as_picture(frame, longest, stretch=_stretch(film))
        seen = ImageStat.Stat(picture.convert("L"))
        if seen.mean[0] >= _BRIGHT and seen.stddev[0] >= _VARIED:
            return picture
        if best is None or seen.stddev[0] > best[0]:
            best = seen.stddev[0], picture
    if best is None:
        raise Undecodable(NO_FRAME)
    return best[1]


def frames_over(film: Film, *, count: int, longest: int) -> Iterator[tuple[int, Image.Image]]:
    """Up to `count` frames in the middle of as many even parts of the film, each with its own true
    time in milliseconds. Where finding them takes long the keyframe before is given instead. Raises
    Undecodable where the film has no frame at all."""
    _refuse(film)
    began, shown = time.monotonic(), -1
    seconds = (film.duration_ms or 0) / 1000
    for place in range(count):
        exact = time.monotonic() - began < _SECONDS_TO_BE_EXACT
        frame = _frame_at(film, (place + 0.5) * seconds / count, exact=exact)
        at = -1 if frame is None else _milliseconds(film, frame)
        if frame is None or at <= shown:
            continue
        shown = at
        yield at, as_picture(frame, longest, stretch=_stretch(film))
    if shown < 0:
        raise Undecodable(NO_FRAME)


def as_picture(frame: VideoFrame, longest: int, *, stretch: float = 1.0) -> Image.Image:
    """A decoded frame as it is to be seen: upright, `stretch` times as wide as stored, in sRGB, and
    with at most `longest` pixels a side; of an interlaced one half of its lines."""
    width, height = frame.width * stretch, frame.height
    scale = min(1.0, longest / max(width, height))
    made = one_field(frame).reformat(
        width=max(round(width * scale), 1),
        height=max(round(height * scale), 1),
        format="rgb48le" if frame.color_trc in HDR else "rgb24",
        src_colorspace=matrix_of(frame),
        interpolation=Interpolation.AREA,
        threads=1,
    )
    pixels: NDArray[Any] = made.to_ndarray()
    if frame.color_trc in HDR:
        pixels = as_sdr(pixels, trc=frame.color_trc)
    return Image.fromarray(np.ascontiguousarray(pose_of(frame).held_up(pixels)), "RGB")


def _refuse(film: Film) -> None:
    pictures = film.pictures
    if pictures is None:
        raise Undecodable(NO_FRAME)
    width, height = pictures.codec_context.width, pictures.codec_context.height
    if width * height > MOST_PIXELS:
        raise Undecodable(too_large(width, height))


def _frame_at(film: Film, seconds: float, *, exact: bool) -> VideoFrame | None:
    found = _last_until(film, seconds, begin=seconds, exact=exact)
    if found is None and (film.duration_ms or 0) <= _SHORT_MS:
        # nobody finds a keyframe within a second of a transport stream
        found = _last_until(film, seconds, begin=0.0, exact=exact)
    return found


def _last_until(film: Film, seconds: float, *, begin: float, exact: bool) -> VideoFrame | None:
    found = None
    for frame in _frames_from(film, begin):
        found = frame
        if not exact or _milliseconds(film, frame) >= seconds * 1000 - 20:
            break
    return found


def _keyframe(film: Film, seconds: float) -> VideoFrame | None:
    """The last keyframe before, without a time. The decoder is told that no more will come, and
    gives it at once instead of after the frames that it would put in order."""
    for packet in _packets_from(film, seconds):
        if film.pictures is None or not packet.is_keyframe:
            continue
        with suppress(*GIVES_UP):
            found = film.pictures.decode(packet) or film.pictures.decode(None)
            if found:
                return film.cutter.of(found[0])
        film.pictures.codec_context.flush_buffers()
    return None


def _frames_from(film: Film, seconds: float) -> Iterator[VideoFrame]:
    """Frames in order, from the last keyframe before."""
    broken = 0
    for packet in _packets_from(film, seconds):
        if film.pictures is None or broken > _MOST_BROKEN:
            return
        try:
            yield from map(film.cutter.of, film.pictures.decode(packet))
        except GIVES_UP:
            broken += 1


def _packets_from(film: Film, seconds: float) -> "Iterator[Packet[VideoStream]]":
    """Packets in order, but not without end; from the beginning where nobody can seek."""
    container, pictures = film.container, film.pictures
    try:
        place = round(seconds * av.time_base) + (container.start_time or 0)
        # transport streams seek by the time of decoding, which is before that of showing
        container.seek(place if seconds > 0 else place - av.time_base)
    except GIVES_UP:
        if seconds > 0:
            return
    if pictures is None:
        return
    try:
        yield from islice(container.demux(pictures), _MOST_PACKETS)
    except GIVES_UP:
        return


def _milliseconds(film: Film, frame: VideoFrame) -> int:
    began = (film.container.start_time or 0) / 1000
    return max(round((frame.time or 0.0) * 1000 - began), 0)


def _stretch(film: Film) -> float:
    """Camcorders store 1440 columns for a picture that is 1920 wide."""
    ratio = film.pictures and film.pictures.codec_context.sample_aspect_ratio
    return float(ratio) if ratio and _LEAST_STRETCH < ratio < _MOST_STRETCH else 1.0
