"""While a device is cleared: how far it is, and a way to stop, also while an image is compared."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.intake.report import Progress
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import counted, size_words

_PARTS = 1000  # a bar cannot count the bytes of a video


class ClearProgress(QWidget):
    """`stopped` asks to end; what is deleted by then is looked for afresh all the same."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = words("", kind="heading", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the clearing"))
        self._line = words("", kind="quiet", wrap=True)
        self._name = words("", kind="small", wrap=True)
        self.stop_button = button(self.tr("Stop"), icon="x")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self._heading, self.bar, self._line, self._name):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.stop_button)
        on_click(self.stop_button, self._stop)

    def start(self, device: str, count: int) -> None:
        """Begin at nothing."""
        images = counted(count, "image")
        self._heading.setText(self.tr("Clearing {} from {}…").format(images, device))
        self.bar.setRange(0, _PARTS)
        self.bar.setValue(0)
        self._line.setText(self.tr("Looking at the device afresh. Leave it connected."))
        self._name.clear()
        self.stop_button.setEnabled(True)
        self.stop_button.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Where the clearing is now."""
        self.bar.setValue(progress.bytes_done * _PARTS // max(progress.bytes_total, 1))
        said = self.tr("{} of {} dealt with. Leave the device connected.")
        self._line.setText(said.format(progress.done, progress.total))
        read = self.tr("Comparing {}. {} of {} read, here and on the device.")
        sizes = size_words(progress.bytes_done), size_words(progress.bytes_total)
        self._name.setText(read.format(progress.name, *sizes) if progress.name else "")

    @property
    def text(self) -> str:
        """The line below the bar."""
        return self._line.text()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._heading.setText(self.tr("Stopping. What is not deleted by now stays…"))
        self.stopped.emit()
