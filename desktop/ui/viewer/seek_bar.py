"""Where in a recording it is, to be dragged."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from desktop.media.player_facts import SECOND

_TICK = SECOND // 1000


class SeekBar(QSlider):
    """`looked_for` follows the mouse, `chosen` is where it was let go; both in microseconds.

    The keys are those of the player, not of a slider.
    """

    looked_for = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(self.tr("Place in the recording"))
        self.setRange(0, 0)

    def show_place(self, place: int, duration: int) -> None:
        """Follow what is played, unless somebody drags it."""
        if self.isSliderDown():
            return
        self.setRange(0, duration // _TICK)
        self.setValue(place // _TICK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """For the player."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it where it is pressed, not a page at a time."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Here it is to be."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self.chosen.emit(self.value() * _TICK)

    def _follow(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        room = max(self.width() - handle, 1)
        at = round(event.position().x()) - handle // 2
        value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room)
        if value != self.value():
            self.setValue(value)
            self.looked_for.emit(value * _TICK)
