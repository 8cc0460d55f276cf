"""The loudspeaker: plays samples in the order they are fed, and says how many were heard."""

import ctypes
import sys
import time
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from desktop.media.player_facts import RATE, SAMPLE

if TYPE_CHECKING:
    import miniaudio

_LATENCY_MS = 40


class Loudspeaker:
    """One sound device. `open` and `close` block, for a lane; the rest never does.

    It is silent, and its count stands still, where nothing is left of what it was fed.
    """

    def __init__(self, *, backends: "Sequence[miniaudio.Backend] | None" = None) -> None:
        """`backends` instead of those of the system: for tests."""
        self._backends = list(backends) if backends is not None else None
        self._device: miniaudio.PlaybackDevice | None = None
        self._queue: deque[tuple[int, memoryview]] = deque()
        self._round = 0
        self._fed = 0
        self._heard = (0, 0, 0, 0.0)
        self.volume = 1.0

    def open(self) -> bool:
        """Take hold of the device; False where there is none. Twice is safe."""
        if self._device is not None:
            return True
        import miniaudio

        _hush_alsa()
        try:
            self._device = miniaudio.PlaybackDevice(
                sample_rate=RATE,
                nchannels=2,
                buffersize_msec=_LATENCY_MS,
                backends=self._backends or _real_backends(),
                app_name="Chartroom",
            )
            feeder = self._feeder()
            next(feeder)
            self._device.start(feeder)
        except miniaudio.MiniaudioError:
            self.close()
            return False
        return True

    def close(self) -> None:
        """Let the device go. Twice is safe."""
        self.clear()
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def feed(self, pcm: bytes) -> None:
        """Play this after what was fed before."""
        self._fed += len(pcm) // SAMPLE
        self._queue.append((self._round, memoryview(pcm)))

    def clear(self) -> None:
        """Forget what was fed, and begin to count anew."""
        self._round += 1
        self._fed = 0
        self._queue.clear()

    @property
    def heard(self) -> float:
        """How many samples were heard of those fed since `clear`."""
        round_, before, taken, when = self._heard
        if round_ != self._round:
            return 0.0
        return before + min((time.monotonic() - when) * RATE, taken)

    @property
    def waiting(self) -> float:
        """How many samples are still to be heard."""
        return self._fed - self.heard

    def _feeder(self) -> Generator[bytes, int, None]:
        """What miniaudio asks from a thread of its own, which is the library's: it takes no lock
        and does as little as it can, for being late is heard. A deque and whole tuples are safe to
        share; what was fed before a `clear` is known by its round."""
        wanted = yield b""
        while True:
            wanted = yield self._take(wanted)

    def _take(self, wanted: int) -> bytes:
        round_ = self._round
        last = self._heard
        before = last[1] + last[2] if last[0] == round_ else 0
        found = bytearray()
        while len(found) < wanted * SAMPLE:
            try:
                fed_in, piece = self._queue.popleft()
            except IndexError:
                break
            if fed_in != round_:
                continue
            room = wanted * SAMPLE - len(found)
            found += piece[:room]
            if len(piece) > room:
                self._queue.appendleft((round_, piece[room:]))
        self._heard = (round_, before, len(found) // SAMPLE, time.monotonic())
        return _at_volume(bytes(found), self.volume)


def _at_volume(pcm: bytes, volume: float) -> bytes:
    if volume >= 1:
        return pcm
    import numpy as np

    return (np.frombuffer(pcm, np.int16) * max(volume, 0.0)).astype(np.int16).tobytes()


def _real_backends() -> "list[miniaudio.Backend]":
    """Without the one that swallows all sound and calls it played."""
    import miniaudio

    unheard = {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    return sorted(miniaudio.get_enabled_backends() - unheard, key=lambda one: one.value)


@cache
def _hush_alsa() -> object:
    """Where there is no sound card, ALSA prints dozens of lines to whoever started the program:
    give it a listener that says nothing. What is given back has to live as long as the library."""
    if sys.platform != "linux":
        return None
    texts = (ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
    listener = ctypes.CFUNCTYPE(None, *texts)(lambda *_said: None)
    with suppress(OSError, AttributeError):  # without ALSA there is nothing to hush
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(listener)
    return listener
