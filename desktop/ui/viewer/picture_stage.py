"""A picture on its stage: fit, one to one, zoom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

STEP = 1.25
_LARGEST, _SMALLEST = 16.0, 0.02


class PictureStage(QGraphicsView):
    """The picture on its dark stage. Keys: 0 fits, 1 is one to one, + and - zoom."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._fits = True
        self.setScene(self._scene)
        self.setAccessibleName(self.tr("Image"))
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the picture."""
        return self.transform().m11() * self.devicePixelRatioF()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._item.pixmap().isNull()

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, fitted; None shows nothing."""
        self._item.setPixmap(QPixmap.fromImage(image) if image is not None else QPixmap())
        self._scene.setSceneRect(self._item.boundingRect())
        self.fit()

    def fit(self) -> None:
        """As large as the stage holds it, never larger than one to one."""
        self._fits = True
        self.resetTransform()
        if not self.has_picture:
            return
        self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)
        if self.zoom > 1:
            self.one_to_one(fits=True)

    def one_to_one(self, *, fits: bool = False) -> None:
        """One pixel of the picture on one pixel of the screen."""
        self._fits = fits
        self.resetTransform()
        scale = 1 / self.devicePixelRatioF()
        self.scale(scale, scale)

    def zoom_by(self, factor: float) -> None:
        """Nearer or further, within reason."""
        if self.has_picture and _SMALLEST < self.zoom * factor < _LARGEST:
            self._fits = False
            self.scale(factor, factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted picture stays fitted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The zoom keys, and arrows to the next image while the picture fits."""
        match event.key():
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.one_to_one()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / STEP)
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown if self._fits:
                self.moved.emit(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp if self._fits:
                self.moved.emit(-1)
            case _:
                super().keyPressEvent(event)
