"""The trail as the window and the command line ask for it: copies in files, and the month's end."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from desktop.printing.month_end_sheet import MonthEndSheet, month_end_sheet_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Cancelled
from desktop.records.deeds.trail_reading import ExportForm, export_trail, trail_head
from desktop.records.facts.trail import TrailFilter
from desktop.verbs.office import Office
from desktop.verbs.output import write_pieces, write_whole


def save_trail(
    office: Office,
    path: Path,
    *,
    wanted: TrailFilter,
    tell: Callable[[int], None] = lambda _lines: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Write the lines that fit to a file: CSV where its name ends so, else JSON lines.

    Raises FileNotWritable, and Cancelled with no file left behind.
    """
    form = ExportForm.CSV if path.suffix.lower() == ".csv" else ExportForm.JSON_LINES

    def told(lines: int) -> None:
        if stopped():
            raise Cancelled
        tell(lines)

    pieces = export_trail(office.vault, wanted=wanted, form=form, by=office.person, tell=told)
    write_pieces(path, pieces, office=office.folder)


def month_end_sheet(office: Office, *, paper: Paper = Paper.A4) -> bytes:
    """The head of the trail as a page to sign and keep outside the office (PDF)."""
    head = trail_head(office.vault)
    sheet = MonthEndSheet(
        organisation=office.facts.organisation,
        office_number=office.facts.id.hex[-8:].upper(),
        made_by=office.person.name,
        made_at=datetime.now(UTC).astimezone(),
        lines=head.seq,
        head=head.text,
        paper=paper,
    )
    return month_end_sheet_pdf(sheet)


def save_month_end_sheet(office: Office, path: Path) -> None:
    """Write the month-end sheet to a file. Raises FileNotWritable."""
    write_whole(path, month_end_sheet(office), office=office.folder)
