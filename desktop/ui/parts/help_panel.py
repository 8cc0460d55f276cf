"""F1: what the page is for and how it goes, in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.parts.pieces import icon_button, on_click, rule, words

_WIDTH = 320


class HelpPanel(QFrame):
    """A panel at the side of the page; `closed` tells that the person is done reading."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self.close_button = icon_button("x", self.tr("Close help"))
        head = QHBoxLayout()
        head.addWidget(words(self.tr("Help"), kind="title"), 1)
        head.addWidget(self.close_button)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("Help on this page"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 12, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        on_click(self.close_button, self.closed.emit)
        self.hide()

    def show_words(self, told: Sequence[tuple[str, str]], keys: Sequence[tuple[str, str]]) -> None:
        """Headings with their sentences, then the keys that work everywhere."""
        holder = QWidget()
        holder.setObjectName("scrolled")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for heading, sentence in told:
            column.addWidget(words(heading, kind="heading"))
            column.addWidget(words(sentence, wrap=True))
            column.addSpacing(10)
        column.addWidget(rule())
        column.addSpacing(6)
        for key, does in keys:
            row = QHBoxLayout()
            row.addWidget(words(key, kind="quiet"))
            row.addStretch(1)
            row.addWidget(words(does))
            column.addLayout(row)
        column.addStretch(1)
        self._scroll.setWidget(holder)
        self.show()
        self.close_button.setFocus()
