"""What `printers` and `printer-check` do: what is known of each printer, and what was measured."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from desktop.commands_telling import Result
from desktop.printing.announced import announced_printers
from desktop.records.deeds.printers import store_check
from desktop.records.facts.printer_check import Edges, Measured, PrinterProfile
from desktop.records.rules.printer_checks import edge_words
from desktop.verbs.office import Office
from desktop.verbs.printer_checks import known_printers, said_of_check


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    listed = commands.add_parser(
        "printers", parents=[common], help="printers, and whether they print true to size"
    )
    listed.add_argument(
        "--look", action="store_true", help="addresses that are announced on the network instead"
    )
    to = commands.add_parser(
        "printer-check",
        parents=[common],
        help="store what was measured on a printer's check page (paper printer-check)",
    )
    to.add_argument("code", metavar="CODE", help="under the square code of the check page")
    for name, what in (
        ("across", "the bar across"),
        ("down", "the bar down"),
        ("left", "the corner mark, from the left edge of the paper"),
        ("top", "the corner mark, from the top edge of the paper"),
    ):
        to.add_argument(f"--{name}", type=float, required=True, metavar="MM", help=what)
    to.add_argument(
        "--edges",
        type=int,
        nargs=4,
        required=True,
        metavar=("LEFT", "TOP", "RIGHT", "BOTTOM"),
        help="the smallest number that can be read along each edge",
    )
    to.add_argument("--grey", action="store_true", help="the colours came out grey")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in {"printers", "printer-check"}


def run(options: Namespace, office: Office) -> Result:
    """The list of printers, or one check to be stored."""
    if options.command == "printers" and options.look:
        return [{"printer": address} for address in announced_printers()]
    if options.command == "printers":
        return [
            {
                "printer": one.name,
                "tray": one.tray,
                "paper": one.paper,
                "here": one.is_here,
                "state": one.state.value,
                "checked": one.checked,
                "words": one.words,
                **(_profile(one.profile) if one.profile else {}),
            }
            for one in known_printers(office)
        ]
    left, top, right, bottom = options.edges
    measured = Measured(
        across_mm=options.across,
        down_mm=options.down,
        left_mm=options.left,
        top_mm=options.top,
        edges=Edges(left=left, top=top, right=right, bottom=bottom),
        colour=not options.grey,
    )
    stored = store_check(office.vault, code=options.code, measured=measured, by=office.person)
    said = said_of_check(stored)
    page = stored.page
    return {
        "printer": page.printer,
        "tray": page.tray,
        "paper": page.paper,
        "true_to_size": said.is_certain,
        **_profile(stored),
        "said": " ".join((said.words, edge_words(stored))).strip(),
    }


def _profile(profile: PrinterProfile) -> Mapping[str, Any]:
    edges = profile.measured.edges
    return {
        "page": profile.page.number,
        "scale": [round(share, 5) for share in profile.scale],
        "offset_mm": [round(one, 2) for one in profile.offset_mm],
        "edges_mm": [edges.left, edges.top, edges.right, edges.bottom],
        "colour": profile.measured.colour,
    }
