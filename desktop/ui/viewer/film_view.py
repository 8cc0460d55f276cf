"""The moving picture on its stage: fitted, one to one, nearer, turned."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.media.player_facts import Frame
from desktop.ui.theme import worn

STEP = 1.25
_LARGEST, _SMALLEST = 16.0, 0.05


class FilmView(QWidget):
    """Shows one frame at a time, of whatever size, where the whole film has its place.

    `room_changed` tells that frames of another size are of use: see `room`. `pressed` is a click.
    """

    room_changed = Signal()
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self._image = QImage()
        self._size = QSizeF()
        self._zoom: float | None = None
        self._angle = 0
        self._middle = QPointF()
        self._dragged: QPointF | None = None
        self._was_dragged = False
        self.setAccessibleName(self.tr("Video"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one pixel of the film."""
        return self._zoom if self._zoom is not None else self._fitting()

    @property
    def angle(self) -> int:
        """How far the view is turned, in degrees clockwise."""
        return self._angle

    @property
    def room(self) -> tuple[int, int]:
        """The size within which a frame has all the pixels that can be seen of it."""
        size = self._size * min(self.zoom, 1.0)
        return max(1, round(size.width())), max(1, round(size.height()))

    @property
    def image(self) -> QImage:
        """What is shown, upright and not yet turned; null where nothing is."""
        return self._image

    def begin(self, width: int, height: int) -> None:
        """Show a film of this size from now on, fitted and unturned."""
        self._size = QSizeF(width, height)
        self._angle = 0
        self.show_frame(None)
        self.fit()

    def show_frame(self, frame: Frame | None) -> None:
        """Show this frame; None shows nothing."""
        self.forget()
        if frame is not None:
            self._frame = frame  # the image borrows its bytes
            width, height = frame.width, frame.height
            rows = QImage.Format.Format_RGB888
            self._image = QImage(frame.rgb, width, height, 3 * width, rows)
        self.update()

    def forget(self) -> None:
        """Hold no picture any more, even where nothing is left on screen."""
        self._image, self._frame = QImage(), None

    def fit(self) -> None:
        """All of it, never larger than one to one."""
        self._zoom, self._middle = None, QPointF()
        self._changed()

    def one_to_one(self) -> None:
        """One pixel of the film on one pixel of the screen."""
        self._zoom = 1.0
        self._changed()

    def zoom_by(self, factor: float) -> None:
        """Nearer or further, within reason."""
        if _SMALLEST < self.zoom * factor < _LARGEST:
            self._zoom = self.zoom * factor
            self._changed()

    def turn(self) -> None:
        """Turn the view by a quarter, clockwise; the film stays as it is."""
        self._angle = (self._angle + 90) % 360
        self._middle = QPointF()
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame in its place."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn("stage"))
        if not self._image.isNull():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(self._placing(), True)
            painter.drawImage(QRectF(QPointF(), self._size), self._image)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(worn("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted film stays fitted."""
        super().resizeEvent(event)
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or further."""
        if turned := event.angleDelta().y():
            self.zoom_by(STEP ** (turned / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click, or of a drag over what is larger than the stage."""
        self._dragged, self._was_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Another part of it is seen."""
        if self._dragged is None:
            return
        by = event.position() - self._dragged
        if by.manhattanLength() > 3 or self._was_dragged:
            self._was_dragged = True
            self._dragged = event.position()
            self._middle += by
            self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays, or pauses."""
        was_click = self._dragged is not None and not self._was_dragged
        self._dragged = None
        if was_click and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def _changed(self) -> None:
        self._stay_in_sight()
        self.update()
        self.room_changed.emit()

    def _turned_size(self) -> QSizeF:
        return self._size.transposed() if self._angle % 180 else self._size

    def _fitting(self) -> float:
        size, room = self._turned_size(), QSizeF(self.size()) * self.devicePixelRatioF()
        if size.isEmpty() or room.isEmpty():
            return 1.0
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def _stay_in_sight(self) -> None:
        """No further than the edge of the film in the middle of nothing."""
        shown = self._turned_size() * (self.zoom / self.devicePixelRatioF())
        across = max(shown.width() - self.width(), 0) / 2
        down = max(shown.height() - self.height(), 0) / 2
        self._middle = QPointF(
            min(max(self._middle.x(), -across), across), min(max(self._middle.y(), -down), down)
        )

    def _placing(self) -> QTransform:
        """From pixels of the film to places of the stage."""
        scale = self.zoom / self.devicePixelRatioF()
        middle = QRectF(self.rect()).center() + self._middle
        return (
            QTransform()
            .translate(middle.x(), middle.y())
            .rotate(self._angle)
            .scale(scale, scale)
            .translate(-self._size.width() / 2, -self._size.height() / 2)
        )
