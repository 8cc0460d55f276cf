"""What `received` and `copies` do: images that nobody here took, and their papers (R119, R122)."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.commands_choosing import today
from desktop.commands_telling import Result
from desktop.commands_typed import typed_day, typed_image
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import came_from as deeds
from desktop.records.deeds import patients
from desktop.records.facts.came_from import (
    Asked,
    CameFrom,
    Channel,
    Checks,
    CopyDeclined,
    CopyGiven,
    Notice,
    Received,
    Relationship,
    Sender,
)
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.devices import Answer
from desktop.records.facts.identifiers import identifier
from desktop.records.rules.came_from import CHECKLIST, came_from_words, to_query
from desktop.verbs.came_from_papers import CameFromPaper, came_from_order
from desktop.verbs.office import Office
from desktop.verbs.papers_out import send_paper

_EXPLAINED = (
    ("use_explained", "how it will be used was explained"),
    ("storage_explained", "where it will be stored was explained"),
    ("retention_explained", "that it is kept until its retention time is over was explained"),
)


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    sent = commands.add_parser("received", help="images that somebody else took and sent")
    verbs = sent.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", parents=[common], help="what is still to be said, image by image")
    note = verbs.add_parser("note", parents=[common], help="who sent an image, and the checklist")
    note.add_argument("images", nargs="+", metavar="ID")
    note.add_argument("--received-from", required=True, metavar="NAME")
    _received_grammar(note)
    for name, told in (("query", "a letter to the sender"), ("notice", "for the patient")):
        _paper_grammar(verbs.add_parser(name, parents=[common], help=told))
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"received {name}")
    _copies_grammar(commands, common)


def filing_grammar(to: argparse.ArgumentParser) -> None:
    """What `file` takes besides: who sent the images, or gave a copy."""
    to.add_argument("--received-from", metavar="NAME", help="somebody else took and sent them")
    _received_grammar(to)
    _copy_grammar(to)


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def came_from_of(options: Namespace) -> CameFrom | None:
    """What `file` says of where the images came from; None where it says nothing."""
    if options.received_from:
        return received_of(options, name=options.received_from)
    return _copy_of(options) if options.copy_given_by else None


def received_of(options: Namespace, *, name: str) -> Received:
    """A received image as it was typed."""
    answers = {item: Answer(answer) for item, answer in options.check}
    return Received(
        sender=Sender(
            name=name, role=options.sender_role, organisation=options.sender_organisation
        ),
        received_on=typed_day(options.received_on) if options.received_on else None,
        channel=Channel(options.channel) if options.channel else None,
        asked=Asked(options.asked) if options.asked else None,
        notice=Notice(options.notice) if options.notice else None,
        notice_reason=options.notice_reason,
        taken_with=options.taken_with,
        checks=Checks(**answers),
        note=options.check_note,
    )


def came_from_row(said: CameFrom | None) -> dict[str, Any]:
    """Where an image came from, as the command line tells it; empty for one that was taken here."""
    if said is None:
        return {}
    flat = {name: value for name, value in asdict(said).items() if name != "received_on"}
    if isinstance(said, Received):
        flat["received_on"] = said.received_on.isoformat() if said.received_on else None
        flat["to_query"] = [item.name for item in to_query(said)]
    kind = "received" if isinstance(said, Received) else "copy given"
    return {"kind": kind, "words": came_from_words(said), **flat}


def _received_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--sender-role", default="", metavar="TEXT")
    to.add_argument("--sender-organisation", default="", metavar="TEXT")
    to.add_argument("--received-on", metavar="DATE", help="when the sender's message came")
    to.add_argument("--channel", choices=[one.value for one in Channel])
    to.add_argument("--asked", choices=[one.value for one in Asked])
    to.add_argument("--notice", choices=[one.value for one in Notice], help="Rule 3A")
    to.add_argument("--notice-reason", default="", metavar="TEXT", help="which exception, and why")
    to.add_argument(
        "--taken-with", default="", metavar="TEXT", help="the device, as the sender says"
    )
    to.add_argument(
        "--check",
        action="extend",
        nargs="+",
        default=[],
        type=_checked,
        metavar="ITEM=ANSWER",
        help=", ".join(item.field for item in CHECKLIST) + ": yes, no or not-sure",
    )
    to.add_argument("--check-note", default="", metavar="TEXT")


def _checked(text: str) -> tuple[str, str]:
    item, _, answer = text.partition("=")
    said = {one.value for one in Answer} - {Answer.NOT_ASKED.value}
    if item not in {one.field for one in CHECKLIST} or answer not in said:
        items = ", ".join(one.field for one in CHECKLIST)
        raise argparse.ArgumentTypeError(f"{text} is not one of {items}, “=”, yes, no or not-sure")
    return item, answer


def _copies_grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    own = commands.add_parser("copies", help="copies of a patient's or whānau's own images")
    verbs = own.add_subparsers(dest="verb", metavar="VERB", required=True)
    note = verbs.add_parser("note", parents=[common], help="who gave a copy, and what they heard")
    note.add_argument("images", nargs="+", metavar="ID")
    _copy_grammar(note)
    _paper_grammar(verbs.add_parser("form", parents=[common], help="to sign"))
    declined = verbs.add_parser("declined", parents=[common], help="a copy was not given")
    declined.add_argument("--patient", required=True, metavar="N")
    declined.add_argument("--what", metavar="TEXT", help="what was asked for; without it, a list")
    declined.add_argument("--on", metavar="DATE", help="when it was asked for; else today")
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"copies {name}")


def _copy_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--copy-given-by", default="", metavar="NAME")
    to.add_argument("--relationship", choices=[one.value for one in Relationship])
    to.add_argument("--used-for", default="", metavar="TEXT", help="how it will be used")
    to.add_argument("--stored-where", default="", metavar="TEXT", help="where it will be stored")
    for name, told in _EXPLAINED:
        said = [Answer.YES.value, Answer.NO.value]
        to.add_argument(f"--{name.replace('_', '-')}", choices=said, help=told)


def _paper_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("image", nargs="?", metavar="ID", help="without one it is blank, for a pen")
    to.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)


def _copy_of(options: Namespace) -> CopyGiven:
    explained = {name: Answer(getattr(options, name) or Answer.NOT_ASKED) for name, _ in _EXPLAINED}
    return CopyGiven(
        given_by=options.copy_given_by,
        relationship=Relationship(options.relationship) if options.relationship else None,
        used_for=options.used_for,
        stored_where=options.stored_where,
        **explained,
    )


def _list(_options: Namespace, office: Office) -> Result:
    return [_row(one) for one in deeds.to_be_noted(office.vault)]


def _note_received(options: Namespace, office: Office) -> Result:
    return _noted(options, office, received_of(options, name=options.received_from))


def _note_copy(options: Namespace, office: Office) -> Result:
    return _noted(options, office, _copy_of(options))


def _noted(options: Namespace, office: Office, said: CameFrom) -> Result:
    noted = [
        deeds.note_came_from(office.vault, image=typed_image(one), said=said, by=office.person)
        for one in options.images
    ]
    return [_row(one) for one in noted]


def _row(image: ClinicalImage) -> dict[str, Any]:
    return {
        "id": str(image.id),
        "name": image.arrival.file_name,
        "state": image.state.value,
        "missing": [one.value for one in image.missing],
        "why": ", ".join(one.words for one in image.missing),
        "came_from": came_from_row(image.came_from),
    }


def _paper(which: CameFromPaper) -> Callable[[Namespace, Office], Result]:
    def make(options: Namespace, office: Office) -> Result:
        image = typed_image(options.image) if options.image else None
        order = came_from_order(office, which, image=image, paper=Paper(options.paper))
        out = send_paper(office, order, to=options.out)
        return {
            "path": str(options.out),
            "paper": options.paper,
            "blank": image is None,
            "number": out.number,
            **({"copy": out.copy} if out.copy else {}),
        }

    return make


def _declined(options: Namespace, office: Office) -> Result:
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    if options.what is not None:
        deeds.note_declined(
            office.vault,
            patient=patient.id,
            what=options.what,
            asked_on=typed_day(options.on) if options.on else today(),
            by=office.person,
        )
    return _declined_rows(deeds.declined_of(office.vault, patient.id))


def _declined_rows(declined: Sequence[CopyDeclined]) -> Result:
    return [
        {"what": one.what, "asked_on": one.asked_on.isoformat(), "noted_by": one.noted_by}
        for one in declined
    ]


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {
    "received list": _list,
    "received note": _note_received,
    "received query": _paper(CameFromPaper.QUERY),
    "received notice": _paper(CameFromPaper.NOTICE),
    "copies note": _note_copy,
    "copies form": _paper(CameFromPaper.COPY_FORM),
    "copies declined": _declined,
}
