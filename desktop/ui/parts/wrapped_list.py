"""A list whose rows are sentences: they wrap, and none is cut off."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

_PADDING = QSize(24, 20)  # a little more than the style sheet's own


class WrappedList(QListWidget):
    """Each row carries a value beside its text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("parts")
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Wrapping(self))

    def add(self, text: str, value: object) -> None:
        """One more row."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, value)
        self.addItem(item)

    @property
    def chosen(self) -> object:
        """The value of the chosen row, or None."""
        return self.currentIndex().data(Qt.ItemDataRole.UserRole)


class _Wrapping(QStyledItemDelegate):
    """Qt's own delegate wraps at the width of the view and forgets the style sheet's padding."""

    def __init__(self, shown: WrappedList) -> None:
        super().__init__(shown)
        self._list = shown

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._list.viewport().width() - _PADDING.width()
        room = QRect(0, 0, max(width, 1), 1 << 20)
        text, wrap = str(index.data()), int(Qt.TextFlag.TextWordWrap)
        needed = self._list.fontMetrics().boundingRect(room, wrap, text)
        return QSize(width, needed.height() + _PADDING.height())
