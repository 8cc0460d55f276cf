"""The picture half of the page: the stage, and for a film its slider."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop.media.copier import Looked
from desktop.ui.copies.mask_set import MaskSet
from desktop.ui.copies.mask_stage import MaskStage
from desktop.ui.parts.pieces import Notice, words

_TENTHS = 10


class PictureSide(QWidget):
    """`moved` tells that another second of the film is wanted."""

    moved = Signal()

    def __init__(self, masks: MaskSet) -> None:
        super().__init__()
        self.notice = Notice()
        self.stage = MaskStage(masks)
        self._masks = masks
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._second = words("", kind="quiet")
        self._film = QWidget()
        row = QHBoxLayout(self._film)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self.slider, 1)
        row.addWidget(self._second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self._film)
        self.slider.valueChanged.connect(self._slid)
        self.begin()

    @property
    def at(self) -> float:
        """The second that the slider is at, or the page from 0."""
        return self.slider.value() / (_TENTHS if self._pages == 1 else 1)

    def begin(self) -> None:
        """Nothing to see yet."""
        self._pages = 1
        self._masks.show_page(None)
        self.slider.blockSignals(True)
        self.slider.setAccessibleName(self.tr("Second of the film"))
        self.slider.setPageStep(_TENTHS)
        self.slider.setValue(0)
        self.slider.blockSignals(False)
        self.notice.clear()
        self.stage.show_picture(None)
        self._film.hide()

    def clear(self) -> None:
        """Forget the picture."""
        self.begin()

    def show_looked(self, image: QImage | None, looked: Looked, *, at: float) -> None:
        """A photo, a frame of a film, or the sentence that sound has no picture."""
        has_film = looked.seconds is not None and image is not None
        self.stage.show_picture(image, at=at if has_film else None)
        self._film.setVisible(has_film)
        if has_film and looked.seconds is not None:
            self.slider.setMaximum(int(looked.seconds * _TENTHS))
            self._second.setText(self.tr("{:.1f} s of {:.1f} s").format(at, looked.seconds))
        if looked.pages > 1:
            self._show_pages(looked.pages)
            self._masks.show_page(int(at) + 1)
        if image is None:
            self.notice.say(self.tr("A sound recording: there is nothing to mask."))
        else:
            self.notice.clear()

    def _show_pages(self, count: int) -> None:
        """Each is looked at before it leaves."""
        self._pages = count
        self.slider.setAccessibleName(self.tr("Page"))
        self.slider.setPageStep(1)
        self.slider.setMaximum(count - 1)
        self._film.show()
        self._tell_page()

    def _tell_page(self) -> None:
        page = self.slider.value() + 1
        told = self.tr("page {} of {}; a new mask lies on every page")
        self._second.setText(told.format(page, self._pages))

    def _slid(self) -> None:
        if self._pages > 1:
            self._tell_page()
            self.moved.emit()
            return
        self._second.setText(self.tr("{:.1f} s").format(self.at))
        self.moved.emit()
