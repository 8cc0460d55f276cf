"""Films and recordings without anything that tells of their making: streams copied, no metadata.

Where that is not enough (masks, trimmed frames, other codecs), copy_film_anew.py encodes again.
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

from desktop.media.piece_file import PieceFile
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Removed

AnyPacket: TypeAlias = "av.packet.Packet[Any]"  # a generic class to the stubs alone
Far = Callable[[float], None]
_MUXING = {"fflags": "+bitexact", "empty_hdlr_name": "1", "write_id3v1": "0", "write_xing": "0"}

# Only units that make pictures: no SEI (6; 39, 40), no private ones, where makers put a serial.
_PICTURE_UNITS = {
    "h264": "filter_units=pass_types=1-5|7-11|13",
    "hevc": "filter_units=pass_types=0-9|16-21|32-37",
    "av1": "filter_units=pass_types=1-4|6-8",
}
_MAY_BE_INTERLACED = frozenset(("h264", "hevc"))
_MP4_VIDEO, _WEBM_VIDEO = frozenset(("h264", "hevc", "av1", "vp9")), frozenset(("vp8",))
_MP4_SOUND, _WEBM_SOUND = frozenset(("aac", "mp3", "opus")), frozenset(("opus",))
_MOST_TRIED = 60
_MOST_BESIDE = {"aac": 16, "alac": 48, "flac": 34, "opus": 19}
"""So many bytes a decoder may be told beside the packets; of H.264, HEVC and AV1 they are filtered
as packets are, and any other is told nothing. Vorbis is told titles there: it is encoded again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of file that a copy can be: what FFmpeg calls it, its media type, its ending."""

    muxer: str
    media_type: str
    ending: str


MP4 = Form(muxer="mp4", media_type="video/mp4", ending="mp4")
WEBM = Form(muxer="webm", media_type="video/webm", ending="webm")
OPUS = Form(muxer="ogg", media_type="audio/ogg", ending="opus")
_SOUND_FORMS = {
    "aac": Form(muxer="ipod", media_type="audio/mp4", ending="m4a"),
    "alac": Form(muxer="ipod", media_type="audio/mp4", ending="m4a"),
    "mp3": Form(muxer="mp3", media_type="audio/mpeg", ending="mp3"),
    "opus": OPUS,
    "flac": Form(muxer="flac", media_type="audio/flac", ending="flac"),
    "pcm_s16le": Form(muxer="wav", media_type="audio/wav", ending="wav"),
    "pcm_s24le": Form(muxer="wav", media_type="audio/wav", ending="wav"),
}


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
    if any(_is_told_more(one) for one in (streams.video, streams.sound)):
        raise NotAsItIs(Removed.TAGS)
    sound = streams.sound.codec_context.name if streams.sound else None
    if streams.video is None:
        form = _SOUND_FORMS.get(_codec(sound or ""))
        if form is None:
            raise NotAsItIs
        return form
    film = _codec(streams.video.codec_context.name)
    for form, films, sounds in (
        (MP4, _MP4_VIDEO, _MP4_SOUND),
        (WEBM, _WEBM_VIDEO, _WEBM_SOUND),
    ):
        if film in films and (sound is None or _codec(sound) in sounds):
            return form
    raise NotAsItIs


def _is_told_more(stream: av.VideoStream | av.AudioStream | None) -> bool:
    codec = _codec(stream.codec_context.name) if stream is not None else ""
    if stream is None or codec in _PICTURE_UNITS:
        return False
    return len(stream.codec_context.extradata or b"") > _MOST_BESIDE.get(codec, 0)


def _codec(decoder: str) -> str:
    """FFmpeg names decoders; several may serve one codec."""
    known = {"libdav1d": "av1", "libaom-av1": "av1", "av1": "av1", "mp3float": "mp3"}
    return known.get(decoder, decoder.removeprefix("lib").removesuffix("-vp9"))


def copy_streams(file: WorkerFile, out: PieceFile, *, sound: bool, far: Far) -> Form:
    """Write the streams as they are into `out`. Raises NotAsItIs, also in the middle: trimmed
    frames are only met on the way."""
    if _is_interlaced(file):
        raise NotAsItIs  # many programs would show it with combs
    with opened(file) as source:
        chosen = streams_of(source, sound=sound)
        form = form_of(chosen)
        with av.open(out, "w", format=form.muxer, options=_MUXING) as target:
            _Remux(source, target, chosen).run(lambda at: far(at / max(file.size, 1)))
    return form


def _is_interlaced(file: WorkerFile) -> bool:
    """By its first frame, of a codec that may be."""
    with opened(file) as source:
        film = streams_of(source, sound=False).video
        if film is None or _codec(film.codec_context.name) not in _MAY_BE_INTERLACED:
            return False
        film.codec_context.thread_count = 1
        for packet in islice(source.demux(film), _MOST_TRIED):
            with suppress(av.error.FFmpegError):
                for frame in packet.decode():
                    return bool(frame.interlaced_frame)
    return False


class _Remux:
    """Packets of one recording into another container."""

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
        # all streams first: to mux before the last is added kills the process
        for stream in self._kept:
            # opaque: the decoder of AV1 has no encoder of its name
            made = target.add_stream_from_template(stream, opaque=True)
            for name in list(made.metadata):
                del made.metadata[name]
            self._into[stream.index] = made
            if units := _PICTURE_UNITS.get(_codec(stream.codec_context.name)):
                self._units[stream.index] = av.bitstream.BitStreamFilterContext(units, stream, made)
            if _codec(stream.codec_context.name) == "hevc":
                made.codec_context.codec_tag = "hvc1"  # what Apple's players look for
        target.metadata.clear()

    def run(self, far: Far) -> None:
        for packet in self._source.demux(self._kept):
            if packet.dts is None and packet.size == 0:
                continue
            if packet.is_discard:
                if self._film is not None and packet.stream.index == self._film.index:
                    raise NotAsItIs(Removed.TRIMMED)
                continue  # sound that was trimmed away: left out
            if packet.pos is not None and packet.pos >= 0:
                far(packet.pos)
            self._put(packet)
        for index, units in self._units.items():
            for packet in units.filter(None):
                self._mux(packet, index)

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
