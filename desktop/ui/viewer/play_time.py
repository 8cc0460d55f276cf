"""Which moment of a film it is: by what was heard of its sound, or by the wall where none is."""

from collections.abc import Callable

from desktop.media.player_facts import RATE, SECOND, Samples
from desktop.ui.viewer.playing import Speaker

_AHEAD = 1.2
_PIECE = 0.4


class PlayTime:
    """Stands at a place until it runs, then goes with the loudspeaker or the wall clock."""

    def __init__(self, speaker: Speaker, clock: Callable[[], float]) -> None:
        self._speaker = speaker
        self._clock = clock
        self._base = 0
        self._since: float | None = None
        self.speed = 1.0
        self.by_sound = False
        """Whether the loudspeaker is the clock; it is fed with `feed`."""
        self._fed_to = 0
        self._sound_ended = False
        self._round = 0

    @property
    def now(self) -> int:
        """The place in the film, in microseconds."""
        if self.by_sound:
            return self._base + round(self._speaker.heard / RATE * SECOND * self.speed)
        if self._since is None:
            return self._base
        return self._base + round((self._clock() - self._since) * SECOND * self.speed)

    def stand(self, place: int, *, by_sound: bool = False) -> None:
        """Be here, until it runs or, by sound, until something is fed and heard."""
        self._speaker.clear()
        self._round += 1
        self._base, self._since, self.by_sound = place, None, by_sound
        self._fed_to, self._sound_ended = place, False

    def run(self) -> None:
        """Go on from here by the wall clock, unless the loudspeaker is the clock."""
        if self._since is None and not self.by_sound:
            self._since = self._clock()

    @property
    def wish(self) -> tuple[int, int, int] | None:
        """What the loudspeaker needs next: from where, how many samples, and the word by which
        `feed` knows the answer. None where it has enough."""
        enough = self._speaker.waiting > _AHEAD * RATE
        if not self.by_sound or self._sound_ended or enough:
            return None
        return self._fed_to, round(_PIECE * RATE), self._round

    def feed(self, samples: Samples, for_round: int) -> None:
        """Hand on what was asked for, unless it came too late."""
        if for_round != self._round:
            return
        self._speaker.feed(samples.pcm)
        self._fed_to += round(samples.seconds * SECOND * self.speed)
        self._sound_ended = samples.ended

    @property
    def sound_is_over(self) -> bool:
        """Whether all of the sound was heard, or none is."""
        return not self.by_sound or (self._sound_ended and self._speaker.waiting <= 0)

    def leave_sound(self) -> None:
        """The sound is over, and the picture goes on: by the wall clock."""
        place = self.now
        self.stand(place)
        self.run()
