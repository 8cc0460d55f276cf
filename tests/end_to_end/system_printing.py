"""Files a photo and prints it through Qt, as the system's print dialog has it done.

Run as a program with an office, a card and a print queue, it says the sheet number.
"""

import sys
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.app import application
from desktop.devices.finding import open_source
from desktop.intake.filing_report import DeskFacts, FileRequest
from desktop.lanes import Lane
from desktop.printing.laid_out import SheetReady
from desktop.records.deeds import sheets
from desktop.records.deeds.patients import patient_with_number
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.people import Photographer, Role
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.ui.parts.sheet_verbs import SheetChoice
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office
from desktop.verbs.window_sheets import sheet_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER


def filed(office: Office, card: Path) -> SheetChoice:
    """One sample photo in the record of the made-up patient."""
    patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
    source = open_source(str(card))
    request = FileRequest(
        source_id=source.info.id,
        items=tuple(source.items()),
        patient=patient.id,
        number=patient.number,
        born=patient.born,
        facts=DeskFacts(
            photographer=Photographer(name="Hana Parata", role=Role.NURSE),
            owner=DeviceOwner.PERSONAL,
            purposes=frozenset({Purpose.CARE}),
            consent=Consent(form=ConsentForm.VERBAL),
        ),
    )
    report = file_from_source(
        office, source=source, request=request, tell=lambda _: None, stopped=lambda: False
    )
    source.close()
    return SheetChoice(patient=patient, images=tuple(image.id for image in report.filed))


def printed(station: Workstation, card: Path, printer: QPrinter) -> SheetReady:
    """File and print as the window does: never on its own thread."""
    verbs = sheet_verbs(station)
    with station.using() as office:
        choice = filed(office, card)
    with Lane("open") as lane:
        out = lane.ask(lambda: verbs.print_on(choice, verbs.prepare(choice), printer))
    with station.using() as office:
        register = sheets.sheets_of(office.vault, choice.patient.id)
    assert [(line.number, line.copy) for line in register] == [(out.number, 1)]
    return out


def main(office: str, card: str, queue: str) -> None:
    """Print on a queue of the printing system."""
    application()
    station = Workstation(Settings(office=Path(office)), cost=LEAST_COST)
    station.unlock(USER, PASSWORD)
    printer = QPrinter()
    printer.setPrinterName(queue)
    assert printer.printerName() == queue, "Qt does not see the queue"
    out = printed(station, Path(card), printer)
    station.lock()
    sys.stdout.write(f"{out.number}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
