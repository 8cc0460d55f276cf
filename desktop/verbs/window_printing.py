"""Printers as the window asks for them, and what was printed with last."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop.printing import printers
from desktop.printing.announced import announced_printers
from desktop.printing.ipp_connection import printer_at, shown_name
from desktop.printing.print_options import PrintOptions, Sides
from desktop.ui.parts.print_verbs import PrintVerbs, WaitingPaper
from desktop.verbs import print_queue
from desktop.verbs.added_printers import added_printers, remember, remembered
from desktop.verbs.workstation import Workstation


def print_verbs(station: Workstation) -> PrintVerbs:
    """Each raises OfficeLocked where it reads what is remembered."""

    def names() -> Sequence[str]:
        with station.using() as office:
            added = added_printers(office)
        return [*printers.printer_names(), *added]

    def add(address: str) -> str:
        name = printer_at(address).name
        printers.abilities(name)
        with station.using() as office:
            others = [one for one in added_printers(office) if shown_name(one) != shown_name(name)]
            remember(office, {**remembered(office), "addresses": [*others, name]})
        return name

    def recall() -> PrintOptions | None:
        with station.using() as office:
            return _options(remembered(office).get("last"))

    def keep(options: PrintOptions) -> None:
        last = {
            "printer": options.printer,
            "tray": options.tray,
            "sides": options.sides.value,
            "is_grey": options.is_grey,
        }
        with station.using() as office:
            remember(office, {**remembered(office), "last": last})

    return PrintVerbs(
        printers=names,
        abilities=printers.abilities,
        find=announced_printers,
        add=add,
        recall=recall,
        keep=keep,
        waiting=partial(waiting_papers, station),
        cancel=partial(cancel_paper, station),
    )


def waiting_papers(station: Workstation) -> Sequence[WaitingPaper]:
    """What waits at printers, as it stands now. Raises OfficeLocked."""
    with station.using() as office:
        return [
            WaitingPaper(
                printer=one.job.printer,
                job=one.job.number,
                what=one.what,
                said=one.said,
                may_cancel=not one.is_over,
            )
            for one in print_queue.waiting_prints(office)
        ]


def cancel_paper(station: Workstation, paper: WaitingPaper) -> str:
    """Take it out of its queue, and say what is on record of it. Raises as `cancel_print` does."""
    with station.using() as office:
        return print_queue.cancel_print(office, paper.job, printer=paper.printer)


def _options(last: Any) -> PrintOptions | None:
    if not isinstance(last, dict):
        return None
    return PrintOptions(
        printer=str(last.get("printer", "")),
        tray=str(last.get("tray", "")),
        sides=Sides.TWO if last.get("sides") == Sides.TWO.value else Sides.ONE,
        is_grey=bool(last.get("is_grey")),
    )
