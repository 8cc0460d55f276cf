"""Two images of one place over each other, with what a hand needs to lay them in line (R13)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.ui.parts.image_words import when_words
from desktop.ui.parts.pieces import words
from desktop.ui.viewer.light_bar import ChangedLine
from desktop.ui.viewer.overlay_stage import Over, OverlayStage
from desktop.ui.viewer.picture import Picture


class OverlayView(QWidget):
    """The older image at the left end of the slider, the newer one at its right end."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = OverlayStage()
        self.setFocusProxy(self.stage)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self._older, self._newer = words("", kind="quiet"), words("", kind="quiet")
        self._keys = words(
            self.tr(
                "Arrows lay the newer one in line (Shift: ten times) · , . smaller, larger · [ ] "
                "turn it · Page up, page down: fade · Space blinks · Ctrl+arrows pan · O as it is "
                "· M measures on the older one · held in at most 2,400 pixels a side"
            ),
            kind="small",
            wrap=True,
        )
        self.changed = ChangedLine()
        self._foot = QStackedWidget()
        self._foot.addWidget(self._keys)
        self._foot.addWidget(self.changed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._older)
        row.addWidget(self.slider, 1)
        row.addWidget(self._newer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.stage, 1)
        layout.addLayout(row)
        layout.addWidget(self._foot)
        self.slider.valueChanged.connect(self.stage.show_share)
        self.stage.share_moved.connect(self.slider.setValue)
        self.stage.view_changed.connect(self._tell_view)
        self.stage.aligned.connect(self._tell_view)
        self.changed.back_wanted.connect(self.stage.as_it_is)

    def open_for(
        self,
        older: tuple[ClinicalImage, Picture | None],
        newer: tuple[ClinicalImage, Picture | None],
    ) -> None:
        """Lay the newer one over the older one."""
        said = self.tr("{} over {}").format(when_words(newer[0]), when_words(older[0]))
        self.stage.setAccessibleName(said)
        self._older.setText(when_words(older[0]))
        self._newer.setText(when_words(newer[0]))
        self.slider.setAccessibleName(self.tr("How much of the newer image is seen"))
        self.stage.show_two(older[1], newer[1])
        self.stage.show_share(50)

    def show_over(self, over: Over) -> None:
        """Fade or curtain."""
        self.stage.show_over(over)

    def clear(self) -> None:
        """Forget both pictures."""
        self.stage.show_two(None, None)

    def _tell_view(self) -> None:
        self._foot.setCurrentWidget(self.changed if self.stage.is_changed else self._keys)
