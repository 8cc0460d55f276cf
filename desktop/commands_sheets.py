"""What `sheet` and `sheets` do: a record sheet, printed or written, and its way into the chart."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop import commands_printing
from desktop.commands_images import page_row
from desktop.commands_printing import print_options
from desktop.commands_telling import Result
from desktop.commands_typed import image_ids, typed_image
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import patients, scan_back, sheet_loop, sheets
from desktop.records.facts.filing_problems import SheetNumberTaken
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import Sheet, SheetState
from desktop.records.facts.sheet_problems import SheetUnknown
from desktop.typed_password import asked_password
from desktop.verbs.office import Office
from desktop.verbs.paper_order import Typed
from desktop.verbs.scan_back import pages_in_file, pages_in_image
from desktop.verbs.sheets import (
    SheetOrder,
    prepare_again,
    prepare_sheet,
    print_sheet,
    save_sheet,
)


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    _one_sheet(commands, common)
    verbs = commands.add_parser(
        "sheets", help="printed papers on their way into the chart"
    ).add_subparsers(dest="verb", metavar="VERB", required=True)
    of_patient = verbs.add_parser("list", parents=[common], help="a patient's, or all that wait")
    of_patient.add_argument("--patient", metavar="N")
    of_patient.add_argument("--state", choices=[s.value for s in SheetState], help="only these")
    find = verbs.add_parser("find", parents=[common], help="whose page was found")
    in_hand = verbs.add_parser("in-hand", parents=[common], help="all pages came out")
    in_hand.add_argument("--last", required=True, metavar="NN", help="its last page's check digits")
    chart = verbs.add_parser("in-chart", parents=[common], help="the page is in its chart now")
    chart.add_argument("--volume", default="", metavar="TEXT")
    handed = verbs.add_parser("handed-over", parents=[common], help="somebody took it along")
    handed.add_argument("--to", required=True, metavar="NAME", help="the patient, or who it was")
    recall = verbs.add_parser("recall", parents=[common], help="it has to come out, or back")
    destroy = verbs.add_parser("destroyed", parents=[common], help="it was shredded")
    verbs.add_parser("outstanding", parents=[common], help="consent forms that did not come back")
    found_by = find.add_mutually_exclusive_group(required=True)
    found_by.add_argument("code", nargs="?", metavar="CODE", help="under its square code")
    found_by.add_argument("--scan", type=Path, metavar="FILE", help="a photo or scan of the page")
    found_by.add_argument("--image", metavar="ID", help="an image of the office: look again")
    for verb in (chart, in_hand, handed, recall, destroy):
        verb.add_argument("code", metavar="CODE", help="under the square code of any of its pages")
    newest, needed = "the newest where none is said", "needed where several are in no chart yet"
    chart.add_argument("--copy", type=int, metavar="N", help=needed)
    for verb in (in_hand, handed, recall, destroy):
        verb.add_argument("--copy", type=int, metavar="N", help=newest)
    for verb in (recall, destroy):
        verb.add_argument("--why", required=True, metavar="TEXT")
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"sheets {name}")


def _one_sheet(commands: Any, common: argparse.ArgumentParser) -> None:
    to = commands.add_parser(
        "sheet", parents=[common], help="print a record sheet, or write it as PDF/A"
    )
    to.add_argument("--patient", required=True, metavar="N")
    to.add_argument("--images", nargs="+", default=[], metavar="ID")
    where = to.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="OUT.pdf")
    where.add_argument(
        "--printer",
        type=commands_printing.printer_name,
        metavar="NAME",
        help="a queue, or ipps://…",
    )
    to.add_argument(
        "--sealed-with",
        type=Path,
        metavar="FILE",
        help="with --out: only the passphrase in this file opens the PDF",
    )
    to.add_argument("--number", metavar="RS…", help="print this sheet again, as its next copy")
    to.add_argument("--why", default="", metavar="TEXT", help="with --number: why again")
    layout(to)
    commands_printing.grammar(to)


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command.split(maxsplit=1)[0] in {"sheet", "sheets"}


def run(options: Namespace, office: Office) -> Result:
    """Do one of these commands."""
    if options.command == "sheet":
        return sheet(options, office)
    verbs: Mapping[str, Callable[[Namespace, Office], Result]] = {
        "list": _list,
        "find": _find,
        "outstanding": _outstanding,
        "in-hand": _in_hand,
        "in-chart": _in_chart,
        "handed-over": _handed_over,
        "recall": _recall,
        "destroyed": _destroyed,
    }
    return verbs[options.verb](options, office)


def layout(to: argparse.ArgumentParser) -> None:
    """How a record sheet is laid out."""
    to.add_argument("--per-page", type=int, choices=[1, 2, 4, 6], default=1)
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    to.add_argument(
        "--life-size", action="store_true", help="1:1, one image a page, by the scales laid on them"
    )
    to.add_argument(
        "--smaller", action="store_true", help="with --life-size: smaller what has no room"
    )
    to.add_argument(
        "--latin-name", default="", metavar="“SURNAME, Given”",
        help="printed where no font has the letters of the name on record",
    )  # fmt: skip
    to.add_argument("--tray", default="", metavar="NAME", help="else the printer chooses")


def sheet(options: Namespace, office: Office) -> Result:
    """A record sheet, to a PDF or to a printer."""
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    order = SheetOrder(
        patient=patient.id,
        images=tuple(dict.fromkeys(image_ids(office, patient, options.images))),
        per_page=options.per_page,
        paper=Paper(options.paper),
        why=options.why,
        life_size=options.life_size,
        smaller=options.smaller,
        printer=options.printer or "",
        tray=options.tray,
        two_sided=options.two_sided,
        typed=Typed(latin_name=options.latin_name),
    )
    phrase = asked_password(options.sealed_with) if options.sealed_with else None
    if options.number:
        ready = prepare_again(office, order, number=options.number)
        if ready.patient != patient.id:
            raise SheetNumberTaken(number=options.number)
    else:
        ready = prepare_sheet(office, order)
    if options.printer:
        done = print_sheet(office, order, ready, to=print_options(options))
        copies = [*(one.copy for one in done.earlier), done.copy]
        target: dict[str, Any] = {"printer": options.printer, "copies": copies}
    else:
        done = save_sheet(office, order, ready, path=options.out, passphrase=phrase)
        target = {"path": str(options.out)}
    return {"number": done.number, "copy": done.copy, "pages": done.pages, **target}


def _list(options: Namespace, office: Office) -> Result:
    state = SheetState(options.state) if options.state else None
    if options.patient:
        patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
        theirs = sheets.sheets_of(office.vault, patient.id)
        return [sheet_row(one, patient) for one in theirs if state in {None, one.state}]
    if state is not None:
        found = sheet_loop.sheets_in_state(office.vault, state)
        return [sheet_row(one, patient) for one, patient in found]
    return [sheet_row(one, patient) for one, patient in sheet_loop.not_in_chart(office.vault)]


def _outstanding(options: Namespace, office: Office) -> Result:
    return [
        {
            "number": form.number,
            "patient": form.patient.banner,
            "images": form.images,
            "since": form.since.isoformat(),
            "pages_in": form.pages_in,
            "pages": form.pages,
        }
        for form in scan_back.forms_due(office.vault)
    ]


def _find(options: Namespace, office: Office) -> Result:
    if options.scan:
        return [page_row(page) for page in pages_in_file(office, options.scan)]
    if options.image:
        return [page_row(page) for page in pages_in_image(office, typed_image(options.image))]
    found, page = sheet_loop.found_by_code(office.vault, options.code)
    return {**_row(office, found), "page": page}


def _in_hand(options: Namespace, office: Office) -> Result:
    found = _copy(options, office)
    done = sheet_loop.confirm_in_hand(
        office.vault, sheet=found.id, check_digits=options.last, by=office.person
    )
    return _row(office, done)


def _in_chart(options: Namespace, office: Office) -> Result:
    done = sheet_loop.put_into_chart(
        office.vault,
        code=options.code,
        volume=options.volume,
        copy=options.copy,
        by=office.person,
    )
    others = sheet_loop.other_loose_copies(office.vault, done)
    return {**_row(office, done), "other_copies_in_no_chart": others}


def _handed_over(options: Namespace, office: Office) -> Result:
    found = _copy(options, office)
    done = sheet_loop.hand_over(office.vault, sheet=found.id, to=options.to, by=office.person)
    return _row(office, done)


def _recall(options: Namespace, office: Office) -> Result:
    found = _copy(options, office)
    done = sheet_loop.recall_sheet(office.vault, sheet=found.id, why=options.why, by=office.person)
    return _row(office, done)


def _destroyed(options: Namespace, office: Office) -> Result:
    found = _copy(options, office)
    done = sheet_loop.destroy_sheet(office.vault, sheet=found.id, why=options.why, by=office.person)
    return _row(office, done)


def _copy(options: Namespace, office: Office) -> Sheet:
    """The copy that is meant. Raises what `found_by_code` raises, and SheetUnknown."""
    found, _ = sheet_loop.found_by_code(office.vault, options.code)
    if options.copy in {None, found.copy}:
        return found
    every = sheets.sheets_of(office.vault, found.patient)
    for one in every:
        if (one.number, one.copy) == (found.number, options.copy):
            return one
    raise SheetUnknown(number=f"{found.number}, copy {options.copy},")


def _row(office: Office, sheet: Sheet) -> dict[str, Any]:
    return sheet_row(sheet, patients.patient(office.vault, sheet.patient))


def sheet_row(sheet: Sheet, patient: Patient) -> dict[str, Any]:
    """A sheet as the command line tells it; times in UTC."""
    return {
        "number": sheet.number,
        "kind": sheet.kind.value,
        "copy": sheet.copy,
        "patient": patient.banner,
        "pages": sheet.pages,
        "target": sheet.target,
        "printed": asdict(sheet.printed) if sheet.printed else None,
        "made_at": sheet.made_at.isoformat(),
        "made_by": sheet.made_by,
        "why": sheet.why,
        "state": sheet.state.value,
        "in_chart_at": sheet.in_chart_at.isoformat() if sheet.in_chart_at else None,
        "volume": sheet.volume,
        "handed_at": sheet.handed_at.isoformat() if sheet.handed_at else None,
        "handed_to": sheet.handed_to,
        "ended_why": sheet.ended_why,
    }
