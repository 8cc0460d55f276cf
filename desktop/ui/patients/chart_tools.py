"""The row over a chart's images: tiles or series, which series is shown, and comparing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.records.rules.series import Series
from desktop.ui.parts.folding_row import FoldingRow, group
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import counted, sentence_case
from desktop.ui.viewer.compare_view import MOST


class ChartTools(QWidget):
    """`series_wanted` and `tiles_wanted` turn the page, `all_wanted` ends a series' showing,
    `compare_wanted` opens what can be compared now, `time_wanted` corrects when they were taken,
    `copy_wanted` copies one for others."""

    tiles_wanted = Signal()
    series_wanted = Signal()
    all_wanted = Signal()
    compare_wanted = Signal()
    time_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tiles = self._segment(self.tr("Images"))
        self.series = self._segment(self.tr("Series"))
        pages = QButtonGroup(self)
        pages.addButton(self.tiles)
        pages.addButton(self.series)
        self._only = words("", kind="quiet")
        self.all = button(self.tr("All images"), icon="x", kind="link")
        self.compare = button(self.tr("Compare"), icon="columns-2")
        self.copy = button(self.tr("Copy for others…"), icon="shield", kind="link")
        self.copy.setToolTip(self.tr("A de-identified copy of the image that is ticked"))
        self.time = button(self.tr("Correct the time…"), icon="clock", kind="link")
        self._lay_out()
        for pressed, wanted in (
            *((self.tiles, self.tiles_wanted), (self.series, self.series_wanted)),
            *((self.all, self.all_wanted), (self.compare, self.compare_wanted)),
            *((self.time, self.time_wanted), (self.copy, self.copy_wanted)),
        ):
            on_click(pressed, wanted.emit)
        self.show_page(is_series=False)
        self.show_only(None)
        self.offer(ticked=0, first_and_last=False)

    def _lay_out(self) -> None:
        pages = group(self.tiles, self.series, self._only, self.all)
        FoldingRow(pages, group(self.time, self.copy, self.compare), self)

    def show_page(self, *, is_series: bool) -> None:
        """Mark which page is open."""
        (self.series if is_series else self.tiles).setChecked(True)

    def show_only(self, series: Series | None) -> None:
        """Name the series that is shown alone."""
        self._only.setText(sentence_case(series.site) if series else "")
        for part in (self._only, self.all):
            part.setVisible(series is not None)

    def offer(self, *, ticked: int, first_and_last: bool) -> None:
        """Offer to compare what is ticked, else the first and last of a series."""
        if first_and_last and not ticked:
            self.compare.setText(self.tr("Compare first and last"))
        elif 2 <= ticked <= MOST:
            self.compare.setText(self.tr("Compare {}").format(counted(ticked, "image")))
        else:
            self.compare.setText(self.tr("Compare"))
        can = first_and_last if not ticked else 2 <= ticked <= MOST
        self.compare.setEnabled(can)
        self.time.setEnabled(ticked > 0)
        self.time.setToolTip("" if ticked else self.tr("Tick the images first"))
        how = self.tr("Tick two to four images to compare them (Ctrl+Enter)")
        self.compare.setToolTip(self.tr("Ctrl+Enter") if can else how)

    def _segment(self, text: str) -> QPushButton:
        segment = button(text, kind="segment")
        segment.setCheckable(True)
        return segment
