"""The frames that are in memory around the one that is shown."""

from collections.abc import Sequence

from desktop.media.player_facts import Frame

_MOST_BYTES = 64 * 1024 * 1024
_MOST_FRAMES = 48
_KEPT_BEHIND = 0.25


class FrameWindow:
    """Frames in order of time, none left out between them; one of them is shown.

    At most 64 MiB of them are kept, a quarter of it behind the one that is shown.
    """

    def __init__(self) -> None:
        self._frames: list[Frame] = []
        self._at = 0
        self.ended = False
        """Whether no frame comes after the last."""

    @property
    def shown(self) -> Frame | None:
        """The one that is shown."""
        return self._frames[self._at] if self._frames else None

    @property
    def first(self) -> Frame | None:
        """The earliest."""
        return self._frames[0] if self._frames else None

    @property
    def last(self) -> Frame | None:
        """The latest."""
        return self._frames[-1] if self._frames else None

    @property
    def ahead(self) -> int:
        """How many come after the one that is shown."""
        return max(len(self._frames) - self._at - 1, 0)

    def begin(self, frames: Sequence[Frame], *, ended: bool) -> None:
        """Only these from now on; the first of them is shown."""
        self._frames, self._at, self.ended = list(frames), 0, ended

    def add(self, frames: Sequence[Frame], *, ended: bool) -> None:
        """More at the end."""
        last = self.last
        self._frames += [one for one in frames if last is None or one.time > last.time]
        self.ended = ended
        self._forget()

    def add_before(self, frames: Sequence[Frame]) -> None:
        """More at the beginning."""
        first = self.first
        new = [one for one in frames if first is None or one.time < first.time]
        self._frames = new + self._frames
        self._at += len(new)
        while self.ahead and sum(len(one.rgb) for one in self._frames) > _MOST_BYTES:
            self._frames.pop()
            self.ended = False

    def advance(self, now: int) -> bool:
        """Show the latest that is due; whether that is another one than before."""
        before = self._at
        while self.ahead and self._frames[self._at + 1].time <= now:
            self._at += 1
        return self._at != before

    def step(self, by: int) -> bool:
        """Show the next one or the one before, where it is here."""
        if not 0 <= self._at + by < len(self._frames):
            return False
        self._at += by
        return True

    def room(self, frame_bytes: int) -> int:
        """How many more frames of that size may be added; at least one where none is ahead."""
        here = sum(len(one.rgb) for one in self._frames[self._at :])
        left = (_MOST_BYTES * (1 - _KEPT_BEHIND) - here) // max(frame_bytes, 1)
        return max(min(int(left), _MOST_FRAMES - self.ahead), 0 if self.ahead else 1)

    def _forget(self) -> None:
        behind = 0
        for place in range(self._at - 1, -1, -1):
            behind += len(self._frames[place].rgb)
            too_many = self._at - place > _MOST_FRAMES
            if behind > _MOST_BYTES * _KEPT_BEHIND or too_many:
                del self._frames[: place + 1]
                self._at -= place + 1
                return
