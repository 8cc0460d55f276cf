"""What `clear` and `clearances` do: off the device, and what may still be on one."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.commands_telling import Result
from desktop.devices.finding import open_source
from desktop.devices.source import ClearingSource
from desktop.intake.clearing_report import ClearReport
from desktop.intake.report import Tell
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import clearing
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.clearance_problems import IntakeUnknown
from desktop.records.facts.ids import IntakeId
from desktop.records.rules.ageing import escalation
from desktop.records.rules.clearing import REMINDERS
from desktop.settings import Settings
from desktop.verbs.clearance_papers import receipt_pdf, save_receipt
from desktop.verbs.clearing import clear_intake, clear_source
from desktop.verbs.office import Office
from desktop.verbs.stopping import stopped_by_signals


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    clear = commands.add_parser(
        "clear", parents=[common], help="take off a device what is kept, and prove it gone"
    )
    clear.add_argument("--from", dest="source", required=True, metavar="ID|FOLDER")
    clear.add_argument("--intake", metavar="ID", help="only what this intake received")
    asked = commands.add_parser("clearances", help="what may still be on a device")
    verbs = asked.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = verbs.add_parser("list", parents=[common], help="what is outstanding, and since when")
    listed.set_defaults(command="clearances list")
    attest = verbs.add_parser(
        "attest", parents=[common], help="somebody says that they deleted the images themselves"
    )
    attest.add_argument("--intake", required=True, metavar="ID")
    attest.add_argument("--by", dest="attested_by", required=True, metavar="NAME")
    attest.set_defaults(command="clearances attest")
    receipt = verbs.add_parser(
        "receipt", parents=[common], help="for the device's owner: what became of each file"
    )
    receipt.add_argument("--intake", required=True, metavar="ID")
    receipt.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    receipt.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    receipt.set_defaults(command="clearances receipt")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.split(maxsplit=1)[0] in {"clear", "clearances"}


def run(options: Namespace, office: Office, settings: Settings, tell: Tell) -> Result:
    """Do it."""
    match options.command:
        case "clear":
            return _clear(options, office, settings, tell)
        case "clearances list":
            return _outstanding(office)
        case "clearances receipt":
            return _receipt(options, office)
        case _:
            return _attest(options, office)


def harm_in_clearing(result: Mapping[str, Any]) -> str:
    """What of a clearing a script must not take for done."""
    said = [result["stopped_by"]] if result["stopped_by"] else []
    if left := len(result["refused"]) + len(result["not_reached"]):
        said.append(f"Not cleared: {left:,}. The report names each.")
    return " ".join(said)


def _clear(options: Namespace, office: Office, settings: Settings, tell: Tell) -> Result:
    def open_fresh() -> ClearingSource:
        return open_source(options.source, folders=settings.folders)

    with closing(open_fresh()) as source:
        name = source.info.name
    with stopped_by_signals() as stopped:
        if options.intake:
            report = clear_intake(
                office,
                intake=_intake(options.intake),
                open_fresh=open_fresh,
                tell=tell,
                stopped=stopped,
            )
        else:
            report = clear_source(
                office, source_name=name, open_fresh=open_fresh, tell=tell, stopped=stopped
            )
    return {**report_row(report), "reminders": list(REMINDERS)}


def report_row(report: ClearReport) -> Mapping[str, Any]:
    """A clearing as data."""
    return {
        "cleared": [_row(one) for one in report.cleared],
        "refused": [
            _row(one.deposit) | {"why": str(one.problem), "code": one.problem.code}
            for one in report.refused
        ],
        "not_reached": [one.file_name for one in report.not_reached],
        "left_beside": report.left_beside,
        "stopped_by": str(report.stopped_by) if report.stopped_by else None,
    }


def _attest(options: Namespace, office: Office) -> Result:
    deposits = clearing.deposits_of(office.vault, _intake(options.intake))
    if not deposits:
        raise IntakeUnknown(intake=options.intake)
    settled = clearing.attest(
        office.vault,
        deposits=[one.id for one in deposits],
        attested_by=options.attested_by,
        by=office.person,
    )
    return [_row(one) for one in settled]


def _outstanding(office: Office) -> Result:
    """What may still be on a device, and what is due of it by the office's policy (R75)."""
    policy, now = office_settings(office.vault), datetime.now(UTC)
    rows = []
    for one in clearing.outstanding(office.vault):
        due = escalation(one.deposited_at, now=now, policy=policy)
        what = due.words(person=one.depositor or one.photographer)
        rows.append(_row(one) | {"due": what})
    return rows


def _receipt(options: Namespace, office: Office) -> Result:
    intake = _intake(options.intake)
    pdf = receipt_pdf(office, intake, paper=Paper(options.paper))
    return {
        "number": save_receipt(office, intake, pdf, options.out),
        "receipt": str(options.out),
        "deposits": [_row(one) for one in clearing.deposits_of(office.vault, intake)],
    }


def _row(one: Deposit) -> dict[str, Any]:
    age = datetime.now(UTC) - one.deposited_at
    return {
        "name": one.file_name,
        "folder": one.folder,
        "image": str(one.image),
        "intake": str(one.intake),
        "source": one.source_name,
        "owner": one.owner.value if one.owner else None,
        "depositor": one.depositor,
        "photographer": one.photographer,
        "state": one.clearance.value,
        "days": age.days,
        "already": one.already,
        "attested_by": one.attested_by,
        "why": one.refused_why,
    }


def _intake(text: str) -> IntakeId:
    try:
        return IntakeId(UUID(text))
    except ValueError:
        raise IntakeUnknown(intake=text) from None
