"""What a recording is played with: the recording that is open, and the loudspeaker."""

from typing import Protocol

from desktop.media.player_facts import Film, Frames, Samples, Want


class Playing(Protocol):
    """One film or recording that is open. All of it blocks, for a lane, one call at a time; all
    raises CannotPlay, OfficeLocked and what reading an original raises."""

    @property
    def film(self) -> Film:
        """What there is to play."""
        ...

    def frames(self, want: Want) -> Frames:
        """Some of its frames, in a fraction of a second."""
        ...

    def sound(self, time: int, samples: int, *, speed: float = 1.0) -> Samples:
        """So many samples from a time on."""
        ...

    def close(self) -> None:
        """End it; nothing of it is left in memory here. Twice is safe."""
        ...


class Speaker(Protocol):
    """As of `media.loudspeaker.Loudspeaker`; `open` and `close` block, for a lane."""

    volume: float

    def open(self) -> bool:
        """Whether there is one."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...

    def feed(self, pcm: bytes) -> None:
        """Play this next."""
        ...

    def clear(self) -> None:
        """Forget what was fed, and count anew."""
        ...

    @property
    def heard(self) -> float:
        """Samples since `clear`."""
        ...

    @property
    def waiting(self) -> float:
        """Samples that are still to be heard."""
        ...
