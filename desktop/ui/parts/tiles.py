"""One picture in a grid: the roles a model offers, and the painter that draws them."""

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.theme import worn

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a picture model answers beside Qt's own roles.

    PICTURE is a QPixmap or None while it is fetched; NO_PICTURE says that none will come; CAPTION
    is the second line; MARK is an icon name and MARK_WORDS what it says; DIMMED is true for what
    cannot be ticked; FACT is the fact behind the tile.
    """

    PICTURE = Qt.ItemDataRole.UserRole + 1
    NO_PICTURE = Qt.ItemDataRole.UserRole + 2
    CAPTION = Qt.ItemDataRole.UserRole + 3
    MARK = Qt.ItemDataRole.UserRole + 4
    MARK_WORDS = Qt.ItemDataRole.UserRole + 5
    DIMMED = Qt.ItemDataRole.UserRole + 6
    FACT = Qt.ItemDataRole.UserRole + 7


PICTURE_SIZE = QSize(152, 114)
_PAD = 10
_TICK = 22


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: picture, tick box, name, caption and mark, in the colours that are worn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = parent.fontMetrics().height()
        self._line = line
        self._size = QSize(
            PICTURE_SIZE.width() + 2 * _PAD, PICTURE_SIZE.height() + 3 * line + 3 * _PAD
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All tiles have one size."""
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile within `option.rect`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect: QRect = option.rect
        tile = rect.adjusted(3, 3, -3, -3)
        self._card(painter, tile, option, index)
        if index.data(Role.DIMMED):
            painter.setOpacity(0.45)
        picture = QRect(tile.left() + _PAD - 3, tile.top() + _PAD - 3, PICTURE_SIZE.width(), 0)
        picture.setHeight(PICTURE_SIZE.height())
        self._picture(painter, picture, index)
        painter.setOpacity(1.0)
        self._tick(painter, picture, index)
        self._words(painter, picture, option.font, index)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A plain click on a tile turns its tick; with Shift or Ctrl it only selects."""
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        ):
            model.setData(index, opposite(index.data(_CHECK)), _CHECK)
            return True
        return False

    def _card(
        self, painter: QPainter, tile: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        state: QStyle.StateFlag = option.state
        ticked = is_ticked(index)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setBrush(worn("accent_soft" if ticked else "hover" if chosen else "base"))
        painter.setPen(QPen(worn("accent" if ticked else "line"), 1))
        painter.drawRoundedRect(tile, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn("accent"), 2.5))
            painter.drawRoundedRect(tile, 8, 8)

    def _picture(self, painter: QPainter, box: QRect, index: Index) -> None:
        picture = index.data(Role.PICTURE)
        if isinstance(picture, QPixmap) and not picture.isNull():
            size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, picture)
            return
        painter.fillRect(box, worn("window"))
        name = "image-off" if index.data(Role.NO_PICTURE) else "image"
        _icon(painter, name, box.center(), 28, worn("edge"))

    def _tick(self, painter: QPainter, picture: QRect, index: Index) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return
        box = QRect(picture.left() + 6, picture.top() + 6, _TICK, _TICK)
        ticked = is_ticked(index)
        painter.setBrush(worn("accent") if ticked else worn("base"))
        painter.setPen(QPen(worn("accent") if ticked else worn("edge"), 1.5))
        painter.drawRoundedRect(box, 5, 5)
        if ticked:
            _icon(painter, "check", box.center(), 18, worn("accent_text"))

    def _words(self, painter: QPainter, picture: QRect, font: QFont, index: Index) -> None:
        line = QRect(picture.left(), picture.bottom() + 8, picture.width(), self._line)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        _text(painter, line, font, worn("text"), name)
        small = QFont(font)
        small.setPixelSize(12)
        line.translate(0, self._line)
        _text(painter, line, small, worn("muted"), str(index.data(Role.CAPTION) or ""))
        mark = index.data(Role.MARK)
        if mark:
            line.translate(0, self._line)
            icon, colour = mark
            centre = line.center()
            centre.setX(line.left() + 8)
            _icon(painter, icon, centre, 14, worn(colour))
            said = line.adjusted(20, 0, 0, 0)
            _text(painter, said, small, worn(colour), str(index.data(Role.MARK_WORDS)))


_CHECK = int(Qt.ItemDataRole.CheckStateRole)


def is_ticked(index: Index) -> bool:
    """Whether a tile is ticked; the value crosses Qt as an enum or as its number."""
    state = index.data(_CHECK)
    return state is not None and Qt.CheckState(state) is Qt.CheckState.Checked


def opposite(state: object) -> Qt.CheckState:
    """The other of ticked and not ticked."""
    is_on = state is not None and Qt.CheckState(state) is Qt.CheckState.Checked
    return Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked


def _text(painter: QPainter, line: QRect, font: QFont, colour: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _icon(painter: QPainter, name: str, centre: QPoint, size: int, colour: QColor) -> None:
    ratio = painter.device().devicePixelRatioF()
    box = QRect(0, 0, size, size)
    box.moveCenter(centre)
    painter.drawPixmap(box, icon_pixmap(name, size=size, colour=colour, ratio=ratio))
