"""One image opened: its picture or its player, with who, when and with what below."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.background import Background
from desktop.ui.parts.image_words import what_it_is
from desktop.ui.parts.pictures import decoded
from desktop.ui.parts.pieces import Notice, button, icon_button, on_click, words
from desktop.ui.viewer.caption import caption_of
from desktop.ui.viewer.picture_stage import STEP, PictureStage
from desktop.ui.viewer.player_stage import PlayerStage
from desktop.ui.viewer.verbs import ViewerVerbs

_LONGEST = 4096
_PLAYED = {MediaKind.VIDEO, MediaKind.AUDIO}


class Viewer(QWidget):
    """Shows images one after another: pictures on their stage, recordings where they are played.
    `left` goes back to the chart."""

    left = Signal()
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
        self.stage.show_image(None)
        self.player.clear()
        self._name.clear()
        self._caption.clear()
        self.notice.clear()

    @property
    def caption(self) -> str:
        """What stands below the picture."""
        return f"{self._name.text()} {self._caption.text()}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.back = button(self.tr("Back to the chart"), icon="arrow-left", kind="link")
        self.fit_button = icon_button("maximize", self.tr("Fit (0)"))
        self.actual_button = button(self.tr("1:1"))
        self.actual_button.setAccessibleName(self.tr("One to one (1)"))
        self.in_button = icon_button("zoom-in", self.tr("Nearer (+)"))
        self.out_button = icon_button("zoom-out", self.tr("Further (-)"))
        self.before = icon_button("chevron-left", self.tr("Image before (left)"))
        self.after = icon_button("chevron-right", self.tr("Next image (right)"))
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.back)
        bar.addStretch(1)
        self._for_pictures = (
            self.fit_button,
            self.actual_button,
            self.out_button,
            self.in_button,
        )
        for tool in (self.before, self.after, *self._for_pictures):
            bar.addWidget(tool)
        self.notice = Notice()
        self.stage = PictureStage()
        self.player = PlayerStage()
        self._stages = QStackedWidget()
        self._stages.addWidget(self.stage)
        self._stages.addWidget(self.player)
        self._name = words("", kind="heading", wrap=True)
        self._caption = words("", kind="quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._stages, 1)
        layout.addWidget(self._name)
        layout.addWidget(self._caption)

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_click(self.fit_button, self.stage.fit)
        on_click(self.actual_button, self.stage.one_to_one)
        on_click(self.in_button, partial(self.stage.zoom_by, STEP))
        on_click(self.out_button, partial(self.stage.zoom_by, 1 / STEP))
        on_click(self.before, partial(self._move, -1))
        on_click(self.after, partial(self._move, 1))
        self.stage.moved.connect(self._move)

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _move(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._images):
            self._place = place
            self._show()

    def _show(self) -> None:
        image = self._images[self._place]
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(self._images) - 1)
        self._name.setText(
            self.tr("{} · {} of {}").format(what_it_is(image), self._place + 1, len(self._images))
        )
        self._caption.setText(caption_of(image))
        self.stage.show_image(None)
        self.player.clear()
        self._is_played = image.description is not None and image.description.kind in _PLAYED
        self._stages.setCurrentWidget(self.player if self._is_played else self.stage)
        for tool in self._for_pictures:
            tool.setVisible(not self._is_played)
        if self._is_played:
            self.notice.clear()
            self.player.open_image(image)
            self.shown.emit()
        else:
            self._fetch(image)

    def _fetch(self, image: ClinicalImage) -> None:
        self.notice.say(self.tr("Opening…"))
        self._background.run(
            partial(_picture_of, self._verbs.picture, image.id),
            owner=self,
            done=partial(self._arrived, image),
            failed=partial(self._failed, image),
        )

    def _arrived(self, image: ClinicalImage, picture: QImage | None) -> None:
        if not self._is_shown(image):
            return
        note = image.description.note if image.description else ""
        if picture is None:
            no_preview = self.tr("There is no preview of this image. The original is kept whole.")
            self.notice.say(note or no_preview, tone="warning")
        else:
            self.notice.clear()
        self.stage.show_image(picture)
        self.shown.emit()

    def _failed(self, image: ClinicalImage, problem: Exception) -> None:
        if self._is_shown(image):
            self.notice.problem(problem)
            self.shown.emit()

    def _is_shown(self, image: ClinicalImage) -> bool:
        return bool(self._images) and self._images[self._place].id == image.id


def _picture_of(picture: Callable[[ImageId, int], bytes | None], image: ImageId) -> QImage | None:
    """In a lane: fetch and decode."""
    return decoded(picture(image, _LONGEST))
