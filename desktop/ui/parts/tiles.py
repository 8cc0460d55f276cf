"""One picture in a grid: the roles a model offers, and the painter that draws them."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache, partial
from typing import NamedTuple

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
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.theme import worn

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a picture model answers beside Qt's own roles.

    PICTURE is a QPixmap or None while it is fetched; NO_PICTURE says that none will come; CAPTION
    is the second line; MARK is an icon name and MARK_WORDS what it says; DIMMED is true for what
    cannot be ticked; FACT is the fact behind the tile; BADGE is an icon name with its words where
    the tile stands for more than a photo, else None.
    """

    PICTURE = Qt.ItemDataRole.UserRole + 1
    NO_PICTURE = Qt.ItemDataRole.UserRole + 2
    CAPTION = Qt.ItemDataRole.UserRole + 3
    MARK = Qt.ItemDataRole.UserRole + 4
    MARK_WORDS = Qt.ItemDataRole.UserRole + 5
    DIMMED = Qt.ItemDataRole.UserRole + 6
    FACT = Qt.ItemDataRole.UserRole + 7
    BADGE = Qt.ItemDataRole.UserRole + 8


_Said = Callable[[int], object]

PICTURE_SIZE = QSize(152, 114)
_PAD = 10
_TICK = 22
_PICTURE_AT, _TICK_AT, _OVER = QPoint(7, 7), QPoint(5, 5), QPoint(2, 2)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: picture, tick box, name, caption and mark, in the colours that are worn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = parent.fontMetrics().height()
        self._line = line
        self._small = QFont(parent.font())
        self._small.setPixelSize(12)
        self._size = QSize(
            PICTURE_SIZE.width() + 2 * _PAD, PICTURE_SIZE.height() + 3 * line + 3 * _PAD
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All tiles have one size."""
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile within `option.rect`."""
        model = index.model()
        # asked without the way through Qt, which takes ten times as long and is gone ten times
        said = partial(model.data, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect: QRect = option.rect
        tile = rect.adjusted(3, 3, -3, -3)
        is_on = is_checked(said(_CHECK))
        self._ground(painter, tile, option, is_ticked=is_on)
        if is_dimmed := bool(said(Role.DIMMED)):
            painter.setOpacity(0.45)
        picture = QRect(tile.topLeft() + _PICTURE_AT, PICTURE_SIZE)
        self._picture(painter, picture, said)
        self._badge(painter, picture, said(Role.BADGE))
        if is_dimmed:
            painter.setOpacity(1.0)
        if model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            box = _tick_box(is_ticked=is_on, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(picture.topLeft() + _TICK_AT, box)
        self._words(painter, picture, option.font, said)
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

    def _ground(
        self, painter: QPainter, tile: QRect, option: QStyleOptionViewItem, *, is_ticked: bool
    ) -> None:
        state: QStyle.StateFlag = option.state
        ground = _card(
            tile.size(),
            is_ticked=is_ticked,
            is_chosen=bool(state & QStyle.StateFlag.State_Selected),
            is_here=bool(state & QStyle.StateFlag.State_HasFocus),
            ratio=painter.device().devicePixelRatioF(),
        )
        painter.drawPixmap(tile.topLeft() - _OVER, ground)

    def _picture(self, painter: QPainter, box: QRect, said: _Said) -> None:
        picture = said(Role.PICTURE)
        if isinstance(picture, QPixmap) and not picture.isNull():
            size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, picture)
            return
        painter.fillRect(box, worn("window"))
        name = "image-off" if said(Role.NO_PICTURE) else "image"
        _icon(painter, name, box.center(), 28, worn("edge"))

    def _badge(self, painter: QPainter, picture: QRect, badge: object) -> None:
        """It has a ground of its own, for pictures are light and dark."""
        if not isinstance(badge, tuple):
            return
        icon, text = badge
        across = QFontMetrics(self._small).horizontalAdvance(text) + 28
        box = QRect(0, 0, across, 20)
        box.moveBottomLeft(picture.bottomLeft() + QPoint(4, -4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn("text"))
        painter.drawRoundedRect(box, 5, 5)
        _icon(painter, icon, QPoint(box.left() + 12, box.center().y()), 13, worn("base"))
        _text(painter, box.adjusted(22, 0, -2, 0), self._small, worn("base"), text)

    def _words(self, painter: QPainter, picture: QRect, font: QFont, said: _Said) -> None:
        """All three lines as one picture, drawn once: a tile that scrolls in is painted three
        times, and to lay out its words takes half of the time."""
        mark = said(Role.MARK)
        words = _Words(
            name=str(said(Qt.ItemDataRole.DisplayRole)),
            caption=str(said(Role.CAPTION) or ""),
            mark=mark if isinstance(mark, tuple) else None,
            mark_words=str(said(Role.MARK_WORDS)) if isinstance(mark, tuple) else "",
        )
        room = QSize(picture.width(), 3 * self._line)
        colour, ratio = worn("text").rgba(), painter.device().devicePixelRatioF()
        key = f"words:{words!r}:{font.key()}:{colour:x}:{ratio}"
        drawn = _drawn_once(key, room, ratio, lambda inside: self._lines(inside, font, words))
        painter.drawPixmap(picture.left(), picture.bottom() + 8, drawn)

    def _lines(self, painter: QPainter, font: QFont, words: "_Words") -> None:
        line = QRect(0, 0, PICTURE_SIZE.width(), self._line)
        _text(painter, line, font, worn("text"), words.name)
        small = self._small
        line.translate(0, self._line)
        _text(painter, line, small, worn("muted"), words.caption)
        if words.mark is not None:
            line.translate(0, self._line)
            icon, colour = words.mark
            centre = line.center()
            centre.setX(line.left() + 8)
            _icon(painter, icon, centre, 14, worn(colour))
            beside = line.adjusted(20, 0, 0, 0)
            _text(painter, beside, small, worn(colour), words.mark_words)


class _Words(NamedTuple):
    """What stands below a picture."""

    name: str
    caption: str
    mark: tuple[str, str] | None
    mark_words: str


_CHECK = int(Qt.ItemDataRole.CheckStateRole)


def is_ticked(index: Index) -> bool:
    """Whether a tile is ticked."""
    return is_checked(index.data(_CHECK))


def is_checked(state: object) -> bool:
    """Whether this says ticked; the value crosses Qt as an enum or as its number."""
    return state is not None and Qt.CheckState(state) is Qt.CheckState.Checked


def opposite(state: object) -> Qt.CheckState:
    """The other of ticked and not ticked."""
    return Qt.CheckState.Unchecked if is_checked(state) else Qt.CheckState.Checked


def _card(size: QSize, *, is_ticked: bool, is_chosen: bool, is_here: bool, ratio: float) -> QPixmap:
    """The ground of a tile, drawn once for each look that it can have."""
    fill = worn("accent_soft" if is_ticked else "hover" if is_chosen else "base")
    edge, focus = worn("accent" if is_ticked else "line"), worn("accent")
    looks = f"{fill.rgba():x}:{edge.rgba():x}:{focus.rgba():x}:{is_here}"
    room = size + QSize(2 * _OVER.x(), 2 * _OVER.y())
    key = f"card:{room.width()}:{room.height()}:{looks}:{ratio}"

    def draw(painter: QPainter) -> None:
        tile = QRect(_OVER, size)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(tile, 8, 8)
        if is_here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(focus, 2.5))
            painter.drawRoundedRect(tile, 8, 8)

    return _drawn_once(key, room, ratio, draw)


def _tick_box(*, is_ticked: bool, ratio: float) -> QPixmap:
    """A tick box, drawn once."""
    fill, edge = worn("accent" if is_ticked else "base"), worn("accent" if is_ticked else "edge")
    room = QSize(_TICK + 2, _TICK + 2)

    def draw(painter: QPainter) -> None:
        box = QRect(1, 1, _TICK, _TICK)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1.5))
        painter.drawRoundedRect(box, 5, 5)
        if is_ticked:
            _icon(painter, "check", box.center(), 18, worn("accent_text"))

    return _drawn_once(f"tick:{fill.rgba():x}:{edge.rgba():x}:{ratio}", room, ratio, draw)


def _drawn_once(key: str, size: QSize, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _text(painter: QPainter, line: QRect, font: QFont, colour: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(line, _LEFT, _elided(text, font.key(), line.width()))


@lru_cache(maxsize=2048)
def _elided(text: str, font: str, width: int) -> str:
    """Kept: measuring a text takes as long as drawing it."""
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _icon(painter: QPainter, name: str, centre: QPoint, size: int, colour: QColor) -> None:
    ratio = painter.device().devicePixelRatioF()
    box = QRect(0, 0, size, size)
    box.moveCenter(centre)
    painter.drawPixmap(box, icon_pixmap(name, size=size, colour=colour, ratio=ratio))
