"""What became of items, a line a fate, as a column of widgets."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.desk.report_words import ReportLine
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import scrolled, words

TONE_ICON = {"good": "circle-check", "warning": "triangle-alert", "problem": "circle-alert"}


class ReportLines(QWidget):
    """Shows the lines of one report; `area` is what scrolls them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(14)
        self._lines.addStretch(1)
        self.area: QScrollArea = scrolled(self, name)

    def show_lines(self, lines: list[ReportLine]) -> None:
        """Show these lines and no others."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(_line_widget(line))
        self._lines.addStretch(1)


def _line_widget(line: ReportLine) -> QWidget:
    box = QWidget()
    icon = QLabel()
    put_picture(icon, TONE_ICON[line.tone], colour=line.tone, size=18)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(words(line.heading))
    for detail in line.details:
        column.addWidget(words(detail, kind="small", wrap=True))
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    return box
