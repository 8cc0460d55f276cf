"""Two to four images beside each other, oldest left; two of them over each other as well (R13)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.ui.parts.background import Background
from desktop.ui.parts.image_words import moment_of, what_it_is, when_words
from desktop.ui.parts.pieces import Notice, on_click, words
from desktop.ui.parts.words import counted
from desktop.ui.viewer.compare_bar import CompareBar
from desktop.ui.viewer.compare_measure import CompareMeasure
from desktop.ui.viewer.locked_stages import LockedStages
from desktop.ui.viewer.overlay_stage import Over
from desktop.ui.viewer.overlay_view import OverlayView
from desktop.ui.viewer.picture_pane import PicturePane
from desktop.ui.viewer.picture_stage import STEP, PictureStage
from desktop.ui.viewer.verbs import ViewerVerbs

MOST = 4
_LONGEST = 2400  # four of them are held at once


class CompareView(QWidget):
    """`left` goes back to where it was opened; `shown` tells that every picture is there."""

    left = Signal()
    shown = Signal()

    def __init__(self, *, background: Background, verbs: ViewerVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._images: tuple[ClinicalImage, ...] = ()
        self._awaited = 0
        self.panes: list[PicturePane] = []
        self._lock = LockedStages(self)
        self._build()
        self._connect()

    @property
    def headings(self) -> list[str]:
        """What stands over each picture, from left to right."""
        return [heading_of(image) for image in self._images]

    @property
    def is_locked(self) -> bool:
        """Whether all move together."""
        return self._lock.is_locked

    def open_for(self, images: Sequence[ClinicalImage]) -> None:
        """Show these, two to four, by when they were taken; last where that is not known."""
        self.clear()
        self._images = tuple(sorted(images, key=_oldest_first))[:MOST]
        self._awaited = len(self._images)
        self.bar.tell(self.tr("{}, oldest left").format(counted(self._awaited, "image")))
        self._panes_for(self._images)
        self._show_mode(None)
        for one in (self.bar.beside, *self.bar.over):
            one.setVisible(len(self._images) == 2)
        for one in self.bar.over:
            one.setEnabled(False)
        for pane, image in zip(self.panes, self._images, strict=True):
            pane.open_image(image)
            pane.compare_film()
        self.panes[0].stage.setFocus()

    def clear(self) -> None:
        """Forget every picture."""
        self._images = ()
        self.measuring.stop()
        self.overlay.clear()
        for pane in self.panes:
            pane.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, L locks, M measures, S F W choose how they lie."""
        match event.key():
            case Qt.Key.Key_Escape if self.measuring.is_on:
                self._turn_measuring()
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_L:
                self._turn_lock()
            case Qt.Key.Key_M:
                self._turn_measuring()
            case Qt.Key.Key_S:
                self._show_mode(None)
            case Qt.Key.Key_F if self.bar.fade.isEnabled():
                self._show_mode(Over.FADE)
            case Qt.Key.Key_W if self.bar.curtain.isEnabled():
                self._show_mode(Over.CURTAIN)
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self.bar = CompareBar()
        self._grid_page = QWidget()
        self._grid = QGridLayout(self._grid_page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.overlay = OverlayView()
        self.measuring = CompareMeasure(background=self._background, verbs=self._verbs)
        self._stack = QStackedWidget()
        self._last: PictureStage = self.overlay.stage
        self._stack.addWidget(self._grid_page)
        self._stack.addWidget(self.overlay)
        self._keys = words(
            self.tr(
                "Tab to the next picture · + − zoom · arrows pan · L together or alone · R turn · "
                "B C light · O as it is · M measure · S F W beside, fade, curtain · Esc back"
            ),
            kind="small",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        self.notice = Notice()
        layout.addWidget(self.notice)
        layout.addWidget(self.measuring.panel)
        layout.addWidget(self._keys)

    def _connect(self) -> None:
        bar = self.bar
        on_click(bar.back, self._leave)
        on_click(bar.lock, self._turn_lock)
        on_click(bar.beside, partial(self._show_mode, None))
        on_click(bar.fade, partial(self._show_mode, Over.FADE))
        on_click(bar.curtain, partial(self._show_mode, Over.CURTAIN))
        on_click(bar.fit, self._on_stage(PictureStage.fit_all))
        on_click(bar.actual, self._on_stage(PictureStage.one_to_one))
        on_click(bar.further, self._on_stage(lambda stage: stage.zoom_by(1 / STEP)))
        on_click(bar.nearer, self._on_stage(lambda stage: stage.zoom_by(STEP)))
        on_click(bar.measure, self._turn_measuring)
        self.measuring.panel.closed.connect(self._turn_measuring)
        on_click(bar.turn, self._on_stage(lambda stage: stage.turn(90)))

    def _on_stage(self, act: Callable[[PictureStage], None]) -> Callable[[], None]:
        """To do this to the stage that the person was on last, at that time."""
        return lambda: act(self._stage)

    @property
    def _stage(self) -> PictureStage:
        """The stage that the tools work on: the one the person was on last."""
        if self._stack.currentWidget() is self.overlay:
            return self.overlay.stage
        return self._last

    def _panes_for(self, images: Sequence[ClinicalImage]) -> None:
        self.measuring.forget()
        while item := self._grid.takeAt(0):
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.panes = []
        across = 2 if len(images) == MOST else len(images)
        for place, image in enumerate(images):
            pane = PicturePane(
                background=self._background,
                verbs=self._verbs,
                name=heading_of(image),
                longest=_LONGEST,
                roams=True,
            )
            pane.shown.connect(self._one_shown)
            pane.stage.moved.connect(partial(self._step, place))
            pane.stage.entered.connect(partial(self._enter, pane.stage))
            heading = words(heading_of(image), kind="heading", wrap=True)
            column, row = place % across, place // across * 2
            self._grid.addWidget(heading, row, column)
            self._grid.addWidget(pane, row + 1, column)
            self.panes.append(pane)
        for number in range(4):
            self._grid.setColumnStretch(number, int(number < across))
            self._grid.setRowStretch(number, number % 2 if number // 2 <= len(images) // 4 else 0)
        self._last = self.panes[0].stage
        self._lock.watch([pane.stage for pane in self.panes])

    def _one_shown(self) -> None:
        if self._awaited <= 0:  # a film went to another second
            if self._stack.currentWidget() is not self.overlay:
                self.overlay.clear()
            return
        self._awaited -= 1
        if self._awaited == 0:
            for one in self.bar.over:
                one.setEnabled(all(pane.stage.has_picture for pane in self.panes))
            self.shown.emit()

    def _enter(self, stage: PictureStage) -> None:
        self._last = stage
        self.notice.clear()
        if self.measuring.is_on:
            self._measure()

    def _step(self, place: int, by: int) -> None:
        """Arrows on a fitted picture go to the one beside it."""
        if 0 <= place + by < len(self.panes):
            self.panes[place + by].stage.setFocus()

    def _show_mode(self, over: Over | None) -> None:
        is_over = over is not None
        self.measuring.stop()
        self.notice.clear()
        self.bar.show_mode(over)
        self._keys.setVisible(not is_over)
        self._stack.setCurrentWidget(self.overlay if is_over else self._grid_page)
        if over is None:
            if self.panes:
                self._last.setFocus()
            return
        if not self.overlay.stage.has_picture:
            pictures = [pane.stage.item.picture for pane in self.panes]
            older, newer = zip(self._images, pictures, strict=True)
            self.overlay.open_for(older, newer)
        self.overlay.show_over(over)
        self.overlay.stage.setFocus()

    def _turn_lock(self) -> None:
        self._lock.is_locked = not self._lock.is_locked
        self.bar.show_lock(is_locked=self.is_locked)

    def _turn_measuring(self) -> None:
        if self.measuring.is_on:
            self.measuring.stop()
        else:
            self._measure()
        self._stage.setFocus()

    def _measure(self) -> None:
        """On the picture that the person was on last; of two over each other on the older one,
        which does not move."""
        is_over = self._stage is self.overlay.stage
        for pane, image in zip(self.panes, self._images, strict=False):
            if is_over or pane.stage is self._last:
                self._say(self.measuring.measure(self._stage, image))
                return

    def _say(self, sentence: str) -> None:
        if sentence:
            self.notice.say(sentence)
        else:
            self.notice.clear()

    def _leave(self) -> None:
        self.clear()
        self.left.emit()


def heading_of(image: ClinicalImage) -> str:
    """When, where and who."""
    who = image.photographer.name if image.photographer else "photographer not said"
    return f"{when_words(image)} · {what_it_is(image)} · {who}"


def _oldest_first(image: ClinicalImage) -> tuple[bool, datetime]:
    has_time, moment = moment_of(image)
    return not has_time, moment
