"""The last step of a filing: what became of every image, and what can be done next."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.intake.filing_report import FileReport
from desktop.records.facts.patient import Patient
from desktop.ui.desk.report_lines import TONE_ICON, ReportLines
from desktop.ui.desk.report_words import headline, report_lines, sum_line
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import Notice, button, on_click, words

UNDO_SECONDS = 10


class ReportStep(QWidget):
    """The patient is named in the past tense only: nobody is chosen any more (wrong-patient guard).

    `print_asked`, `clear_asked`, `undo_asked` and `next_asked` are the ways on.
    """

    print_asked = Signal()
    clear_asked = Signal()
    undo_asked = Signal()
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._left = 0
        self._build()
        self._connect()

    def show_report(self, report: FileReport, patient: Patient) -> None:
        """Show what happened, and offer what is next."""
        tone, sentence = headline(report)
        put_picture(self._icon, TONE_ICON[tone], colour=tone, size=28)
        self._headline.setText(sentence)
        self._patient.setText(patient.banner)
        self._sum.setText(sum_line(report))
        self.notice.clear()
        self.clear_button.hide()
        self._lines.show_lines(report_lines(report))
        can_print = bool(report.filed or report.already or report.incomplete)
        self.print_button.setVisible(can_print)
        self._left = UNDO_SECONDS if report.filed or report.incomplete else 0
        self._show_undo()
        (self.print_button if can_print else self.next_button).setFocus()

    def offer_clearing(self, *, can_clear: bool) -> None:
        """Offer what is left to do with the device: to clear it, or to have that attested."""
        clear, attest = self.tr("Clear the device…"), self.tr("Deleted from the device by hand…")
        self.clear_button.setText(clear if can_clear else attest)
        self.clear_button.show()

    def end_undo(self) -> None:
        """The device is being cleared: from now on a link is corrected, not taken back."""
        self._left = 0
        self._show_undo()

    def undone(self, sentence: str) -> None:
        """Say that the filing was taken back."""
        self.end_undo()
        self.print_button.hide()
        self.clear_button.hide()
        self._lines.show_lines([])
        self._headline.setText(self.tr("Taken back"))
        self._sum.clear()
        self.notice.say(sentence, tone="good")
        self.next_button.setFocus()

    def clear(self) -> None:
        """Forget the report and whom it was about."""
        self._left = 0
        self._show_undo()
        self._lines.show_lines([])
        for label in (self._headline, self._patient, self._sum):
            label.clear()
        self.notice.clear()

    @property
    def text(self) -> str:
        """Everything that the report says."""
        labels = [label for label in self.findChildren(QLabel) if not label.isHidden()]
        return "\n".join(label.text() for label in labels if label.text())

    def _build(self) -> None:
        self._icon = QLabel()
        self._headline = words("", kind="heading", wrap=True)
        self._patient = words("", kind="quiet", wrap=True)
        self._sum = words("", kind="small", wrap=True)
        self.notice = Notice()
        self._lines = ReportLines(self.tr("What became of every image"))
        self.print_button = button(self.tr("Print sheet"), icon="printer", kind="primary")
        self.clear_button = button(self.tr("Clear the device…"), icon="smartphone")
        self.undo_button = button(self.tr("Undo"), icon="undo-2")
        self.next_button = button(self.tr("Next patient"), icon="user")
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.undo_button, 1)
        second.addWidget(self.next_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._patient)
        layout.addWidget(self.notice)
        layout.addWidget(self._lines.area, 1)
        layout.addWidget(self._sum)
        layout.addWidget(self.print_button)
        layout.addWidget(self.clear_button)
        layout.addLayout(second)

    def _connect(self) -> None:
        self._clock.timeout.connect(self._tick)
        on_click(self.print_button, self.print_asked.emit)
        on_click(self.clear_button, self.clear_asked.emit)
        on_click(self.undo_button, self._undo)
        on_click(self.next_button, self.next_asked.emit)

    def _tick(self) -> None:
        self._left -= 1
        self._show_undo()

    def _show_undo(self) -> None:
        if self._left > 0:
            self.undo_button.setText(self.tr("Undo ({} s)").format(self._left))
            self.undo_button.setEnabled(True)
            if not self._clock.isActive():
                self._clock.start()
        else:
            self._clock.stop()
        self.undo_button.setVisible(self._left > 0)

    def _undo(self) -> None:
        self._clock.stop()
        self.undo_button.setEnabled(False)
        self.undo_asked.emit()
