"""Images whose time is over as a table, by patient, with what keeps some of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop.records.facts.disposal import OverdueImage
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import hold_words, sentence_case

_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class OverdueModel(QAbstractTableModel):
    """What nothing keeps can be ticked, to be put on a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: tuple[OverdueImage, ...] = ()
        self._ticked: set[ImageId] = set()
        self._columns: tuple[tuple[str, Callable[[OverdueImage], str]], ...] = (
            (self.tr("Patient"), lambda one: one.due.banner),
            (self.tr("Image"), lambda one: sentence_case(one.what)),
            (self.tr("Last service"), lambda one: short_date(one.due.last_service)),
            (self.tr("Kept until"), lambda one: short_date(one.due.retain_until)),
            (self.tr("In the way"), self.in_the_way),
        )

    def show(self, images: Sequence[OverdueImage]) -> None:
        """Show these images and no others; what was ticked and still can be stays ticked."""
        self.beginResetModel()
        self._images = tuple(images)
        self._ticked &= {one.due.image for one in images if one.is_free}
        self.endResetModel()

    @property
    def images(self) -> tuple[OverdueImage, ...]:
        """What is shown, in order."""
        return self._images

    @property
    def ticked(self) -> tuple[OverdueImage, ...]:
        """What is ticked, in order."""
        return tuple(one for one in self._images if one.due.image in self._ticked)

    def in_the_way(self, one: OverdueImage) -> str:
        """What keeps it from being put on a list, in words, or nothing."""
        if one.holds:
            return "; ".join(hold_words(hold) for hold in one.holds)
        return self.tr("on list {}").format(one.waits_in) if one.waits_in else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many images are shown."""
        return 0 if parent.isValid() else len(self._images)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Patient, image, last service, kept until, in the way."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The tick stands in the first column of what nothing keeps."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self._images[index.row()].is_free:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; what is cut off is its tip."""
        if not index.isValid():
            return None
        one = self._images[index.row()]
        match role:
            case (
                Qt.ItemDataRole.DisplayRole
                | Qt.ItemDataRole.AccessibleTextRole
                | Qt.ItemDataRole.ToolTipRole
            ):
                return self._columns[index.column()][1](one)
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0 and one.is_free:
                is_on = one.due.image in self._ticked
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one image."""
        if role != _CHECK or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        image = self._images[index.row()].due.image
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(image)
        else:
            self._ticked.discard(image)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        is_column = orientation is Qt.Orientation.Horizontal and section < len(self._columns)
        shown = is_column and role == Qt.ItemDataRole.DisplayRole
        return self._columns[section][0] if shown else None
