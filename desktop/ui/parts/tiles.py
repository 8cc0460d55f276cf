"""One picture in a grid: the roles a model offers, and the painter that draws them."""

from enum import IntEnum
from functools import cache
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.parts.tile_look import OVER, PICTURE_SIZE, Face, Look
from desktop.ui.theme import worn

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a picture model answers beside Qt's own roles.

    PICTURE is a QPixmap or None while it is fetched; NO_PICTURE says that none will come; CAPTION
    is the second line; FACE is all that is said on a tile; FACT is the fact behind it.
    """

    PICTURE = Qt.ItemDataRole.UserRole + 1
    NO_PICTURE = Qt.ItemDataRole.UserRole + 2
    CAPTION = Qt.ItemDataRole.UserRole + 3
    FACE = Qt.ItemDataRole.UserRole + 4
    FACT = Qt.ItemDataRole.UserRole + 5


_PAD = 10
_APART, _INSIDE = 3, 7
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_CHECKED = Qt.CheckState.Checked


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: picture, tick box, name, caption and mark, in the colours that are worn.

    It asks the model itself, past Qt, which takes ten times as long and is gone five times a tile:
    so what a model answers to CHECK is a `Qt.CheckState` or None, and no proxy lies between.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        line = parent.fontMetrics().height()
        self._line = line
        self._size = QSize(
            PICTURE_SIZE.width() + 2 * _PAD, PICTURE_SIZE.height() + 3 * line + 3 * _PAD
        )
        self._worn = _worn_by(parent)
        self._look = self._made()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All tiles have one size."""
        return self._size

    def keep_up(self) -> None:
        """Before tiles are painted: let go what was drawn for other colours, another font or
        another screen."""
        if self._worn != (worn_now := _worn_by(self._view)):
            self._worn = worn_now
            self._look = self._made()

    def _made(self) -> Look:
        tile = self._size - QSize(2 * _APART, 2 * _APART)
        ratio = self._view.devicePixelRatioF()
        return Look(font=self._view.font(), line=self._line, tile=tile, ratio=ratio)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile within `option.rect`."""
        look = self._look
        face = face_of(index)
        tick = index.model().data(index, _CHECK)
        rect, state = option.rect, option.state.value
        left, top = rect.left() + _APART, rect.top() + _APART
        painter.save()
        card = look.card(
            is_ticked=tick is _CHECKED,
            is_chosen=bool(state & _chosen()),
            is_here=bool(state & _here()),
        )
        painter.drawPixmap(left - OVER, top - OVER, card)
        left, top = left + _INSIDE, top + _INSIDE
        if face.is_dimmed:
            painter.setOpacity(0.45)
        self._picture(painter, left, top, index)
        if face.badge is not None:
            painter.drawPixmap(left + 4, top + PICTURE_SIZE.height() - 24, look.badge(face.badge))
        painter.setOpacity(1.0)
        if tick is not None:
            box = look.tick_box(is_ticked=tick is _CHECKED)
            painter.drawPixmap(left + 5, top + 5, box)
        top += PICTURE_SIZE.height() + 7
        look.write(painter, left, top, face)
        if face.mark is not None:
            painter.drawPixmap(left, top + 2 * self._line, look.mark(face.mark, face.mark_words))
        painter.restore()

    def _picture(self, painter: QPainter, left: int, top: int, index: Index) -> None:
        """As large as it can be, in the middle of its place."""
        model = index.model()
        picture = model.data(index, Role.PICTURE)
        if not isinstance(picture, QPixmap):
            icon = "image-off" if model.data(index, Role.NO_PICTURE) else "image"
            painter.drawPixmap(left, top, self._look.no_picture(icon))
            return
        across, down = PICTURE_SIZE.width(), PICTURE_SIZE.height()
        width, height = picture.width(), picture.height()
        if across * height <= down * width:
            height, width = height * across // width, across
        else:
            width, height = width * down // height, down
        left, top = left + (across - width) // 2, top + (down - height) // 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(left, top, width, height, picture)

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


def face_of(index: Index) -> Face:
    """What is said on a tile."""
    return cast("Face", index.model().data(index, Role.FACE))


def is_ticked(index: Index) -> bool:
    """Whether a tile is ticked."""
    return is_checked(index.data(_CHECK))


def is_checked(state: object) -> bool:
    """Whether this says ticked; the value crosses Qt as an enum or as its number."""
    return state is not None and Qt.CheckState(state) is Qt.CheckState.Checked


def opposite(state: object) -> Qt.CheckState:
    """The other of ticked and not ticked."""
    return Qt.CheckState.Unchecked if is_checked(state) else Qt.CheckState.Checked


def _worn_by(view: QWidget) -> tuple[int, str, float]:
    return worn("window").rgba(), view.font().key(), view.devicePixelRatioF()


@cache
def _chosen() -> int:
    """Asked for when a tile is painted: before, no QStyle is named, see `theme.IN_FUSION`."""
    return int(QStyle.StateFlag.State_Selected.value)


@cache
def _here() -> int:
    return int(QStyle.StateFlag.State_HasFocus.value)
