"""What `breaches` does: the record of a lost or stolen device, to its end (R114)."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result
from desktop.commands_typed import typed_day
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import breaches as deeds
from desktop.records.facts.breach import Breach, BreachStep
from desktop.records.facts.clearance import LostImage
from desktop.verbs.clearance_papers import lost_list_pdf, save_lost_list
from desktop.verbs.office import Office


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    of_breaches = commands.add_parser("breaches", help="what a lost or stolen device led to")
    verbs = of_breaches.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = verbs.add_parser("list", parents=[common], help="those that are open")
    listed.add_argument("--all", action="store_true", help="closed ones too")
    opened = verbs.add_parser("open", parents=[common], help="a device is lost or stolen")
    opened.add_argument("--source", required=True, metavar="NAME", help="as `clearances` names it")
    opened.add_argument("--depositor", default="", metavar="NAME", help="who brought it")
    opened.add_argument("--what", default="", metavar="TEXT", help="where and how")
    opened.add_argument("--on", metavar="DATE", help="when; else today")
    for name, told in (("show", "with every image"), ("paper", "with every image, to print")):
        verbs.add_parser(name, parents=[common], help=told)
    paper = verbs.choices["paper"]
    paper.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    paper.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    step = verbs.add_parser("step", parents=[common], help="something was done about it")
    closing = verbs.add_parser("close", parents=[common], help="with what it came to")
    for verb in (verbs.choices["show"], paper, step, closing):
        verb.add_argument("breach", metavar="NUMBER")
    step.add_argument("step", choices=[one.value for one in BreachStep])
    step.add_argument("--on", metavar="DATE", help="when; else today")
    step.add_argument("--note", default="", metavar="TEXT")
    closing.add_argument("--outcome", required=True, metavar="TEXT")
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"breaches {name}")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def breach_row(one: Breach) -> dict[str, Any]:
    """A breach record as the command line tells it."""
    return {
        "number": one.number,
        "kind": one.kind.value,
        "state": "open" if one.is_open else "closed",
        "source": one.source_name,
        "depositor": one.depositor,
        "what": one.what,
        "happened_on": one.happened_on.isoformat(),
        "opened_at": one.opened_at.isoformat(),
        "opened_by": one.opened_by,
        "images": one.images,
        "steps": [
            {
                "name": taken.step.value,
                "state": f"{taken.step.words}, {taken.on.isoformat()}",
                "on": taken.on.isoformat(),
                "note": taken.note,
                "noted_by": taken.noted_by,
            }
            for taken in one.steps
        ],
        "to_do": [step.words for step in BreachStep if one.taken(step) is None],
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "closed_by": one.closed_by,
        "outcome": one.outcome,
    }


def _list(options: Namespace, office: Office) -> Result:
    return [breach_row(one) for one in deeds.breaches(office.vault, closed=options.all)]


def _open(options: Namespace, office: Office) -> Result:
    opened = deeds.open_lost(
        office.vault,
        source=options.source,
        depositor=options.depositor,
        what=options.what,
        happened_on=typed_day(options.on) if options.on else None,
        by=office.person,
    )
    return breach_row(opened)


def _show(options: Namespace, office: Office) -> Result:
    file = deeds.breach_file(office.vault, _named(options, office).id)
    return breach_row(file.breach) | {"listed": [_image(one) for one in file.images]}


def _image(one: LostImage) -> dict[str, Any]:
    deposit = one.deposit
    return {
        "name": f"{deposit.folder}/{deposit.file_name}".lstrip("/"),
        "patient": one.banner,
        "image": str(deposit.image),
        "state": deposit.clearance.value,
    }


def _paper(options: Namespace, office: Office) -> Result:
    breach = _named(options, office)
    pdf = lost_list_pdf(office, breach.id, paper=Paper(options.paper))
    save_lost_list(office, breach.id, pdf, options.out)
    return {"number": breach.number, "path": str(options.out), "images": breach.images}


def _step(options: Namespace, office: Office) -> Result:
    taken = deeds.note_step(
        office.vault,
        breach=_named(options, office).id,
        step=BreachStep(options.step),
        on=typed_day(options.on) if options.on else None,
        note=options.note,
        by=office.person,
    )
    return breach_row(taken)


def _close(options: Namespace, office: Office) -> Result:
    breach = _named(options, office)
    closed = deeds.close(office.vault, breach=breach.id, outcome=options.outcome, by=office.person)
    return breach_row(closed)


def _named(options: Namespace, office: Office) -> Breach:
    return deeds.breach_named(office.vault, options.breach)


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {
    "breaches list": _list,
    "breaches open": _open,
    "breaches show": _show,
    "breaches paper": _paper,
    "breaches step": _step,
    "breaches close": _close,
}
