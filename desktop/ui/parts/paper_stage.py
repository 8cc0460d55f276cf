"""Pages of paper as they will be, on a stage to scroll: each is drawn when it comes near."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.printing.laid_out import LaidOut
from desktop.ui.parts.background import Background
from desktop.ui.parts.pictures import decoded

_WIDTH = 620
_HELD = 5
"""Pages that are held at a time, at 9 MB each: what is seen, and what comes next either way."""

PreviewPage = Callable[[LaidOut, int, int], bytes]
"""In a lane: a page of a paper as PNG or JPEG: the paper, the page from 0, its width in pixels.
Raises what the pictures on it raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPaper:
    """A paper to show: its first page, and how the others come (in a lane, from 0)."""

    pages: int
    first: QImage
    draw: Callable[[int], QImage]


def shown_paper(laid: LaidOut, preview: PreviewPage) -> ShownPaper:
    """In a lane: the first page for a stage, dense enough for 200 %. Raises as `preview` does."""
    draw = partial(_drawn, laid, preview)
    return ShownPaper(pages=laid.pages, first=draw(0), draw=draw)


def _drawn(laid: LaidOut, preview: PreviewPage, page: int) -> QImage:
    return decoded(preview(laid, page, _WIDTH * 2)) or QImage()


class PaperStage(QScrollArea):
    """Shows one paper, all of its pages. `failed` has the problem of a page that cannot be drawn;
    the others still come."""

    failed = Signal(object)

    def __init__(self, name: str, *, background: Background) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self._background = background
        self._paper: ShownPaper | None = None
        self._drawn: set[int] = set()
        self._asked = 0
        self._is_drawing = False
        self._stage = QWidget()
        self._stage.setObjectName("scrolled")
        self._sheets = QVBoxLayout(self._stage)
        self._sheets.setContentsMargins(32, 32, 32, 32)
        self._sheets.setSpacing(24)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._stage)
        self._labels: list[QLabel] = []
        self._shape = QSize()
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._fill)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._settled.start())

    @property
    def shown(self) -> int:
        """How many pages can be scrolled to."""
        return len(self._labels)

    @property
    def drawn(self) -> frozenset[int]:
        """The pages (from 0) that are held as pixels just now."""
        return frozenset(self._drawn)

    def show_paper(self, paper: ShownPaper) -> None:
        """Show this paper and no other, from its first page on."""
        self.clear()
        self._paper = paper
        self._shape = paper.first.size()
        for number in range(1, paper.pages + 1):
            label = QLabel()
            label.setObjectName("sheet")
            label.setAccessibleName(self.tr("Page {} of {}").format(number, paper.pages))
            label.setScaledContents(True)
            self._labels.append(label)
            self._sheets.addWidget(label)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._put(0, paper.first)
        self._settled.start()

    def clear(self) -> None:
        """Show nothing, and let go of what was shown."""
        self._asked += 1
        self._is_drawing = False
        self._paper = None
        self._drawn.clear()
        for label in self._labels:
            self._sheets.removeWidget(label)
            label.clear()
            label.setObjectName("")
            label.deleteLater()
        self._labels.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size shows other pages, and a narrow one makes them smaller."""
        super().resizeEvent(event)
        self._fit()
        self._settled.start()

    def viewportEvent(self, event: QEvent) -> bool:
        """Look again once pages stand where they will."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settled.start()
        return super().viewportEvent(event)

    def _fit(self) -> None:
        """Pages as wide as they are good to read, or as there is room for."""
        margins = self._sheets.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right()
        width = max(min(_WIDTH, room), _WIDTH // 3)
        shape = self._shape
        height = round(width * shape.height() / shape.width()) if shape.width() else width
        for label in self._labels:
            label.setFixedSize(width, height)

    def _wanted(self) -> list[int]:
        """The pages to hold, those nearest to the middle of what is seen first."""
        top = self.verticalScrollBar().value()
        middle = top + self.viewport().height() // 2
        by_distance = sorted(
            range(len(self._labels)),
            key=lambda page: abs(self._labels[page].geometry().center().y() - middle),
        )
        return by_distance[:_HELD]

    def _fill(self) -> None:
        """Draw the nearest page that is missing, one at a time: who scrolls past fifty pages waits
        for none of them."""
        if self._paper is None or self._is_drawing:
            return
        wanted = self._wanted()
        for page in self._drawn.difference(wanted):
            self._labels[page].clear()
            self._drawn.discard(page)
        missing = [page for page in wanted if page not in self._drawn]
        if not missing:
            return
        self._is_drawing = True
        self._background.run(
            partial(self._paper.draw, missing[0]),
            owner=self,
            done=partial(self._came, self._asked, missing[0]),
            failed=partial(self._cannot, self._asked, missing[0]),
        )

    def _came(self, asked: int, page: int, image: QImage) -> None:
        if asked == self._asked:
            self._is_drawing = False
            self._put(page, image)
            self._settled.start()

    def _cannot(self, asked: int, page: int, problem: Exception) -> None:
        if asked == self._asked:
            self._came(asked, page, QImage())  # not again and again
            self.failed.emit(problem)

    def _put(self, page: int, image: QImage) -> None:
        self._drawn.add(page)
        pixmap = QPixmap.fromImage(image)
        self._labels[page].setPixmap(pixmap)
