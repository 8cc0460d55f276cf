"""The controls below a recording: play, step, place, speed, sound, view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from desktop.media.player_facts import SECOND, Film
from desktop.ui.parts.icons import put_icon
from desktop.ui.parts.pieces import button, icon_button, words
from desktop.ui.viewer.seek_bar import SeekBar

SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_USUAL = SPEEDS.index(1.0)
_LEAST_VOLUME, _VOLUME = 36, 96


class PlayerBar(QWidget):
    """Shows how it is played and says what is wanted; `sound_changed` and `speed_changed` tell that
    a person set them."""

    sound_changed = Signal()
    speed_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seek = SeekBar()
        self.back_button = icon_button("step-back", self.tr("Frame before (,)"))
        self.play_button = icon_button("play", self.tr("Play (Space)"))
        self.step_button = icon_button("step-forward", self.tr("Next frame (.)"))
        self.time = words("")
        self.loop_button = _switch("repeat", self.tr("Play again and again (L)"))
        self.mute_button = _switch("volume-2", self.tr("Without sound (M)"))
        self.volume = _volume(self.tr("Volume (up, down)"))
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed ([ and ])"))
        self.speed.setToolTip(self.speed.accessibleName())
        self.speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        self.speed.setCurrentIndex(_USUAL)
        self.fit_button = icon_button("maximize", self.tr("Fit (0)"))
        self.actual_button = button(self.tr("1:1"))
        self.actual_button.setAccessibleName(self.tr("One to one with the video (1)"))
        self.actual_button.setToolTip(self.actual_button.accessibleName())
        self.turn_button = icon_button("rotate-cw", self.tr("Turn the view (R)"))
        self._for_pictures = (
            *(self.back_button, self.step_button, self.fit_button),
            *(self.actual_button, self.turn_button),
        )
        self._for_sound = (self.mute_button, self.volume)
        self._build()
        self._connect()

    @property
    def chosen_speed(self) -> float:
        """How fast it is to play."""
        return SPEEDS[self.speed.currentIndex()]

    @property
    def chosen_volume(self) -> float:
        """How loud it is to be, 0 to 1."""
        return 0.0 if self.mute_button.isChecked() else self.volume.value() / 100

    def show_film(self, film: Film | None, *, is_heard: bool) -> None:
        """The controls that this recording has a use for."""
        for part in self._for_pictures:
            part.setVisible(film is not None and film.has_pictures)
        for one in self._for_sound:
            one.setVisible(film is not None and film.has_sound and is_heard)
        self.setEnabled(film is not None)

    def show_place(self, place: int, duration: int) -> None:
        """Where it is."""
        self.seek.show_place(place, duration)
        if not self.seek.isSliderDown():
            self.show_time(place, duration)

    def show_time(self, place: int, duration: int) -> None:
        """The same in figures alone."""
        self.time.setText(f"{time_words(place)} / {time_words(duration)}")

    def show_running(self, is_running: bool) -> None:
        """Whether it plays."""
        name = self.tr("Pause (Space)") if is_running else self.tr("Play (Space)")
        put_icon(self.play_button, "pause" if is_running else "play")
        self.play_button.setAccessibleName(name)
        self.play_button.setToolTip(name)

    def change_speed(self, by: int) -> None:
        """The next faster speed, or the next slower one."""
        place = self.speed.currentIndex() + by
        if 0 <= place < len(SPEEDS):
            self.speed.setCurrentIndex(place)

    def usual_speed(self) -> None:
        """As it was recorded."""
        self.speed.setCurrentIndex(_USUAL)

    def _build(self) -> None:
        along = QHBoxLayout()
        along.setSpacing(12)
        along.addWidget(self.seek, 1)
        along.addWidget(self.time)
        row = QHBoxLayout()
        row.setSpacing(4)
        for part in (self.back_button, self.play_button, self.step_button):
            row.addWidget(part)
        row.addStretch(1)
        for one in (self.speed, self.loop_button, self.mute_button):
            row.addWidget(one)
        row.addWidget(self.volume)
        row.addStretch(1)
        for part in (self.fit_button, self.actual_button, self.turn_button):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(along)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.mute_button.toggled.connect(self._muted)
        self.volume.valueChanged.connect(lambda _value: self.sound_changed.emit())
        self.speed.currentIndexChanged.connect(lambda _place: self.speed_changed.emit())

    def _muted(self, is_muted: bool) -> None:
        put_icon(self.mute_button, "volume-x" if is_muted else "volume-2")
        self.sound_changed.emit()


def time_words(place: int) -> str:
    """Minutes, seconds and hundredths; hours where there are some."""
    hundredths = place * 100 // SECOND
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 100:02}.{rest % 100:02}"
    return f"{hours}:{minutes:02}:{seconds}" if hours else f"{minutes}:{seconds}"


def _switch(icon: str, name: str) -> QPushButton:
    made = icon_button(icon, name)
    made.setProperty("kind", "segment")
    made.setCheckable(True)
    return made


def _volume(name: str) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, 100)
    made.setValue(100)
    made.setPageStep(10)
    made.setMinimumWidth(_LEAST_VOLUME)
    made.setMaximumWidth(_VOLUME)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
