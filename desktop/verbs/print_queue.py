"""Papers that a printer took: followed until they are over, cancelled, and deleted from the spool
of a print server (R79, R115).

What is on its way is remembered, sealed beside the thumbnails, until it is over and the print
server has forgotten it: so what is released hours later is not left in a spool in the clear. It is
looked after while an office is open, when it is closed, and when it is opened again. Where that
memory is lost, printers are asked for the copies of the register by their numbers.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from desktop.printing import printers
from desktop.printing.ipp_connection import shown_name
from desktop.printing.laid_out import HeldPdf
from desktop.printing.print_jobs import (
    JobNow,
    JobState,
    PrintJob,
    follow,
    left_at,
    purge,
    purge_if_over,
    refuse_ended,
    see_through,
)
from desktop.printing.print_options import PrintOptions
from desktop.printing.printer_talk import found, queue_names
from desktop.printing.problems import NoSuchPrint, PrinterStopped, PrintNotCancelled, PrintNotDone
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.deeds import papers, sheet_loop, sheets
from desktop.records.facts.ids import SheetId
from desktop.records.facts.sheet import Sheet, SheetState
from desktop.verbs.office import PRINTS, Office

T = TypeVar("T")
_HERE_S = 2.0
_CANCELLED = "cancelled before it was printed"
_guard = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPaper:
    """A paper that a printer took. `title` is what its job is called; `copy` and `sheet` are of the
    register, or 0 and None. `sent_at` is UTC. `is_over` tells that it is over, and that the print
    server still keeps it. `said` is how it stands, in a sentence, where it was asked."""

    job: PrintJob
    title: str
    copy: int = 0
    sheet: SheetId | None = None
    sent_at: datetime
    sent_by: str
    is_over: bool = False
    said: str = ""

    @property
    def what(self) -> str:
        """The paper in a few words."""
        return f"{self.title}, copy {self.copy}" if self.copy else self.title

    @property
    def printer(self) -> str:
        """The printer as it is called in a sentence."""
        return shown_name(self.job.printer)


def follow_sent(office: Office, job: PrintJob, *, title: str, line: Sheet | None = None) -> str:
    """Follow a paper that a printer took; `line` is that of the register. Gives why it still waits
    there, in a sentence, or nothing where it is over.

    Raises PrintNotDone, which is then on record, and what following raises: the paper still waits
    at the printer, may come out, and is looked after from now on.
    """
    sent = SentPaper(
        job=job,
        title=title,
        copy=line.copy if line else 0,
        sheet=line.id if line else None,
        sent_at=datetime.now(UTC),
        sent_by=office.person.name,
    )
    _remember(office, sent)
    try:
        now = see_through(job)
    except PrintNotDone as ended:
        _note_not_printed(office, sent, why=ended.code)
        _forget(office, sent)
        raise
    return _settle(office, sent, now).said


def send_through(
    office: Office,
    pdf: bytes,
    *,
    to: PrintOptions,
    title: str,
    paper: Paper,
    note: Callable[[], T],
) -> T:
    """Print a paper that is not of the register, follow it, and `note` that it went out: also where
    it waits at a printer that stands still, for it may come out with nobody beside it. One that
    ended there without paper has a line that says so. Raises as `print_laid` and `follow_sent`
    do."""
    job = printers.print_laid(HeldPdf(pdf), options=to, title=title, paper=paper)
    try:
        follow_sent(office, job, title=title)
    except PrintNotDone:
        raise
    except Problem:
        note()
        raise
    return note()


def waiting_prints(office: Office) -> Sequence[SentPaper]:
    """What is not over, and what a print server still keeps, as it stands now, the oldest first.
    What is over is settled by it: forgotten by the print server, and on record where it did not
    come to paper."""
    _find_again(office)
    left = []
    silent: dict[str, str] = {}
    for sent in _kept(office):
        printer = sent.job.printer
        now = replace(sent, said=silent[printer]) if printer in silent else None
        if now is None:
            try:
                now = _looked_after(office, sent)
            except Problem as problem:
                silent[printer] = str(problem)
                now = replace(sent, said=str(problem))
        if now.said:
            left.append(now)
    return left


def cancel_print(office: Office, job: int, *, printer: str = "") -> str:
    """Take a paper out of its printer's queue, and say what is on record of it now, in a sentence.

    `printer` may be left out where the job is the only one of that number. Raises NoSuchPrint,
    PrintNotCancelled, and what asking the printer raises.
    """
    named = [
        one
        for one in _kept(office)
        if one.job.number == job and printer in {"", one.printer, one.job.printer}
    ]
    if len(named) != 1:
        raise NoSuchPrint(job=job)
    (sent,) = named
    with suppress(PrinterStopped):
        now = follow(sent.job)
        if now.is_over:
            _settle(office, sent, replace(now, is_left=not purge(sent.job)))
            if now.state is JobState.TAKEN:
                return (
                    f"{sent.what} was printed meanwhile: nothing was cancelled. Look at the tray."
                )
            return f"{sent.what} was {now.state.value} at {sent.printer} before. {_record(sent)}"
    if not purge(sent.job):
        raise PrintNotCancelled(printer=sent.printer, what=sent.what)
    _note_not_printed(office, sent, why=_CANCELLED)
    _forget(office, sent)
    return f"{sent.what} is cancelled at {sent.printer}. {_record(sent)}"


def settle_here(office: Office) -> None:
    """What is over at this computer's own print server is forgotten by it. Nothing that might let
    somebody wait is asked, so that it may be done by the way, and before the keys go."""
    for sent in _kept(office):
        with suppress(Problem):
            if found(sent.job.printer).server.is_here:
                _settle(office, sent, purge_if_over(sent.job, patience_s=_HERE_S))


def _find_again(office: Office) -> None:
    """Where nothing is remembered, not even that nothing waits, the file that held it was lost: the
    print server of this computer is asked for copies of the register, by their numbers, that nobody
    confirmed. Where it does not answer, it is asked the next time."""
    if office.vault.renditions.progress(PRINTS):
        return
    made = [one for one, _ in sheet_loop.sheets_in_state(office.vault, SheetState.MADE)]
    queues = queue_names() if made else []
    if made and not queues:
        return
    lost: list[SentPaper] = []
    for queue in queues:
        sent_there = [one for one in made if _queue_of(one) == queue]
        try:
            lost += _matched(queue, left_at(queue), sent_there) if sent_there else ()
        except Problem:
            return
    # another may have been sent, or found, meanwhile
    _change(
        office,
        lambda kept: [*kept, *(one for one in lost if one.job not in {had.job for had in kept})],
    )


def _queue_of(line: Sheet) -> str:
    """Where a copy went, as `PrintOptions.target` says it."""
    return line.target.partition(", ")[0].removeprefix("printer ")


def _matched(queue: str, titles: Mapping[int, str], sent_there: list[Sheet]) -> list[SentPaper]:
    """The newest job of a number is its newest copy: a job does not tell the copy."""
    copies = sorted(sent_there, key=lambda one: one.copy, reverse=True)
    found_again = []
    for number in sorted(titles, reverse=True):
        line = next((one for one in copies if one.number == titles[number]), None)
        if line is not None:
            copies.remove(line)
            found_again.append(
                SentPaper(
                    job=PrintJob(printer=queue, number=number, pages=line.pages),
                    title=line.number,
                    copy=line.copy,
                    sheet=line.id,
                    sent_at=line.made_at,
                    sent_by=line.made_by,
                )
            )
    return found_again[::-1]


def _looked_after(office: Office, sent: SentPaper) -> SentPaper:
    if sent.is_over:
        return _settle(office, sent, JobNow(state=JobState.TAKEN, is_left=not purge(sent.job)))
    try:
        now = follow(sent.job)
    except PrinterStopped as stopped:
        return replace(sent, said=f"It waits at {stopped.name}: {stopped.reason}")
    if now.is_over:
        now = replace(now, is_left=not purge(sent.job))
    return _settle(office, sent, now)


def _settle(office: Office, sent: SentPaper, now: JobNow) -> SentPaper:
    """On record where it did not come to paper, remembered where something of it is left."""
    if not now.is_over:
        why = now.reason or "it has not come to it yet."
        return replace(sent, said=f"It waits at {sent.printer}: {why}")
    if not sent.is_over:
        try:
            refuse_ended(sent.job, now)
        except PrintNotDone as ended:
            _note_not_printed(office, sent, why=ended.code)
    if not now.is_left:
        _forget(office, sent)
        return replace(sent, is_over=True)
    over = replace(sent, is_over=True)
    _remember(office, over)
    return replace(
        over,
        said=f"It is over, and {sent.printer} keeps it: it does not let Chartroom delete it. Ask "
        "whoever looks after the print server.",
    )


def _note_not_printed(office: Office, sent: SentPaper, *, why: str) -> None:
    line = sheets.sheet_with(office.vault, sent.sheet) if sent.sheet else None
    if line is not None:
        sheets.note_not_printed(office.vault, line, why=why, by=office.person)
        return
    papers.note_paper_not_printed(
        office.vault,
        number=sent.title,
        target=f"printer {sent.printer}",
        why=why,
        by=office.person,
    )


def _record(sent: SentPaper) -> str:
    where = "The register" if sent.sheet else "The trail"
    return f"{where} says that it was not printed; shred any page of it that came out."


def _kept(office: Office) -> list[SentPaper]:
    try:
        rows = json.loads(office.vault.renditions.progress(PRINTS) or "[]")
        return [_sent(row) for row in rows]
    except (ValueError, TypeError, KeyError):
        return []


def _remember(office: Office, sent: SentPaper) -> None:
    _change(office, lambda kept: [*(one for one in kept if one.job != sent.job), sent])


def _forget(office: Office, sent: SentPaper) -> None:
    _change(office, lambda kept: [one for one in kept if one.job != sent.job])


def _change(office: Office, change: Callable[[list[SentPaper]], list[SentPaper]]) -> None:
    with _guard:
        rows = [_row(one) for one in change(_kept(office))]
        office.vault.renditions.keep_progress(PRINTS, json.dumps(rows))


def _row(sent: SentPaper) -> dict[str, Any]:
    return {
        "printer": sent.job.printer,
        "number": sent.job.number,
        "pages": sent.job.pages,
        "title": sent.title,
        "copy": sent.copy,
        "sheet": str(sent.sheet) if sent.sheet else "",
        "sent_at": sent.sent_at.isoformat(),
        "sent_by": sent.sent_by,
        "is_over": sent.is_over,
    }


def _sent(row: dict[str, Any]) -> SentPaper:
    return SentPaper(
        job=PrintJob(printer=row["printer"], number=row["number"], pages=row["pages"]),
        title=row["title"],
        copy=row["copy"],
        sheet=SheetId(UUID(row["sheet"])) if row["sheet"] else None,
        sent_at=datetime.fromisoformat(row["sent_at"]),
        sent_by=row["sent_by"],
        is_over=row["is_over"],
    )
