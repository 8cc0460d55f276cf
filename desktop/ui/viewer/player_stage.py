"""Where recordings are played. Until a player is built in, it says what is kept."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.ui.parts.pieces import EmptyState


class PlayerStage(QWidget):
    """One video or sound recording at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._empty = EmptyState(icon="image-off", heading="", sentence="")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._empty)

    def open_image(self, image: ClinicalImage) -> None:
        """Get this recording ready to play."""
        is_video = image.description is not None and image.description.kind is MediaKind.VIDEO
        what = self.tr("a video") if is_video else self.tr("a sound recording")
        self._empty.say(
            self.tr("This is {}").format(what),
            self.tr("It cannot be played here. The original is kept whole."),
        )

    def clear(self) -> None:
        """Stop, and forget the recording."""
