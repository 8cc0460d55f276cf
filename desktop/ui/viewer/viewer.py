"""One image opened: its picture or its player, with who, when and with what below."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, icon_button, on_click, words
from desktop.ui.viewer.caption import Caption, CaptionArea, Notes, Ties
from desktop.ui.viewer.light_bar import ChangedLine, LightBar
from desktop.ui.viewer.measure_panel import MeasurePanel
from desktop.ui.viewer.measure_tool import MeasureTool
from desktop.ui.viewer.picture_pane import PicturePane
from desktop.ui.viewer.picture_stage import STEP
from desktop.ui.viewer.player_stage import PlayerStage
from desktop.ui.viewer.verbs import ViewerVerbs

_ROOMY = 820
_PLAYED = {MediaKind.VIDEO, MediaKind.AUDIO}


class Viewer(QWidget):
    """Shows images one after another: pictures on their stage, recordings where they are played.

    `left` goes back to where it was opened; `shown` tells that an image is there; `copy_wanted`
    carries the image that somebody outside is to have a copy of.
    """

    left = Signal()
    copy_wanted = Signal(object)
    shown = Signal()

    def __init__(self, *, background: Background, verbs: ViewerVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._images: tuple[ClinicalImage, ...] = ()
        self._place = 0
        self._is_played = False
        self._build()
        self._connect()

    def open_at(self, images: Sequence[ClinicalImage], place: int) -> None:
        """Show one image of these."""
        self._images = tuple(images)
        self._place = place
        self._show()
        (self.player if self._is_played else self.stage).setFocus()

    def clear(self) -> None:
        """Forget every picture."""
        self._images = ()
        self.measure.close_panel()
        self.pane.clear()
        self.player.clear()
        self._caption.clear()

    @property
    def place(self) -> int:
        """At which of its images the person is, or was when they left."""
        return self._place

    @property
    def caption(self) -> str:
        """What stands below the picture."""
        return self._caption.text

    @property
    def notice(self) -> Notice:
        """What matters now."""
        return self.pane.notice

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The caption beside the picture where there is room, else below it."""
        super().resizeEvent(event)
        beside = event.size().width() >= _ROOMY
        ways = QBoxLayout.Direction
        self._middle.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._about.stand(beside=beside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, M measures, L shows the light."""
        match event.key():
            case Qt.Key.Key_Escape if self.measure.isVisible():
                self._stop_measuring()
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_M if not self._is_played:
                self._turn_measuring()
            case Qt.Key.Key_L if not self._is_played:
                self._turn_light()
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self.pane = PicturePane(background=self._background, verbs=self._verbs)
        self.stage = self.pane.stage
        self.player = PlayerStage(background=self._background, verbs=self._verbs)
        self.tool = MeasureTool(self.stage)
        self.measure = MeasurePanel(background=self._background, verbs=self._verbs)
        self.light, self.changed = LightBar(), ChangedLine()
        self._caption = Caption()
        self._stages = QStackedWidget()
        self._stages.addWidget(self.pane)
        self._stages.addWidget(self.player)
        self._keys = words(
            self.tr(
                "0 fits · 1 one to one · + − zoom · R turn · B C light · M measure · "
                "Page up, page down: other images · Esc back"
            ),
            kind="small",
            wrap=True,
        )
        self._foot = QStackedWidget()  # one place for both, so that the picture does not jump
        self._foot.addWidget(self._keys)
        self._foot.addWidget(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._bar())
        layout.addWidget(self.light)
        self._about = CaptionArea(self._caption, self.tr("About this image"))
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._middle.setSpacing(12)
        self._middle.addWidget(self._stages, 1)
        self._middle.addWidget(self._about)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.measure)
        layout.addWidget(self._foot)

    def _bar(self) -> QHBoxLayout:
        self.back = button(self.tr("Back to the chart"), icon="arrow-left", kind="link")
        self.before = icon_button("chevron-left", self.tr("Image before (left)"))
        self.after = icon_button("chevron-right", self.tr("Next image (right)"))
        self.fit_button = icon_button("maximize", self.tr("Fit (0)"))
        self.actual_button = button(self.tr("1:1"))
        self.actual_button.setAccessibleName(self.tr("One to one with the original (1)"))
        self.actual_button.setToolTip(self.actual_button.accessibleName())
        self.out_button = icon_button("zoom-out", self.tr("Further (-)"))
        self.in_button = icon_button("zoom-in", self.tr("Nearer (+)"))
        self.turn_button = icon_button("rotate-cw", self.tr("Turn the view (R)"))
        self.light_button = icon_button("sun", self.tr("Brightness and contrast (L)"))
        self.measure_button = icon_button("ruler", self.tr("Measure (M)"))
        self._for_pictures = (
            *(self.fit_button, self.actual_button, self.out_button, self.in_button),
            *(self.turn_button, self.light_button, self.measure_button),
        )
        self.copy_button = icon_button("shield", self.tr("Copy for somebody…"))
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.back)
        bar.addStretch(1)
        for tool in (self.before, self.after, *self._for_pictures, self.copy_button):
            bar.addWidget(tool)
        return bar

    def _connect(self) -> None:
        stage = self.stage
        on_click(self.back, self._leave)
        on_click(self.fit_button, stage.fit_all)
        on_click(self.actual_button, stage.one_to_one)
        on_click(self.in_button, partial(stage.zoom_by, STEP))
        on_click(self.out_button, partial(stage.zoom_by, 1 / STEP))
        on_click(self.turn_button, partial(stage.turn, 90))
        on_click(self.light_button, self._turn_light)
        on_click(self.measure_button, self._turn_measuring)
        on_click(self.copy_button, self._want_copy)
        on_click(self.before, partial(self._move, -1))
        on_click(self.after, partial(self._move, 1))
        stage.moved.connect(self._move)
        self.player.moved.connect(self._move)
        self.player.opened.connect(self.shown)
        stage.view_changed.connect(self._tell_view)
        self.light.tone_chosen.connect(stage.show_tone)
        self.changed.back_wanted.connect(stage.as_it_is)
        self.measure.closed.connect(self._stop_measuring)
        self.pane.shown.connect(self.shown)

    def _want_copy(self) -> None:
        if self._images:
            self.copy_wanted.emit(self._images[self._place])

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _move(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._images):
            self._place = place
            self._show()
            (self.player if self._is_played else self.stage).setFocus()

    def _show(self) -> None:
        image = self._images[self._place]
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(self._images) - 1)
        self.measure.close_panel()
        place = self.tr("{} of {}").format(self._place + 1, len(self._images))
        self._caption.show_image(image, place=place)
        self._background.run(
            partial(self._beside, image.id),
            owner=self,
            done=partial(self._tell_beside, image),
            failed=self.notice.problem,  # a note is parsed by a worker: not in the vault's lane
        )
        self.player.clear()
        self._is_played = image.description is not None and image.description.kind in _PLAYED
        self._stages.setCurrentWidget(self.player if self._is_played else self.pane)
        for part in (*self._for_pictures, self._foot):
            part.setVisible(not self._is_played)
        if self._is_played:
            self.pane.clear()
            self.light.hide()
            self.player.open_image(image)
        else:
            self.pane.open_image(image)

    def _beside(self, image: ImageId) -> tuple[Ties, Notes]:
        return self._verbs.ties(image), self._verbs.notes(image)

    def _tell_beside(self, image: ClinicalImage, beside: tuple[Ties, Notes]) -> None:
        if self._images and self._images[self._place] is image:
            self._caption.show_beside(image, *beside)

    def _tell_view(self) -> None:
        self._foot.setCurrentWidget(self.changed if self.stage.is_changed else self._keys)
        self.light.show_tone(self.stage.tone)

    def _turn_light(self) -> None:
        self.light.setVisible(not self.light.isVisible())
        if self.light.isVisible():
            self.light.brightness.setFocus()
        else:
            self.stage.setFocus()

    def _turn_measuring(self) -> None:
        if self.measure.isVisible():
            self._stop_measuring()
        elif self.stage.has_picture:
            self.measure.open_for(self._images[self._place], self.tool)
            self.stage.setFocus()

    def _stop_measuring(self) -> None:
        self.measure.close_panel()
        self.stage.setFocus()
