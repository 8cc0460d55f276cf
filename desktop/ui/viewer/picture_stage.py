"""A picture on its stage: fit, one to one with the original, zoom, pan, turn, light."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from desktop.ui.viewer.picture import Picture
from desktop.ui.viewer.picture_item import PictureItem, Tone, ToneItem, zoom_of

STEP = 1.25
TONE_STEP = 10
_LARGEST, _SMALLEST = 16.0, 0.02
_PAN = 64
_SETTLED_MS = 150
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class StageTool(Protocol):
    """What takes keys and the mouse before the stage does; true where it used them."""

    def key_pressed(self, event: QKeyEvent) -> bool:
        """A key on the stage."""
        ...

    def mouse_moved(self, event: QMouseEvent) -> bool:
        """The mouse was pressed, moved or let go on the stage."""
        ...


class PictureStage(QGraphicsView):
    """Coordinates of the scene are pixels of the upright original.

    `moved` asks for the image before or after; `view_moved` tells of zoom and pan by a person,
    `fitted` that all of it is seen now, `entered` that the keyboard came here, `view_changed` of
    turn and light. `detail_wanted` names a part of the original that is seen larger than the pixels
    which are here, once the view is at rest.
    """

    moved = Signal(int)
    view_moved = Signal()
    view_changed = Signal()
    fitted = Signal()
    entered = Signal()
    detail_wanted = Signal(QRectF)

    def __init__(self, name: str = "", *, roams: bool = False) -> None:
        super().__init__()
        self._roams = roams
        self._fits, self._angle = True, 0
        self.tool: StageTool | None = None
        self.item, self._light = PictureItem(), ToneItem()
        scene = QGraphicsScene(self)
        scene.addItem(self.item)
        scene.addItem(self._light)
        self.setScene(scene)
        self.setAccessibleName(name or self.tr("Image"))
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLED_MS)
        self._rest.timeout.connect(self._at_rest)
        self._keys = self._own_keys()

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one pixel of the original."""
        return zoom_of(self.transform()) * self.devicePixelRatioF()

    @property
    def centre(self) -> QPointF:
        """The pixel of the original in the middle of the stage."""
        return self.mapToScene(self.viewport().rect()).boundingRect().center()

    @property
    def size_shown(self) -> QSizeF:
        """The size of the original, or an empty one."""
        return self.item.boundingRect().size()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self.item.picture is not None

    @property
    def is_fitted(self) -> bool:
        """Whether all of the picture is shown, and stays so when the stage changes its size."""
        return self._fits

    @property
    def tone(self) -> Tone:
        """The light that the picture is looked at in."""
        return self._light.tone

    @property
    def is_changed(self) -> bool:
        """Whether the view is turned or in another light than the original."""
        return self._angle != 0 or self.tone != Tone()

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, fitted and as it is; None shows nothing."""
        self.item.show_picture(picture)
        rect = self.item.boundingRect()
        self._light.cover(rect)
        margin = (rect.width(), rect.height()) if self._roams else (0.0, 0.0)
        self.scene().setSceneRect(rect.adjusted(-margin[0], -margin[1], *margin))
        self._angle = 0
        self._light.show_tone(Tone())
        self.fit()
        self.view_changed.emit()

    def fit(self) -> None:
        """As large as the stage holds it, never larger than one to one."""
        if not self.has_picture:
            self.resetTransform()
            return
        self._fits = True
        self.see(zoom=self.fitted_zoom(), centre=self.item.boundingRect().center())
        self.fitted.emit()

    def fit_all(self) -> None:
        """Fit, because a person asked for it."""
        self.fit()
        self.view_moved.emit()

    def fitted_zoom(self) -> float:
        """The zoom at which all of the picture is seen."""
        size = self.size_shown.transposed() if self._angle % 180 else self.size_shown
        room = QSizeF(self.viewport().size()) * self.devicePixelRatioF()
        if size.isEmpty() or room.isEmpty():
            return 1.0
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def one_to_one(self) -> None:
        """One pixel of the original on one pixel of the screen."""
        if self.has_picture:
            self._fits = False
            self.see(zoom=1.0, centre=self.centre)
            self.view_moved.emit()

    def zoom_by(self, factor: float, about: QPoint | None = None) -> None:
        """Nearer or further, within reason; the point under `about` stays where it is."""
        zoom = self.zoom * factor
        if not self.has_picture or not _SMALLEST < zoom < _LARGEST:
            return
        self._fits = False
        still = about if about is not None else self.viewport().rect().center()
        before, centre = self.mapToScene(still), self.centre
        self.see(zoom=zoom, centre=centre)
        self.see(zoom=zoom, centre=self.centre + before - self.mapToScene(still))
        self.view_moved.emit()

    def see(self, *, zoom: float, centre: QPointF) -> None:
        """Look at the picture so large, with this pixel of the original in the middle."""
        scale = zoom / self.devicePixelRatioF()
        self.setTransform(QTransform().rotate(self._angle).scale(scale, scale))
        self.centerOn(centre)
        self._rest.start()

    def look_again(self) -> None:
        """More pixels came; ask for more where the view has moved on meanwhile."""
        self._rest.start()

    def pan(self, across: int, down: int) -> None:
        """Look a step further to the right and down, or back."""
        self._fits = False
        for bar, by in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + by * _PAN)
        self.view_moved.emit()

    def stay_put(self) -> None:
        """Keep zoom and place when the stage changes its size: somebody else moves this view."""
        self._fits = False

    def turn(self, degrees: int) -> None:
        """Turn the view; the original stays as it is."""
        self._angle = (self._angle + degrees) % 360
        if self._fits:
            self.fit()
        else:
            self.see(zoom=self.zoom, centre=self.centre)
        self.view_changed.emit()

    def show_tone(self, tone: Tone) -> None:
        """Look at it in this light; the original stays as it is."""
        self._light.show_tone(tone)
        self.viewport().update()
        self.view_changed.emit()

    def as_it_is(self) -> None:
        """Unturned, in its own light, fitted."""
        self._angle = 0
        self._light.show_tone(Tone())
        self.fit()
        self.view_changed.emit()
        self.view_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted picture stays fitted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the person is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Another part is seen."""
        super().scrollContentsBy(across, down)
        self._rest.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or further about the cursor."""
        turned = event.angleDelta().y()
        if turned:
            self.zoom_by(STEP ** (turned / 120), event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Two fingers zoom about the cursor too."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1 + event.value(), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The tool first, then a hand that drags."""
        if not self._is_for_tool(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The tool first; a hand that drags moves the view."""
        if self._is_for_tool(event):
            return
        before = self.centre
        super().mouseMoveEvent(event)
        if event.buttons() and self.centre != before:
            self._fits = False
            self.view_moved.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The tool first."""
        if not self._is_for_tool(event):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, or one to one about the cursor."""
        if self.tool is not None:
            return
        if self._fits:
            self.zoom_by(1 / self.zoom, event.position().toPoint())
        else:
            self.fit()
            self.view_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The tool first, then the keys of a stage; the rest is for the page."""
        if self.tool is not None and self.tool.key_pressed(event):
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:  # plus has Shift on many keyboards
            modifiers = Qt.KeyboardModifier.NoModifier
        act = self._keys.get((event.key(), modifiers == _SHIFT))
        if act is None or modifiers not in {Qt.KeyboardModifier.NoModifier, _SHIFT}:
            event.ignore()
            return
        act()

    def _own_keys(self) -> dict[tuple[int, bool], Callable[[], None]]:
        """What each key does, alone and with Shift."""
        key = Qt.Key
        plain: dict[int, Callable[[], None]] = {
            key.Key_0: self.fit_all,
            key.Key_1: self.one_to_one,
            key.Key_Plus: partial(self.zoom_by, STEP),
            key.Key_Equal: partial(self.zoom_by, STEP),
            key.Key_Minus: partial(self.zoom_by, 1 / STEP),
            key.Key_R: partial(self.turn, 90),
            key.Key_B: partial(self._more, brightness=TONE_STEP),
            key.Key_C: partial(self._more, contrast=TONE_STEP),
            key.Key_O: self.as_it_is,
            key.Key_PageDown: partial(self.moved.emit, 1),
            key.Key_PageUp: partial(self.moved.emit, -1),
            key.Key_Right: partial(self._arrow, 1, 0),
            key.Key_Left: partial(self._arrow, -1, 0),
            key.Key_Down: partial(self._arrow, 0, 1),
            key.Key_Up: partial(self._arrow, 0, -1),
        }
        with_shift: dict[int, Callable[[], None]] = {
            key.Key_R: partial(self.turn, -90),
            key.Key_B: partial(self._more, brightness=-TONE_STEP),
            key.Key_C: partial(self._more, contrast=-TONE_STEP),
        }
        return {(one, False): act for one, act in plain.items()} | {
            (one, True): act for one, act in with_shift.items()
        }

    def _more(self, *, brightness: int = 0, contrast: int = 0) -> None:
        self.show_tone(self.tone.changed(brightness=brightness, contrast=contrast))

    def _arrow(self, across: int, down: int) -> None:
        """To the next image while all of this one is seen, else over the picture."""
        if self._fits:
            if across:
                self.moved.emit(across)
            return
        self.pan(across, down)

    def _is_for_tool(self, event: QMouseEvent) -> bool:
        return self.tool is not None and self.tool.mouse_moved(event)

    def _at_rest(self) -> None:
        if not self.has_picture:
            return
        seen = self.mapToScene(self.viewport().rect()).boundingRect() & self.item.boundingRect()
        if not seen.isEmpty() and self.item.density_in(seen) < min(self.zoom, 1.0) * 0.99:
            self.detail_wanted.emit(seen)
