"""The series of a chart as rows: the site, how many images, and when each was taken on one line."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.records.facts.patient import short_date
from desktop.records.rules.series import Series
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted, sentence_case
from desktop.ui.theme import worn

_PAD, _DOT = 14, 5
_SERIES = Qt.ItemDataRole.UserRole + 1
_SPAN = Qt.ItemDataRole.UserRole + 2
_DAYS = Qt.ItemDataRole.UserRole + 3

Span = tuple[datetime, datetime]


class SeriesModel(QAbstractListModel):
    """The series of one chart. All rows share one span of time, so that they can be compared."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._span: Span | None = None
        self._faces: dict[int, Callable[[Series], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda one: sentence_case(one.site),
            Qt.ItemDataRole.AccessibleTextRole: _aloud,
            Qt.ItemDataRole.ToolTipRole: _days,
            _SERIES: lambda one: one,
            _SPAN: lambda _one: self._span,
            _DAYS: days_words,
        }

    def show(self, series: Sequence[Series]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._series = tuple(series)
        moments = [moment for one in series for moment in one.moments]
        self._span = (min(moments), max(moments)) if moments else None
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many series there are."""
        return 0 if parent.isValid() else len(self._series)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands in a row."""
        face = self._faces.get(role) if index.isValid() else None
        return face(self._series[index.row()]) if face else None


class SeriesList(QListView):
    """Enter opens the series where the person is: `opened` names it. `moved` tells that they are
    at another one."""

    opened = Signal(object)
    moved = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setItemDelegate(_SeriesRow(self))
        self.shown = SeriesModel(self)
        self.setModel(self.shown)
        self.doubleClicked.connect(self._open)

    @property
    def current(self) -> Series | None:
        """The series where the person is."""
        found = self.currentIndex().data(_SERIES)
        return found if isinstance(found, Series) else None

    def show_series(self, series: Sequence[Series]) -> None:
        """Show these, and be at the first."""
        self.shown.show(series)
        if series:
            self.setCurrentIndex(self.shown.index(0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the person is now."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the rest is Qt's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.data(_SERIES))


class _SeriesRow(QStyledItemDelegate):
    """A name, the days, and a line of time with a dot for each image."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._line = view.fontMetrics().height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows have one height."""
        return QSize(200, 3 * self._line + 3 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row within `option.rect`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: QRect = option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setBrush(worn("accent_soft" if chosen else "base"))
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(worn("accent" if chosen else "line"), 2 if here else 1))
        painter.drawRoundedRect(row, 8, 8)
        inner = row.adjusted(_PAD, _PAD - 4, -_PAD, -_PAD)
        bold = QFont(option.font)
        bold.setBold(True)
        text = QRect(inner.topLeft(), QSize(inner.width(), self._line))
        self._text(painter, text, bold, "text", str(index.data()))
        text.translate(0, self._line + 2)
        self._text(painter, text, option.font, "muted", str(index.data(_DAYS)))
        text.translate(0, self._line)
        line = QRect(inner.left() + _DOT, 0, inner.width() - 2 * _DOT, 1)
        line.moveTop((text.top() + row.bottom()) // 2)
        self._time(painter, line, index.data(_SERIES), index.data(_SPAN))
        painter.restore()

    def _text(self, painter: QPainter, box: QRect, font: QFont, colour: str, text: str) -> None:
        painter.setFont(font)
        painter.setPen(worn(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _time(self, painter: QPainter, line: QRect, series: Series, span: Span | None) -> None:
        painter.setPen(QPen(worn("line"), 2))
        painter.drawLine(line.topLeft(), line.topRight())
        if span is None:
            return
        whole = (span[1] - span[0]).total_seconds()
        painter.setPen(QPen(worn("base"), 1))
        painter.setBrush(worn("accent"))
        for moment in series.moments:
            share = (moment - span[0]).total_seconds() / whole if whole else 0.5
            at = QPoint(line.left() + round(share * line.width()), line.top())
            painter.drawEllipse(at, _DOT, _DOT)


def days_words(series: Series) -> str:
    """`3 images · 04 Mar 2025 to 12 Nov 2026`."""
    said = counted(len(series.images), "image")
    if not series.moments:
        return f"{said} · time not known"
    first, last = (short_date(one.date()) for one in (series.moments[0], series.moments[-1]))
    return f"{said} · {first}" if first == last else f"{said} · {first} to {last}"


def _days(series: Series) -> str:
    return ", ".join(short_date(moment.date()) for moment in series.moments)


def _aloud(series: Series) -> str:
    return f"{sentence_case(series.site)}, {days_words(series)}, taken {_days(series)}"
