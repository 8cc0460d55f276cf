"""Where recordings are played: the picture or the sound, and what it is played with."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.media.player_facts import SECOND
from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, on_click, words
from desktop.ui.viewer.film_view import STEP, FilmView
from desktop.ui.viewer.playback import Playback
from desktop.ui.viewer.player_bar import PlayerBar
from desktop.ui.viewer.playing import Playing, Speaker
from desktop.ui.viewer.sound_view import SoundView
from desktop.ui.viewer.verbs import ViewerVerbs

_FAR, _NEAR = 5 * SECOND, SECOND
_LOUDER = 10
_COLUMNS = 1000
_LOW = 420


class PlayerStage(QWidget):
    """One video or sound recording at a time. It stands at its beginning until it is played, and
    pauses while it is out of sight.

    `opened` tells that it is there, or that it cannot be played; `moved` asks for the image before
    or after.
    """

    opened = Signal()
    moved = Signal(int)

    def __init__(self, *, background: Background, verbs: ViewerVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._speaker = verbs.loudspeaker()
        self._image: ClinicalImage | None = None
        self.playback = Playback(background=background, speaker=self._speaker, parent=self)
        self._build()
        self._connect()
        self._keys = self._own_keys()
        self.bar.show_film(None, is_heard=False)
        self.destroyed.connect(partial(_forget, self.playback, self.film, self._speaker))

    def open_image(self, image: ClinicalImage) -> None:
        """Get this recording ready to play."""
        self.clear()
        self._image = image
        self.notice.say(self.tr("Opening…"))
        self._background.run(
            partial(_opened, self._verbs.play, image.id, self._speaker),
            owner=self,
            done=partial(self._arrived, image),
            failed=partial(self._failed, image),
            lane="play",
        )

    def clear(self) -> None:
        """Stop, and forget the recording."""
        was_open = self.playback.film is not None
        self._image = None
        self.playback.close()
        self.film.begin(0, 0)
        self.sound.show_peaks(())
        self.bar.show_film(None, is_heard=False)
        self.bar.usual_speed()
        self.notice.clear()
        if was_open:
            self._background.run(
                self._speaker.close, owner=self, done=_nobody_asks, failed=_nobody_asks, lane="play"
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a player; the rest is for the page."""
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        others = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        act = self._keys.get(event.key())
        if act is None or others:
            event.ignore()
            return
        act(has_shift)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        super().hideEvent(event)
        self.playback.pause()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low the picture has the room; the help (F1) has the keys as well."""
        super().resizeEvent(event)
        self._help.setVisible(event.size().height() >= _LOW)

    def _build(self) -> None:
        self.notice = Notice()
        self.film, self.sound, self.bar = FilmView(), SoundView(), PlayerBar()
        self._stages = QStackedWidget()
        self._stages.addWidget(self.film)
        self._stages.addWidget(self.sound)
        self._help = words("", kind="small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(self._stages, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self._help)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.film)

    def _connect(self) -> None:
        playback, bar = self.playback, self.bar
        playback.frame_shown.connect(self._show_frame)
        playback.moved.connect(self._show_place)
        playback.changed.connect(lambda: bar.show_running(playback.is_running))
        playback.failed.connect(self.notice.problem)
        on_click(bar.play_button, playback.turn)
        on_click(bar.back_button, partial(playback.step, -1))
        on_click(bar.step_button, partial(playback.step, 1))
        on_click(bar.fit_button, self.film.fit)
        on_click(bar.actual_button, self.film.one_to_one)
        on_click(bar.turn_button, self.film.turn)
        bar.loop_button.toggled.connect(self._loop)
        bar.seek.looked_for.connect(self._look_for)
        bar.seek.chosen.connect(playback.seek)
        bar.sound_changed.connect(self._set_volume)
        bar.speed_changed.connect(lambda: playback.change_speed(bar.chosen_speed))
        self.film.pressed.connect(playback.turn)
        self.film.room_changed.connect(lambda: playback.show_within(*self.film.room))
        self.sound.chosen.connect(lambda part: playback.seek(round(part * playback.duration)))

    def _own_keys(self) -> dict[int, Callable[[bool], None]]:
        key, playback, bar = Qt.Key, self.playback, self.bar

        def plain(act: Callable[[], None]) -> Callable[[bool], None]:
            return lambda _has_shift: act()

        return {
            key.Key_Space: plain(playback.turn),
            key.Key_Left: lambda near: playback.seek(playback.place - (_NEAR if near else _FAR)),
            key.Key_Right: lambda near: playback.seek(playback.place + (_NEAR if near else _FAR)),
            key.Key_Home: plain(partial(playback.seek, 0)),
            key.Key_End: plain(self._go_to_end),
            key.Key_Comma: plain(partial(playback.step, -1)),
            key.Key_Period: plain(partial(playback.step, 1)),
            key.Key_BracketLeft: plain(partial(bar.change_speed, -1)),
            key.Key_BracketRight: plain(partial(bar.change_speed, 1)),
            key.Key_Up: plain(partial(self._louder, _LOUDER)),
            key.Key_Down: plain(partial(self._louder, -_LOUDER)),
            key.Key_M: plain(bar.mute_button.toggle),
            key.Key_L: plain(bar.loop_button.toggle),
            key.Key_0: plain(self.film.fit),
            key.Key_1: plain(self.film.one_to_one),
            key.Key_Plus: plain(partial(self.film.zoom_by, STEP)),
            key.Key_Equal: plain(partial(self.film.zoom_by, STEP)),
            key.Key_Minus: plain(partial(self.film.zoom_by, 1 / STEP)),
            key.Key_R: plain(self.film.turn),
            key.Key_PageUp: plain(partial(self.moved.emit, -1)),
            key.Key_PageDown: plain(partial(self.moved.emit, 1)),
        }

    def _arrived(self, image: ClinicalImage, found: tuple[Playing, bool]) -> None:
        playing, is_heard = found
        if self._image is not image:
            self._background.run(
                playing.close, owner=self, done=_nobody_asks, failed=_nobody_asks, lane="play"
            )
            return
        film = playing.film
        self.notice.clear()
        if film.has_sound and not is_heard:
            self.notice.say(self._without_sound(film.has_pictures))
        stage = self.film if film.has_pictures else self.sound
        self._stages.setCurrentWidget(stage)
        self._help.setText(self._help_words(film.has_pictures))
        self.setFocusProxy(stage)
        self.film.begin(film.width, film.height)
        self.bar.show_film(film, is_heard=is_heard)
        self.playback.show_within(*self.film.room)
        self.playback.open(playing, can_hear=is_heard)
        self._set_volume()
        if not film.has_pictures:
            self._draw_sound(image)
        self.opened.emit()

    def _draw_sound(self, image: ClinicalImage) -> None:
        """A long one takes seconds; it plays meanwhile."""

        def drawn(peaks: Sequence[float]) -> None:
            if self._image is image:
                self.sound.show_peaks(peaks)

        self._background.run(
            partial(self._verbs.waveform, image.id, _COLUMNS),
            owner=self,
            done=drawn,
            failed=_nobody_asks,
        )

    def _failed(self, image: ClinicalImage, problem: Problem) -> None:
        if self._image is image:
            self.notice.problem(problem)
            self.opened.emit()

    def _without_sound(self, has_pictures: bool) -> str:
        if has_pictures:
            return self.tr("No loudspeaker was found; the picture plays without sound.")
        return self.tr("No loudspeaker was found, so this recording cannot be heard here.")

    def _help_words(self, has_pictures: bool) -> str:
        both = self.tr(
            "Space plays · ← → 5 seconds · with Shift 1 second · ↑ ↓ volume · M without sound · "
            "[ ] speed · L again and again"
        )
        if not has_pictures:
            return both
        seen = self.tr("comma, full stop: one frame · 0 fits · 1 one to one · + − zoom · R turn")
        return f"{both} · {seen}"

    def _show_frame(self) -> None:
        self.film.show_frame(self.playback.frame)

    def _show_place(self) -> None:
        place, duration = self.playback.place, self.playback.duration
        self.bar.show_place(place, duration)
        self.sound.show_place(place / duration if duration else 0.0)

    def _look_for(self, place: int) -> None:
        """While the bar is dragged."""
        self.playback.seek(place, roughly=True)
        self.bar.show_time(place, self.playback.duration)

    def _go_to_end(self) -> None:
        self.playback.pause()
        self.playback.seek(self.playback.duration)

    def _loop(self, loops: bool) -> None:
        self.playback.loops = loops

    def _louder(self, by: int) -> None:
        self.bar.mute_button.setChecked(False)
        self.bar.volume.setValue(self.bar.volume.value() + by)

    def _set_volume(self) -> None:
        self._speaker.volume = self.bar.chosen_volume


def _opened(
    play: Callable[[ImageId], Playing], image: ImageId, speaker: Speaker
) -> tuple[Playing, bool]:
    """In a lane: the recording, and whether it can be heard."""
    playing = play(image)
    return playing, playing.film.has_sound and speaker.open()


def _forget(playback: Playback, film: FilmView, speaker: Speaker) -> None:
    """The page goes when the office is locked: no frame may wait for the next round of the garbage
    collector, and nobody else is left to close the device."""
    playback.forget()
    film.forget()
    speaker.close()


def _nobody_asks(_outcome: object) -> None:
    """How closing went: a page that is gone hears no answer."""
