"""The devices, cards and folders that are there now, and what to do about each."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from desktop.devices.source import SourceInfo, SourceState
from desktop.records.facts.capture import Route
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tiles import Index, Role
from desktop.ui.parts.words import sentence_case
from desktop.ui.theme import worn

_LOOK_EVERY_MS = 1000  # so that a device shows within two seconds, whenever it comes
_ICON = {
    Route.PTP: "camera",
    Route.CARD: "hard-drive",
    Route.FOLDER: "folder",
    Route.NETWORK: "camera",
    Route.SCANNER: "file-text",
}
_STATE = {
    SourceState.READY: "Ready",
    SourceState.LOCKED: "Locked",
    SourceState.NOT_SHARING: "Only charging",
    SourceState.NO_STORAGE: "Shows no storage",
    SourceState.BUSY: "In use by another program",
    SourceState.UNREADABLE: "Cannot be read",
    SourceState.UNSUPPORTED: "Not supported",
    SourceState.UNREACHABLE: "Not reached",
    SourceState.REFUSED: "Refuses this computer",
}


class SourceList(QAbstractListModel):
    """Sources in the order in which they were plugged in; they come and go one by one."""

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
    return sentence_case(source.route.words) if is_ready else _STATE[source.state]


_FACES: dict[int, Callable[[SourceInfo], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda source: source.name,
    Qt.ItemDataRole.AccessibleTextRole: lambda source: (
        f"{source.name}, {source.route.words}, {_STATE[source.state]}"
    ),
    Qt.ItemDataRole.ToolTipRole: lambda source: source.detail or None,
    Role.CAPTION: _caption,
    Role.FACT: lambda source: source,
}


class _SourceDelegate(QStyledItemDelegate):
    """An icon for the route, the name, and the state in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * option.fontMetrics.height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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


class SourcePane(QFrame):
    """Looks for sources every second. `source_chosen` and `source_left` carry a SourceInfo."""

    source_chosen = Signal(object)
    source_left = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        look: Callable[[], Sequence[SourceInfo]],
        add_folder: Callable[[Path], SourceInfo],
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self._background = background
        self._look = look
        self._add_folder = add_folder
        self._ask = ask
        self._looking = False
        self._wanted = ""
        self._build()
        self._connect()

    def look_now(self) -> None:
        """Look for sources, unless a look is under way."""
        if not self._looking:
            self._looking = True
            self._background.run(
                self._look, owner=self, done=self._show, failed=self._could_not_look
            )

    def start(self) -> None:
        """Look now and every second from now on."""
        self.look_now()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def choose_folder(self) -> None:
        """Ask for a folder and make it a source."""
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Choose the folder with the images"),
                kind="folder",
                then=self._folder_chosen,
            )
        )

    def _build(self) -> None:
        self.setObjectName("side")
        self.model = SourceList(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Devices, cards and folders"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_SourceDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = EmptyState(
            icon="usb",
            heading=self.tr("Nothing plugged in"),
            sentence=self.tr("Plug in a phone, camera or card. It appears here by itself."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self.notice = Notice()
        self.folder_button = button(self.tr("Choose a folder…"), icon="folder-open")
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 16, 12, 16)
        layout.setSpacing(12)
        layout.addWidget(words(self.tr("Where from"), kind="heading"))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.folder_button)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.look_now)
        on_click(self.folder_button, self.choose_folder)
        self.list.selectionModel().currentChanged.connect(self._current_changed)

    def _show(self, found: Sequence[SourceInfo]) -> None:
        self._looking = False
        self.notice.clear()
        came, left = self.model.show(found)
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self._empty)
        for source in left:
            self.source_left.emit(source)
        wanted = self.model.row_of(self._wanted)
        if wanted >= 0:
            self._wanted = ""
            self.list.setCurrentIndex(self.model.index(wanted))
        elif came and not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(self.model.index(self.model.row_of(came[0].id)))

    def _could_not_look(self, problem: Exception) -> None:
        self._looking = False
        self.notice.problem(problem)

    def _current_changed(self, current: Index) -> None:
        source = current.data(Role.FACT)
        if isinstance(source, SourceInfo):
            self.source_chosen.emit(source)

    def _folder_chosen(self, path: Path) -> None:
        self._background.run(
            partial(self._add_folder, path),
            owner=self,
            done=self._folder_added,
            failed=self.notice.problem,
        )

    def _folder_added(self, source: SourceInfo) -> None:
        self._wanted = source.id
        self.look_now()


def _draw(painter: QPainter, line: QRect, font: QFont, text: str, pixels: int, colour: str) -> None:
    face = QFont(font)
    face.setPixelSize(pixels)
    painter.setFont(face)
    painter.setPen(worn(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
