"""One question to a printer or the print server, and its answer, or a problem in words."""

import getpass
import http.client
from collections.abc import Sequence

from desktop.printing import ipp
from desktop.printing.document import Write
from desktop.printing.ipp import PRINTER_GROUP, UNSUPPORTED_GROUP, Answer, Operation, Request
from desktop.printing.ipp_connection import (
    Fill,
    Printer,
    ask,
    is_address,
    print_server,
    printer_at,
    queue,
    shown_name,
)
from desktop.printing.printer_problems import PrinterCutOff, PrinterNotReached
from desktop.printing.printer_words import wish_words
from desktop.printing.problems import NoSuchPrinter, PrinterRefused, PrintingUnavailable

NOT_FOUND = 0x0406


def found(printer: str) -> Printer:
    """Where a printer is asked. Raises the problems of an address."""
    return printer_at(printer) if is_address(printer) else queue(printer)


def attributes_of(printer: str, wanted: Sequence[str]) -> Answer:
    """What a printer says of itself. Raises as `sent` does, and as `refuse`."""
    at = found(printer)
    asked = ipp.keyword("requested-attributes", *wanted)
    answer = sent(at, Operation.GET_PRINTER_ATTRIBUTES, (asked,))
    refuse(at, answer)
    return answer


def queue_names() -> list[str]:
    """The queues of this computer, its default one first; empty where nothing answers."""
    try:
        listed = ask_server(Operation.CUPS_GET_PRINTERS)
        default = ask_server(Operation.CUPS_GET_DEFAULT).texts("printer-name")
    except PrintingUnavailable:
        return []
    names = [name for group in listed.of(PRINTER_GROUP) for name in group.texts("printer-name")]
    return sorted(names, key=lambda name: (name not in default, name.casefold()))


def ask_server(operation: Operation) -> Answer:
    """Ask the print server of this computer about its printers. Raises PrintingUnavailable."""
    wanted = ipp.keyword("requested-attributes", "printer-name")
    request = Request(
        operation=operation, target="", person=getpass.getuser(), attributes=(wanted,)
    )
    try:
        return ask(print_server(), "/", request)
    except (OSError, http.client.HTTPException) as lost:
        raise PrintingUnavailable(reason=f"CUPS is not running: {_why(lost)}") from lost


def sent(
    at: Printer,
    operation: Operation,
    attributes: Sequence[ipp.Asked],
    wishes: Sequence[ipp.Asked] = (),
    *,
    document: Fill | None = None,
    job_id: int | None = None,
    patience_s: float = 15.0,
) -> Answer:
    """The answer of a printer, whatever it is. Raises PrintingUnavailable or PrinterNotReached,
    PrinterCutOff where a document was leaving, and what drawing the document raises."""
    request = Request(
        operation=operation,
        target=at.uri,
        job_id=job_id,
        person=getpass.getuser(),
        attributes=attributes,
        job=wishes,
    )
    drawing = _Drawing(document) if document is not None else None
    try:
        fill = drawing.fill if drawing else None
        return ask(at.server, at.path, request, document=fill, patience_s=patience_s)
    except (OSError, http.client.HTTPException) as lost:
        if drawing is not None and drawing.failed is lost:
            raise
        if drawing is not None:
            raise PrinterCutOff(name=shown_name(at.name), reason=_why(lost)) from lost
        if is_address(at.name):
            raise PrinterNotReached(name=shown_name(at.name), reason=_why(lost)) from lost
        raise PrintingUnavailable(reason=f"CUPS is not running: {_why(lost)}") from lost


class _Drawing:
    """Tells a picture that could not be read from a connection that broke."""

    def __init__(self, document: Fill) -> None:
        self._document = document
        self.failed: BaseException | None = None

    def fill(self, write: Write) -> None:
        lost: list[BaseException] = []

        def out(piece: bytes) -> None:
            try:
                write(piece)
            except BaseException as error:
                lost.append(error)
                raise

        try:
            self._document(out)
        except BaseException as error:
            if error not in lost:
                self.failed = error
            raise


def refuse(at: Printer, answer: Answer) -> None:
    """Raise NoSuchPrinter or PrinterRefused for an answer that says no."""
    if answer.is_ok:
        return
    if answer.status == NOT_FOUND and not is_address(at.name):
        raise NoSuchPrinter(name=at.name, there_are=", ".join(queue_names()) or "none")
    unable = (name for group in answer.of(UNSUPPORTED_GROUP) for name in group.attributes)
    said = " ".join(answer.texts("status-message")).strip().rstrip(".")
    reason = wish_words(unable) or f"{said or f'IPP status {answer.status:#06x}'}."
    raise PrinterRefused(name=shown_name(at.name), reason=reason)


def _why(lost: Exception) -> str:
    if str(lost) in {"HTTP status 401", "HTTP status 403"}:
        return "it asks for a password, which Chartroom does not send"
    if isinstance(lost, TimeoutError):
        return "no answer in time"
    return (getattr(lost, "strerror", None) or str(lost) or type(lost).__name__).rstrip(".")
