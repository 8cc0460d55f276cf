"""The papers of clearing: the receipt for a device's owner, and what may be on a lost device."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop.printing import printers
from desktop.printing.clearance_receipt import ClearanceReceipt, clearance_receipt_pdf
from desktop.printing.lost_device_list import LostDeviceList, lost_device_list_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import clearing
from desktop.records.deeds.devices import mark_lost
from desktop.records.facts.clearance import receipt_number
from desktop.records.facts.clearance_problems import IntakeUnknown, NothingToClear
from desktop.records.facts.device_problems import DeviceAlreadyLost, DeviceRetired
from desktop.records.facts.ids import IntakeId
from desktop.records.rules.clearing import REMINDERS
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.sheets import see_through


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
        )
    )


def save_receipt(office: Office, intake: IntakeId, pdf: bytes, path: Path) -> str:
    """Write a receipt to a file that a person chose; its number. Raises FileNotWritable."""
    write_whole(path, pdf, office=office.folder)
    return clearing.note_receipt(office.vault, intake=intake, target="pdf", by=office.person)


def print_receipt(
    office: Office, intake: IntakeId, pdf: bytes, *, paper: Paper, printer: str
) -> str:
    """Send a receipt to a printer by name; its number. Raises the problems of printing."""
    number = receipt_number(intake)
    see_through(printers.print_pdf(pdf, printer=printer, title=number, paper=paper))
    target = f"printer {printer}"
    return clearing.note_receipt(office.vault, intake=intake, target=target, by=office.person)


def lost_list_pdf(office: Office, *, source: str, depositor: str, paper: Paper) -> bytes:
    """What may still be on a lost device, patients named. Raises NothingToClear where nothing is,
    and the problems of printing."""
    images = clearing.lost_images(office.vault, source=source, depositor=depositor)
    if not images:
        raise NothingToClear(source=source)
    return lost_device_list_pdf(
        LostDeviceList(
            organisation=office.facts.organisation,
            source_name=source,
            depositor=depositor,
            images=tuple(images),
            printed_by=office.person.name,
            printed_at=datetime.now(UTC).astimezone(),
            paper=paper,
        )
    )


def save_lost_list(office: Office, *, source: str, depositor: str, pdf: bytes, path: Path) -> None:
    """Write the list to a file that a person chose; a device of the register is noted as lost.
    Raises FileNotWritable."""
    write_whole(path, pdf, office=office.folder)
    _note_lost(office, source, depositor, target="pdf")


def print_lost_list(
    office: Office, *, source: str, depositor: str, pdf: bytes, paper: Paper, printer: str
) -> None:
    """Send the list to a printer by name. Raises the problems of printing."""
    see_through(printers.print_pdf(pdf, printer=printer, title="LOST DEVICE", paper=paper))
    _note_lost(office, source, depositor, target=f"printer {printer}")


def _note_lost(office: Office, source: str, depositor: str, *, target: str) -> None:
    images = clearing.lost_images(office.vault, source=source, depositor=depositor)
    clearing.note_lost(
        office.vault,
        source=source,
        depositor=depositor,
        images=images,
        target=target,
        by=office.person,
    )
    for device in {one.deposit.device for one in images if one.deposit.device is not None}:
        with suppress(DeviceAlreadyLost, DeviceRetired):
            mark_lost(office.vault, device=device, by=office.person)
