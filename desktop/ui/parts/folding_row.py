"""Where a row is too short: two groups fold into two rows, and buttons into one menu."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QMenu, QPushButton, QWidget


class FoldingRow(QLayout):
    """One group at the left and one at the right; where they do not fit beside each other, the
    second stands below the first. So it asks for the width of the wider one, never of both."""

    def __init__(self, left: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(8)
        if parent is not None:
            parent.setLayout(self)
        self.addWidget(left)
        self.addWidget(right)

    def addItem(self, item: QLayoutItem) -> None:
        """Take the next group."""
        self._items.append(item)

    def count(self) -> int:
        """How many groups there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One group; None behind the last, by which Qt knows the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one group back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """One row or two: that is the width's to say."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of one row, or of two."""
        heights = [item.sizeHint().height() for item in self._shown]
        if self._folds(width):
            return sum(heights) + self.spacing()
        return max(heights, default=0)

    def minimumSize(self) -> QSize:
        """As wide as the wider group."""
        sizes = [item.minimumSize() for item in self._shown]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def sizeHint(self) -> QSize:
        """Both in one row."""
        sizes = [item.sizeHint() for item in self._shown]
        across = sum(size.width() for size in sizes) + self.spacing() * (len(sizes) - 1)
        return QSize(max(across, 0), max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Lay the groups out."""
        super().setGeometry(rect)
        place = QRect(rect)
        folds = self._folds(rect.width())
        for number, item in enumerate(self._shown):
            wanted = item.sizeHint()
            place.setHeight(wanted.height() if folds else rect.height())
            place.setWidth(min(wanted.width(), rect.width()))
            if folds:
                item.setGeometry(place)
                place.translate(0, place.height() + self.spacing())
            else:
                if number:
                    place.moveRight(rect.right())
                item.setGeometry(place)

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _folds(self, width: int) -> bool:
        return len(self._shown) > 1 and self.sizeHint().width() > width


def group(*parts: QWidget, spacing: int = 6) -> QWidget:
    """Widgets that stay in one row."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for part in parts:
        row.addWidget(part)
    return made


class MoreButton(QPushButton):
    """Stands for other buttons where there is no room for them: a menu with their words."""

    def __init__(self, *stands_for: QPushButton) -> None:
        super().__init__()
        self._stands_for = stands_for
        self.setText(self.tr("More…"))
        self.setAutoDefault(True)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.hide()

    def fold(self, *, is_folded: bool) -> None:
        """Stand for them, or let them stand for themselves."""
        self.setVisible(is_folded)
        for other in self._stands_for:
            other.setVisible(not is_folded)

    def _fill(self) -> None:
        self._menu.clear()
        for other in self._stands_for:
            action = self._menu.addAction(other.icon(), other.text())
            action.setEnabled(other.isEnabled())
            action.triggered.connect(other.click)
