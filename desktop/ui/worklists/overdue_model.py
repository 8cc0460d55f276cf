"""Images that may be disposed of as a table, by patient, with what keeps some of them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from desktop.records.facts.disposal import OverdueImage
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import hold_words, sentence_case

_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class OverdueModel(RowsModel[OverdueImage]):
    """What nothing keeps can be ticked in its first column, to be put on a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("Patient"), lambda one: one.due.banner),
                (self.tr("Image"), lambda one: sentence_case(one.what)),
                (self.tr("Last service"), lambda one: short_date(one.due.last_service)),
                (self.tr("Kept until"), self.kept_until),
                (self.tr("In the way"), self.in_the_way),
            ),
            parent,
        )
        self._ticked: set[ImageId] = set()

    def show(self, rows: Sequence[OverdueImage]) -> None:
        """Show these images and no others; what was ticked and still can be stays ticked."""
        self._ticked &= {one.due.image for one in rows if one.is_free}
        super().show(rows)

    @property
    def ticked(self) -> tuple[OverdueImage, ...]:
        """What is ticked, in order."""
        return tuple(one for one in self.rows if one.due.image in self._ticked)

    def kept_until(self, one: OverdueImage) -> str:
        """The last day on which it has to be kept, and on which paper it would be."""
        day, paper = short_date(one.due.retain_until), one.due.paper
        if paper is None:
            return day
        return self.tr("{}; sheet {}, copy {} may stand for it").format(
            day, paper.number, paper.copy
        )

    def in_the_way(self, one: OverdueImage) -> str:
        """What keeps it from being put on a list, in words, or nothing."""
        if one.holds:
            return "; ".join(hold_words(hold) for hold in one.holds)
        if one.waits_in:
            return self.tr("on list {} already").format(one.waits_in)
        return sentence_case(one.why_not)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The tick stands in the first column of what nothing keeps."""
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self.rows[index.row()].is_free:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, or the tick."""
        if role != _CHECK:
            return super().data(index, role)
        if not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return None
        is_on = self.rows[index.row()].due.image in self._ticked
        return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one image."""
        if role != _CHECK or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        image = self.rows[index.row()].due.image
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(image)
        else:
            self._ticked.discard(image)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        return True
