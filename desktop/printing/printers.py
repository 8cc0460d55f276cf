"""Printers of this computer: which there are, a sheet on its way, and nothing left behind.

Works through CUPS (Linux and macOS). The document goes from memory through `lp`; nothing is
written to a disk by this program, and what CUPS keeps is purged once the printer has taken it.
"""

import hashlib
import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.printing.ipp import Answer, Operation, ask
from desktop.printing.problems import (
    NoSuchPrinter,
    NoSuchTray,
    OneSidedPrinter,
    PrinterRefused,
    PrinterStopped,
    PrintingUnavailable,
    WrongPaperLoaded,
)
from desktop.printing.record_sheet_model import Paper

_PATIENCE_S = 60
_POLL_S = 0.25
_NOT_FOUND = 0x0406
_PRINTER_STOPPED = 5
_TROUBLES = {
    "media-empty": "it is out of paper.",
    "media-needed": "it asks for paper.",
    "media-jam": "paper is jammed.",
    "toner-empty": "it is out of toner.",
    "marker-supply-empty": "it is out of ink or toner.",
    "cover-open": "a cover is open.",
    "door-open": "a door is open.",
    "input-tray-missing": "a tray is missing.",
    "output-area-full": "the output tray is full.",
    "offline": "it is switched off or not connected.",
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a printer can do now. `loaded` is empty where it does not say what is in its trays, or
    only sizes that no sheet is laid out for."""

    loaded: frozenset[Paper]
    two_sided: bool
    colour: bool


_ASKED = ("media-ready", "sides-supported", "print-color-mode-supported")
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
    """A document that the printing system took, and the number it goes by there."""

    printer: str
    number: int


def printer_names() -> list[str]:
    """The printers this computer knows; empty where there is no printing system that answers."""
    if shutil.which("lpstat") is None or not _scheduler_runs():
        return []
    found = _run("lpstat", "-e")
    return [line.strip() for line in found.stdout.decode().splitlines() if line.strip()]


def check_printer(printer: str) -> None:
    """Raise PrintingUnavailable or NoSuchPrinter where nothing could be sent to `printer`."""
    if shutil.which("lp") is None:
        raise PrintingUnavailable(reason="CUPS is not installed")
    if not _scheduler_runs():
        raise PrintingUnavailable(reason="CUPS is not running")
    names = printer_names()
    if printer not in names:
        raise NoSuchPrinter(name=printer, there_are=", ".join(names) or "none")


def abilities(printer: str) -> Abilities:
    """What a printer says of itself. Raises PrintingUnavailable; what it is silent about is empty
    or taken for possible."""
    answer = _ask(Operation.GET_PRINTER_ATTRIBUTES, _printer_uri(printer), wanted=_ASKED)
    sides = answer.texts("sides-supported")
    return Abilities(
        loaded=frozenset(_papers(answer.texts("media-ready"))),
        two_sided=not sides or "two-sided-long-edge" in sides,
        colour="color" in answer.texts("print-color-mode-supported"),
    )


def trays(printer: str) -> list[str]:
    """The trays of a printer that a document can ask for, by the names the printing system has for
    them; empty where it names none."""
    said = _run("lpoptions", "-p", printer, "-l").stdout.decode("utf-8", "replace")
    for line in said.splitlines():
        if line.startswith(("InputSlot/", "InputSlot:")):
            names = line.partition(":")[2].split()
            return [name.lstrip("*") for name in names if re.fullmatch(r"\*?[\w.-]{1,60}", name)]
    return []


def led_to(printer: str) -> str:
    """Which device the printer's name leads to, as a fingerprint: its address may hold a password.
    Raises PrintingUnavailable; empty where the printing system does not say."""
    wanted = ("device-uri", "printer-make-and-model")
    answer = _ask(Operation.GET_PRINTER_ATTRIBUTES, _printer_uri(printer), wanted=wanted)
    device = answer.texts("device-uri")
    if not device:
        return ""
    said = "\n".join((*device, *answer.texts("printer-make-and-model")))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def print_pdf(
    pdf: bytes,
    *,
    printer: str,
    title: str,
    paper: Paper,
    copies: int = 1,
    one_sided: bool = True,
    whatever_is_loaded: bool = False,
    tray: str = "",
) -> PrintJob:
    """Hand a PDF to a printer at actual size on the named paper.

    `title` stands in logs and on other people's screens: capitals, digits and hyphens only (a
    sheet number), else ValueError. Raises PrintingUnavailable, NoSuchPrinter, WrongPaperLoaded
    (unless `whatever_is_loaded`), OneSidedPrinter, NoSuchTray or PrinterRefused; nothing is printed
    then. Without a `tray` the printer chooses one.
    """
    if not re.fullmatch(r"[A-Z0-9-]{1,40}", title):
        raise ValueError("the title of a print job must be an opaque number")
    check_printer(printer)
    can = abilities(printer)
    if can.loaded and paper not in can.loaded and not whatever_is_loaded:
        raise WrongPaperLoaded(
            name=printer, wanted=paper.value, loaded=", ".join(sorted(can.loaded)) or "other paper"
        )
    if not one_sided and not can.two_sided:
        raise OneSidedPrinter(name=printer)
    if tray and tray not in (there_are := trays(printer)):
        raise NoSuchTray(name=printer, tray=tray, there_are=", ".join(there_are) or "none")
    options = (
        *("-o", f"media={paper.value}"),
        *("-o", "print-scaling=none"),
        *("-o", "sides=one-sided" if one_sided else "sides=two-sided-long-edge"),
        *(("-o", f"InputSlot={tray}") if tray else ()),
    )
    command = ("lp", "-d", printer, "-n", str(copies), "-t", title, *options, "-")
    return _job(printer, _run(*command, document=pdf))


def follow(job: PrintJob) -> JobState:
    """How far the document is now.

    Raises PrinterStopped where the printer stands still with the document waiting, and
    PrintingUnavailable where the printing system stopped answering.
    """
    answer = _ask(Operation.GET_JOB_ATTRIBUTES, _job_uri(job), wanted=("job-state",))
    if answer.status == _NOT_FOUND:
        return JobState.TAKEN  # some sites keep no history: gone from the queue is over
    if not answer.is_ok:
        raise PrintingUnavailable(reason=f"IPP status {answer.status:#06x}")
    state = _STATES.get(next(iter(answer.numbers("job-state")), 3), JobState.WAITING)
    if not state.is_over:
        _refuse_standstill(job.printer)
    return state


def finish(job: PrintJob, *, patience_s: float = _PATIENCE_S) -> JobState:
    """Wait until the document is over, then have CUPS forget it; gives the last state seen.

    Blocks, so it belongs in a lane. Raises as `follow` does; the document then still waits.
    """
    until = time.monotonic() + patience_s
    state = follow(job)
    while not state.is_over and time.monotonic() < until:
        time.sleep(_POLL_S)
        state = follow(job)
    if state.is_over:
        purge(job)
    return state


def purge(job: PrintJob) -> bool:
    """Take the document out of the queue, cancelling it if it is not over, and have CUPS delete
    what it kept. False where the site's policy does not let us."""
    answer = _ask(Operation.CANCEL_JOB, _job_uri(job), purge=True)
    return answer.is_ok or answer.status == _NOT_FOUND


def _refuse_standstill(printer: str) -> None:
    wanted = ("printer-state", "printer-state-reasons", "printer-state-message")
    answer = _ask(Operation.GET_PRINTER_ATTRIBUTES, _printer_uri(printer), wanted=wanted)
    for reason in answer.texts("printer-state-reasons"):
        if words := _TROUBLES.get(re.sub(r"-(error|report)$", "", reason)):
            raise PrinterStopped(name=printer, reason=words)
    if _PRINTER_STOPPED in answer.numbers("printer-state"):
        message = " ".join(answer.texts("printer-state-message")).strip().rstrip(".")
        raise PrinterStopped(name=printer, reason=f"{message or 'it says no reason'}.")


def _ask(
    operation: Operation, uri: str, *, purge: bool = False, wanted: tuple[str, ...] = ()
) -> Answer:
    server = _run("lpstat", "-H").stdout.decode().strip()
    try:
        return ask(server, operation, uri=uri, purge=purge, wanted=wanted)
    except (OSError, http.client.HTTPException) as lost:
        raise PrintingUnavailable(reason=str(lost)) from lost


def _printer_uri(printer: str) -> str:
    return f"ipp://localhost/printers/{printer}"


def _papers(names: Iterable[str]) -> Iterator[Paper]:
    """The sizes that we lay sheets out for, among PWG 5101.1 names such as iso_a4_210x297mm."""
    for name in names:
        for paper in Paper:
            if re.match(rf"(iso|na)_{paper.value.lower()}_", name):
                yield paper


def _job_uri(job: PrintJob) -> str:
    return f"ipp://localhost/jobs/{job.number}"


def _job(printer: str, done: subprocess.CompletedProcess[bytes]) -> PrintJob:
    said = done.stderr.decode("utf-8", "replace").strip().removeprefix("lp: ")
    number = re.search(rb"request id is \S+-(\d+)", done.stdout)
    if done.returncode or number is None:
        raise PrinterRefused(
            name=printer, reason=said.removeprefix("Error - ") or "no reason given."
        )
    return PrintJob(printer=printer, number=int(number[1]))


def _scheduler_runs() -> bool:
    return b"scheduler is running" in _run("lpstat", "-r").stdout


def _run(*command: str, document: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command,
            input=document if document is not None else b"",
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as missing:
        raise PrintingUnavailable(reason="CUPS is not installed") from missing
    except subprocess.TimeoutExpired as slow:
        raise PrintingUnavailable(reason=f"no answer in {_PATIENCE_S} seconds") from slow
