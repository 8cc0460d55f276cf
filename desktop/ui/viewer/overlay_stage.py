"""Two pictures on one stage, the newer over the older: it fades in, or a curtain is drawn."""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsRectItem

from desktop.ui.theme import worn
from desktop.ui.viewer.measure_tool import ARROWS, FAR
from desktop.ui.viewer.picture import Picture
from desktop.ui.viewer.picture_item import PictureItem
from desktop.ui.viewer.picture_stage import PictureStage

_SCALE_STEP, _TURN_STEP, _SHARE_STEP = 1.005, 0.5, 5
_KEYS = Qt.Key


class Over(Enum):
    """How the newer picture lies over the older one."""

    FADE = auto()
    CURTAIN = auto()


class OverlayStage(PictureStage):
    """The older picture is the ground. The newer one is laid on it at the same width, and is put
    into place by hand: nothing of that is kept. `share_moved` tells how much of it is seen, 0 to
    100; `aligned` that it was moved."""

    share_moved = Signal(int)
    aligned = Signal()

    def __init__(self) -> None:
        super().__init__(roams=True)
        self._over, self._share, self._is_aligned = Over.FADE, 50, False
        self._grabbed = QPointF()
        self._place = QTransform()
        self._curtain = QGraphicsRectItem()
        self._curtain.setPen(Qt.PenStyle.NoPen)
        self._curtain.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._curtain.setZValue(0.5)
        self.upper = PictureItem()
        self.upper.setParentItem(self._curtain)
        self._edges = [QGraphicsLineItem(), QGraphicsLineItem()]
        for depth, edge in enumerate(self._edges):
            edge.setZValue(2 + depth)
            self.scene().addItem(edge)
        self.scene().addItem(self._curtain)
        self._acts = self._own_acts()
        self.tool = self

    @property
    def share(self) -> int:
        """How much of the newer picture is seen, 0 to 100."""
        return self._share

    @property
    def is_changed(self) -> bool:
        """Also where the newer picture was moved."""
        return super().is_changed or self._is_aligned

    def show_two(self, lower: Picture | None, upper: Picture | None) -> None:
        """Lay one over the other; None shows nothing."""
        self.upper.show_picture(upper)
        self.show_picture(lower)
        self.lay_anew()

    def lay_anew(self) -> None:
        """At the same width and in the same middle, as if nobody had moved it."""
        self._is_aligned = False
        ground, over = self.item.boundingRect(), self.upper.boundingRect()
        self._place = QTransform()
        if not ground.isEmpty() and not over.isEmpty():
            scale = ground.width() / over.width()
            self._place.translate(ground.center().x(), ground.center().y())
            self._place.scale(scale, scale)
            self._place.translate(-over.center().x(), -over.center().y())
        self.upper.setTransform(self._place)
        self._draw_share()

    def as_it_is(self) -> None:
        """Unturned, in its own light, laid anew."""
        self.lay_anew()
        super().as_it_is()

    def show_over(self, over: Over) -> None:
        """Fade or curtain."""
        self._over = over
        self._draw_share()

    def show_share(self, share: int) -> None:
        """Show so much of the newer picture, 0 to 100."""
        self._share = max(0, min(100, share))
        self._draw_share()
        self.share_moved.emit(self._share)

    def blink(self) -> None:
        """All of the newer picture, or none of it: what moved jumps to the eye."""
        self.show_share(0 if self._share > 50 else 100)

    def align(self, *, by: QPointF | None = None, scale: float = 1.0, turn: float = 0.0) -> None:
        """Move the newer picture by pixels of the screen; grow and turn it about its middle."""
        change = QTransform()
        middle = self._place.map(self.upper.boundingRect().center())
        change.translate(middle.x(), middle.y())
        change.rotate(turn)
        change.scale(scale, scale)
        change.translate(-middle.x(), -middle.y())
        inverse, _ = self.transform().inverted()
        moved = inverse.map(by or QPointF())
        self._place = self._place * change * QTransform.fromTranslate(moved.x(), moved.y())
        self.upper.setTransform(self._place)
        self._is_aligned = True
        self.aligned.emit()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Arrows put the newer picture into place, with Shift by ten, with Ctrl the view moves."""
        step = ARROWS.get(_KEYS(event.key()))
        if step is not None:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.pan(*step)
            else:
                far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
                self.align(by=QPointF(step[0] * far, step[1] * far))
            return True
        act = self._acts.get(event.key())
        if act is not None:
            act()
        return act is not None

    def mouse_moved(self, event: QMouseEvent) -> bool:
        """A drag draws the curtain; with Shift it moves the newer picture; else the view."""
        at = event.position()
        is_pressed = event.type() is QEvent.Type.MouseButtonPress
        if is_pressed:
            self._grabbed = at
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if not is_pressed:
                self.align(by=at - self._grabbed)
                self._grabbed = at
            return True
        if self._over is Over.CURTAIN:
            width = self.size_shown.width()
            self.show_share(round(100 * (1 - self.mapToScene(at.toPoint()).x() / max(width, 1))))
            return True
        return False

    def _own_acts(self) -> dict[int, Callable[[], None]]:
        smaller = partial(self.align, scale=1 / _SCALE_STEP)
        larger = partial(self.align, scale=_SCALE_STEP)
        return {
            _KEYS.Key_Comma: smaller,
            _KEYS.Key_Less: smaller,
            _KEYS.Key_Period: larger,
            _KEYS.Key_Greater: larger,
            _KEYS.Key_BracketLeft: partial(self.align, turn=-_TURN_STEP),
            _KEYS.Key_BracketRight: partial(self.align, turn=_TURN_STEP),
            _KEYS.Key_PageUp: partial(self._show_more, _SHARE_STEP),
            _KEYS.Key_PageDown: partial(self._show_more, -_SHARE_STEP),
            _KEYS.Key_Space: self.blink,
        }

    def _show_more(self, by: int) -> None:
        self.show_share(self._share + by)

    def _draw_share(self) -> None:
        ground = self.item.boundingRect()
        far = ground.adjusted(-ground.width(), -ground.height(), ground.width(), ground.height())
        is_fade = self._over is Over.FADE
        self.upper.setOpacity(self._share / 100 if is_fade else 1.0)
        edge = ground.right() - ground.width() * self._share / 100
        self._curtain.setRect(
            far if is_fade else QRectF(QPointF(edge, far.top()), far.bottomRight())
        )
        if not is_fade and self._share == 0:
            self._curtain.setRect(QRectF())
        self.upper.setVisible(self._share > 0)
        for line, colour, width in zip(self._edges, ("base", "accent"), (5.0, 2.0), strict=True):
            pen = QPen(worn(colour), width)
            pen.setCosmetic(True)
            line.setPen(pen)
            line.setLine(QLineF(edge, ground.top(), edge, ground.bottom()))
            line.setVisible(not is_fade and self.has_picture)
        self.viewport().update()
