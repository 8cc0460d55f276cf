"""What every paper of this folder starts from: whose it is, for whom, on what paper, and when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.foot import file_words, printed_words, return_words
from desktop.printing.paged_rows import PagedPaper, Row, paged_rows_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery

RowsFor = Callable[[float], Iterable[Row]]
"""The rows of a paper for a width in mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """`banner` names the patient with both identifiers and is empty for a blank paper. `number`,
    where the paper has one, is known to this office alone, and `copy` to its register; else 0.
    `printed_at` has a zone. `volume` is that of the hard file it goes into, or empty. `two_sided`
    binds backs at the right; `is_grey` is said on each page. `notes` are more lines of the foot;
    `own` is what the office adds."""

    organisation: str
    address: str
    printed_by: str
    printed_at: datetime
    banner: str = ""
    number: str = ""
    paper: Paper = Paper.A4
    copy: int = 0
    volume: str = ""
    two_sided: bool = False
    is_grey: bool = False
    notes: tuple[str, ...] = ()
    own: Stationery = PLAIN

    def about(
        self, title: str, *, signatures: tuple[str, ...] = (), has_colours: bool = False
    ) -> PagedPaper:
        """The header and the foot of each page."""
        return PagedPaper(
            title=title,
            organisation=self.organisation,
            signatures=signatures,
            paper=self.paper,
            patient=self.banner,
            code=self.number,
            copy=self.copy,
            foot=tuple(self._foot()),
            has_colours=has_colours,
            two_sided=self.two_sided,
            is_grey=self.is_grey,
            logo=self.own.logo,
        )

    def _foot(self) -> Iterator[str]:
        yield printed_words(self.printed_at, self.printed_by)
        if self.banner or self.number:
            yield return_words(self.organisation, self.address)
            yield from self.own.foot_lines
        if self.banner:
            yield file_words(self.volume)
        yield from self.notes


def rows_pdf(
    head: Letterhead, title: str, rows: RowsFor, *, signatures: tuple[str, ...] = ()
) -> bytes:
    """A paper of rows. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    about = head.about(title, signatures=signatures)
    return paged_rows_pdf(about, list(rows(about.width)))
