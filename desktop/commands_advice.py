"""What `advice` does: a question on record, what waits for it, and what the advice was (R65)."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from desktop.commands_telling import Result
from desktop.commands_typed import typed_image
from desktop.records.deeds import advice, patients
from desktop.records.facts.advice import Advice, AdviceUnknown, NewQuestion
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import AdviceId, PatientId
from desktop.verbs.office import Office


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    verbs = commands.add_parser(
        "advice", help="what is asked when uncertain, and what came of it"
    ).add_subparsers(dest="verb", metavar="VERB", required=True)
    lists = verbs.add_parser("list", parents=[common], help="what waits, or a patient's")
    lists.add_argument("--patient", metavar="N")
    ask = verbs.add_parser("ask", parents=[common], help="the images named wait until it is noted")
    ask.add_argument("--patient", metavar="N")
    ask.add_argument("--images", nargs="+", default=[], metavar="ID")
    ask.add_argument("--sheet", default="", metavar="NO", help="number of the paper that asks")
    ask.add_argument("question", metavar="QUESTION")
    note = verbs.add_parser("note", parents=[common], help="what waited goes on")
    note.add_argument("id", metavar="ID")
    note.add_argument("--from", required=True, dest="adviser", metavar="NAME")
    note.add_argument("--answer", required=True, metavar="TEXT")
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"advice {name}")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.split(maxsplit=1)[0] == "advice"


def run(options: Namespace, office: Office) -> Result:
    """Do one of these commands."""
    verbs: Mapping[str, Callable[[Namespace, Office], Result]] = {
        "list": _list,
        "ask": _ask,
        "note": _note,
    }
    return verbs[options.verb](options, office)


def _list(options: Namespace, office: Office) -> Result:
    patient = _patient(options, office)
    if patient is None:
        return [_row(one) for one in advice.advice_awaited(office.vault)]
    return [_row(one) for one in advice.advice_of(office.vault, patient)]


def _ask(options: Namespace, office: Office) -> Result:
    new = NewQuestion(
        question=options.question,
        patient=_patient(options, office),
        images=tuple(typed_image(text) for text in options.images),
        sheet=options.sheet,
    )
    return _row(advice.ask_advice(office.vault, new, by=office.person))


def _note(options: Namespace, office: Office) -> Result:
    found = None
    with suppress(ValueError):
        found = AdviceId(UUID(options.id))
    if found is None:
        raise AdviceUnknown(advice=options.id)
    noted = advice.note_advice(
        office.vault,
        advice=found,
        adviser=options.adviser,
        answer=options.answer,
        by=office.person,
    )
    return _row(noted)


def _patient(options: Namespace, office: Office) -> PatientId | None:
    if not options.patient:
        return None
    return patients.patient_with_number(office.vault, number=identifier(options.patient)).id


def _row(one: Advice) -> dict[str, Any]:
    asked = one.asked
    return {
        "id": str(one.id),
        "question": asked.question,
        "patient": str(asked.patient) if asked.patient else "",
        "images": [str(image) for image in asked.images],
        "sheet": asked.sheet,
        "at": one.at.isoformat(),
        "by": one.by,
        "is_open": one.is_open,
        "adviser": one.adviser,
        "answer": one.answer,
        "noted_at": one.noted_at.isoformat() if one.noted_at else "",
        "noted_by": one.noted_by,
    }
