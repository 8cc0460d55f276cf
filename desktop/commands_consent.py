"""What `consent` does: refusals and withdrawals on record, and consent that was given again."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from desktop.commands_telling import Result
from desktop.commands_typed import image_ids
from desktop.records.deeds import consent_ends, patients
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import (
    ConsentEnd,
    ConsentEndUnknown,
    EndKind,
    NewConsentEnd,
)
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import ConsentEndId
from desktop.verbs.office import Office


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    verbs = commands.add_parser(
        "consent", help="consent that is refused, withdrawn or given again"
    ).add_subparsers(dest="verb", metavar="VERB", required=True)
    lists = verbs.add_parser("list", parents=[common], help="a patient's, newest first")
    withdraw = verbs.add_parser("withdraw", parents=[common], help="it holds at once")
    refuse = verbs.add_parser("refuse", parents=[common], help="with or without an image")
    for verb in (lists, withdraw, refuse):
        verb.add_argument("--patient", required=True, metavar="N")
    for verb in (withdraw, refuse):
        verb.add_argument(
            "--purpose", nargs="+", default=[], choices=[one.value for one in Purpose],
            help="else every use",
        )  # fmt: skip
        verb.add_argument("--said-by", required=True, metavar="TEXT")
        verb.add_argument("--why", default="", metavar="TEXT")
        verb.add_argument("--form", default="", metavar="NO", help="number of the signed paper")
    withdraw.add_argument(
        "--images", nargs="+", default=[], metavar="ID", help="else every image of the patient"
    )
    refuse.add_argument("--what", default="", metavar="TEXT", help="what was offered")
    again = verbs.add_parser("again", parents=[common], help="given again, or entered by mistake")
    again.add_argument("id", metavar="ID")
    again.add_argument("--why", required=True, metavar="TEXT")
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"consent {name}")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.split(maxsplit=1)[0] == "consent"


def run(options: Namespace, office: Office) -> Result:
    """Do one of these commands."""
    verbs: Mapping[str, Callable[[Namespace, Office], Result]] = {
        "list": _list,
        "withdraw": _withdraw,
        "refuse": _refuse,
        "again": _again,
    }
    return verbs[options.verb](options, office)


def _list(options: Namespace, office: Office) -> Result:
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    return [_row(one) for one in consent_ends.consent_ends(office.vault, patient.id)]


def _withdraw(options: Namespace, office: Office) -> Result:
    done = consent_ends.note_withdrawal(
        office.vault, _said(options, office, EndKind.WITHDRAWN), by=office.person
    )
    return {
        **_row(done.end),
        "recalled": [f"{one.number} copy {one.copy}" for one in done.recalled],
        "to_be_told": [
            {
                "recipient": one.recipient,
                "image": one.number,
                "purpose": one.purpose,
                "at": one.at.isoformat(),
            }
            for one in done.told
        ],
    }


def _refuse(options: Namespace, office: Office) -> Result:
    said = _said(options, office, EndKind.REFUSED)
    return _row(consent_ends.note_refusal(office.vault, said, by=office.person))


def _again(options: Namespace, office: Office) -> Result:
    found = None
    with suppress(ValueError):
        found = ConsentEndId(UUID(options.id))
    if found is None:
        raise ConsentEndUnknown(end=options.id)
    lifted = consent_ends.note_given_again(
        office.vault, end=found, why=options.why, by=office.person
    )
    return _row(lifted)


def _said(options: Namespace, office: Office, kind: EndKind) -> NewConsentEnd:
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    return NewConsentEnd(
        patient=patient.id,
        kind=kind,
        purposes=frozenset(Purpose(one) for one in options.purpose),
        images=frozenset(
            image_ids(office, patient, options.images) if kind is EndKind.WITHDRAWN else ()
        ),
        said_by=options.said_by,
        what=options.what if kind is EndKind.REFUSED else "",
        why=options.why,
        form=options.form,
    )


def _row(end: ConsentEnd) -> dict[str, Any]:
    said = end.said
    return {
        "id": str(end.id),
        "kind": said.kind.value,
        "scope": end.scope,
        "purposes": sorted(said.purposes),
        "images": sorted(str(one) for one in said.images),
        "said_by": said.said_by,
        "what": said.what,
        "why": said.why,
        "form": said.form,
        "at": end.at.isoformat(),
        "by": end.by,
        "stands": end.stands,
        "lifted_why": end.lifted_why,
    }
