"""A line with two ends that a person lays on a picture, by mouse or by keyboard."""

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsLineItem

from desktop.ui.theme import worn
from desktop.ui.viewer.picture_stage import PictureStage, StageTool

_REACH = 14  # so near to an end, in pixels of the screen, a press takes it
_HANDLE = 7
FAR = 10
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MeasureTool(QObject):
    """Its ends are in pixels of the original. Arrows move one end, with Shift ten times as far,
    with Ctrl the view; Space takes the other end; other keys are the tool's that it stands in for.
    """

    line_changed = Signal()

    def __init__(self, stage: PictureStage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._stands_in_for: StageTool | None = None
        self._ends = [QPointF(), QPointF()]
        self._held = 1
        self._lines = [QGraphicsLineItem(), QGraphicsLineItem()]
        self._handles = [self._handle(), self._handle()]
        for depth, item in enumerate([*self._lines, *self._handles]):
            item.setZValue(2 + depth)
            item.hide()
            stage.scene().addItem(item)

    @property
    def is_on(self) -> bool:
        """Whether the line is shown."""
        return self._stage.tool is self

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where it starts and ends, across and down."""
        start, end = self._ends
        return (start.x(), start.y()), (end.x(), end.y())

    def begin(self) -> None:
        """Take keys and mouse; show a line across the middle of what is seen, or the one that
        rested there."""
        stage = self._stage
        if not self.is_on:
            self._stands_in_for, stage.tool = stage.tool, self
        stage.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._dress()
        if self._lines[0].isVisible():
            self.lay(*self._ends)
            return
        seen = stage.mapToScene(stage.viewport().rect()).boundingRect() & stage.item.boundingRect()
        third = QPointF(seen.width() / 6, 0)
        self._held = 1
        self.lay(seen.center() - third, seen.center() + third)

    def rest(self) -> None:
        """Give keys and mouse back; the line stays where it was laid."""
        if self.is_on:
            self._stage.tool = self._stands_in_for
            self._stage.viewport().unsetCursor()

    def finish(self) -> None:
        """Take the line away."""
        self.rest()
        for item in (*self._lines, *self._handles):
            item.hide()

    def lay(self, start: QPointF, end: QPointF) -> None:
        """Lay it from here to there, within the picture."""
        self._ends = [self._within(start), self._within(end)]
        for line in self._lines:
            line.setLine(QLineF(*self._ends))
            line.show()
        for place, (handle, end_point) in enumerate(zip(self._handles, self._ends, strict=True)):
            handle.setPos(end_point)
            handle.setBrush(worn("accent" if place == self._held else "base"))
            handle.show()
        self._stage.viewport().update()
        self.line_changed.emit()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Arrows and Space; the rest is the stage's."""
        if event.key() == Qt.Key.Key_Space:
            self._held = 1 - self._held
            self.lay(*self._ends)
            return True
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None:
            before = self._stands_in_for
            return before is not None and before.key_pressed(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._stage.pan(*step)
            return True
        far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._put_held(self._ends[self._held] + self._on_picture(step[0] * far, step[1] * far))
        return True

    def mouse_moved(self, event: QMouseEvent) -> bool:
        """A press takes the end that is near, or starts a new line; a drag moves the end."""
        place = self._stage.mapToScene(event.position().toPoint())
        if event.type() is QEvent.Type.MouseButtonPress:
            if event.button() is not Qt.MouseButton.LeftButton:
                return False
            self._take_or_start(place)
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._put_held(place)
        return True

    def _take_or_start(self, place: QPointF) -> None:
        reach = _REACH * self._stage.devicePixelRatioF() / self._stage.zoom
        away = [QLineF(place, end).length() for end in self._ends]
        if min(away) <= reach:
            self._held = away.index(min(away))
            self.lay(*self._ends)
        else:
            self._held = 1
            self.lay(place, place)

    def _put_held(self, place: QPointF) -> None:
        ends = list(self._ends)
        ends[self._held] = place
        self.lay(*ends)

    def _on_picture(self, across: int, down: int) -> QPointF:
        """So many pixels of the screen as pixels of the original, however the view is turned."""
        inverse, _ = self._stage.transform().inverted()
        return inverse.map(QPointF(across, down))

    def _within(self, place: QPointF) -> QPointF:
        size = self._stage.size_shown
        across = min(max(place.x(), 0.0), size.width())
        return QPointF(across, min(max(place.y(), 0.0), size.height()))

    def _handle(self) -> QGraphicsEllipseItem:
        handle = QGraphicsEllipseItem(-_HANDLE, -_HANDLE, 2 * _HANDLE, 2 * _HANDLE)
        handle.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        return handle

    def _dress(self) -> None:
        """A dark line in a light one is seen on every picture."""
        for line, colour, width in zip(self._lines, ("base", "accent"), (5.0, 2.0), strict=True):
            pen = QPen(worn(colour), width)
            pen.setCosmetic(True)
            line.setPen(pen)
        for handle in self._handles:
            handle.setPen(QPen(worn("accent"), 2))
