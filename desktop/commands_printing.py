"""How something goes to a printer, as it is typed."""

import argparse
from argparse import Namespace
from typing import Any

from desktop.printing.print_options import MOST_COPIES, PrintOptions, Sides

_LONGEST_NAME = 1000


def grammar(to: Any) -> None:
    """Add what is said of a printer beside its name and its tray."""
    to.add_argument("--copies", type=_copies, default=1, metavar="N", help="with --printer")
    to.add_argument("--two-sided", action="store_true", help="on both sides, backs bound at right")
    to.add_argument("--grey", action="store_true", help="with --printer: no colour, and says so")
    to.add_argument(
        "--whatever-is-loaded",
        action="store_true",
        help="with --printer: although it says that other paper lies in it",
    )


def printer_name(text: str) -> str:
    """A queue or an address as it was typed. Raises ArgumentTypeError for what can be neither."""
    if not 1 <= len(text.strip()) <= _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"a printer has a name of 1 to {_LONGEST_NAME} letters")
    return text


def _copies(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_COPIES:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 to {MOST_COPIES}")
    return int(text)


def print_options(options: Namespace) -> PrintOptions:
    """What was typed of a printer that was named."""
    return PrintOptions(
        printer=options.printer,
        tray=options.tray,
        copies=options.copies,
        sides=Sides.TWO if options.two_sided else Sides.ONE,
        is_grey=options.grey,
        whatever_is_loaded=options.whatever_is_loaded,
    )
