"""What has been on devices for too long, and whom to tell, in a line above the desk (R75)."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.background import Background
from desktop.ui.parts.clearing_verbs import ClearingVerbs
from desktop.ui.parts.pieces import Notice


class OverdueLine(QWidget):
    """Hidden while nothing is due. It never takes the keyboard and is in nobody's way."""

    def __init__(self, *, background: Background, verbs: ClearingVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self.notice = Notice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.notice)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while nothing is due."""
        return "" if self.isHidden() else self.notice.text

    def load(self) -> None:
        """Fetch what is due now."""
        self._background.run(
            self._verbs.overdue,
            owner=self,
            done=self._show,
            failed=self.notice.problem,
            lane="vault",
        )

    def _show(self, said: str) -> None:
        if said:
            way_out = self.tr("Worklists, “Not cleared”, has them all.")
            self.notice.say(f"{said} {way_out}", tone="warning")
        self.setVisible(bool(said))
