"""Playing in time: what is fetched ahead, and what is due now.

Frames and samples are fetched in a lane of their own, one call at a time. Where sound is heard, its
device is the clock: the sound stays true and the picture follows it, leaving out frames where
decoding cannot keep up. All methods are for the UI thread, and none of them waits.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.media.player_facts import SECOND, Film, Frame, Frames, Samples, Want, Wanted
from desktop.problem import Problem
from desktop.ui.parts.background import Background
from desktop.ui.viewer.frame_window import FrameWindow
from desktop.ui.viewer.play_time import PlayTime
from desktop.ui.viewer.playing import Playing, Speaker

T = TypeVar("T")

_TICK_MS = 15
_FEW, _AT_ONCE = 3, 12
_READY = 8
_LATE = SECOND // 8
_USUAL_STEP = SECOND // 25


class Playback(QObject):
    """One film or recording at a time.

    `frame_shown` tells that `frame` is another one, `moved` that `place` is, `changed` that it
    began or stopped to play; `failed` carries a Problem, and playing has stopped.
    """

    frame_shown = Signal()
    moved = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        speaker: Speaker,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._time = PlayTime(speaker, clock)
        self._window = FrameWindow()
        self._playing: Playing | None = None
        self._room = (960, 540)
        self._can_hear = False
        self._target: tuple[Wanted, int] | None = None
        self._is_looking = False
        self._step_wanted = 0
        self._is_busy = False
        self._round = 0
        self.is_running = False
        self.loops = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def film(self) -> Film | None:
        """What is open."""
        return self._playing.film if self._playing is not None else None

    @property
    def frame(self) -> Frame | None:
        """What is to be seen now."""
        return self._window.shown

    @property
    def place(self) -> int:
        """Where it is, in microseconds."""
        return min(self._time.now, self.duration) if self.duration else self._time.now

    @property
    def duration(self) -> int:
        """How long it is, as far as is known by now."""
        if self.film is None:
            return 0
        last = self._window.last
        end = last.time + self._frame_step if last is not None and self._window.ended else 0
        return max(self.film.duration, end)

    @property
    def speed(self) -> float:
        """How fast it plays."""
        return self._time.speed

    def open(self, playing: Playing, *, can_hear: bool) -> None:
        """Stand at the beginning of this."""
        self.close()
        self._playing, self._can_hear = playing, can_hear
        self.seek(0)

    def close(self) -> None:
        """End it, and forget its frames."""
        self._run(False)
        playing = self._playing
        self.forget()
        if playing is not None:
            # the page may be gone by then, and nobody asks how it went
            self._background.run(
                playing.close, owner=self, done=_nobody_asks, failed=_nobody_asks, lane="play"
            )

    def forget(self) -> None:
        """Hold nothing of it any more, and say nothing; whoever opened it closes it."""
        self._timer.stop()
        self.is_running = False
        self._turn_away()
        self._time.stand(0)
        self._window.begin((), ended=False)
        self._playing = None

    def turn(self) -> None:
        """Play, or pause."""
        if self.is_running:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Go on from here, or from the beginning where this is the end."""
        if self._playing is None or self.is_running:
            return
        is_over, place = self._is_at_end, self.place
        self._run(True)
        if is_over or self._window.shown is None:
            self.seek(0 if is_over else place)
            return
        self._stand(place)
        if self._target is None:
            self._go_on()
        self._fetch()

    def pause(self) -> None:
        """Stand still here."""
        if self.is_running:
            self._run(False)
            self._time.stand(self.place)
            self.moved.emit()

    def seek(self, place: int, *, roughly: bool = False) -> None:
        """Go there; `roughly` shows what is found quickly, while a person still looks for it."""
        end = self.duration
        place = max(0, min(place, end) if end else place)
        self._turn_away()
        self._stand(place)
        if self.film is not None and self.film.has_pictures:
            self._target, self._is_looking = ("near" if roughly else "at", place), roughly
        else:
            self._go_on()
        self.moved.emit()
        self._fetch()

    def step(self, by: int) -> None:
        """The next frame, or the one before: one that exists, not a moment later."""
        self.pause()
        if self._window.step(by):
            self._show()
        elif self._target is None and (by < 0 or not self._window.ended):
            self._step_wanted = by
            self._fetch()

    def change_speed(self, speed: float) -> None:
        """Slower or faster from here on."""
        place = self.place
        self._time.speed = speed
        self._stand(place)
        if self._target is None:
            self._go_on()
        self._fetch()

    def show_within(self, width: int, height: int) -> None:
        """Fetch frames of that size from now on; where it stands still, this one again."""
        before, self._room = self._room, (max(width, 1), max(height, 1))
        frame = self._window.shown
        larger = self._within(*self._room) != self._within(*before)
        if larger and frame is not None and not self.is_running:
            self._turn_away()
            self._target = ("at", frame.time)
            self._fetch()

    def tick(self) -> None:
        """Show what is due, and see to what comes."""
        if self._target is not None:
            return
        if self._time.by_sound and self._time.sound_is_over and not self._pictures_are_over:
            self._time.leave_sound()
        now = self._time.now
        if self._window.advance(now):
            self.frame_shown.emit()
        self.moved.emit()
        if self._is_over(now):
            self._end()
        else:
            self._fetch()

    def _end(self) -> None:
        if self.loops:
            self.seek(0)
            return
        self._run(False)
        self._time.stand(self.duration)
        self.moved.emit()

    @property
    def _is_at_end(self) -> bool:
        return self.duration > 0 and self.duration - self.place < self._frame_step

    @property
    def _pictures_are_over(self) -> bool:
        has_pictures = self.film is not None and self.film.has_pictures
        return not has_pictures or (self._window.ended and not self._window.ahead)

    def _is_over(self, now: int) -> bool:
        if not self._pictures_are_over or not self._time.sound_is_over:
            return False
        if self._time.by_sound:
            return True
        last = self._window.last
        return now >= (last.time + self._frame_step if last is not None else self.duration)

    @property
    def _frame_step(self) -> int:
        rate = self.film.rate if self.film is not None else None
        return round(SECOND / rate) if rate else _USUAL_STEP

    def _run(self, runs: bool) -> None:
        if runs == self.is_running:
            return
        self.is_running = runs
        if runs:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    def _turn_away(self) -> None:
        """Whatever is on its way comes too late."""
        self._round += 1
        self._target, self._step_wanted, self._is_looking = None, 0, False

    def _stand(self, place: int) -> None:
        """Be here; while it plays, to go on as soon as there is something to play."""
        hears = self.is_running and self._can_hear and self.film is not None
        self._time.stand(place, by_sound=hears and self.film is not None and self.film.has_sound)

    def _go_on(self) -> None:
        if self.is_running:
            self._time.run()

    def _fetch(self) -> None:
        """Ask for what is needed most, unless something is on its way."""
        if self._is_busy or self._playing is None:
            return
        sound = self._time.wish if self._target is None else None
        if sound is not None:
            start, samples, word = sound
            self._ask(
                partial(self._playing.sound, start, samples, speed=self.speed),
                partial(self._sound_came, word),
            )
        elif (want := self._want()) is not None:
            self._ask(partial(self._playing.frames, want), partial(self._frames_came, want))

    def _want(self) -> Want | None:
        last, first = self._window.last, self._window.first
        if self._target is not None:
            which, place = self._target
            return self._made(which, place, most=_FEW if self.is_running else 1)
        if self._step_wanted < 0 and first is not None:
            return self._made("before", first.time, most=_READY)
        width, height = self._within(*self._room)
        room = self._window.room(3 * width * height)
        if last is None or self._window.ended or self._is_looking or self._has_enough(room):
            return None
        now, most = self._time.now, max(min(room, _AT_ONCE), 1)
        if self.is_running and now - last.time > _LATE:
            return self._made("at", now, most=most, hurry=True)
        return self._made("after", last.time, most=most)

    def _has_enough(self, room: int) -> bool:
        """Whether what is ahead does for now, so that frames are fetched several at a time."""
        ahead = self._window.ahead
        return ahead > 1 and room < _READY if self.is_running else ahead >= _READY // 2

    def _made(self, which: Wanted, place: int, *, most: int, hurry: bool = False) -> Want:
        width, height = self._within(*self._room)
        return Want(which=which, time=place, most=most, width=width, height=height, hurry=hurry)

    def _within(self, width: int, height: int) -> tuple[int, int]:
        """The size of a frame that has this room: never larger than it is."""
        film = self.film
        if film is None or not film.has_pictures:
            return (1, 1)
        scale = min(1.0, width / film.width, height / film.height)
        return max(1, round(film.width * scale)), max(1, round(film.height * scale))

    def _ask(self, fetch: Callable[[], T], came: Callable[[T], None]) -> None:
        self._is_busy = True
        self._background.run(
            fetch,
            owner=self,
            done=partial(self._came, self._round, came),
            failed=partial(self._went_wrong, self._round),
            lane="play",
        )

    def _came(self, of_round: int, came: Callable[[T], None], found: T) -> None:
        self._is_busy = False
        if of_round == self._round:
            came(found)
        self._fetch()

    def _went_wrong(self, of_round: int, problem: Problem) -> None:
        self._is_busy = False
        if of_round == self._round:
            self._turn_away()
            self.pause()
            self.failed.emit(problem)
        else:
            self._fetch()

    def _sound_came(self, word: int, found: Samples) -> None:
        self._time.feed(found, word)

    def _frames_came(self, want: Want, found: Frames) -> None:
        if self._target is not None:
            if found.frames or found.ended:
                self._target = None
                self._begin(want, found)
                self._go_on()
        elif want.hurry:
            self._begin(want, found)
        elif want.which == "before":
            self._window.add_before(found.frames)
            if found.frames:
                self._make_step()
        else:
            self._window.add(found.frames, ended=found.ended)
            if self._step_wanted > 0 and (found.frames or found.ended):
                self._make_step()

    def _begin(self, want: Want, found: Frames) -> None:
        """These, and none that were here before: frames may have been left out between them."""
        self._window.begin(found.frames, ended=found.ended and want.which == "at")
        self.frame_shown.emit()

    def _make_step(self) -> None:
        by, self._step_wanted = self._step_wanted, 0
        if self._window.step(by):
            self._show()

    def _show(self) -> None:
        frame = self._window.shown
        if frame is not None:
            self._time.stand(frame.time)
            self.frame_shown.emit()
            self.moved.emit()
            self._fetch()


def _nobody_asks(_outcome: object) -> None:
    """How closing went: a page that is gone hears no answer."""
