"""Pages of paper as they will be, on a stage to scroll."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.parts.pictures import decoded

_WIDTH = 620
_MOST = 8

PreviewPages = Callable[[bytes, int, int], Sequence[bytes]]
"""The first pages of a PDF as PNG or JPEG: pdf, width in pixels, at most so many."""


class PaperStage(QScrollArea):
    """Shows the first pages of one paper."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self._stage = QWidget()
        self._stage.setObjectName("scrolled")
        self._sheets = QVBoxLayout(self._stage)
        self._sheets.setContentsMargins(32, 32, 32, 32)
        self._sheets.setSpacing(24)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._stage)

    @property
    def shown(self) -> int:
        """How many pages are shown."""
        return len(self._stage.findChildren(QLabel, "sheet"))

    def show_pages(self, pages: Sequence[QImage]) -> None:
        """Show these pages and no others."""
        for old in self._stage.findChildren(QLabel, "sheet"):
            self._sheets.removeWidget(old)
            old.setObjectName("")
            old.deleteLater()
        for number, page in enumerate(pages, start=1):
            shown = QLabel()
            shown.setObjectName("sheet")
            shown.setAccessibleName(self.tr("Page {}").format(number))
            pixmap = QPixmap.fromImage(page)
            pixmap.setDevicePixelRatio(page.width() / _WIDTH)
            shown.setPixmap(pixmap)
            self._sheets.addWidget(shown)


def drawn_pages(pdf: bytes, preview: PreviewPages) -> list[QImage]:
    """In a lane: the first pages for a stage, dense enough for 200 %."""
    drawn = preview(pdf, _WIDTH * 2, _MOST)
    return [page for page in map(decoded, drawn) if page is not None]
