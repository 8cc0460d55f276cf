"""What `prints` does: papers that wait at a printer, and taking one out of its queue."""

import argparse
from argparse import Namespace
from typing import Any

from desktop.commands_printing import printer_name
from desktop.commands_telling import Result
from desktop.verbs.office import Office
from desktop.verbs.print_queue import cancel_print, waiting_prints


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    verbs = commands.add_parser(
        "prints", help="papers that wait at a printer or are kept by a print server"
    ).add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", parents=[common], help="and delete what is over from its spool")
    cancel = verbs.add_parser(
        "cancel", parents=[common], help="take one out of its queue; it is on record as not printed"
    )
    cancel.add_argument("job", type=int, metavar="JOB", help="its number in the list")
    cancel.add_argument(
        "--printer",
        type=printer_name,
        metavar="NAME",
        help="where two have that number",
    )
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"prints {name}")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.startswith("prints ")


def run(options: Namespace, office: Office) -> Result:
    """What waits, or what came of a cancel."""
    if options.verb == "cancel":
        return {"said": cancel_print(office, options.job, printer=options.printer or "")}
    return [
        {
            "job": one.job.number,
            "printer": one.printer,
            "paper": one.title,
            "copy": one.copy or None,
            "sent_at": one.sent_at.isoformat(),
            "sent_by": one.sent_by,
            "said": one.said,
        }
        for one in waiting_prints(office)
    ]
