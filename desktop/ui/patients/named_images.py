"""Images of a patient by number, site and time, each to be ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desktop.records.facts.ids import ImageId
from desktop.ui.parts.wrapped_list import WrappedList

_HEIGHT = 150


class NamedImages(WrappedList):
    """Space ticks and unticks the row that the keyboard is on."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFixedHeight(_HEIGHT)

    def show_images(self, images: Sequence[tuple[ImageId, str]]) -> None:
        """Show these, each with its words, and none ticked."""
        self.clear()
        for image, said in images:
            self.add(said, image)
            self.item(self.count() - 1).setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def untick(self) -> None:
        """Take every tick away."""
        for row in range(self.count()):
            self.item(row).setCheckState(Qt.CheckState.Unchecked)

    @property
    def ticked(self) -> frozenset[ImageId]:
        """Those that are ticked."""
        rows = (self.item(row) for row in range(self.count()))
        return frozenset(
            one.data(Qt.ItemDataRole.UserRole)
            for one in rows
            if one.checkState() is Qt.CheckState.Checked
        )
