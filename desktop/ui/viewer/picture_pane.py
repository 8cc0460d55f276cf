"""A stage that fetches its picture, and more of its pixels where somebody looks closely."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.ui.parts.background import Background
from desktop.ui.parts.pictures import decoded
from desktop.ui.parts.pieces import Notice
from desktop.ui.viewer.picture import Picture
from desktop.ui.viewer.picture_stage import PictureStage
from desktop.ui.viewer.second_slider import SecondSlider
from desktop.ui.viewer.verbs import Box, ViewerVerbs

LONGEST = 4096
"""Pixels a side that are held of one picture, and of one part of it: 64 MiB each at most."""

_AROUND = 0.25  # so much more than is seen is fetched on each side, so that a small pan needs none


class PicturePane(QWidget):
    """One picture at a time. `shown` tells that it is there, or that there is none to be had."""

    shown = Signal()

    def __init__(
        self,
        *,
        background: Background,
        verbs: ViewerVerbs,
        name: str = "",
        longest: int = LONGEST,
        roams: bool = False,
    ) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._longest = longest
        self._image: ClinicalImage | None = None
        self._asked: Box | None = None
        self._second = 0.0
        self.notice = Notice()
        self.stage = PictureStage(name, roams=roams)
        self.setFocusProxy(self.stage)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage, 0, 0)
        # over the stage: beside it, it would move the picture each time that it comes and goes
        layout.addWidget(self.notice, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.seconds = SecondSlider()
        layout.addWidget(self.seconds, 1, 0)
        layout.setRowStretch(0, 1)
        self.stage.detail_wanted.connect(self._fetch_part)
        self.seconds.chosen.connect(self._fetch_frame)

    @property
    def image(self) -> ClinicalImage | None:
        """Whose picture it is."""
        return self._image

    def open_image(self, image: ClinicalImage) -> None:
        """Fetch and show this image's picture."""
        self._image, self._asked = image, None
        self.stage.show_picture(None)
        self.notice.say(self.tr("Opening…"))
        self._background.run(
            partial(_picture_of, self._verbs.picture, image, self._longest),
            owner=self,
            done=partial(self._arrived, image),
            failed=partial(self._failed, image),
        )

    def compare_film(self) -> None:
        """Offer every second of the film that is open: its preview alone says little of it."""
        said = self._image.description if self._image is not None else None
        length = said.detail.duration_ms if said and said.kind is MediaKind.VIDEO else None
        if length:
            self.seconds.open_for(self.stage.accessibleName(), length)

    def clear(self) -> None:
        """Forget the picture."""
        self.seconds.hide()
        self._image, self._asked = None, None
        self.stage.show_picture(None)
        self.notice.clear()

    def _arrived(self, image: ClinicalImage, picture: Picture | None) -> None:
        if image is not self._image:
            return
        note = image.description.note if image.description else ""
        if picture is None:
            no_preview = self.tr("There is no preview of this image. The original is kept whole.")
            self.notice.say(note or no_preview, tone="warning")
        else:
            self.notice.clear()
        self.stage.show_picture(picture)
        self.shown.emit()

    def _failed(self, image: ClinicalImage, problem: Exception) -> None:
        if image is self._image:
            self.notice.problem(problem)
            self.shown.emit()

    def _fetch_part(self, seen: QRectF) -> None:
        """Ask for what is seen, one part at a time: a wish that came meanwhile is asked for when
        the answer is here."""
        if self._image is None or self._asked is not None:
            return
        box = part_around(seen, self.stage.size_shown)
        self._asked = box
        self._background.run(
            partial(_part_of, self._verbs.part, self._image, box, self._longest),
            owner=self,
            done=partial(self._part_arrived, self._image, box),
            failed=partial(self._part_failed, self._image),
        )

    def _fetch_frame(self, seconds: float) -> None:
        if self._image is None:
            return
        self._second = seconds
        self._background.run(
            partial(_frame_of, self._verbs.frame, self._image, seconds, self._longest),
            owner=self,
            done=partial(self._frame_arrived, self._image, seconds),
            failed=partial(self._part_failed, self._image),
        )

    def _frame_arrived(self, image: ClinicalImage, seconds: float, picture: Picture | None) -> None:
        if seconds == self._second:  # not one that was left behind meanwhile
            self._arrived(image, picture)

    def _part_arrived(self, image: ClinicalImage, box: Box, part: QImage | None) -> None:
        if image is not self._image:
            return
        self._asked = None
        if part is not None:
            self.stage.item.show_detail(part, QRectF(*box))
            self.stage.look_again()

    def _part_failed(self, image: ClinicalImage, problem: Exception) -> None:
        if image is self._image:
            self.notice.problem(problem)


def part_around(seen: QRectF, size: QSizeF) -> Box:
    """What to fetch for what is seen of an original of this size: it and some more around it."""
    across, down = seen.width() * _AROUND, seen.height() * _AROUND
    whole = QRectF(0, 0, size.width(), size.height())
    grown = (seen.adjusted(-across, -down, across, down) & whole).toAlignedRect() & whole.toRect()
    return grown.x(), grown.y(), grown.width(), grown.height()


def _picture_of(
    picture: Callable[..., bytes | None], image: ClinicalImage, longest: int
) -> Picture | None:
    """In a lane: fetch and decode."""
    return Picture.made_of(picture(image.id, longest), image.description)


def _frame_of(
    frame: Callable[..., bytes | None], image: ClinicalImage, seconds: float, longest: int
) -> Picture | None:
    """In a lane: fetch and decode the frame of a film."""
    return Picture.made_of(frame(image.id, seconds, longest), image.description)


def _part_of(
    part: Callable[..., bytes | None], image: ClinicalImage, box: Box, longest: int
) -> QImage | None:
    """In a lane: fetch and decode a part."""
    return decoded(part(image.id, box, longest))
