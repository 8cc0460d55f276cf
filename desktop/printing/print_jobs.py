"""A paper that a printer took: how far it is, why it waits, and nothing of it left behind."""

import time
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.printing import ipp
from desktop.printing.ipp import JOB_GROUP, Answer, Operation
from desktop.printing.ipp_connection import shown_name
from desktop.printing.printer_abilities import trouble_of
from desktop.printing.printer_talk import NOT_FOUND, attributes_of, found, refuse, sent
from desktop.printing.printer_words import job_words
from desktop.printing.problems import PrinterStopped, PrintingUnavailable, PrintNotDone

_PATIENCE_S, _PATIENCE_FOR_A_PAGE_S = 60.0, 10.0
_POLL_S = 0.25
_ANSWER_S = 15.0
_HELD, _JOB_STOPPED = 4, 6


class JobState(StrEnum):
    """How far a document is. TAKEN means that the printer took all of it, not that good pages
    lie in the tray: only a person can confirm that."""

    WAITING = "waiting"
    PRINTING = "printing"
    TAKEN = "taken"
    CANCELLED = "cancelled"
    ABORTED = "aborted"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self in {JobState.TAKEN, JobState.CANCELLED, JobState.ABORTED}


_STATES = {
    3: JobState.WAITING,
    4: JobState.WAITING,
    5: JobState.PRINTING,
    6: JobState.PRINTING,
    7: JobState.CANCELLED,
    8: JobState.ABORTED,
    9: JobState.TAKEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A document that a printer or the print server took, and the number it goes by there. `pages`
    are those of all its copies."""

    printer: str
    number: int
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JobNow:
    """How far a job is, and why it waits or ended so, where the printer says. `is_held` tells that
    it waits for a person, at the printer or where the queue is looked after; `is_left`, of one that
    is over, that the print server keeps the document and does not let us delete it."""

    state: JobState
    reason: str = ""
    is_held: bool = False
    is_left: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state.is_over


def follow(job: PrintJob) -> JobNow:
    """How far the document is now.

    Raises PrinterStopped where the printer stands still with the document waiting, and
    PrintingUnavailable or PrinterNotReached where nobody answers any more.
    """
    now, number = _standing(job)
    if not now.is_over:
        _refuse_standstill(job.printer, now if number == _JOB_STOPPED else None)
    return now


def purge_if_over(job: PrintJob, *, patience_s: float) -> JobNow:
    """How far the document is, without asking why it stands still; where it is over, the print
    server forgets it. Raises PrintingUnavailable and PrinterNotReached."""
    now, _ = _standing(job, patience_s=patience_s)
    return replace(now, is_left=not purge(job, patience_s=patience_s)) if now.is_over else now


def finish(job: PrintJob, *, patience_s: float | None = None) -> JobState:
    """Wait until the document is over or held, then have the print server forget what is over;
    gives the last state seen. Blocks, so it belongs in a lane. Raises as `follow` does; the
    document then still waits."""
    return _finish(job, patience_s).state


def see_through(job: PrintJob) -> JobNow:
    """Follow a job to its end and have the print server forget it. What is held there for a person,
    or takes longer than anybody waits, comes back as it stands then. Raises PrintNotDone if it was
    cancelled or given up there, and what `follow` raises."""
    now = _finish(job, None)
    refuse_ended(job, now)
    return now


def see_through_or_purge(job: PrintJob) -> None:
    """Follow a document that must not lie in a queue: what does not come out while somebody waits
    for it is cancelled, and its spooled file deleted. Raises PrintNotDone, and what following
    raises."""
    try:
        now = see_through(job)
    except PrinterStopped as stopped:
        purge(job)
        raise PrintNotDone(
            printer=stopped.name, state="cancelled", reason=stopped.reason
        ) from stopped
    if not now.is_over:
        purge(job)
        reason = now.reason or "it took too long."
        raise PrintNotDone(printer=shown_name(job.printer), state="cancelled", reason=reason)


def refuse_ended(job: PrintJob, now: JobNow) -> None:
    """Raises PrintNotDone where a job ended without paper."""
    if now.state in {JobState.CANCELLED, JobState.ABORTED}:
        raise PrintNotDone(
            printer=shown_name(job.printer),
            state=now.state.value,
            reason=now.reason or "it says no reason.",
        )


def purge(job: PrintJob, *, patience_s: float = _ANSWER_S) -> bool:
    """Take the document out of the queue, cancelling it if it is not over, and have the print
    server delete what it kept. False where the site's policy does not let us."""
    answer = _of_job(job, Operation.CANCEL_JOB, ipp.yes("purge-job"), patience_s=patience_s)
    return answer.is_ok or answer.status == NOT_FOUND


def left_at(printer: str) -> dict[int, str]:
    """The titles of what this person sent to a printer, by the number of the job: what waits there,
    and what is over and still on its list. Raises the problems of asking."""
    at = found(printer)
    wanted = ipp.keyword("requested-attributes", "job-id", "job-name")
    titles: dict[int, str] = {}
    for which in ("completed", "not-completed"):
        asked = (ipp.keyword("which-jobs", which), ipp.yes("my-jobs"), wanted)
        answer = sent(at, Operation.GET_JOBS, asked)
        refuse(at, answer)
        for job in answer.of(JOB_GROUP):
            titles |= zip(job.numbers("job-id"), job.texts("job-name"), strict=False)
    return titles


def _finish(job: PrintJob, patience_s: float | None) -> JobNow:
    if patience_s is None:
        patience_s = _PATIENCE_S + job.pages * _PATIENCE_FOR_A_PAGE_S
    until = time.monotonic() + patience_s
    now = follow(job)
    while not (now.is_over or now.is_held) and time.monotonic() < until:
        time.sleep(_POLL_S)
        now = follow(job)
    return replace(now, is_left=not purge(job)) if now.is_over else now


def _standing(job: PrintJob, *, patience_s: float = _ANSWER_S) -> tuple[JobNow, int]:
    """How far it is, and the number that IPP has for that (RFC 8011, 5.3.7)."""
    wanted = ("job-state", "job-state-reasons", "job-printer-state-message")
    asked = ipp.keyword("requested-attributes", *wanted)
    answer = _of_job(job, Operation.GET_JOB_ATTRIBUTES, asked, patience_s=patience_s)
    if answer.status == NOT_FOUND:
        return JobNow(state=JobState.TAKEN), 9  # some sites keep no history: gone is over
    if not answer.is_ok:
        raise PrintingUnavailable(reason=f"IPP status {answer.status:#06x}")
    number = next(iter(answer.numbers("job-state")), 3)
    now = JobNow(
        state=_STATES.get(number, JobState.WAITING),
        reason=job_words(answer.texts("job-state-reasons")),
        is_held=number == _HELD,
    )
    return now, number


def _refuse_standstill(printer: str, stopped: JobNow | None) -> None:
    wanted = ("printer-state", "printer-state-reasons", "printer-state-message")
    trouble = trouble_of(attributes_of(printer, wanted))
    if not trouble and stopped is not None:
        trouble = stopped.reason or "it says no reason."
    if trouble:
        raise PrinterStopped(name=shown_name(printer), reason=trouble)


def _of_job(
    job: PrintJob, operation: Operation, *attributes: ipp.Asked, patience_s: float
) -> Answer:
    at = found(job.printer)
    return sent(at, operation, attributes, job_id=job.number, patience_s=patience_s)
