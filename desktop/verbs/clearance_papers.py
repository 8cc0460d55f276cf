"""The papers of clearing: the receipt for a device's owner, and what may be on a lost device."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from desktop.printing.clearance_receipt import ClearanceReceipt, clearance_receipt_pdf
from desktop.printing.lost_device_list import LostDeviceList, lost_device_list_pdf
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import breaches, clearing
from desktop.records.facts.clearance import receipt_number
from desktop.records.facts.clearance_problems import IntakeUnknown
from desktop.records.facts.ids import BreachId, IntakeId
from desktop.records.rules.clearing import REMINDERS
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.print_queue import send_through
from desktop.verbs.stationery import stationery


def receipt_pdf(office: Office, intake: IntakeId, *, paper: Paper) -> bytes:
    """The clearance receipt of an intake as things stand now. Raises IntakeUnknown and the problems
    of printing."""
    deposits = clearing.deposits_of(office.vault, intake)
    if not deposits:
        raise IntakeUnknown(intake=str(intake))
    return clearance_receipt_pdf(
        ClearanceReceipt(
            organisation=office.facts.organisation,
            deposits=tuple(deposits),
            reminders=REMINDERS,
            printed_by=office.person.name,
            printed_at=datetime.now(UTC).astimezone(),
            paper=paper,
            own=stationery(office),
        )
    )


def save_receipt(office: Office, intake: IntakeId, pdf: bytes, path: Path) -> str:
    """Write a receipt to a file that a person chose; its number. Raises FileNotWritable."""
    write_whole(path, pdf, office=office.folder)
    return clearing.note_receipt(office.vault, intake=intake, target="pdf", by=office.person)


def print_receipt(
    office: Office, intake: IntakeId, pdf: bytes, *, paper: Paper, to: PrintOptions
) -> str:
    """Send a receipt to a printer; its number. Raises the problems of printing."""
    number = receipt_number(intake)

    def note() -> str:
        return clearing.note_receipt(
            office.vault, intake=intake, target=to.target, by=office.person
        )

    return send_through(office, pdf, to=to, title=number, paper=paper, note=note)


def lost_list_pdf(office: Office, breach: BreachId, *, paper: Paper) -> bytes:
    """The breach record of a lost device with what may still be on it, patients named. Raises
    BreachUnknown and the problems of printing."""
    return lost_device_list_pdf(
        LostDeviceList(
            organisation=office.facts.organisation,
            file=breaches.breach_file(office.vault, breach),
            printed_by=office.person.name,
            printed_at=datetime.now(UTC).astimezone(),
            paper=paper,
            own=stationery(office),
        )
    )


def save_lost_list(office: Office, breach: BreachId, pdf: bytes, path: Path) -> None:
    """Write the list to a file that a person chose. Raises FileNotWritable."""
    write_whole(path, pdf, office=office.folder)
    _note_lost(office, breach, target="pdf")


def print_lost_list(
    office: Office, breach: BreachId, pdf: bytes, *, paper: Paper, to: PrintOptions
) -> None:
    """Send the list to a printer. Raises the problems of printing."""
    note = partial(_note_lost, office, breach, target=to.target)
    send_through(office, pdf, to=to, title="LOST-DEVICE", paper=paper, note=note)


def _note_lost(office: Office, breach: BreachId, *, target: str) -> None:
    found = breaches.breach_file(office.vault, breach).breach
    clearing.note_lost(office.vault, breach=found, target=target, by=office.person)
