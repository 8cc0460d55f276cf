"""Films encoded again: upright, masks painted into every frame of their time, VP9 and Opus in WebM.

No encoder under the GPL is asked for (docs/decisions/0013).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import av
import av.container
import av.error
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace

from desktop.media.copy_film import OPUS, WEBM, Far, Form, Streams, began_at, opened, streams_of
from desktop.media.copy_pixels import CannotCopy, pixel_box
from desktop.media.copy_sound import SoundAnew
from desktop.media.film_aperture import Cutter, cutter_of
from desktop.media.film_colours import matrix_of
from desktop.media.film_pose import Pose, pose_of
from desktop.media.hdr import HDR, SdrTable
from desktop.media.interlaced import Weaver, woven
from desktop.media.piece_file import PieceFile
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Mask

Plane = npt.NDArray[np.uint8]
_HALF = 0.001
_FRAME_AT = 90_000
_FOREVER = float("inf")
_MUXING = {"fflags": "+bitexact"}
# one thread: the confined worker may start no more; no look ahead: memory at 4K
_VP9 = {"deadline": "realtime", "cpu-used": "6", "crf": "24", "b": "0", "lag-in-frames": "0"}
_TO_THE_PIXEL = 1
"""Else FFmpeg shows up to 63 columns more than the film says, for the processor's sake."""
_LIMITED, _BT709 = 1, 1
_BIT_EXACT = 1 << 23


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a film looks like upright: square pixels, even numbers; how its frames are held up;
    seconds and frames a second, as far as they are known; what its numbers mean as colours: range,
    matrix, primaries and transfer (ITU-T H.273)."""

    width: int
    height: int
    pose: Pose
    seconds: float | None
    rate: Fraction
    coded: tuple[int, int, int, int]


def encode_anew(
    file: WorkerFile, out: PieceFile, *, sound: bool, masks: Sequence[Mask], far: Far
) -> Form:
    """Write the recording, decoded and encoded again, into `out`. Raises CannotCopy."""
    try:
        with opened(file) as source:
            chosen = streams_of(source, sound=sound)
            cutter = cutter_of(file)
            shape = _shape(file, cutter, sound=sound) if chosen.video else None
            if shape is None and chosen.sound is None:
                raise CannotCopy("there is no film in it, nor sound that was asked for")
            form = OPUS if shape is None else WEBM
            with av.open(out, "w", format=form.muxer, options=_MUXING) as target:
                _Encoding(source, target, chosen, shape, masks, cutter).run(far)
            return form
    except (av.error.FFmpegError, ValueError, ArithmeticError):
        raise CannotCopy("the film or sound in it is damaged, or cannot be decoded") from None


def _shape(file: WorkerFile, cutter: Cutter, *, sound: bool) -> Shape:
    """Learnt from the first frame, before anything is written: no muxer takes a stream late."""
    with opened(file) as source:
        for frame in film_frames(source, streams_of(source, sound=sound), cutter):
            return shape_of(source, frame)
    raise CannotCopy("there is no frame in it that can be decoded")


def shape_of(source: av.container.InputContainer, frame: av.VideoFrame) -> Shape:
    """The shape of a film by one of its frames."""
    pose = pose_of(frame)
    width = round(frame.width * _stretch(source))
    width, height = max(width & ~1, 2), max(frame.height & ~1, 2)
    if pose.lies_across:
        width, height = height, width
    seconds = source.duration / av.time_base if source.duration else None
    film = streams_of(source, sound=False).video
    rate = (film.average_rate if film is not None else None) or Fraction(30)
    is_hdr = frame.color_trc in HDR
    beyond = (_BT709, _BT709) if is_hdr else (frame.color_primaries, frame.color_trc)
    return Shape(
        width=width,
        height=height,
        pose=pose,
        seconds=seconds,
        rate=rate,
        coded=(*colours_of(frame), *beyond),
    )


def _stretch(source: av.container.InputContainer) -> Fraction:
    """How much wider than high its pixels are: camcorders store 1440 columns for 1920."""
    film = streams_of(source, sound=False).video
    ratio = film.sample_aspect_ratio if film is not None else None
    return ratio if ratio and Fraction(1, 4) <= ratio <= 4 else Fraction(1)


def film_frames(
    source: av.container.InputContainer, chosen: Streams, cutter: Cutter
) -> Iterator[av.VideoFrame]:
    """Every frame of the film that can be decoded, interlaced ones made whole, without the edges
    that are hidden; a damaged one is passed over."""
    frames = _frames(source, [chosen.video])
    whole = woven(frame for frame in frames if isinstance(frame, av.VideoFrame))
    return map(cutter.of, whole)


def _frames(
    source: av.container.InputContainer, streams: Sequence[av.VideoStream | av.AudioStream | None]
) -> Iterator[av.VideoFrame | av.AudioFrame]:
    wanted = [one for one in streams if one is not None]
    for stream in wanted:
        if not stream.codec_context.is_open:
            stream.codec_context.thread_count = 1
        stream.codec_context.flags |= _TO_THE_PIXEL
    for packet in source.demux(wanted):
        try:
            yield from packet.decode()  # type: ignore[misc]
        except av.error.FFmpegError:
            continue


class _Encoding:
    """One recording on its way into another."""

    def __init__(
        self,
        source: av.container.InputContainer,
        target: av.container.OutputContainer,
        chosen: Streams,
        shape: Shape | None,
        masks: Sequence[Mask],
        cutter: Cutter,
    ) -> None:
        self._source, self._target, self._chosen = source, target, chosen
        self._shape, self._masks, self._cutter = shape, masks, cutter
        self._last = -1
        self._began, self._origin = began(chosen), began_at(chosen)
        self._held: av.VideoFrame | None = None
        self._weaver = Weaver()
        self._film = self._new_film(shape) if shape else None
        self._sound = None
        if chosen.sound is not None:
            self._sound = SoundAnew(chosen.sound, target, began=self._origin)

    def _new_film(self, shape: Shape) -> av.VideoStream:
        film = self._target.add_stream("libvpx-vp9", rate=shape.rate, options=dict(_VP9))
        film.width, film.height, film.pix_fmt = shape.width, shape.height, "yuv420p"
        context = film.codec_context
        context.time_base = Fraction(1, _FRAME_AT)
        context.thread_count = 1
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = (
            shape.coded
        )
        context.flags |= _BIT_EXACT
        return film

    def run(self, far: Far) -> None:
        for frame in _frames(self._source, [self._chosen.video, self._chosen.sound]):
            if isinstance(frame, av.VideoFrame):
                self._take_frames(frame)
                if self._shape and self._shape.seconds and frame.time is not None:
                    far((frame.time - self._began) / self._shape.seconds)
            elif self._sound is not None:
                self._sound.put(frame)
        self._take_frames(None)
        self._put_held(until=_FOREVER)
        if self._film is not None:
            self._target.mux(self._film.encode(None))
        if self._sound is not None:
            self._sound.end()

    def _take_frames(self, frame: av.VideoFrame | None) -> None:
        for whole in self._weaver.put(frame):
            self._take_frame(self._cutter.of(whole))

    def _take_frame(self, frame: av.VideoFrame) -> None:
        """Keep a frame until the next one says how long it is seen: a mask may begin meanwhile."""
        if frame.time is None:
            return
        if self._held is not None and frame.time <= (self._held.time or 0.0):
            return
        self._put_held(until=frame.time - self._began)
        self._held = frame

    def _put_held(self, *, until: float) -> None:
        frame, self._held = self._held, None
        if self._film is None or self._shape is None or frame is None or frame.time is None:
            return
        at = round((frame.time - self._origin) * _FRAME_AT)
        if at <= self._last:
            return
        planes = upright_planes(frame, self._shape)
        for mask in self._masks:
            if _is_on(mask, frame.time - self._began, until):
                _paint(planes, mask, self._shape)
        made = av.VideoFrame.from_ndarray(_joined(planes), format="yuv420p")
        made.color_range, made.colorspace = colours_of(frame)
        made.pts, made.time_base = at, Fraction(1, _FRAME_AT)
        self._last = at
        self._target.mux(self._film.encode(made))


def began(chosen: Streams) -> float:
    """When the film begins by the clock of its file, in seconds: a camcorder's may begin at any
    time, and people count from the first frame, as the player does."""
    film = chosen.video
    return float((film.start_time or 0) * (film.time_base or 0)) if film is not None else 0.0


def _is_on(mask: Mask, begins: float, until: float) -> bool:
    """Whether the frame of these seconds is seen at any moment of the mask's; one that begins
    within a thousandth of a second of a border is masked too."""
    if mask.end is not None and begins > mask.end + _HALF:
        return False
    return begins >= mask.start - _HALF or until - mask.start > 1 / _FRAME_AT


def colours_of(frame: av.VideoFrame) -> tuple[int, int]:
    """Range and matrix (ITU-T H.273) of what `upright_planes` gives of a frame."""
    is_hdr = frame.color_trc in HDR
    return (_LIMITED, _BT709) if is_hdr else (frame.color_range, frame.colorspace)


def upright_planes(frame: av.VideoFrame, shape: Shape) -> list[Plane]:
    """Brightness and the two colours of a frame as it is to be seen, each a plane."""
    width, height = shape.width, shape.height
    if shape.pose.lies_across:
        width, height = height, width
    if frame.color_trc in HDR:
        even = _in_sdr(frame, width, height)
    else:
        even = frame.reformat(width=width, height=height, format="yuv420p")
    whole = even.to_ndarray()
    bright = whole[:height]
    quarter = height // 2 * (width // 2)
    flat = whole[height:].reshape(-1)
    colours = [flat[at : at + quarter].reshape(height // 2, width // 2) for at in (0, quarter)]
    return [np.ascontiguousarray(shape.pose.held_up(one)) for one in (bright, *colours)]


def _in_sdr(frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
    """A frame of high dynamic range as the player shows it: in eight bits, of BT.709."""
    coloured = frame.reformat(
        width=width, height=height, format="rgb24", src_colorspace=matrix_of(frame)
    )
    pixels = np.asarray(coloured.to_ndarray(), np.uint8)
    shown = av.VideoFrame.from_ndarray(_sdr_of(frame.color_trc).look_up(pixels))
    return shown.reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )


@cache
def _sdr_of(characteristic: int) -> SdrTable:
    return SdrTable(characteristic)


def _paint(planes: Sequence[Plane], mask: Mask, shape: Shape) -> None:
    """Solid black in every plane; a colour belongs to four pixels, so all four are painted."""
    left, top, right, bottom = pixel_box(mask, shape.width, shape.height)
    left, top, right, bottom = left & ~1, top & ~1, right + 1 & ~1, bottom + 1 & ~1
    planes[0][top:bottom, left:right] = 16
    for colour in planes[1:]:
        colour[top // 2 : bottom // 2, left // 2 : right // 2] = 128


def _joined(planes: Sequence[Plane]) -> Plane:
    width = planes[0].shape[1]
    flat = np.concatenate([one.reshape(-1) for one in planes])
    return flat.reshape(-1, width)
