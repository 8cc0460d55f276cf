"""What `sheet` does: a record sheet, to a printer or into a file, open or sealed."""

import argparse
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import looking, patients
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown
from desktop.typed_password import asked_password
from desktop.verbs.office import Office
from desktop.verbs.sheets import SheetOrder, prepare_sheet, print_sheet, save_sheet


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of this file."""
    to = commands.add_parser(
        "sheet", parents=[common], help="print a record sheet, or write it as PDF/A"
    )
    to.add_argument("--patient", required=True, metavar="N")
    to.add_argument("--images", nargs="+", default=[], metavar="ID")
    where = to.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="OUT.pdf")
    where.add_argument("--printer", metavar="NAME")
    to.add_argument(
        "--sealed-with",
        type=Path,
        metavar="FILE",
        help="with --out: only the passphrase in this file opens the PDF",
    )
    layout(to)


def layout(to: argparse.ArgumentParser) -> None:
    """How a record sheet is laid out."""
    to.add_argument("--per-page", type=int, choices=[1, 2, 4], default=1)
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)


def sheet(options: Namespace, office: Office) -> Result:
    """A record sheet, to a PDF or to a printer."""
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    order = SheetOrder(
        patient=patient.id,
        images=tuple(dict.fromkeys(_image_ids(office, patient, options.images))),
        per_page=options.per_page,
        paper=Paper(options.paper),
    )
    phrase = asked_password(options.sealed_with) if options.sealed_with else None
    ready = prepare_sheet(office, order)
    if options.printer:
        done = print_sheet(office, order, ready, printer=options.printer)
        target = {"printer": options.printer}
    else:
        done = save_sheet(office, order, ready, path=options.out, passphrase=phrase)
        target = {"path": str(options.out)}
    return {"number": done.number, "copy": done.copy, "pages": done.pages, **target}


def _image_ids(office: Office, patient: Patient, wanted: Sequence[str]) -> list[ImageId]:
    """Images by id, or by the number that is printed on a sheet."""
    known = looking.images_of(office.vault, patient.id)
    by_name = {str(image.id): image.id for image in known}
    by_name |= {image.short_number: image.id for image in known}
    for text in wanted:
        if text not in by_name:
            raise ImageUnknown(image=text)
    return [by_name[text] for text in wanted]
