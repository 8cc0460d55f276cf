"""The images of one patient as tiles, newest first, each with its state in words."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QPixmap

from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.image_words import (
    missing_words,
    moment_of,
    quality_said,
    recording_badge,
    state_words,
    what_it_is,
    when_words,
)
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tile_look import Face
from desktop.ui.parts.tiles import Index, Role

_MARKS = {
    ImageState.FILED: ("circle-check", "good"),
    ImageState.INCOMPLETE: ("circle-dashed", "warning"),
    ImageState.RECEIVED: ("clock", "muted"),
}


class ChartModel(QAbstractListModel):
    """One chart at a time. Ticks choose what goes on a sheet."""

    def __init__(
        self,
        *,
        pictures: Pictures,
        thumbnail: Callable[[ImageId], bytes | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._thumbnail = thumbnail
        self._images: list[ClinicalImage] = []
        self._row_of: dict[ImageId, int] = {}
        self._ticked: set[ImageId] = set()
        self._said: dict[ImageId, Face] = {}
        self._faces: dict[int, Callable[[ClinicalImage], object]] = {
            Qt.ItemDataRole.DisplayRole: what_it_is,
            Qt.ItemDataRole.AccessibleTextRole: _aloud,
            Qt.ItemDataRole.ToolTipRole: _tip,
            Qt.ItemDataRole.CheckStateRole: self._tick,
            Role.PICTURE: self._picture,
            Role.NO_PICTURE: self._no_picture,
            Role.FACE: self._face,
            Role.FACT: lambda image: image,
        }
        pictures.arrived.connect(self._pictures_came)

    def show(self, images: Sequence[ClinicalImage]) -> None:
        """Show these images and no others."""
        self.beginResetModel()
        self._images = sorted(images, key=moment_of, reverse=True)
        self._row_of = {image.id: row for row, image in enumerate(self._images)}
        self._ticked.clear()
        self._said.clear()
        self._pictures.clear()
        self.endResetModel()

    def expect_rows(self, rows: range) -> None:
        """See `ExpectsRows`."""
        for image in self._images[rows.start : rows.stop]:
            self._pictures.expect(image.id, partial(self._thumbnail, image.id))

    def hold_pictures(self, *, held: bool) -> None:
        """See `HoldsPictures`."""
        self._pictures.hold(held=held)

    @property
    def images(self) -> tuple[ClinicalImage, ...]:
        """What is shown, in order."""
        return tuple(self._images)

    @property
    def ticked(self) -> tuple[ClinicalImage, ...]:
        """What is ticked, in order."""
        return tuple(image for image in self._images if image.id in self._ticked)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many images the chart has."""
        return 0 if parent.isValid() else len(self._images)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything in a chart can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands on a tile."""
        face = self._faces.get(role) if index.isValid() else None
        return face(self._images[index.row()]) if face else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one image."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        image = self._images[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(image.id)
        else:
            self._ticked.discard(image.id)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        return True

    def _tick(self, image: ClinicalImage) -> Qt.CheckState:
        return Qt.CheckState.Checked if image.id in self._ticked else Qt.CheckState.Unchecked

    def _face(self, image: ClinicalImage) -> Face:
        """Kept: to put it together takes longer than to paint it."""
        if (known := self._said.get(image.id)) is not None:
            return known
        said = self._said[image.id] = Face(
            name=what_it_is(image),
            caption=when_words(image),
            mark=_mark(image),
            mark_words=_mark_words(image),
            badge=_badge(image),
        )
        return said

    def _picture(self, image: ClinicalImage) -> QPixmap | None:
        return self._pictures.get(image.id, partial(self._thumbnail, image.id))

    def _no_picture(self, image: ClinicalImage) -> bool:
        return self._pictures.is_absent(image.id)

    def _pictures_came(self, keys: Iterable[ImageId]) -> None:
        for row in (self._row_of[key] for key in keys if key in self._row_of):
            here = self.index(row)
            self.dataChanged.emit(here, here, [Role.PICTURE, Role.NO_PICTURE])


def _badge(image: ClinicalImage) -> tuple[str, str] | None:
    said = image.description
    return recording_badge(said.kind, said.detail.duration_ms) if said else None


def _mark(image: ClinicalImage) -> tuple[str, str]:
    is_doubtful = image.state is ImageState.FILED and quality_said(image) is not None
    return ("triangle-alert", "warning") if is_doubtful else _MARKS[image.state]


def _mark_words(image: ClinicalImage) -> str:
    found = quality_said(image)
    return f"{state_words(image)} · {found.words}" if found else state_words(image)


def _aloud(image: ClinicalImage) -> str:
    _, recording = _badge(image) or ("", "")
    told = (what_it_is(image), recording, f"taken {when_words(image)}", _mark_words(image))
    return ", ".join(filter(None, (*told, missing_words(image))))


def _tip(image: ClinicalImage) -> str:
    note = image.description.note if image.description else ""
    advice = found.advice if (found := quality_said(image)) else ""
    told = (image.arrival.file_name, _mark_words(image), missing_words(image), note, advice)
    return " · ".join(filter(None, told))
