"""The trail as the window and the command line ask for it: copies in files, the month's end, and
what was printed at an earlier one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.printing.month_end_sheet import MonthEndSheet, month_end_sheet_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Cancelled
from desktop.records.deeds.trail_reading import (
    ExportForm,
    check_anchor,
    export_trail,
    trail_head,
)
from desktop.records.facts.trail import PrintedLine, TrailFilter
from desktop.ui.parts.words import moment
from desktop.verbs.office import Office
from desktop.verbs.output import write_pieces, write_whole
from desktop.verbs.stationery import stationery


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFound:
    """Whether a printed head fits, and in sentences what that means and what to do."""

    fits: bool
    words: str


def printed_line(office: Office, typed: str) -> PrintedFound:
    """Look for the line whose head stands on a month-end sheet or came with a backup.

    One line is read: that all others are as they were written is what a proof of the whole trail
    with this head says. Raises AnchorMistyped.
    """
    found = check_anchor(office.vault, typed)
    return PrintedFound(fits=found.fits, words=_fits(found) if found.fits else _differs(found))


def _fits(found: PrintedLine) -> str:
    when = f", written {moment(found.at.astimezone())}" if found.at else ""
    return (
        f"It fits: line {found.seq:,}{when}, stands here as it was printed. Nothing before it was "
        "cut off, and these records are not older than the paper. To see that no line was changed "
        "either, prove the trail with it."
    )


def _differs(found: PrintedLine) -> str:
    if found.seq > found.last:
        why = (
            f"It does not fit: line {found.seq:,} was printed, and the trail ends at "
            f"{found.last:,}. Lines were cut off, or an older copy of the records was put back. If "
            "this office was restored from a backup older than the paper, that is why."
        )
    else:
        why = (
            f"It does not fit: line {found.seq:,} here is not the one that was printed. Either the "
            "paper is of another office (compare the office number on it), or the trail was "
            "written anew."
        )
    return (
        f"{why} Otherwise keep this office and its backups as they are, make no new backup over "
        "them, and call whoever answers for privacy."
    )


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
        own=stationery(office),
    )
    return month_end_sheet_pdf(sheet)


def save_month_end_sheet(office: Office, path: Path) -> None:
    """Write the month-end sheet to a file. Raises FileNotWritable."""
    write_whole(path, month_end_sheet(office), office=office.folder)
