"""Measuring on images that are compared: one panel follows the person through them."""

from PySide6.QtCore import QObject

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.ui.parts.background import Background
from desktop.ui.parts.image_words import when_words
from desktop.ui.viewer.measure_panel import MeasurePanel
from desktop.ui.viewer.measure_tool import MeasureTool
from desktop.ui.viewer.picture_stage import PictureStage
from desktop.ui.viewer.verbs import ViewerVerbs


class CompareMeasure(QObject):
    """Each stage keeps the line that was laid on it until measuring ends, and the panel says of the
    others how long theirs are. Each image is measured by its own ruler."""

    def __init__(self, *, background: Background, verbs: ViewerVerbs) -> None:
        super().__init__()
        self.panel = MeasurePanel(background=background, verbs=verbs)
        self._tools: dict[PictureStage, MeasureTool] = {}
        self._lengths: dict[PictureStage, str] = {}
        self._on: PictureStage | None = None

    @property
    def is_on(self) -> bool:
        """Whether a line is being laid."""
        return self._on is not None

    def measure(self, stage: PictureStage, image: ClinicalImage) -> str:
        """Measure on this stage, which shows this image. Says in a sentence why not, or nothing."""
        said = image.description
        if said is not None and said.kind is not MediaKind.PHOTO:
            return self.tr("No scale is kept of a film: its camera moves. Measure on a photo.")
        if stage is self._on or not stage.has_picture:
            return ""
        self._note_length()
        self._on = stage
        others = [length for other, length in self._lengths.items() if other is not stage]
        if stage not in self._tools:
            self._tools[stage] = MeasureTool(stage)
        self._whose = when_words(image)
        beside = " · ".join([self.tr("On the image of {}").format(self._whose), *others])
        self.panel.open_for(image, self._tools[stage], beside=beside)
        return ""

    def stop(self) -> None:
        """Take every line away."""
        self._on = None
        self._lengths.clear()
        self.panel.close_panel()
        for tool in self._tools.values():
            tool.finish()

    def forget(self) -> None:
        """The stages are going."""
        self.stop()
        self._tools.clear()

    def _note_length(self) -> None:
        if self._on is not None:
            self._lengths[self._on] = f"{self._whose}: {self.panel.length}"
