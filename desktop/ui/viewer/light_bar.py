"""Brightness and contrast of a view, and the line that says that nothing else changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider

from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.viewer.picture_item import MOST_TONE, Tone
from desktop.ui.viewer.picture_stage import TONE_STEP


class LightBar(QFrame):
    """Two sliders. `tone_chosen` tells the light that the person wants."""

    tone_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.brightness = self._slider(self.tr("Brightness (B, Shift+B)"))
        self.contrast = self._slider(self.tr("Contrast (C, Shift+C)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        for name, slider in (
            (self.tr("Brightness"), self.brightness),
            (self.tr("Contrast"), self.contrast),
        ):
            label = QLabel(name)
            label.setBuddy(slider)
            row.addWidget(label)
            row.addWidget(slider, 1)
        self.hide()

    def show_tone(self, tone: Tone) -> None:
        """Stand where the view is."""
        for slider, value in ((self.brightness, tone.brightness), (self.contrast, tone.contrast)):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(-MOST_TONE, MOST_TONE)
        slider.setSingleStep(TONE_STEP)
        slider.setPageStep(2 * TONE_STEP)
        slider.setAccessibleName(name)
        slider.valueChanged.connect(self._tell)
        return slider

    def _tell(self) -> None:
        self.tone_chosen.emit(Tone(self.brightness.value(), self.contrast.value()))


class ChangedLine(QFrame):
    """Says that the view is not as the original is. `back_wanted` asks for the original's view."""

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = button(self.tr("As it is (O)"), icon="undo-2", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words(self.tr("View changed; the original is untouched."), kind="quiet"))
        row.addWidget(self.back)
        row.addStretch(1)
        on_click(self.back, self.back_wanted.emit)
