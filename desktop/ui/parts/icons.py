"""The icon family, tinted from the palette that is worn."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop.shipped import shipped
from desktop.ui.theme import worn

_GAP = 6  # between an icon and its words; Qt leaves 4 pixels, which look like none
_NAME, _COLOUR, _SIZE = "icon_name", "icon_colour", "icon_size"
_GROUND = "icon_ground"


def put_icon(button: QAbstractButton, name: str, *, colour: str = "text", size: int = 18) -> None:
    """Give a button an icon that keeps its tint when the palette changes (see `retint`)."""
    button.setProperty(_NAME, name)
    button.setProperty(_COLOUR, colour)
    button.setIconSize(QSize(size + (_GAP if button.text() else 0), size))
    _tint(button)


def put_picture(label: QLabel, name: str, *, colour: str = "muted", size: int = 24) -> None:
    """Show an icon in a label, tinted likewise."""
    label.setProperty(_NAME, name)
    label.setProperty(_COLOUR, colour)
    label.setProperty(_SIZE, size)
    _tint(label)


def note_tinted(root: QWidget) -> None:
    """Say that every icon below `root` was tinted for the palette that is worn now."""
    root.setProperty(_GROUND, worn("window").rgba())


def retint(root: QWidget) -> None:
    """Tint every icon below `root` anew, if the palette changed: a style sheet that is laid on is
    told as another palette too."""
    if root.property(_GROUND) == worn("window").rgba():
        return
    note_tinted(root)
    for widget in root.findChildren(QWidget):
        if widget.property(_NAME):
            _tint(widget)


def icon_pixmap(name: str, *, size: int, colour: QColor, ratio: float) -> QPixmap:
    """One icon of `size` logical pixels in one colour, for painters; kept in the pixmap cache."""
    key = f"icon:{name}:{size}:{colour.rgba():x}:{ratio}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = _render(name, size=size, colour=colour, ratio=ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _tint(widget: QWidget) -> None:
    name, colour = str(widget.property(_NAME)), str(widget.property(_COLOUR))
    ratio = widget.devicePixelRatioF()
    if isinstance(widget, QAbstractButton):
        icon = QIcon()
        room = widget.iconSize()
        icon.addPixmap(_in_room(name, room, worn(colour), ratio))
        icon.addPixmap(_in_room(name, room, worn("muted"), ratio), QIcon.Mode.Disabled)
        widget.setIcon(icon)
    elif isinstance(widget, QLabel):
        size = int(widget.property(_SIZE))
        widget.setPixmap(icon_pixmap(name, size=size, colour=worn(colour), ratio=ratio))


def _in_room(name: str, room: QSize, colour: QColor, ratio: float) -> QPixmap:
    """An icon at the left of its room, the gap to the words at its right."""
    icon = icon_pixmap(name, size=room.height(), colour=colour, ratio=ratio)
    if room.width() == room.height():
        return icon
    pixmap = QPixmap(round(room.width() * ratio), round(room.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.drawPixmap(0, 0, icon)
    painter.end()
    return pixmap


def _render(name: str, *, size: int, colour: QColor, ratio: float) -> QPixmap:
    svg = shipped("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
