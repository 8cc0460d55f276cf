"""A recording as a picture: how loud it is from beginning to end, and where it is played."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import worn

_MARGIN = 16
_GAP = 1


class SoundView(QWidget):
    """`chosen` carries how far into the recording somebody clicked, 0 to 1."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._peaks: tuple[float, ...] = ()
        self._done = 0.0
        self.setAccessibleName(self.tr("Sound recording"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))

    def show_peaks(self, peaks: Sequence[float]) -> None:
        """How loud each part of it is, 0 to 1, all parts of one length; none yet draws a line."""
        self._peaks = tuple(min(max(one, 0.0), 1.0) for one in peaks)
        self.update()

    def show_place(self, done: float) -> None:
        """How far it is played, 0 to 1."""
        if abs(done - self._done) * self.width() >= 0.5:
            self._done = done
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What was played in one colour, the rest in another, and a line between them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn("stage"))
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        here = room.left() + room.width() * self._done
        count = min(len(self._peaks), int(room.width() / (2 + _GAP))) or 1
        for place in range(count):
            first, after = (at * len(self._peaks) // count for at in (place, place + 1))
            peak = max(self._peaks[first:after], default=0.0)
            left = room.left() + room.width() * place / count
            height = max(room.height() * peak, 1.0)
            bar = QRectF(left, room.center().y() - height / 2, room.width() / count - _GAP, height)
            painter.fillRect(bar, worn("accent" if bar.right() <= here else "edge"))
        painter.setPen(QPen(worn("text"), 2))
        painter.drawLine(round(here), round(room.top()), round(here), round(room.bottom()))
        if self.hasFocus():
            painter.setPen(QPen(worn("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to that part."""
        room = max(self.width() - 2 * _MARGIN, 1)
        self.chosen.emit(min(max((event.position().x() - _MARGIN) / room, 0.0), 1.0))
