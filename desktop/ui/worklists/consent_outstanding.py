"""Consent outstanding: signed forms that images rest on and that have not come back (R43)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from desktop.records.facts.page_scan import FormDue
from desktop.records.facts.sheet import grouped
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted
from desktop.ui.worklists.rows_worklist import RowsWorklist
from desktop.ui.worklists.uncleared_model import days_words
from desktop.ui.worklists.verbs import FormsVerbs

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


class ConsentOutstanding(RowsWorklist[FormDue]):
    """A form a row, the longest out first."""

    def __init__(self, *, background: Background, verbs: FormsVerbs) -> None:
        super().__init__(
            key="consent-outstanding",
            count=verbs.count,
            background=background,
            fetch=verbs.outstanding,
        )
        self.name = self.tr("Consent outstanding")
        self._make_table(
            FormsModel(self),
            shares=_SHARES,
            name=self.tr("Consent forms that have not come back"),
            empty=EmptyState(
                icon="file-text",
                heading=self.tr("Every consent form is back"),
                sentence=self.tr(
                    "A form that images name by its number waits here until its pages are filed "
                    "with the patient, photographed or scanned."
                ),
            ),
        )
        self.table.opened.connect(self._open_chart)
        self._lay_out(self)

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

    def _identity(self, row: FormDue) -> object:
        return row.number

    def _summary(self, rows: Sequence[FormDue]) -> str:
        return self.tr("Photograph or scan each page, and file it with the patient at the Desk.")

    def _open_chart(self) -> None:
        if (row := self.chosen) is not None:
            self.chart_wanted.emit(row.patient)
