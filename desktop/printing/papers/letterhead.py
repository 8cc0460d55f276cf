"""What every paper of this folder starts from: whose it is, for whom, on what paper, and when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.frame import zoned
from desktop.printing.paged_rows import PagedPaper, Row, paged_rows_pdf
from desktop.printing.record_sheet_model import Paper

RowsFor = Callable[[float], Iterable[Row]]
"""The rows of a paper for a width in mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """`banner` names the patient with both identifiers and is empty for a blank paper. `number`,
    where the paper has one, is known to this office alone. `printed_at` has a zone."""

    organisation: str
    address: str
    printed_by: str
    printed_at: datetime
    banner: str = ""
    number: str = ""
    paper: Paper = Paper.A4

    def about(self, title: str, *, signatures: tuple[str, ...] = ()) -> PagedPaper:
        """The header and the foot of each page."""
        return PagedPaper(
            title=title,
            organisation=self.organisation,
            number="",
            signatures=signatures,
            paper=self.paper,
            patient=self.banner,
            code=self.number,
            foot=self._foot,
        )

    @property
    def _foot(self) -> str:
        printed = f"Printed {zoned(self.printed_at)} by {self.printed_by}."
        if not self.banner and not self.number:
            return printed
        address = ", ".join(part.strip() for part in self.address.split("\n") if part.strip())
        back = f"{self.organisation}, {address}" if address else self.organisation
        return f"{printed} CONFIDENTIAL HEALTH INFORMATION. If found, return to {back.rstrip('.')}."


def rows_pdf(
    head: Letterhead, title: str, rows: RowsFor, *, signatures: tuple[str, ...] = ()
) -> bytes:
    """A paper of rows. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    about = head.about(title, signatures=signatures)
    return paged_rows_pdf(about, list(rows(about.width)))
