"""Images from others and breach records as the window asks for them: the same verbs as the commands
`received`, `copies` and `breaches`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import breaches, came_from, patients
from desktop.records.facts.breach import Breach, BreachStep
from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import BreachId, ImageId
from desktop.ui.worklists.breach_verbs import BreachVerbs
from desktop.ui.worklists.from_others_verbs import FromOthersVerbs, OtherPaper, Waiting
from desktop.verbs.came_from_papers import CameFromPaper, came_from_order
from desktop.verbs.clearance_papers import lost_list_pdf, print_lost_list, save_lost_list
from desktop.verbs.papers_out import ReadyPaper, ready_paper, take_out
from desktop.verbs.window_printing import print_verbs
from desktop.verbs.window_sheets import preview_page
from desktop.verbs.workstation import Workstation


def breach_verbs(station: Workstation) -> BreachVerbs:
    """Breach records of lost devices. Each raises OfficeLocked."""

    def open_ones() -> Sequence[Breach]:
        with station.using() as office:
            return breaches.breaches(office.vault)

    def lose(source: str, depositor: str, what: str, on: date) -> Breach:
        with station.using() as office:
            return breaches.open_lost(
                office.vault,
                source=source,
                depositor=depositor,
                what=what,
                happened_on=on,
                by=office.person,
            )

    def step(breach: BreachId, taken: BreachStep, on: date, note: str) -> Breach:
        with station.using() as office:
            return breaches.note_step(
                office.vault, breach=breach, step=taken, on=on, note=note, by=office.person
            )

    def close(breach: BreachId, outcome: str) -> Breach:
        with station.using() as office:
            return breaches.close(office.vault, breach=breach, outcome=outcome, by=office.person)

    def make(breach: BreachId, paper: Paper) -> bytes:
        with station.using() as office:
            return lost_list_pdf(office, breach, paper=paper)

    def save(breach: BreachId, pdf: bytes, path: Path) -> None:
        with station.using() as office:
            save_lost_list(office, breach, pdf, path)

    def to_printer(breach: BreachId, pdf: bytes, paper: Paper, to: PrintOptions) -> None:
        with station.using() as office:
            print_lost_list(office, breach, pdf, paper=paper, to=to)

    return BreachVerbs(
        open_ones=open_ones,
        lose=lose,
        step=step,
        close=close,
        make=make,
        save=save,
        print=to_printer,
        printing=print_verbs(station),
        preview_page=preview_page,
    )


def from_others_verbs(station: Workstation) -> FromOthersVerbs:
    """Images that nobody here took. Each raises OfficeLocked. What is saved or printed is what was
    made last."""
    made: dict[tuple[OtherPaper, ImageId | None], ReadyPaper] = {}

    def waiting() -> Sequence[Waiting]:
        with station.using() as office:
            return [
                Waiting(image=one, banner=patients.patient(office.vault, one.patient).banner)
                for one in came_from.to_be_noted(office.vault)
                if one.patient is not None
            ]

    def note(image: ImageId, said: CameFrom) -> ClinicalImage:
        with station.using() as office:
            return came_from.note_came_from(office.vault, image=image, said=said, by=office.person)

    def make(which: OtherPaper, image: ImageId | None, paper: Paper) -> bytes:
        made.clear()
        with station.using() as office:
            order = came_from_order(office, CameFromPaper(which.value), image=image, paper=paper)
            made[which, image] = ready_paper(office, order)
        return made[which, image].pdf

    def save(which: OtherPaper, image: ImageId | None, _pdf: bytes, path: Path) -> None:
        with station.using() as office:
            take_out(office, made[which, image], to=path)

    def to_printer(
        which: OtherPaper, image: ImageId | None, _pdf: bytes, _paper: Paper, to: PrintOptions
    ) -> None:
        with station.using() as office:
            take_out(office, made[which, image], to=to)

    return FromOthersVerbs(
        waiting=waiting,
        note=note,
        make=make,
        save=save,
        print=to_printer,
        printing=print_verbs(station),
        preview_page=preview_page,
    )
