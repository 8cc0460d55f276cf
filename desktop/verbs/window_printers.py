"""What the Office room can ask about printers, filled in from one workstation."""

from collections.abc import Sequence
from functools import partial

from desktop.printing import printers
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds.printers import store_check
from desktop.records.facts.printer_check import CheckState, LifeSize, Measured
from desktop.records.rules.printer_checks import edge_words, is_true_to_scale
from desktop.ui.office.printer_verbs import PrinterLine, PrintersVerbs
from desktop.verbs.added_printers import as_added
from desktop.verbs.paper_order import PaperOrder
from desktop.verbs.papers import make_paper
from desktop.verbs.papers_out import print_paper
from desktop.verbs.printer_checks import KnownPrinter, known_printers, said_of_check
from desktop.verbs.window_printing import cancel_paper, waiting_papers
from desktop.verbs.workstation import Workstation


def printers_verbs(station: Workstation) -> PrintersVerbs:
    """The list of printers, their check pages, and what was measured on them."""

    def known() -> Sequence[PrinterLine]:
        with station.using() as office:
            return [_line(one) for one in known_printers(office)]

    def print_page(printer: str, tray: str, paper: Paper) -> str:
        with station.using() as office:
            printer = as_added(office, printer)
            order = PaperOrder(name="printer-check", printer=printer, tray=tray, paper=paper)
            made = make_paper(office, order)
            print_paper(office, made, to=PrintOptions(printer=printer, tray=tray))
            return made.order.number

    def trays(printer: str) -> Sequence[str]:
        with station.using() as office:
            spoken_to = as_added(office, printer)
        return printers.trays(spoken_to)

    def store(code: str, measured: Measured) -> LifeSize:
        with station.using() as office:
            stored = store_check(office.vault, code=code, measured=measured, by=office.person)
        said = said_of_check(stored)
        words = " ".join((said.words, edge_words(stored))).strip()
        return LifeSize(is_certain=said.is_certain and not edge_words(stored), words=words)

    return PrintersVerbs(
        printers=known,
        trays=trays,
        print_page=print_page,
        store=store,
        waiting=partial(waiting_papers, station),
        cancel=partial(cancel_paper, station),
    )


_MEASURED = {CheckState.HOLDS, CheckState.UNKNOWN_DEVICE}


def _line(one: KnownPrinter) -> PrinterLine:
    return PrinterLine(
        name=one.name,
        tray=one.tray,
        paper=one.paper,
        is_here=one.is_here,
        state=_state(one),
        checked=one.checked,
        words=one.words,
    )


def _state(one: KnownPrinter) -> str:
    profile = one.profile if one.state in _MEASURED else None
    if profile is not None and not is_true_to_scale(profile):
        return "checked: not true to size"
    return "checked: true to size" if one.state is CheckState.HOLDS else one.state.words
