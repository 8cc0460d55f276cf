"""The list of sources, and how each is drawn."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.devices.source import SourceInfo, SourceState
from desktop.records.facts.capture import Route
from desktop.ui.desk.source_words import WORDS
from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.parts.tiles import Index, Role
from desktop.ui.parts.words import sentence_case
from desktop.ui.theme import worn

_ICON = {
    Route.PTP: "camera",
    Route.CARD: "hard-drive",
    Route.FOLDER: "folder",
    Route.NETWORK: "camera",
    Route.SCANNER: "file-text",
}


class SourceList(QAbstractListModel):
    """Sources in the order in which they were plugged in; they come and go one by one.

    `source_changed` tells that one says something else of itself; it carries the SourceInfo.
    """

    source_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: list[SourceInfo] = []

    def show(self, found: Sequence[SourceInfo]) -> tuple[list[SourceInfo], list[SourceInfo]]:
        """Show what is there now; gives back what appeared and what left."""
        now = {source.id: source for source in found}
        left = [source for source in self._sources if source.id not in now]
        for source in left:
            row = self._sources.index(source)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._sources[row]
            self.endRemoveRows()
        for row, source in enumerate(self._sources):
            if now[source.id] != source:
                self._sources[row] = now[source.id]
                self.dataChanged.emit(self.index(row), self.index(row))
                self.source_changed.emit(now[source.id])
        known = {source.id for source in self._sources}
        came = [source for source in found if source.id not in known]
        if came:
            first = len(self._sources)
            self.beginInsertRows(QModelIndex(), first, first + len(came) - 1)
            self._sources.extend(came)
            self.endInsertRows()
        return came, left

    def row_of(self, source_id: str) -> int:
        """The row of a source, or -1."""
        return next((row for row, s in enumerate(self._sources) if s.id == source_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many sources are there."""
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, state in words, and the fact itself."""
        face = _FACES.get(role) if index.isValid() else None
        return face(self._sources[index.row()]) if face else None


def _caption(source: SourceInfo) -> str:
    is_ready = source.state is SourceState.READY
    if source.route is Route.SCANNER and is_ready:
        return sentence_case(source.name.rpartition(", ")[2])  # a long name hides which way
    return sentence_case(source.route.words) if is_ready else WORDS[source.state].caption


_FACES: dict[int, Callable[[SourceInfo], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda source: source.name,
    Qt.ItemDataRole.AccessibleTextRole: lambda source: (
        f"{source.name}, {source.route.words}, {WORDS[source.state].caption}"
    ),
    Qt.ItemDataRole.ToolTipRole: lambda source: source.detail or source.name,
    Role.CAPTION: _caption,
    Role.FACT: lambda source: source,
}


class SourceDelegate(QStyledItemDelegate):
    """An icon for the route, the name, and the state in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for two lines."""
        return QSize(100, 2 * option.fontMetrics.height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one source."""
        source: SourceInfo = index.data(Role.FACT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            ring = option.state & QStyle.StateFlag.State_HasFocus
            painter.setBrush(worn("accent_soft"))
            painter.setPen(QPen(worn("accent"), 2) if ring else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(row, 6, 6)
        ready = source.state is SourceState.READY
        name = _ICON[source.route] if ready else "triangle-alert"
        tint = worn(("accent" if chosen else "muted") if ready else "warning")
        ratio = painter.device().devicePixelRatioF()
        icon = icon_pixmap(name, size=22, colour=tint, ratio=ratio)
        painter.drawPixmap(QRect(row.left() + 10, row.center().y() - 11, 22, 22), icon)
        height = option.fontMetrics.height()
        line = QRect(row.left() + 42, row.top() + 7, row.width() - 50, height)
        _draw(painter, line, option.font, str(index.data()), 14, "text")
        line.translate(0, height)
        _draw(
            painter,
            line,
            option.font,
            str(index.data(Role.CAPTION)),
            12,
            "muted" if ready else "warning",
        )
        painter.restore()


def _draw(painter: QPainter, line: QRect, font: QFont, text: str, pixels: int, colour: str) -> None:
    face = QFont(font)
    face.setPixelSize(pixels)
    painter.setFont(face)
    painter.setPen(worn(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
