"""One image large: fit, one to one, zoom; with who, when and with what below."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.background import Background
from desktop.ui.parts.pictures import decoded
from desktop.ui.parts.pieces import Notice, button, icon_button, on_click, words
from desktop.ui.patients.chart_model import missing_words, state_words, what_it_is, when_words

_LONGEST = 4096
_STEP = 1.25
_LARGEST, _SMALLEST = 16.0, 0.02


class PictureStage(QGraphicsView):
    """The picture on its dark stage. Keys: 0 fits, 1 is one to one, + and - zoom."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._fits = True
        self.setScene(self._scene)
        self.setAccessibleName(self.tr("Image"))
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the picture."""
        return self.transform().m11() * self.devicePixelRatioF()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._item.pixmap().isNull()

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, fitted; None shows nothing."""
        self._item.setPixmap(QPixmap.fromImage(image) if image is not None else QPixmap())
        self._scene.setSceneRect(self._item.boundingRect())
        self.fit()

    def fit(self) -> None:
        """As large as the stage holds it, never larger than one to one."""
        self._fits = True
        self.resetTransform()
        if not self.has_picture:
            return
        self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)
        if self.zoom > 1:
            self.one_to_one(fits=True)

    def one_to_one(self, *, fits: bool = False) -> None:
        """One pixel of the picture on one pixel of the screen."""
        self._fits = fits
        self.resetTransform()
        scale = 1 / self.devicePixelRatioF()
        self.scale(scale, scale)

    def zoom_by(self, factor: float) -> None:
        """Nearer or further, within reason."""
        if self.has_picture and _SMALLEST < self.zoom * factor < _LARGEST:
            self._fits = False
            self.scale(factor, factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted picture stays fitted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The zoom keys, and arrows to the next image while the picture fits."""
        match event.key():
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.one_to_one()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(_STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / _STEP)
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown if self._fits:
                self.moved.emit(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp if self._fits:
                self.moved.emit(-1)
            case _:
                super().keyPressEvent(event)


class LargeView(QWidget):
    """Shows the images of one chart one after another. `left` goes back to the chart."""

    left = Signal()
    shown = Signal()

    def __init__(
        self, *, background: Background, picture: Callable[[ImageId, int], bytes | None]
    ) -> None:
        super().__init__()
        self._background = background
        self._picture = picture
        self._images: tuple[ClinicalImage, ...] = ()
        self._place = 0
        self._build()
        self._connect()

    def open_at(self, images: Sequence[ClinicalImage], place: int) -> None:
        """Show one image of these."""
        self._images = tuple(images)
        self._place = place
        self._show()
        self.stage.setFocus()

    def clear(self) -> None:
        """Forget every picture."""
        self._images = ()
        self.stage.show_image(None)
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
        for tool in (
            self.before,
            self.after,
            self.fit_button,
            self.actual_button,
            self.out_button,
            self.in_button,
        ):
            bar.addWidget(tool)
        self.notice = Notice()
        self.stage = PictureStage()
        self._name = words("", kind="heading", wrap=True)
        self._caption = words("", kind="quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self._name)
        layout.addWidget(self._caption)

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_click(self.fit_button, self.stage.fit)
        on_click(self.actual_button, self.stage.one_to_one)
        on_click(self.in_button, partial(self.stage.zoom_by, _STEP))
        on_click(self.out_button, partial(self.stage.zoom_by, 1 / _STEP))
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
        self.notice.say(self.tr("Opening…"))
        self._background.run(
            partial(_picture_of, self._picture, image.id),
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


def caption_of(image: ClinicalImage) -> str:
    """Who, when and with what; and what is missing."""
    who = image.photographer
    taken = f"Taken {when_words(image)}"
    basis = f" ({image.taken.basis.words})" if image.taken else ""
    by = f"by {who.name}, {who.role.words}" if who else "photographer not said"
    device = "device not said"
    if image.mode is not None:
        device = f"{image.mode.device.words}, {image.mode.owner.words}, {image.mode.route.words}"
    if registered := image.brought.device_words:
        device += f" (register: {registered})"
    depositor = image.brought.depositor
    brought = f"brought by {depositor.name}, {depositor.role.words}" if depositor else ""
    purposes = ", ".join(sorted(purpose.words for purpose in image.purposes))
    consent = f"consent {image.consent.form.words}" if image.consent else "consent not said"
    state = (state_words(image), missing_words(image))
    told = (f"{taken}{basis} {by}", brought, device, purposes, consent, *state)
    return " · ".join(filter(None, told)) + f"\nImage {image.short_number}"


def _picture_of(picture: Callable[[ImageId, int], bytes | None], image: ImageId) -> QImage | None:
    """In a lane: fetch and decode."""
    return decoded(picture(image, _LONGEST))
