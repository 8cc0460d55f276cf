"""What was given to others of a patient's images: who got it, when, what for and by what right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.ui.copies.verbs import CopyVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, on_escape, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import RowsTable, table_or_empty
from desktop.ui.parts.words import moment, sentence_case

_SHARES = (18, 19, 24, 17, 22)


class GivenModel(RowsModel[GivenOut]):
    """One time a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("When"), lambda row: moment(row.at.astimezone())),
                (self.tr("Image"), lambda row: row.number),
                (self.tr("Who got it"), lambda row: row.recipient),
                (self.tr("What for"), lambda row: sentence_case(row.purpose)),
                (self.tr("What"), self._what),
            ),
            parent,
        )

    def _what(self, row: GivenOut) -> str:
        said = self.tr("De-identified copy") if row.is_deidentified else self.tr("The original")
        return self.tr("{}: did not come to be").format(said) if row.failed else said


class GivenPage(QWidget):
    """One patient, or one image, at a time. `left` goes back; `loaded` tells that it has come."""

    left = Signal()
    loaded = Signal()

    def __init__(self, *, background: Background, verbs: CopyVerbs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background, self._verbs = background, verbs
        self._patient: Patient | None = None
        self._image: ImageId | None = None
        self._build()
        on_click(self.back, self._leave)
        on_escape(self, self._leave)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def open_for(self, patient: Patient, *, image: ImageId | None = None) -> None:
        """Show what was given of this patient's images, or of one of them."""
        self._patient, self._image = patient, image
        self.banner.show_patient(patient)
        self.model.show(())
        self.notice.clear()
        self._tell()
        self._background.run(
            partial(self._verbs.given, patient.id),
            owner=self,
            done=partial(self._show, patient, image),
            failed=self._failed,
        )
        self.table.setFocus()

    def clear(self) -> None:
        """Forget whose images they were."""
        self._patient = self._image = None
        self.banner.clear()
        self.model.show(())
        self._tell()

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner, self.notice = PatientBanner(), Notice()
        self.banner.fold(is_folded=True)
        self.model = GivenModel(self)
        self.table = RowsTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("What was given to others"))
        self.empty = EmptyState(
            icon="shield",
            heading=self.tr("Nothing was given to others yet"),
            sentence=self.tr("Copies that are made for somebody appear here, with who got them."),
        )
        self._rows = table_or_empty(self.table, self.empty)
        self.detail = words("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (words(self.tr("Given to others"), kind="title"), self.banner, self.notice):
            column.addWidget(part)
        column.addWidget(self._rows, 1)
        column.addWidget(self.detail)

    def _show(self, patient: Patient, image: ImageId | None, given: Sequence[GivenOut]) -> None:
        if self._patient is None or (self._patient.id, self._image) != (patient.id, image):
            return
        rows = [one for one in given if image in (None, one.image)]
        self.model.show(rows)
        self._rows.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell()
        self.loaded.emit()

    def _failed(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self.loaded.emit()

    def _tell(self) -> None:
        row = self.table.currentIndex().row()
        is_there = 0 <= row < len(self.model.rows)
        self.detail.setText(detail_words(self.model.rows[row]) if is_there else "")

    def _leave(self) -> None:
        self.clear()
        self.left.emit()


def detail_words(given: GivenOut) -> str:
    """What allowed it, who looked and who made it."""
    told = (
        f"Allowed by: {given.ground}" if given.ground else "",
        f"Authority: {given.authority}" if given.authority else "",
        f"Why identifiable: {given.why_identifiable}" if given.why_identifiable else "",
        f"Approval or policy: {given.reference}" if given.reference else "",
        f"Looked for what identifies: {given.features_by}" if given.features_by else "",
        f"Made by: {given.by}",
    )
    return " · ".join(filter(None, told))


def given_words(given: Sequence[GivenOut]) -> str:
    """In a line what was given of an image before; empty for nothing."""
    there = [one for one in given if not one.failed]
    if not there:
        return ""
    last = there[0]
    often = "once" if len(there) == 1 else f"{len(there):,} times"
    when = moment(last.at.astimezone())
    return f"Given to others {often}, last to {last.recipient}, {when}, for {last.purpose}."
