"""Films and recordings without anything that tells of their making: pictures copied, no metadata.

Where that is not enough (masks, trimmed frames, other codecs), copy_film_anew.py encodes again, and
sound always is (copy_sound.py), unless it is nothing but samples.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import av
import av.bitstream
import av.container
import av.error
import av.packet
import av.stream

from desktop.media.copy_sound import SoundAnew
from desktop.media.film_aperture import cutter_of
from desktop.media.piece_file import PieceFile
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Removed

AnyPacket: TypeAlias = "av.packet.Packet[Any]"  # a generic class to the stubs alone
Far = Callable[[float], None]
_MUXING = {"fflags": "+bitexact", "empty_hdlr_name": "1"}

# Only units that make pictures: no SEI (6; 39, 40), no private ones, where makers put a serial.
_PICTURE_UNITS = {
    "h264": "filter_units=pass_types=1-5|7-11|13",
    "hevc": "filter_units=pass_types=0-9|16-21|32-37",
    "av1": "filter_units=pass_types=1-4|6-8",
}
_MAY_BE_INTERLACED = frozenset(("h264", "hevc"))
_MP4_VIDEO, _WEBM_VIDEO = frozenset(("h264", "hevc", "av1", "vp9")), frozenset(("vp8",))
_MOST_TRIED = 60
_MOST_BEYOND = 32
"""A coder works in blocks: so many rows and columns may be there that are never seen. More were cut
off by somebody, and are still in the stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of file that a copy can be: what FFmpeg calls it, its media type, its ending."""

    muxer: str
    media_type: str
    ending: str


MP4 = Form(muxer="mp4", media_type="video/mp4", ending="mp4")
WEBM = Form(muxer="webm", media_type="video/webm", ending="webm")
OPUS = Form(muxer="ogg", media_type="audio/ogg", ending="opus")
_WAV = Form(muxer="wav", media_type="audio/wav", ending="wav")
_SAMPLES = {"pcm_s16le": _WAV, "pcm_s24le": _WAV}


class NotAsItIs(Exception):
    """The streams cannot be carried over as they are: they have to be encoded again."""

    def __init__(self, *removed: Removed) -> None:
        super().__init__("to be encoded again")
        self.removed = set(removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """What of a recording goes into a copy."""

    video: av.VideoStream | None
    sound: av.AudioStream | None


def opened(file: WorkerFile) -> av.container.InputContainer:
    """The recording, at its beginning."""
    file.seek(0)
    return av.open(file, "r", metadata_errors="replace")


def streams_of(source: av.container.InputContainer, *, sound: bool) -> Streams:
    """The first film and the first sound of a recording; a cover picture is no film."""
    films = (s for s in source.streams.video if _is_known(s) and not _is_cover(s))
    sounds = (s for s in source.streams.audio if _is_known(s))
    return Streams(video=next(films, None), sound=next(sounds, None) if sound else None)


def _is_known(stream: av.stream.Stream) -> bool:
    """FFmpeg may have no decoder for a stream, whatever PyAV's types promise."""
    return getattr(stream, "codec_context", None) is not None


def _is_cover(stream: av.VideoStream) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def began_at(streams: Streams) -> float:
    """When the first of the streams begins by the clock of the file, in seconds; a copy begins at
    nought, for a camcorder's clock may tell when it was switched on."""
    begins = [
        float(one.start_time * one.time_base)
        for one in (streams.video, streams.sound)
        if one is not None and one.start_time is not None and one.time_base is not None
    ]
    return max(min(begins, default=0.0), 0.0)


def form_of(streams: Streams) -> Form:
    """What a copy of these streams as they are can be. Raises NotAsItIs."""
    if streams.video is None:
        form = _SAMPLES.get(streams.sound.codec_context.name) if streams.sound else None
        if form is None:
            raise NotAsItIs
        return form
    film = _codec(streams.video.codec_context.name)
    if film not in _PICTURE_UNITS and streams.video.codec_context.extradata:
        raise NotAsItIs(Removed.TAGS)  # more than a decoder of this kind needs to be told
    for form, films in ((MP4, _MP4_VIDEO), (WEBM, _WEBM_VIDEO)):
        if film in films:
            return form
    raise NotAsItIs


def _codec(decoder: str) -> str:
    """FFmpeg names decoders; several may serve one codec."""
    known = {"libdav1d": "av1", "libaom-av1": "av1", "av1": "av1"}
    return known.get(decoder, decoder.removeprefix("lib").removesuffix("-vp9"))


def copy_streams(file: WorkerFile, out: PieceFile, *, sound: bool, far: Far) -> Form:
    """Write the film as it is, and its sound, into `out`. Raises NotAsItIs, also in the middle:
    trimmed frames are only met on the way."""
    _refuse_by_first_frame(file)
    with opened(file) as source:
        chosen = streams_of(source, sound=sound)
        form = form_of(chosen)
        with av.open(out, "w", format=form.muxer, options=_MUXING) as target:
            _Remux(source, target, chosen).run(lambda at: far(at / max(file.size, 1)))
    return form


def _refuse_by_first_frame(file: WorkerFile) -> None:
    """Raise NotAsItIs for what many programs would show with combs, and for pictures of which edges
    were cut off without coding them anew."""
    if cutter_of(file).hides:
        raise NotAsItIs(Removed.TRIMMED)
    with opened(file) as source:
        film = streams_of(source, sound=False).video
        if film is None or _codec(film.codec_context.name) not in _MAY_BE_INTERLACED:
            return
        coder = film.codec_context
        coder.thread_count = 1
        for packet in islice(source.demux(film), _MOST_TRIED):
            with suppress(av.error.FFmpegError):
                for frame in packet.decode():
                    if frame.interlaced_frame:
                        raise NotAsItIs
                    unseen = (coder.coded_width - frame.width, coder.coded_height - frame.height)
                    if max(unseen) >= _MOST_BEYOND:
                        raise NotAsItIs(Removed.TRIMMED)
                    return


class _Remux:
    """Packets of one recording into another container; sound that is more than samples anew."""

    def __init__(
        self,
        source: av.container.InputContainer,
        target: av.container.OutputContainer,
        chosen: Streams,
    ) -> None:
        self._source, self._target = source, target
        self._kept = [one for one in (chosen.video, chosen.sound) if one is not None]
        self._film = chosen.video
        self._into: dict[int, av.stream.Stream] = {}
        self._units: dict[int, av.bitstream.BitStreamFilterContext] = {}
        self._last: dict[int, int] = {}
        self._began = began_at(chosen)
        self._sound: SoundAnew | None = None
        # all streams first: to mux before the last is added kills the process
        for stream in self._kept:
            if isinstance(stream, av.AudioStream) and self._film is not None:
                self._sound = SoundAnew(stream, target, began=self._began)
            else:
                self._take_over(stream)
        target.metadata.clear()

    def _take_over(self, stream: av.VideoStream | av.AudioStream) -> None:
        # opaque: the decoder of AV1 has no encoder of its name
        made = self._target.add_stream_from_template(stream, opaque=True)
        for name in list(made.metadata):
            del made.metadata[name]
        self._into[stream.index] = made
        codec = _codec(stream.codec_context.name)
        if units := _PICTURE_UNITS.get(codec):
            self._units[stream.index] = av.bitstream.BitStreamFilterContext(units, stream, made)
        if codec == "hevc":
            made.codec_context.codec_tag = "hvc1"  # what Apple's players look for

    def run(self, far: Far) -> None:
        for packet in self._source.demux(self._kept):
            if isinstance(packet.stream, av.AudioStream) and self._sound is not None:
                self._sound.put_packet(packet)
            elif self._is_kept(packet):
                if packet.pos is not None and packet.pos >= 0:
                    far(packet.pos)
                self._put(packet)
        for index, units in self._units.items():
            for packet in units.filter(None):
                self._mux(packet, index)
        if self._sound is not None:
            self._sound.end()

    def _is_kept(self, packet: AnyPacket) -> bool:
        """Raises NotAsItIs for a trimmed frame; sound that was trimmed away is left out."""
        if packet.is_discard and self._film is not None:
            raise NotAsItIs(Removed.TRIMMED)
        return not (packet.is_discard or (packet.dts is None and packet.size == 0))

    def _put(self, packet: AnyPacket) -> None:
        index = packet.stream.index
        self._from_nought(packet)
        self._in_order(packet, index)
        if index not in self._units:
            self._mux(packet, index)
            return
        for picture in self._units[index].filter(packet):
            self._mux(picture, index)

    def _from_nought(self, packet: AnyPacket) -> None:
        ticks = round(self._began / packet.time_base) if packet.time_base else 0
        if packet.pts is not None:
            packet.pts -= ticks
        if packet.dts is not None:
            packet.dts -= ticks

    def _in_order(self, packet: AnyPacket, index: int) -> None:
        """Trimmed clips have packets shown before they are decoded, which no muxer takes."""
        if packet.dts is None:
            return
        if packet.pts is not None and packet.pts < packet.dts:
            packet.dts = packet.pts
        last = self._last.get(index)
        if last is not None and packet.dts <= last:
            packet.dts = last + 1
            packet.pts = max(packet.pts or 0, packet.dts)
        self._last[index] = packet.dts

    def _mux(self, packet: AnyPacket, index: int) -> None:
        packet.stream = self._into[index]
        self._target.mux(packet)
