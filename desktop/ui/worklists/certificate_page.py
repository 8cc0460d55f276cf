"""The certificate of a disposal: looked at, printed, saved."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.paper_page import PaperOrder, PaperPage
from desktop.ui.worklists.verbs import CertificateChoice, CertificateVerbs


class CertificatePage(PaperPage):
    """One at a time; also asks by which day older backups are gone."""

    def __init__(self, *, background: Background, verbs: CertificateVerbs, ask: AskPath) -> None:
        self._verbs = verbs
        self._number = ""
        super().__init__(
            background=background, printing=verbs.printing, preview=verbs.preview_page, ask=ask
        )
        self.until.returnPressed.connect(self._make)

    def open_certificate(self, number: str) -> None:
        """Make the certificate of a finished disposal."""
        self._number = number
        self.until.clear()
        self.open_for(self._order_with(None))

    def _own_rows(self) -> Sequence[tuple[str, QWidget]]:
        self.until = QLineEdit()
        self.until.setPlaceholderText(self.tr("as the history of backups tells"))
        return ((self.tr("Older backups are gone by"), self.until),)

    def _make(self) -> None:
        if self._order is None:
            return
        typed = self.until.text().strip()
        try:
            until = typed_date(typed, today=date.today()) if typed else None  # noqa: DTZ011  as typed
        except Problem as problem:
            self.notice.problem(problem)
            return
        self._order = self._order_with(until)
        super()._make()

    def _order_with(self, until: date | None) -> PaperOrder:
        """The paper that says this day, or what the history of backups tells."""
        number, verbs = self._number, self._verbs

        def choice(paper: Paper) -> CertificateChoice:
            return CertificateChoice(number=number, paper=paper, backups_until=until)

        return PaperOrder(
            title=self.tr("Certificate {}").format(number),
            sentence=self.tr(
                "Backups from before still hold the keys for a while. A day that is typed here "
                "stands on the certificate as said by you; Enter puts it there."
            ),
            file_name=f"{number}.pdf",
            after=self.tr("Sign it, and file it with the office's papers."),
            after_saving=self.tr("It names patients: keep it safe."),
            make=lambda paper: verbs.make(choice(paper)),
            save=verbs.save,
            print=lambda pdf, paper, printer: verbs.print(pdf, choice(paper), printer),
        )
