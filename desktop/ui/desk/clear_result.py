"""After a device was cleared: what became of each image, and the receipt for its owner."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.intake.clearing_report import ClearOffer, ClearReport
from desktop.ui.desk.clear_words import (
    clear_headline,
    clear_lines,
    left_beside_words,
    stopped_words,
)
from desktop.ui.desk.report_lines import TONE_ICON, ReportLines
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import Notice, button, on_click, words


class ClearResultFace(QWidget):
    """`receipt_asked`, `again_asked`, `attest_asked` and `left` are the ways on."""

    receipt_asked = Signal()
    again_asked = Signal()
    attest_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._headline = words("", kind="heading", wrap=True)
        self._device = words("", kind="quiet", wrap=True)
        self.notice = Notice()
        self._lines = ReportLines(self.tr("What became of every image on the device"))
        self._remind = words(
            self.tr("The receipt also says what only its owner can do."), kind="small", wrap=True
        )
        self.receipt_button = button(self.tr("Receipt…"), icon="printer", kind="primary")
        self.again_button = button(self.tr("Clear again…"))
        self.attest_button = button(self.tr("Deleted by hand…"))
        self.done_button = button(self.tr("Next patient"), icon="user")
        self._build()
        on_click(self.receipt_button, self.receipt_asked.emit)
        on_click(self.again_button, self.again_asked.emit)
        on_click(self.attest_button, self.attest_asked.emit)
        on_click(self.done_button, self.left.emit)

    def show_result(self, offer: ClearOffer, report: ClearReport | None) -> None:
        """Show how things stand now, and what ended the clearing early."""
        tone, sentence = clear_headline(offer.deposits)
        put_picture(self._icon, TONE_ICON[tone], colour=tone, size=28)
        self._headline.setText(sentence)
        self._device.setText(offer.source_name)
        if said := " ".join(filter(None, (stopped_words(report), left_beside_words(report)))):
            self.notice.say(said, tone="warning")
        else:
            self.notice.clear()
        self._lines.show_lines(clear_lines(offer.deposits))
        for made in (self.again_button, self.attest_button):
            made.setVisible(bool(offer.outstanding))
        self.receipt_button.setFocus()

    @property
    def text(self) -> str:
        """Everything that the result says."""
        labels = [label for label in self.findChildren(QLabel) if not label.isHidden()]
        return "\n".join(label.text() for label in labels if label.text())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.again_button, 1)
        again.addWidget(self.attest_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._device)
        layout.addWidget(self.notice)
        layout.addWidget(self._lines.area, 1)
        layout.addWidget(self._remind)
        layout.addWidget(self.receipt_button)
        layout.addLayout(again)
        layout.addWidget(self.done_button)
