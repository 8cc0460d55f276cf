"""Which second of a film is compared: a slider that asks once it rests."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop.records.rules.lengths import length_words
from desktop.ui.parts.pieces import words

_TENTHS = 10
_SETTLED_MS = 150


class SecondSlider(QWidget):
    """`chosen` carries the seconds that a person went to."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(_TENTHS)
        self._at = words("", kind="quiet")
        self._length_ms = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self._at)
        self._rest = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._rest.timeout.connect(lambda: self.chosen.emit(self.slider.value() / _TENTHS))
        self.slider.valueChanged.connect(self._slid)
        self.hide()

    def open_for(self, name: str, length_ms: int) -> None:
        """Offer the seconds of this film; its preview is shown until one is chosen."""
        self._length_ms = length_ms
        self.slider.setAccessibleName(self.tr("Second of the film: {}").format(name))
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(length_ms * _TENTHS // 1000, 1))
        self.slider.setValue(0)
        self.slider.blockSignals(False)
        self._at.setText(self.tr("preview of {}").format(length_words(length_ms)))
        self.show()

    def _slid(self, value: int) -> None:
        told = self.tr("{:.1f} s of {}")
        self._at.setText(told.format(value / _TENTHS, length_words(self._length_ms)))
        self._rest.start()
