"""How a scanner is to scan: colour, resolution and page, three choices side by side."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.records.facts.scan_settings import RESOLUTIONS, ScanColour, ScanPage, ScanSettings

_COLOURS = {
    ScanColour.COLOUR: "Colour",
    ScanColour.GREY: "Grey",
    ScanColour.LINEART: "Black and white",
}
_PAGES = {
    ScanPage.WHOLE: "Page as it comes",
    ScanPage.A4: "Page A4",
    ScanPage.LETTER: "Page Letter",
    ScanPage.A5: "Page A5",
}


class ScanChoices(QWidget):
    """What a person chose, to be read and to be set."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = _box(_COLOURS.items())
        self.dpi = _box((dpi, f"{dpi} dpi") for dpi in RESOLUTIONS)
        self.page = _box(_PAGES.items())
        self._boxes = (self.colour, self.dpi, self.page)
        layout = QVBoxLayout(self)  # each choice says what it is of: the side is narrow
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        names = (self.tr("Colour"), self.tr("Resolution"), self.tr("Page"))
        for name, box in zip(names, self._boxes, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(name)
            layout.addWidget(box)
        self.show_settings(ScanSettings())

    def show_settings(self, settings: ScanSettings) -> None:
        """Choose these."""
        wanted = (settings.colour, settings.dpi, settings.page)
        for box, one in zip(self._boxes, wanted, strict=True):
            box.setCurrentIndex(box.findData(one))

    @property
    def settings(self) -> ScanSettings:
        """What is chosen."""
        return ScanSettings(
            colour=ScanColour(self.colour.currentData()),
            dpi=int(self.dpi.currentData()),
            page=ScanPage(self.page.currentData()),
        )


def _box(choices: Iterable[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for one, called in choices:
        box.addItem(called, one)
    return box
