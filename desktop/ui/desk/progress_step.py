"""The third step of a filing: how far it is, how fast, and a way to stop."""

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.intake.report import Progress
from desktop.records.facts.patient import Patient
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import counted, size_words

_PARTS = 1000


class ProgressStep(QWidget):
    """The banner stays; `cancelled` asks to stop, and what is whole by then is kept."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._started = 0.0
        self.banner = PatientBanner()
        self._heading = words("", kind="heading", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the filing"))
        self._line = words("", kind="quiet", wrap=True)
        self._name = words("", kind="small", wrap=True)
        self.cancel = button(self.tr("Stop"), icon="x")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self.banner, self._heading, self.bar, self._line, self._name):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.cancel)
        on_click(self.cancel, self._stop)

    def start(self, patient: Patient, count: int) -> None:
        """Begin at nothing."""
        self._started = monotonic()
        self.banner.show_patient(patient)
        self._heading.setText(self.tr("Filing {}…").format(counted(count, "image")))
        self.bar.setValue(0)
        self._line.setText(self.tr("Starting…"))
        self._name.clear()
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Where the trip is now."""
        whole = max(progress.bytes_total, 1)
        self.bar.setValue(min(_PARTS, progress.bytes_done * _PARTS // whole))
        seconds = max(monotonic() - self._started, 0.001)
        rate = size_words(int(progress.bytes_done / seconds))
        said = self.tr("{} of {} · {} of {} · {} a second").format(
            progress.done,
            progress.total,
            size_words(progress.bytes_done),
            size_words(progress.bytes_total),
            rate,
        )
        self._line.setText(said)
        self._name.setText(progress.name)

    @property
    def text(self) -> str:
        """The line below the bar."""
        return self._line.text()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self._heading.setText(self.tr("Stopping after the image at hand…"))
        self.cancelled.emit()
