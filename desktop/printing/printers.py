"""Printers: which there are, a paper on its way, and nothing left behind.

Over IPP, to the print server of this computer (CUPS) or straight to a printer by its address. The
document leaves while it is drawn; nothing is written to a disk by this program, and what a print
server keeps is purged once the printer has taken it.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.printing import ipp
from desktop.printing.ipp import UNSUPPORTED_GROUP, Operation
from desktop.printing.ipp_connection import is_address, printer_at, shown_name
from desktop.printing.laid_out import HeldPdf, LaidOut
from desktop.printing.print_jobs import PrintJob
from desktop.printing.print_options import PrintOptions, Sides
from desktop.printing.printer_abilities import ASKED, MEDIA, Abilities, abilities_of
from desktop.printing.printer_problems import TooManyCopies
from desktop.printing.printer_talk import (
    ask_server,
    attributes_of,
    found,
    queue_names,
    refuse,
    sent,
)
from desktop.printing.printer_words import wish_words
from desktop.printing.problems import (
    NoSuchPrinter,
    NoSuchTray,
    OneSidedPrinter,
    PrinterRefused,
    WrongPaperLoaded,
)
from desktop.printing.record_sheet_model import Paper


def printer_names() -> list[str]:
    """The queues of this computer, its default one first; empty where nothing answers."""
    return queue_names()


def check_printer(printer: str) -> None:
    """Raise PrintingUnavailable or NoSuchPrinter where nothing could be sent to `printer`, and the
    problems of its address where it is named by that."""
    if is_address(printer):
        printer_at(printer)
        return
    ask_server(Operation.CUPS_GET_DEFAULT)
    names = printer_names()
    if printer not in names:
        raise NoSuchPrinter(name=printer, there_are=", ".join(names) or "none")


def abilities(printer: str) -> Abilities:
    """What a printer says of itself. Raises PrintingUnavailable, PrinterNotReached, NoSuchPrinter
    and the problems of an address."""
    return abilities_of(attributes_of(printer, ASKED))


def trays(printer: str) -> list[str]:
    """The trays of a printer that a document can ask for, by IPP's names for them; empty where it
    names none."""
    return list(abilities(printer).trays)


def led_to(printer: str) -> str:
    """Which device the printer's name leads to, as a fingerprint: its address may hold a password.
    A printer that was compared by its certificate is known by that where it says nothing of itself.
    Raises PrintingUnavailable; empty where nobody says."""
    try:
        answer = attributes_of(printer, ("device-uri", "printer-uuid", "printer-make-and-model"))
    except NoSuchPrinter:
        return ""
    pin = printer_at(printer).server.pin if is_address(printer) else ""
    said_of_it = answer.texts("device-uri") or answer.texts("printer-uuid")
    device = said_of_it or ([pin] if pin else [])
    if not device:
        return ""
    said = "\n".join((*device, *answer.texts("printer-make-and-model")))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def settled(options: PrintOptions, paper: Paper) -> PrintOptions:
    """The options as the printer will follow them: what prints no colour prints grey. Raises as
    `print_laid` does for what the printer cannot do; nothing is sent."""
    check_printer(options.printer)
    can = abilities(options.printer)
    _refuse_unable(can, options, paper)
    return replace(options, is_grey=options.is_grey or not can.colour)


def tells_colour(printer: str) -> bool:
    """Whether the printer says which colour modes it has: one that is silent may print grey
    whatever it is asked for. Raises the problems of printing."""
    return bool(abilities(printer).color_modes)


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
    """Hand a small PDF to a printer. Raises as `print_laid` does."""
    options = PrintOptions(
        printer=printer,
        tray=tray,
        copies=copies,
        sides=Sides.ONE if one_sided else Sides.TWO,
        whatever_is_loaded=whatever_is_loaded,
    )
    return print_laid(HeldPdf(pdf), options=options, title=title, paper=paper)


def print_laid(laid: LaidOut, *, options: PrintOptions, title: str, paper: Paper) -> PrintJob:
    """Hand a paper to a printer at actual size, drawing it while it leaves.

    `title` stands in logs and on other people's screens: capitals, digits and hyphens only (a
    sheet number), else ValueError. Raises PrintingUnavailable, PrinterNotReached, NoSuchPrinter,
    WrongPaperLoaded (unless `whatever_is_loaded`), OneSidedPrinter, NoSuchTray, TooManyCopies,
    PrinterRefused, PrinterCutOff, the problems of an address, and what drawing raises. Nothing is
    printed then.
    """
    if not re.fullmatch(r"[A-Z0-9-]{1,40}", title):
        raise ValueError("the title of a print job must be an opaque number")
    check_printer(options.printer)
    can = abilities(options.printer)
    _refuse_unable(can, options, paper)
    at = found(options.printer)
    attributes = (ipp.text("job-name", ipp.Tag.NAME, title), _pdf())
    wishes = _wishes(options, can, paper)
    checked = sent(at, Operation.VALIDATE_JOB, attributes, wishes)
    refuse(at, checked)
    if unable := wish_words(
        name for group in checked.of(UNSUPPORTED_GROUP) for name in group.attributes
    ):
        raise PrinterRefused(name=shown_name(at.name), reason=unable)
    answer = sent(at, Operation.PRINT_JOB, attributes, wishes, document=laid.write)
    refuse(at, answer)
    numbers = answer.numbers("job-id")
    if not numbers:
        raise PrinterRefused(name=shown_name(at.name), reason="it gave the job no number.")
    return PrintJob(printer=at.name, number=numbers[0], pages=laid.pages * options.copies)


def _refuse_unable(can: Abilities, options: PrintOptions, paper: Paper) -> None:
    name = shown_name(options.printer)
    if options.tray and options.tray not in can.trays:
        raise NoSuchTray(name=name, tray=options.tray, there_are=", ".join(can.trays) or "none")
    loaded = can.loaded_for(options.tray)
    if loaded and paper not in loaded and not options.whatever_is_loaded:
        raise WrongPaperLoaded(name=name, wanted=paper.value, loaded=", ".join(sorted(loaded)))
    if options.sides is Sides.TWO and not can.two_sided:
        raise OneSidedPrinter(name=name)
    if options.copies > can.most_copies:
        raise TooManyCopies(name=name, wanted=options.copies, most=can.most_copies)
    if not can.takes_pdf:
        raise PrinterRefused(
            name=name, reason="it takes no PDF; print through a queue of this computer."
        )


def _wishes(options: PrintOptions, can: Abilities, paper: Paper) -> Sequence[ipp.Asked]:
    wishes = [
        ipp.keyword("print-scaling", "none"),
        ipp.keyword("sides", options.sides.value),
    ]
    mode = "monochrome" if options.is_grey or not can.colour else "color"
    if mode in can.color_modes:
        wishes.append(ipp.keyword("print-color-mode", mode))
    if options.copies > 1:
        wishes.append(ipp.number("copies", options.copies))
    if not options.tray:
        return (*wishes, ipp.keyword("media", MEDIA[paper]))
    width, height = (round(side * 100) for side in paper.size_mm)
    size = (ipp.number("x-dimension", width), ipp.number("y-dimension", height))
    tray = ipp.keyword("media-source", options.tray)
    return (*wishes, ipp.collection("media-col", ipp.collection("media-size", *size), tray))


def _pdf() -> ipp.Asked:
    return ipp.text("document-format", ipp.Tag.MIME, "application/pdf")
