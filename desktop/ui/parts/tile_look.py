"""What a tile looks like: each of its pieces is drawn once, for a tile that scrolls in is painted
three times and there is a sixtieth of a second for all that are on screen."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPixmapCache

from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.theme import worn

PICTURE_SIZE = QSize(152, 114)
OVER = 2  # a card is drawn with so much room around it, for the line around the tile
TICK = 22
_MOST = 4096
Draw = Callable[[QPainter], None]
# names of files differ at their ends; what is said of an image begins with what matters
_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Face(NamedTuple):
    """What is said on a tile: its name, the second line, the mark as an icon and its colour, what
    the mark says, and the icon and words of what is more than a photo."""

    name: str
    caption: str = ""
    mark: tuple[str, str] | None = None
    mark_words: str = ""
    badge: tuple[str, str] | None = None
    is_dimmed: bool = False


class Look:
    """The pieces of tiles in the colours that are worn, for one font and one screen.

    What holds words about a patient lies in the pixmap cache, which a lock empties."""

    def __init__(self, *, font: QFont, line: int, tile: QSize, ratio: float) -> None:
        self._font, self._small = font, QFont(font)
        self._small.setPixelSize(12)
        self._metrics, self._small_metrics = QFontMetrics(font), QFontMetrics(self._small)
        self._line, self._tile, self._ratio = line, tile, ratio
        self._text, self._muted = worn("text"), worn("muted")
        self._base = _base_line(self._metrics, line)
        self._small_base = line + _base_line(self._small_metrics, line)
        self._elided: dict[Face, tuple[str, str]] = {}
        self._plain: dict[Hashable, QPixmap] = {}
        self._kept: dict[Hashable, QPixmapCache.Key] = {}

    def card(self, *, is_ticked: bool, is_chosen: bool, is_here: bool) -> QPixmap:
        """The ground of a tile, with `OVER` pixels of room around it."""
        looks = is_ticked, is_chosen, is_here
        held = self._plain.get(looks)
        return held or self._card(is_ticked=is_ticked, is_chosen=is_chosen, is_here=is_here)

    def tick_box(self, *, is_ticked: bool) -> QPixmap:
        """A tick box, with a pixel of room around it."""
        return self._plain.get(is_ticked) or self._tick_box(is_ticked=is_ticked)

    def no_picture(self, icon: str) -> QPixmap:
        """What stands where a picture is missing or still to come."""
        return self._plain.get(icon) or self._no_picture(icon)

    def write(self, painter: QPainter, left: int, top: int, face: Face) -> None:
        """The two lines below a picture. Not kept as a picture: they differ from tile to tile, and
        to begin a picture takes longer than to write."""
        name, caption = self._elided.get(face) or self._fit(face)
        painter.setFont(self._font)
        painter.setPen(self._text)
        painter.drawText(left, top + self._base, name)
        painter.setFont(self._small)
        painter.setPen(self._muted)
        painter.drawText(left, top + self._small_base, caption)

    def mark(self, mark: tuple[str, str], words: str) -> QPixmap:
        """The third line, which many tiles have alike."""
        room = QSize(PICTURE_SIZE.width(), self._line)
        return self._kept_piece(
            (mark, words), room, lambda painter: self._mark_line(painter, mark, words)
        )

    def badge(self, badge: tuple[str, str]) -> QPixmap:
        """What a recording is. It has a ground of its own, for pictures are light and dark."""
        _icon_name, text = badge
        room = QSize(self._small_metrics.horizontalAdvance(text) + 28, 20)
        return self._kept_piece(badge, room, lambda painter: self._badge(painter, room, badge))

    def _card(self, *, is_ticked: bool, is_chosen: bool, is_here: bool) -> QPixmap:
        fill = worn("accent_soft" if is_ticked else "hover" if is_chosen else "base")

        def draw(painter: QPainter) -> None:
            tile = QRect(QPoint(OVER, OVER), self._tile)
            painter.setBrush(fill)
            painter.setPen(QPen(worn("accent" if is_ticked else "line"), 1))
            painter.drawRoundedRect(tile, 8, 8)
            if is_here:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(worn("accent"), 2.5))
                painter.drawRoundedRect(tile, 8, 8)

        room = self._tile + QSize(2 * OVER, 2 * OVER)
        made = self._drawn(room, draw, ground=worn("window"))
        self._plain[is_ticked, is_chosen, is_here] = made
        return made

    def _tick_box(self, *, is_ticked: bool) -> QPixmap:
        def draw(painter: QPainter) -> None:
            box = QRect(1, 1, TICK, TICK)
            painter.setBrush(worn("accent" if is_ticked else "base"))
            painter.setPen(QPen(worn("accent" if is_ticked else "edge"), 1.5))
            painter.drawRoundedRect(box, 5, 5)
            if is_ticked:
                _icon(painter, "check", box.center(), 18, worn("accent_text"))

        made = self._plain[is_ticked] = self._drawn(QSize(TICK + 2, TICK + 2), draw)
        return made

    def _no_picture(self, icon: str) -> QPixmap:
        def draw(painter: QPainter) -> None:
            _icon(painter, icon, QRect(QPoint(0, 0), PICTURE_SIZE).center(), 28, worn("edge"))

        made = self._plain[icon] = self._drawn(PICTURE_SIZE, draw, ground=worn("window"))
        return made

    def _badge(self, painter: QPainter, room: QSize, badge: tuple[str, str]) -> None:
        icon, text = badge
        box = QRect(QPoint(0, 0), room)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn("text"))
        painter.drawRoundedRect(box, 5, 5)
        _icon(painter, icon, QPoint(12, box.center().y()), 13, worn("base"))
        self._small_line(painter, box.adjusted(22, 0, -2, 0), "base", text)

    def _mark_line(self, painter: QPainter, mark: tuple[str, str], words: str) -> None:
        line = QRect(0, 0, PICTURE_SIZE.width(), self._line)
        icon, colour = mark
        _icon(painter, icon, QPoint(8, line.center().y()), 14, worn(colour))
        self._small_line(painter, line.adjusted(20, 0, 0, 0), colour, words)

    def _fit(self, face: Face) -> tuple[str, str]:
        if len(self._elided) >= _MOST:
            self._elided.clear()
        across = PICTURE_SIZE.width()
        name = self._metrics.elidedText(face.name, _MIDDLE, across)
        caption = self._small_metrics.elidedText(face.caption, _MIDDLE, across)
        self._elided[face] = name, caption
        return name, caption

    def _small_line(self, painter: QPainter, line: QRect, colour: str, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(worn(colour))
        elided = self._small_metrics.elidedText(text, _END, line.width())
        painter.drawText(line, _LEFT, elided)

    def _kept_piece(self, what: Hashable, room: QSize, draw: Draw) -> QPixmap:
        held, pixmap = self._kept.get(what), QPixmap()
        if held is not None and QPixmapCache.find(held, pixmap):
            return pixmap
        if len(self._kept) >= _MOST:
            self._kept.clear()
        pixmap = self._drawn(room, draw)
        self._kept[what] = QPixmapCache.insert(pixmap)
        return pixmap

    def _drawn(self, room: QSize, draw: Draw, *, ground: QColor | None = None) -> QPixmap:
        """Of 96 lines and more it has to have a ground: Qt lays what is see-through over a window
        in several threads then, and to wake them takes ten times as long as the work."""
        pixmap = QPixmap(room * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(ground or Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        return pixmap


def _base_line(metrics: QFontMetrics, line: int) -> int:
    """Where a text stands that is in the middle of its line, from the line's top."""
    return (line - metrics.height()) // 2 + metrics.ascent()


def _icon(painter: QPainter, name: str, centre: QPoint, size: int, colour: QColor) -> None:
    ratio = painter.device().devicePixelRatioF()
    box = QRect(0, 0, size, size)
    box.moveCenter(centre)
    painter.drawPixmap(box, icon_pixmap(name, size=size, colour=colour, ratio=ratio))
