"""The tools over compared images: how they lie, whether they move together, how near."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop.ui.parts.icons import put_icon
from desktop.ui.parts.pieces import button, icon_button, words
from desktop.ui.viewer.overlay_stage import Over

_GAP = 6


class CompareBar(QWidget):
    """Buttons with names; what they do is the view's."""

    def __init__(self) -> None:
        super().__init__()
        self.back = button(self.tr("Back to the chart"), icon="arrow-left", kind="link")
        self.heading = words("", kind="quiet")
        self.beside = self._segment(self.tr("Beside"), self.tr("Side by side (S)"))
        self.fade = self._segment(self.tr("Fade"), self.tr("Over each other, fading (F)"))
        self.curtain = self._segment(self.tr("Curtain"), self.tr("Over each other, swiping (W)"))
        self.over = (self.fade, self.curtain)
        self.lock = icon_button("lock", "")
        self.lock.setCheckable(True)
        self.fit = icon_button("maximize", self.tr("Fit (0)"))
        self.actual = button(self.tr("1:1"))
        self.actual.setAccessibleName(self.tr("One to one with the original (1)"))
        self.further = icon_button("zoom-out", self.tr("Further (-)"))
        self.nearer = icon_button("zoom-in", self.tr("Nearer (+)"))
        self.turn = icon_button("rotate-cw", self.tr("Turn the view (R)"))
        self.measure = icon_button("ruler", self.tr("Measure (M)"))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(_GAP)
        bar, tools = self._bar, self._tools = self._row(), self._row()
        self._rows.setStretch(0, 1)
        bar.addWidget(self.back)
        bar.addWidget(self.heading, 1)
        modes = QButtonGroup(self)
        for segment in (self.beside, *self.over):
            modes.addButton(segment)
            bar.addWidget(segment)
        tools.addStretch(1)
        for tool in (
            *(self.lock, self.fit, self.actual, self.further, self.nearer),
            *(self.turn, self.measure),
        ):
            tools.addWidget(tool)
        self.show_lock(is_locked=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows where one is too short."""
        super().resizeEvent(event)
        self._fold()

    def tell(self, heading: str) -> None:
        """Say what is compared."""
        self.heading.setText(heading)
        self._fold()

    def _fold(self) -> None:
        needed = self._bar.sizeHint().width() + _GAP + self._tools.sizeHint().width()
        is_narrow = self.width() < needed
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def show_mode(self, over: Over | None) -> None:
        """Mark how they lie; None is beside each other."""
        {None: self.beside, Over.FADE: self.fade, Over.CURTAIN: self.curtain}[over].setChecked(True)
        self.lock.setVisible(over is None)
        self._fold()

    def show_lock(self, *, is_locked: bool) -> None:
        """Say whether they move together."""
        name = self.tr("Move together (L)") if is_locked else self.tr("Each moves alone (L)")
        self.lock.setChecked(is_locked)
        self.lock.setAccessibleName(name)
        self.lock.setToolTip(name)
        put_icon(self.lock, "lock" if is_locked else "lock-open")

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        self._rows.addLayout(row)
        return row

    def _segment(self, text: str, name: str) -> QPushButton:
        segment = button(text, kind="segment")
        segment.setCheckable(True)
        segment.setAccessibleName(name)
        segment.setToolTip(name)
        return segment
