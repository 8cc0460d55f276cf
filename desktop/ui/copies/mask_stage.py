"""The picture with its masks: drawn, moved and sized by mouse or by keyboard."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.records.facts.copies import Mask
from desktop.ui.copies.mask_set import LEAST, MaskSet
from desktop.ui.theme import worn

_STEP, _FAR = 0.005, 0.05
_GRIP = 10
_DRAG = 4
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MaskStage(QWidget):
    """Arrows move the chosen mask, with Shift they size it, with Ctrl both go far. N lays one,
    Delete takes it away, Page Up and Page Down choose. `drawn` tells that a drag ended."""

    drawn = Signal()

    def __init__(self, masks: MaskSet) -> None:
        super().__init__()
        self._masks = masks
        self._picture = QPixmap()
        self._at: float | None = None
        self._from: QPointF | None = None
        self._drag = ""
        self._before: Mask | None = None
        self._rubber: QRectF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture with masks"))
        self.setAccessibleDescription(
            self.tr("N lays a mask, arrows move it, Shift and arrows size it, Delete takes it away")
        )
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        masks.changed.connect(self.update)
        masks.chosen_changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._picture.isNull()

    def show_picture(self, image: QImage | None, *, at: float | None = None) -> None:
        """Show a picture, or nothing; `at` is its second in a film, where masks have times."""
        self._picture = QPixmap() if image is None else QPixmap.fromImage(image)
        self._at = at
        self.update()

    def box_of(self, mask: Mask) -> QRectF:
        """Where a mask is on the stage."""
        frame = self._frame()
        return QRectF(
            frame.left() + mask.left * frame.width(),
            frame.top() + mask.top * frame.height(),
            mask.width * frame.width(),
            mask.height * frame.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, what is masked, what is suggested, what is just drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), worn("stage"))
        if not self.has_picture:
            return
        painter.drawPixmap(self._frame(), self._picture, QRectF(self._picture.rect()))
        for box in self._masks.suggested:
            self._paint_dashed(painter, self.box_of(box))
        for number, mask in enumerate(self._masks.masks):
            self._paint_mask(painter, number, mask)
        if self._rubber is not None:
            self._paint_dashed(painter, self._rubber)
        if self.hasFocus():
            painter.setPen(QPen(worn("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_mask(self, painter: QPainter, number: int, mask: Mask) -> None:
        box, is_chosen = self.box_of(mask), number == self._masks.chosen
        is_on = self._masks.is_shown(mask) and (
            self._at is None
            or (mask.start <= self._at and (mask.end is None or self._at <= mask.end))
        )
        if is_on:
            painter.fillRect(box, QColor(Qt.GlobalColor.black))
        self._paint_edge(painter, box, Qt.PenStyle.SolidLine, thick=is_chosen)
        if is_on:
            painter.setPen(QColor(Qt.GlobalColor.white))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        if is_chosen:
            for corner in _corners(box):
                painter.fillRect(_grip(corner), worn("accent"))
                painter.setPen(QPen(QColor(Qt.GlobalColor.white), 1))
                painter.drawRect(_grip(corner))

    def _paint_dashed(self, painter: QPainter, box: QRectF) -> None:
        self._paint_edge(painter, box, Qt.PenStyle.DashLine, thick=True)

    def _paint_edge(
        self, painter: QPainter, box: QRectF, style: Qt.PenStyle, *, thick: bool
    ) -> None:
        """Light below dark: to be seen on any picture."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 4 if thick else 2))
        painter.drawRect(box)
        painter.setPen(QPen(worn("accent"), 2 if thick else 1, style))
        painter.drawRect(box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a corner or a mask, take up a suggestion, or begin a new mask."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.has_picture:
            return
        self._from = event.position()
        self._drag, self._before = self._what_is_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move or size what was taken, or draw."""
        if self._from is None:
            return
        if self._drag == "draw":
            drawn = QRectF(self._from, event.position()).normalized()
            self._rubber = drawn.intersected(self._frame())
            self.update()
            return
        if self._before is None:
            return
        frame = self._frame()
        right = (event.position().x() - self._from.x()) / frame.width()
        down = (event.position().y() - self._from.y()) / frame.height()
        before = self._before
        if self._drag == "move":
            left = min(max(before.left + right, 0.0), 1 - before.width)
            top = min(max(before.top + down, 0.0), 1 - before.height)
            self._masks.put(replace(before, left=left, top=top))
        else:
            self._masks.put(_sized(before, self._drag, right, down))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lay what was drawn."""
        rubber, self._rubber, self._from = self._rubber, None, None
        if rubber is not None and min(rubber.width(), rubber.height()) > _DRAG:
            frame = self._frame()
            self._masks.add(
                Mask(
                    left=(rubber.left() - frame.left()) / frame.width(),
                    top=(rubber.top() - frame.top()) / frame.height(),
                    width=rubber.width() / frame.width(),
                    height=rubber.height() / frame.height(),
                )
            )
        self.update()
        self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the class says."""
        key, chosen = event.key(), self._masks.chosen
        held = event.modifiers()
        if (way := _ARROWS.get(Qt.Key(key))) and chosen >= 0:
            step = _FAR if held & Qt.KeyboardModifier.ControlModifier else _STEP
            act = self._masks.size if held & Qt.KeyboardModifier.ShiftModifier else self._masks.move
            act(way[0] * step, way[1] * step)
        elif key == Qt.Key.Key_N and self.has_picture:
            self._masks.add()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._masks.delete()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and self._masks.masks:
            by = 1 if key == Qt.Key.Key_PageDown else -1
            self._masks.choose((chosen + by) % len(self._masks.masks))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Its frame says that the keys go here."""
        super().focusInEvent(event)
        self.update()

    def _frame(self) -> QRectF:
        """Where the picture is: as large as there is room, its shape kept."""
        room = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        if self._picture.isNull():
            return room
        size = self._picture.size().toSizeF()
        size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(QPointF(), size)
        frame.moveCenter(room.center())
        return frame

    def _what_is_at(self, place: QPointF) -> tuple[str, Mask | None]:
        if (chosen := self._masks.chosen_mask) is not None:
            for name, corner in zip(_CORNERS, _corners(self.box_of(chosen)), strict=True):
                if _grip(corner).contains(place):
                    return name, chosen
        found = _topmost(self._masks.masks, place, self)
        if found >= 0:
            self._masks.choose(found)
            return "move", self._masks.chosen_mask
        suggestion = _topmost(self._masks.suggested, place, self)
        if suggestion >= 0:
            self._masks.take(suggestion)
            return "move", self._masks.chosen_mask
        return "draw", None


_CORNERS = ("left top", "right top", "left bottom", "right bottom")


def _topmost(boxes: Sequence[Mask], place: QPointF, stage: MaskStage) -> int:
    found = (n for n in reversed(range(len(boxes))) if stage.box_of(boxes[n]).contains(place))
    return next(found, -1)


def _corners(box: QRectF) -> tuple[QPointF, ...]:
    return (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight())


def _grip(corner: QPointF) -> QRectF:
    return QRectF(corner.x() - _GRIP / 2, corner.y() - _GRIP / 2, _GRIP, _GRIP)


def _sized(before: Mask, corner: str, right: float, down: float) -> Mask:
    """The mask with one corner elsewhere; the opposite one stays."""
    left, top, width, height = before.left, before.top, before.width, before.height
    if "left" in corner:
        right = min(max(right, -left), width - LEAST)
        left, width = left + right, width - right
    else:
        width += right
    if "top" in corner:
        down = min(max(down, -top), height - LEAST)
        top, height = top + down, height - down
    else:
        height += down
    return replace(before, left=left, top=top, width=width, height=height)
