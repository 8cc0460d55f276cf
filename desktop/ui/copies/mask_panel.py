"""The list of masks beside the picture: what is laid, what is suggested, from when to when."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.copies import Mask
from desktop.ui.copies.mask_set import MaskSet, mask_words
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import counted


class MaskPanel(QWidget):
    """Speaks of the same masks as the stage does."""

    def __init__(self, masks: MaskSet) -> None:
        super().__init__()
        self._masks = masks
        self._seconds: float | None = None
        self._looked = False
        self._build()
        on_click(self.add, masks.add)
        on_click(self.delete, masks.delete)
        on_click(self.take, masks.take_all)
        on_click(self.dismiss, masks.dismiss_all)
        self.list.currentRowChanged.connect(masks.choose)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(masks.delete)
        self.pages.currentIndexChanged.connect(self._paged)
        self.start.valueChanged.connect(self._timed)
        self.end.valueChanged.connect(self._timed)
        masks.changed.connect(self._show)
        masks.chosen_changed.connect(self._show_chosen)
        self._show()

    def begin(self, seconds: float | None, *, looked: bool) -> None:
        """Of a film of so many seconds, or of a photo; `looked` tells whether faces were looked
        for."""
        self._seconds, self._looked = seconds, looked
        for box in (self.start, self.end):
            box.blockSignals(True)
            box.setRange(0.0, seconds or 0.0)
            box.blockSignals(False)
        self._times.setVisible(seconds is not None)
        self._show()

    def _build(self) -> None:
        self._said = words("", kind="quiet", wrap=True)
        self.take = button(self.tr("Mask them all"), kind="link")
        self.dismiss = button(self.tr("Dismiss"), kind="link")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Masks"))
        self.list.setWordWrap(True)
        self.list.setMaximumHeight(132)
        self.add = button(self.tr("Add a mask (N)"))
        self.delete = button(self.tr("Delete mask"))
        offers, acts = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((offers, (self.take, self.dismiss)), (acts, (self.add, self.delete))):
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._said)
        layout.addLayout(offers)
        layout.addWidget(self.list)
        layout.addLayout(acts)
        layout.addWidget(self._build_times())
        layout.addWidget(self._build_pages())

    def _build_pages(self) -> QWidget:
        self._on_pages = QWidget()
        row = QHBoxLayout(self._on_pages)
        row.setContentsMargins(0, 0, 0, 0)
        self.pages = QComboBox()
        self.pages.setAccessibleName(self.tr("Pages that the chosen mask lies on"))
        row.addWidget(words(self.tr("Masked on")))
        row.addWidget(self.pages)
        row.addStretch(1)
        return self._on_pages

    def _build_times(self) -> QWidget:
        self._times = QWidget()
        grid = QGridLayout(self._times)
        grid.setContentsMargins(0, 0, 0, 0)
        self.start, self.end = QDoubleSpinBox(), QDoubleSpinBox()
        for place, (box, name) in enumerate(
            ((self.start, self.tr("Masked from")), (self.end, self.tr("to")))
        ):
            box.setSuffix(" s")
            box.setDecimals(1)
            box.setSingleStep(0.1)
            box.setAccessibleName(self.tr("{}, in seconds").format(name))
            grid.addWidget(words(name), 0, 2 * place)
            grid.addWidget(box, 0, 2 * place + 1)
        grid.setColumnStretch(4, 1)
        return self._times

    def _show(self) -> None:
        masks, suggested = self._masks.masks, self._masks.suggested
        self.list.blockSignals(True)
        self.list.clear()
        for number, mask in enumerate(masks, start=1):
            self.list.addItem(
                mask_words(
                    number,
                    mask,
                    has_time=self._seconds is not None,
                    has_pages=self._masks.page is not None,
                )
            )
        self.list.blockSignals(False)
        self.list.setVisible(bool(masks))
        for part in (self.take, self.dismiss):
            part.setVisible(bool(suggested))
        self._said.setText(self._sentence(len(suggested)))
        self._show_chosen()

    def _sentence(self, suggested: int) -> str:
        if suggested:
            return self.tr(
                "{} found (dashed). Mask them, or dismiss what is none. Then look for more: "
                "only you can say that none is left."
            ).format(counted(suggested, "possible face"))
        if self._looked:
            return self.tr("Drag over what identifies. What a mask covers is gone from the copy.")
        return self.tr(
            "Drag over what identifies. Faces are not looked for on this computer: look yourself."
        )

    def _show_chosen(self) -> None:
        self.list.blockSignals(True)
        self.list.setCurrentRow(self._masks.chosen)
        self.list.blockSignals(False)
        chosen = self._masks.chosen_mask
        self.delete.setEnabled(chosen is not None)
        self._times.setEnabled(chosen is not None)
        self._show_pages(chosen)
        if chosen is not None and self._seconds is not None:
            for box, value in ((self.start, chosen.start), (self.end, chosen.end)):
                box.blockSignals(True)
                box.setValue(self._seconds if value is None else value)
                box.blockSignals(False)

    def _show_pages(self, chosen: Mask | None) -> None:
        """Every page, or the one that is shown; of a mask of another page, that one."""
        shown = self._masks.page
        self._on_pages.setVisible(shown is not None)
        self._on_pages.setEnabled(chosen is not None)
        if shown is None:
            return
        own = chosen.page if chosen is not None else None
        self.pages.blockSignals(True)
        self.pages.clear()
        self.pages.addItem(self.tr("every page"), None)
        for page in sorted({shown, own or shown}):
            told = self.tr("only this page ({})") if page == shown else self.tr("only page {}")
            self.pages.addItem(told.format(page), page)
        self.pages.setCurrentIndex(self.pages.findData(own))
        self.pages.blockSignals(False)

    def _paged(self) -> None:
        if (chosen := self._masks.chosen_mask) is not None:
            self._masks.put(replace(chosen, page=self.pages.currentData()))

    def _timed(self) -> None:
        chosen = self._masks.chosen_mask
        if chosen is not None and self._seconds is not None:
            start, end = self.start.value(), self.end.value()
            until = None if end >= self._seconds - 0.05 else max(end, start + 0.1)
            self._masks.put(replace(chosen, start=start, end=until))
