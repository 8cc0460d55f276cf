"""Consent outstanding: signed forms that images rest on and that have not come back (R43)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.records.facts.page_scan import FormDue
from desktop.records.facts.sheet import grouped
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import TickTable, table_or_empty
from desktop.ui.parts.words import counted
from desktop.ui.worklists.uncleared_model import days_words
from desktop.ui.worklists.verbs import FormsVerbs
from desktop.ui.worklists.worklist import Worklist

_SHARES = (36, 20, 13, 17, 14)


class FormsModel(RowsModel[FormDue]):
    """One form a row."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(
            (
                (self.tr("Patient"), lambda row: row.patient.banner),
                (self.tr("Consent form"), lambda row: grouped(row.number)),
                (self.tr("For"), lambda row: counted(row.images, "image")),
                (self.tr("Came back"), _came_back),
                (self.tr("How long"), lambda row: days_words(row.since, now=now())),
            ),
            parent,
        )


def _came_back(form: FormDue) -> str:
    if form.pages is None or form.pages == 1:
        return "nothing"
    return f"{form.pages_in} of {form.pages} pages"


class ConsentOutstanding(Worklist):
    """`loaded` tells that the forms have come."""

    loaded = Signal()

    def __init__(self, *, background: Background, verbs: FormsVerbs) -> None:
        super().__init__(key="consent-outstanding", name="", count=verbs.count)
        self.name = self.tr("Consent outstanding")
        self._background = background
        self._verbs = verbs
        self.notice = Notice()
        self.summary = words("", kind="quiet", wrap=True)
        self.model = FormsModel(self)
        self.table = TickTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Consent forms that have not come back"))
        self.table.opened.connect(self._open_chart)
        self.empty = EmptyState(
            icon="file-text",
            heading=self.tr("Every consent form is back"),
            sentence=self.tr(
                "A form that images name by its number waits here until its pages are filed with "
                "the patient, photographed or scanned."
            ),
        )
        self._rows = table_or_empty(self.table, self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(self.name, kind="title"))
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(self._rows, 1)

    def load(self) -> None:
        """Fetch the forms that are out."""
        self._background.run(
            self._verbs.outstanding, owner=self, done=self._show, failed=self.notice.problem
        )

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "Images rest on these signed forms, and the forms have not come back. "
                    "Photograph or scan every page and file it with the patient at the Desk: it "
                    "attaches by its square code. Enter on a row opens the patient's chart."
                ),
            )
        ]

    def _show(self, rows: Sequence[FormDue]) -> None:
        self.notice.clear()
        self.model.show(rows)
        self._rows.setCurrentWidget(self.table if rows else self.empty)
        said = self.tr("Photograph or scan each page, and file it with the patient at the Desk.")
        self.summary.setText(said if rows else "")
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.loaded.emit()

    def _open_chart(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.chart_wanted.emit(self.model.rows[index.row()].patient)
