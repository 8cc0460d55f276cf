"""Before a device is cleared: what will be deleted, what no program can do, one confirmation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.intake.clearing_report import ClearOffer
from desktop.ui.desk.clear_words import question
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.words import counted


class ClearOfferFace(QWidget):
    """`agreed`: delete; `attest_asked`: somebody did it by hand; `left`: not now."""

    agreed = Signal()
    attest_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = words("", kind="heading", wrap=True)
        self._question = words("", wrap=True)
        self.notice = Notice()
        self._still = words(self.tr("Only the owner of the device can do this:"), kind="quiet")
        self._reminders = words("", kind="small", wrap=True)
        self.agree_button = button(self.tr("Delete"), icon="circle-check", kind="primary")
        self.attest_button = button(self.tr("Deleted by hand…"), icon="user")
        self.back = button(self.tr("Not now"), icon="arrow-left")
        self._build()
        on_click(self.agree_button, self.agreed.emit)
        on_click(self.attest_button, self.attest_asked.emit)
        on_click(self.back, self.left.emit)
        on_escape(self, self.left.emit)

    def show_offer(self, offer: ClearOffer, *, in_the_way: str) -> None:
        """Ask, or say what is `in_the_way` and its way out; then nothing can be agreed to."""
        can = not in_the_way
        self._heading.setText(self.tr("Clear {}").format(offer.source_name))
        self._question.setText(question(offer) if can else "")
        self._question.setVisible(can)
        if can:
            self.notice.clear()
        else:
            self.notice.say(in_the_way, tone="warning")
        self._reminders.setText("\n".join(f"• {one}" for one in offer.reminders))
        count = counted(len(offer.outstanding), "image")
        self.agree_button.setText(self.tr("Delete {} from the device").format(count))
        self.agree_button.setVisible(can)
        # never where Enter was just pressed: what is deleted is agreed to by a step of its own
        (self.back if can else self.attest_button).setFocus()

    @property
    def text(self) -> str:
        """What is asked, or what is in the way."""
        return self.notice.text or self._question.text()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for widget in (self._heading, self._question, self.notice, self._still, self._reminders):
            column.addWidget(widget)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(scrolled(content, self.tr("What will be deleted")), 1)
        for made in (self.back, self.attest_button, self.agree_button):
            layout.addWidget(made)
