"""The commands on how long images are kept, `retention`, `hold`, `dispose`; and on what leaves the
office, `archive`, `export`."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop import commands_archive, commands_export
from desktop.commands_telling import Result, counting
from desktop.commands_typed import typed_day, typed_image
from desktop.intake.report import Tell
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import disposal, holds, patients, retention
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.disposal import DisposalBatch, DueImage, OverdueImage
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import HoldId
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold, HoldKind, Retention
from desktop.records.facts.retention_problems import HoldUnknown
from desktop.verbs.disposal import certificate_pdf
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.stopping import stopped_by_signals


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    _retention_grammar(commands.add_parser("retention", help="what is kept until when"), common)
    _hold_grammar(commands.add_parser("hold", help="keep images from disposal"), common)
    _dispose_grammar(commands.add_parser("dispose", help="destroy what is due"), common)
    commands_archive.grammar(commands, common)
    commands_export.grammar(commands, common)


def _retention_grammar(to: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = to.add_subparsers(dest="verb", metavar="VERB", required=True)
    due = verbs.add_parser("due", parents=[common], help="images that may be destroyed")
    due.add_argument("--all", action="store_true", help="with what is in the way of others")
    show = verbs.add_parser("show", parents=[common], help="until when a patient's are kept")
    show.add_argument("--patient", required=True, metavar="N")
    service = verbs.add_parser("service", parents=[common], help="note a date of service")
    service.add_argument("--patient", required=True, metavar="N")
    service.add_argument("--on", required=True, metavar="YYYY-MM-DD")
    schedule = verbs.add_parser("schedule", parents=[common], help="keep longer than the law asks")
    schedule.add_argument("years", type=int, metavar="YEARS")
    _set_commands(verbs, "retention")


def _hold_grammar(to: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = to.add_subparsers(dest="verb", metavar="VERB", required=True)
    place = verbs.add_parser("place", parents=[common], help="keep a patient's images, or one")
    place.add_argument("--patient", required=True, metavar="N")
    place.add_argument("--image", metavar="ID", help="this one alone")
    place.add_argument("--kind", required=True, choices=[kind.value for kind in HoldKind])
    place.add_argument("--reason", required=True, metavar="TEXT")
    lift = verbs.add_parser("lift", parents=[common], help="let go what was held")
    lift.add_argument("hold", metavar="ID")
    lift.add_argument("--reason", required=True, metavar="TEXT")
    listed = verbs.add_parser("list", parents=[common], help="what is held")
    listed.add_argument("--patient", metavar="N", help="lifted ones as well")
    _set_commands(verbs, "hold")


def _dispose_grammar(to: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = to.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("propose", parents=[common], help="a list of all that is due")
    verbs.add_parser("list", parents=[common], help="lists that wait")
    verbs.add_parser("paper", parents=[common], help="sheets that have to be destroyed too")
    show = verbs.add_parser("show", parents=[common], help="what a list would destroy now")
    show.add_argument("number", metavar="NUMBER")
    approve = verbs.add_parser("approve", parents=[common], help="as a second person")
    approve.add_argument("number", metavar="NUMBER")
    withdraw = verbs.add_parser("withdraw", parents=[common], help="take a list back")
    withdraw.add_argument("number", metavar="NUMBER")
    carry_out = verbs.add_parser("carry-out", parents=[common], help="destroy what was approved")
    carry_out.add_argument("number", metavar="NUMBER")
    carry_out.add_argument("--certificate", type=Path, required=True, metavar="OUT.pdf")
    said = "when the last is gone, if other than the history of backups tells"
    carry_out.add_argument("--backups-until", metavar="YYYY-MM-DD", help=said)
    carry_out.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    _set_commands(verbs, "dispose")


def _set_commands(verbs: Any, command: str) -> None:
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"{command} {name}")


def run(options: Namespace, office: Office, tell: Tell) -> Result:
    """Do what one of these commands says."""
    verbs: Mapping[str, Callable[[], Result]] = {
        "retention due": lambda: _due(options, office),
        "retention show": lambda: _show(options, office),
        "retention service": lambda: _service(options, office),
        "retention schedule": lambda: _schedule(options, office),
        "hold place": lambda: _place(options, office),
        "hold lift": lambda: _lift(options, office),
        "hold list": lambda: _holds(options, office),
        "dispose propose": lambda: _propose(office),
        "dispose list": lambda: [_batch(one) for one in disposal.open_disposals(office.vault)],
        "dispose paper": lambda: _paper(office),
        "dispose show": lambda: _proposed(options, office),
        "dispose withdraw": lambda: _withdraw(options, office),
        "dispose approve": lambda: _approve(options, office),
        "dispose carry-out": lambda: _carry_out(options, office, tell),
        "archive": lambda: _archive(options, office, tell),
        "export": lambda: commands_export.run(options, office, tell),
    }
    return verbs[options.command]()


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.split(maxsplit=1)[0] in {"retention", "hold", "dispose", "archive", "export"}


def harm_in_export(result: Mapping[str, Any]) -> str:
    """What was not copied."""
    return commands_export.harm_in_export(result)


def harm_in_archive(result: Mapping[str, Any]) -> str:
    """What is missing from an archive."""
    left = len(result["not_included"])
    return f"{left:,} originals could not be read and are not in the archive." if left else ""


def _due(options: Namespace, office: Office) -> Result:
    if not options.all:
        return [_due_row(due) for due in retention.due_images(office.vault)]
    return [
        {**_due_row(one.due), "in_the_way": "; ".join(_in_the_way(one))}
        for one in retention.overdue_images(office.vault)
    ]


def _in_the_way(one: OverdueImage) -> Iterator[str]:
    for hold in one.holds:
        yield f"held ({hold.kind.words}) by {hold.placed_by}: {hold.reason}"
    if one.waits_in:
        yield f"on list {one.waits_in} already"
    if one.why_not:
        yield one.why_not


def _show(options: Namespace, office: Office) -> Result:
    return _retention_row(retention.retention_of(office.vault, _patient(options, office).id))


def _service(options: Namespace, office: Office) -> Result:
    kept = retention.note_service(
        office.vault,
        patient=_patient(options, office).id,
        on=typed_day(options.on),
        by=office.person,
    )
    return _retention_row(kept)


def _schedule(options: Namespace, office: Office) -> Result:
    set_ = retention.set_schedule(office.vault, years=options.years, by=office.person)
    return {"years": set_.years}


def _place(options: Namespace, office: Office) -> Result:
    placed = holds.place_hold(
        office.vault,
        patient=_patient(options, office).id,
        image=typed_image(options.image) if options.image else None,
        kind=HoldKind(options.kind),
        reason=options.reason,
        by=office.person,
    )
    return _hold_row(placed)


def _lift(options: Namespace, office: Office) -> Result:
    try:
        hold = HoldId(UUID(options.hold))
    except ValueError:
        raise HoldUnknown(hold=options.hold) from None
    lifted = holds.lift_hold(office.vault, hold=hold, reason=options.reason, by=office.person)
    return _hold_row(lifted)


def _holds(options: Namespace, office: Office) -> Result:
    patient = _patient(options, office).id if options.patient else None
    return [_hold_row(hold) for hold in holds.holds(office.vault, patient=patient)]


def _propose(office: Office) -> Result:
    return _batch(disposal.propose_disposal(office.vault, by=office.person))


def _paper(office: Office) -> Result:
    return [
        {
            "name": f"{one.number} copy {one.copy}",
            "target": one.target,
            "since": one.since.isoformat(),
        }
        for one in disposal.paper_to_destroy(office.vault)
    ]


def _proposed(options: Namespace, office: Office) -> Result:
    found = disposal.proposed_images(office.vault, number=options.number)
    return [_due_row(due) for due in found]


def _approve(options: Namespace, office: Office) -> Result:
    return _batch(disposal.approve_disposal(office.vault, number=options.number, by=office.person))


def _withdraw(options: Namespace, office: Office) -> Result:
    disposal.withdraw_disposal(office.vault, number=options.number, by=office.person)
    return {"number": options.number, "withdrawn": True}


def _carry_out(options: Namespace, office: Office, tell: Tell) -> Result:
    until = typed_day(options.backups_until) if options.backups_until else None
    with stopped_by_signals() as stopped:
        done = disposal.carry_out_disposal(
            office.vault,
            number=options.number,
            by=office.person,
            tell=counting(tell),
            stopped=stopped,
        )
    pdf = certificate_pdf(office, done, backups_until=until, paper=Paper(options.paper))
    write_whole(options.certificate, pdf, office=office.folder)
    return {
        **_batch(done.batch),
        "destroyed": len(done.gone),
        "spared": [{"name": short_number(one.image), "why": one.why} for one in done.spared],
        "paper_to_destroy": [f"{one.number} copy {one.copy}" for one in done.paper],
        "certificate": str(options.certificate),
    }


def _archive(options: Namespace, office: Office, tell: Tell) -> Result:
    patient = _patient(options, office).id if options.patient else None
    return commands_archive.write(options, office, patient, tell)


def _patient(options: Namespace, office: Office) -> Patient:
    return patients.patient_with_number(office.vault, number=identifier(options.patient))


def _due_row(due: DueImage) -> dict[str, Any]:
    return {
        "id": str(due.image),
        "name": short_number(due.image),
        "patient": due.banner,
        "received_at": due.received_at.isoformat(),
        "last_service": due.last_service.isoformat(),
        "retain_until": due.retain_until.isoformat(),
        "kept_on": f"{due.paper.number} copy {due.paper.copy}" if due.paper else None,
    }


def _retention_row(kept: Retention | None) -> dict[str, Any]:
    if kept is None:
        return {"last_service": None, "retain_until": None, "note": "There are no images to keep."}
    return {
        "last_service": kept.last_service.isoformat(),
        "entered": kept.entered.isoformat() if kept.entered else None,
        "retain_until": kept.retain_until.isoformat(),
        "holds": [_hold_row(hold) for hold in kept.holds],
    }


def _hold_row(hold: Hold) -> dict[str, Any]:
    return {
        "id": str(hold.id),
        "kind": hold.kind.value,
        "image": str(hold.image) if hold.image else None,
        "reason": hold.reason,
        "placed_at": hold.placed_at.isoformat(),
        "placed_by": hold.placed_by,
        "lifted_at": hold.lifted_at.isoformat() if hold.lifted_at else None,
        "lifted_by": hold.lifted_by,
        "lifted_why": hold.lifted_why,
    }


def _batch(batch: DisposalBatch) -> dict[str, Any]:
    return {
        "number": batch.number,
        "images": len(batch.images),
        "proposed_by": batch.proposed_by,
        "approved_by": batch.approved_by,
        "finished_at": batch.finished_at.isoformat() if batch.finished_at else None,
    }
