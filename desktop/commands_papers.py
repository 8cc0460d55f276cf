"""What `paper` and `papers` do: forms, cards and lists by name, to a file or a printer."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from desktop import commands_printing
from desktop.commands_printing import print_options
from desktop.commands_telling import Result
from desktop.commands_typed import image_ids
from desktop.printing.papers.card_words import Language
from desktop.printing.papers.labels import STOCKS
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import patients
from desktop.records.facts.identifiers import identifier
from desktop.verbs.office import Office
from desktop.verbs.paper_order import LabelChoice, Needs, PaperOrder, Typed
from desktop.verbs.papers import BY_NAME, PAPERS
from desktop.verbs.papers_out import send_paper


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
    where.add_argument(
        "--printer",
        type=commands_printing.printer_name,
        metavar="NAME",
        help="a queue, or ipps://…",
    )
    printer_grammar(to)
    commands_printing.grammar(to)
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    to.add_argument(
        "--language",
        choices=[one.value for one in Language],
        default=Language.EN.value,
        help="where a paper has more than one: see papers",
    )
    for one in fields(Typed):
        name = f"--{one.name.replace('_', '-')}"
        to.add_argument(name, default="", metavar="TEXT", help="written into it beforehand")
    to.add_argument("--number", default="", metavar="NO", help="this one again, as its next copy")
    to.add_argument("--why-again", default="", metavar="TEXT", help="with --number: what for")
    _label_grammar(to.add_argument_group("labels"))
    commands.add_parser("papers", parents=[common], help="which papers there are, and for whom")


def printer_grammar(to: Any) -> None:
    """For which printer and tray something is laid out."""
    to.add_argument(
        "--for-printer", default="", metavar="NAME", help="with --out: where it will be printed"
    )
    to.add_argument("--tray", default="", metavar="NAME", help="else the printer chooses")


_MOST_LABELS = max(stock.places for stock in STOCKS.values())


def _label_grammar(to: Any) -> None:
    stand = LabelChoice()
    to.add_argument("--stock", choices=list(STOCKS), default=stand.stock)
    to.add_argument(
        "--start",
        type=_start,
        default=stand.start,
        metavar="N",
        help="first free label, or “next”: where the last sheet of this stock was left",
    )
    to.add_argument("--count", type=int, default=stand.count, metavar="N", help="else to the end")
    to.add_argument(
        "--shift",
        nargs=2,
        type=_millimetres,
        default=stand.shift,
        metavar=("RIGHT", "DOWN"),
        help="in mm; else what the printer's check says",
    )
    to.add_argument(
        "--scale",
        type=_scale,
        default=stand.scale,
        metavar="X",
        help="0.9 to 1.1; else what the printer's check says",
    )
    to.add_argument("--outlines", action="store_true", help="only the edges, on plain paper")


def _start(text: str) -> int:
    if text == "next":
        return 0
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_LABELS:
        raise argparse.ArgumentTypeError(f"{text} is no label; count from 1, or say next")
    return int(text)


def _millimetres(text: str) -> float:
    return _between(text, -20.0, 20.0)


def _scale(text: str) -> float:
    return _between(text, 0.9, 1.1)


def _between(text: str, least: float, most: float) -> float:
    try:
        said = float(text)
    except ValueError:
        said = float("nan")
    if not least <= said <= most:
        raise argparse.ArgumentTypeError(f"{text} is no number from {least} to {most}")
    return said


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
                "is_registered": kind.sheet is not None,
                "languages": [one.value for one in kind.languages],
            }
            for kind in PAPERS
        ]
    order = _order(options, office)
    out = send_paper(
        office,
        order,
        to=print_options(options) if options.printer else options.out,
        again=options.number,
        why=options.why_again,
    )
    told: dict[str, Any] = {"paper": order.name, "number": out.number, "size": order.paper.value}
    if out.copy:
        told |= {"copy": out.copy, "pages": out.pages}
    told |= _label_places(out.order or order)
    where = {"printer": options.printer} if options.printer else {"path": str(options.out)}
    return {**told, **where}


def _order(options: Namespace, office: Office) -> PaperOrder:
    typed = Typed(**{one.name: getattr(options, one.name) for one in fields(Typed)})
    order = PaperOrder(
        name=options.name,
        paper=_paper(options),
        typed=typed,
        labels=_labels(options),
        printer=options.printer or options.for_printer,
        tray=options.tray,
        two_sided=options.two_sided,
        language=Language(options.language),
    )
    if not options.patient or BY_NAME[options.name].needs is Needs.NOBODY:
        return order
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    images = tuple(image_ids(office, patient, options.images))
    return replace(order, patient=patient.id, images=images)


def _labels(options: Namespace) -> LabelChoice:
    return LabelChoice(
        stock=options.stock,
        start=options.start,
        count=max(options.count, 0),
        shift=tuple(options.shift) if options.shift else None,
        scale=(options.scale, options.scale) if options.scale else None,
        outlines=options.outlines,
    )


def _label_places(order: PaperOrder) -> Mapping[str, int]:
    """Where labels start, and where the next ones of this sheet may."""
    chosen = order.labels
    if order.name != "labels" or order.patient is None or chosen.outlines:
        return {}
    left_from = STOCKS[chosen.stock].next_start(chosen.start, chosen.count)
    return {"start": chosen.start, "next_start": left_from}


def _paper(options: Namespace) -> Paper:
    """Labels come on paper of their own."""
    return STOCKS[options.stock].paper if options.name == "labels" else Paper(options.paper)
