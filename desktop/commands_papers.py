"""What `paper` and `papers` do: forms, cards and lists by name, to a file or a printer."""

import argparse
from argparse import Namespace
from dataclasses import fields
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result
from desktop.commands_typed import image_ids
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import patients
from desktop.records.facts.identifiers import identifier
from desktop.verbs.office import Office
from desktop.verbs.paper_order import Needs, PaperOrder, Typed
from desktop.verbs.papers import BY_NAME, PAPERS, make_paper, print_paper, save_paper


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command of this file."""
    to = commands.add_parser(
        "paper", parents=[common], help="forms, cards and lists; without a patient blank, for a pen"
    )
    to.add_argument("name", choices=list(BY_NAME), metavar="NAME", help=", ".join(BY_NAME))
    to.add_argument("--patient", metavar="N")
    to.add_argument("--images", nargs="+", default=[], metavar="ID")
    where = to.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="OUT.pdf")
    where.add_argument("--printer", metavar="NAME")
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    for one in fields(Typed):
        name = f"--{one.name.replace('_', '-')}"
        to.add_argument(name, default="", metavar="TEXT", help="written into it beforehand")
    commands.add_parser("papers", parents=[common], help="which papers there are, and for whom")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in {"paper", "papers"}


def run(options: Namespace, office: Office) -> Result:
    """One paper, or the list of all."""
    if options.command == "papers":
        return [
            {
                "name": kind.name,
                "title": kind.title,
                "needs": kind.needs.value,
                "takes_images": kind.takes_images,
            }
            for kind in PAPERS
        ]
    made = make_paper(office, _order(options, office))
    told = {"paper": made.order.name, "number": made.order.number, "size": made.order.paper.value}
    if options.printer:
        print_paper(office, made, printer=options.printer)
        return {**told, "printer": options.printer}
    save_paper(office, made, options.out)
    return {**told, "path": str(options.out)}


def _order(options: Namespace, office: Office) -> PaperOrder:
    typed = Typed(**{one.name: getattr(options, one.name) for one in fields(Typed)})
    order = PaperOrder(name=options.name, paper=Paper(options.paper), typed=typed)
    if not options.patient or BY_NAME[options.name].needs is Needs.NOBODY:
        return order
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    return PaperOrder(
        name=order.name,
        patient=patient.id,
        images=tuple(image_ids(office, patient, options.images)),
        paper=order.paper,
        typed=typed,
    )
