"""The sound of a copy: decoded and encoded again, so that what lay in its packets beside the sound
stays behind. AAC, ALAC and MP3 have room for data between sounds, and a demuxer may hand on a tag
in the middle of a file as if it were sound. Opus (docs/decisions/0013).
"""

from typing import Any

import av
import av.container
import av.error
import av.packet
import av.stream

_RATE = 48_000
_BIT_EXACT = 1 << 23
"""No coder writes its name into its first packet."""

_BITS = 64_000
"""A second and channel."""


class SoundAnew:
    """One sound stream on its way into another file, with the times of a file that begins at
    `began` seconds moved to nought. More than two channels become two."""

    def __init__(
        self, source: av.AudioStream, target: av.container.OutputContainer, *, began: float
    ) -> None:
        self._source, self._target, self._began = source, target, began
        channels = min(source.codec_context.layout.nb_channels, 2)
        sound = target.add_stream("libopus", rate=_RATE)
        assert isinstance(sound, av.AudioStream)  # noqa: S101
        self._sound = sound
        self._sound.codec_context.layout = "mono" if channels == 1 else "stereo"
        self._sound.codec_context.bit_rate = _BITS * channels
        self._sound.codec_context.flags |= _BIT_EXACT
        layout = self._sound.codec_context.layout.name
        self._even = av.AudioResampler(format="flt", layout=layout, rate=_RATE)

    def put_packet(self, packet: "av.packet.Packet[Any]") -> None:
        """Take one packet of the source; a damaged one is passed over."""
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            return
        for frame in frames:
            if isinstance(frame, av.AudioFrame):
                self.put(frame)

    def put(self, frame: av.AudioFrame | None) -> None:
        """Take one frame of the source; None gives out what is still held between them."""
        for even in self._even.resample(frame):
            if even.pts is not None:
                even.pts -= round(self._began * _RATE)
            self._target.mux(self._sound.encode(even))

    def end(self) -> None:
        """Nothing follows."""
        self.put(None)
        self._target.mux(self._sound.encode(None))
