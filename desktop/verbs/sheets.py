"""Papers for the chart, from the record to a PDF or a printer: every copy is in the register."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.printing import printers
from desktop.printing.encryption import check_typeable, encrypted
from desktop.printing.laid_out import HeldPdf, SheetReady, whole
from desktop.printing.papers.contact_sheet import PER_PAGE
from desktop.printing.print_jobs import PrintJob
from desktop.printing.print_options import PrintOptions, Sides
from desktop.printing.record_sheet import lay_out, longest_for
from desktop.printing.record_sheet_model import Paper, RecordSheet, Shown
from desktop.printing.recording_block import STORY_FRAMES
from desktop.printing.sheet_of_images import sheet_images, sheet_patient
from desktop.problem import Problem
from desktop.records.deeds import looking, measuring, patients, retention, sheets
from desktop.records.deeds.sheet_loop import last_volume
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.printer_check import LifeSize
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet
from desktop.records.facts.sheet import (
    SEALED_PDF,
    NewSheet,
    PrintedAs,
    Sheet,
    SheetKind,
    new_paper_number,
)
from desktop.verbs.for_paper import for_paper
from desktop.verbs.names_on_paper import as_printed
from desktop.verbs.office import Office
from desktop.verbs.output import write_filled, write_whole
from desktop.verbs.paper_order import PaperOrder, Typed
from desktop.verbs.papers import BY_SHEET, make_paper
from desktop.verbs.print_queue import follow_sent
from desktop.verbs.printer_checks import life_size_on
from desktop.verbs.stationery import stationery


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOrder:
    """What to print of a patient: by which images (where none are named, those that fit), and
    what is written into it beforehand. `per_page` is for record sheets. `why` is why it is printed
    again, where it is, `tray` the one that is asked for; empty where the printer chooses."""

    patient: PatientId
    images: tuple[ImageId, ...] = ()
    per_page: int = 1
    paper: Paper = Paper.A4
    tray: str = ""
    why: str = ""
    kind: SheetKind = SheetKind.RECORD
    typed: Typed = field(default_factory=Typed)
    life_size: bool = False
    """One image a page, at 1:1 where its scale is known."""
    smaller: bool = False
    """With `life_size`: what the paper has no room for is printed smaller, not refused."""
    printer: str = ""
    """The printer that a life-size sheet is laid out for; empty where nobody said."""
    two_sided: bool = False
    """On both sides of the paper: the backs are bound at the right."""
    is_grey: bool = False
    """Printed without its colours, which every page then says."""


def prepare_again(office: Office, order: SheetOrder, *, number: str) -> SheetReady:
    """Lay a sheet out that was made before, with the same images and words, as its next copy.
    Raises SheetUnknown, and what `prepare_sheet` raises."""
    before = sheets.last_copy(office.vault, number)
    again = replace(
        order,
        patient=before.patient,
        images=before.images,
        kind=before.kind,
        typed=Typed(**dict(before.written)),
    )
    return _composed(office, again, number=before.number, copy=before.copy + 1)


def prepare_sheet(office: Office, order: SheetOrder) -> SheetReady:
    """Lay a sheet out under a fresh number, as copy 1. Raises NoImagesForSheet, ImageUnknown,
    UnprintableText and TooLargeForLifeSize, and what the maker of such a paper raises. Nothing is
    registered until it is saved or printed, and no picture of a record sheet is asked for before
    its page is drawn: ImageNotPrintable comes then."""
    return _composed(office, order, number=new_paper_number(order.kind.prefix), copy=1)


def save_sheet(
    office: Office,
    order: SheetOrder,
    ready: SheetReady,
    *,
    path: Path,
    passphrase: str | None = None,
) -> SheetReady:
    """Write the sheet to a file that the person chose, and register it; with a `passphrase`,
    nothing else opens the file. Raises FileNotWritable and PassphraseNotTypeable."""
    if passphrase is not None:
        check_typeable(passphrase)

    def leave(out: SheetReady) -> None:
        if passphrase is None:
            write_filled(path, out.laid.write, office=office.folder)
        else:
            write_whole(path, encrypted(whole(out.laid), passphrase), office=office.folder)

    target = "pdf" if passphrase is None else SEALED_PDF
    return leave_elsewhere(office, order, ready, target=target, leave=leave)


def print_sheet(
    office: Office, order: SheetOrder, ready: SheetReady, *, to: PrintOptions
) -> SheetReady:
    """Send the sheet to a printer, and register it: each of the copies that were asked for is one
    of its own, with its number on it. Raises the problems of printing; what the printer cannot do
    is said before anything is registered, and a copy that fails ends the row. One that waits at the
    printer is looked after from then on."""
    to = printers.settled(to, order.paper)
    laid_for = replace(
        _as_prepared(order, ready),
        printer=to.printer if order.life_size else order.printer,
        tray=to.tray,
        two_sided=to.sides is Sides.TWO,
        is_grey=to.is_grey,
    )
    if order.life_size:
        ready = _composed(office, laid_for, number=ready.number, copy=ready.copy)

    knows_colour = printers.tells_colour(to.printer)
    taken: list[PrintJob] = []

    def leave(out: SheetReady) -> None:
        one = replace(to, copies=1)
        taken.append(
            printers.print_laid(out.laid, options=one, title=out.number, paper=order.paper)
        )

    gone: list[Sheet] = []
    for place in range(to.copies):
        why = order.why or (f"{to.copies} copies were printed together" if place else "")
        ready = leave_elsewhere(
            office,
            replace(laid_for, why=why),
            ready,
            target=to.target,
            leave=leave,
            known_printer=to.printer,
            knows_colour=knows_colour,
        )
        waits = follow_sent(office, taken[-1], title=ready.number, line=ready.line)
        ready = replace(ready, waits=waits)
        gone += [ready.line] if ready.line else []
    return replace(ready, earlier=tuple(gone[:-1]))


@contextmanager
def _noted(office: Office, line: Sheet) -> Iterator[None]:
    """A registered copy that did not come out is noted as such beside its line."""
    try:
        yield
    except Problem as problem:
        sheets.note_not_printed(office.vault, line, why=problem.code, by=office.person)
        raise


def leave_elsewhere(
    office: Office,
    order: SheetOrder,
    ready: SheetReady,
    *,
    target: str,
    leave: Callable[[SheetReady], object],
    known_printer: str = "",
    knows_colour: bool = False,
) -> SheetReady:
    """Register a copy and have the caller bring it to `target` itself: the system's print dialog.
    Raises what `leave` raises; the copy is then on record as not printed.

    A sheet in life size says what is known of `known_printer`; of a file, or another way to paper,
    nothing is. `knows_colour` where it comes out in colour unless it was asked for in grey; without
    it the register says that nobody can tell, so that it stands for no photo (R77).
    """
    elsewhere = order.life_size and order.printer != known_printer
    if elsewhere or order.is_grey or order.two_sided:  # it was prepared for anybody's printer
        order = replace(_as_prepared(order, ready), printer=known_printer)
        ready = _composed(office, order, number=ready.number, copy=ready.copy)
    line = _register(office, order, ready, target=target, knows_colour=knows_colour)
    with _noted(office, line):
        out = _copy(office, order, ready, line)
        leave(out)
    return out


def _register(
    office: Office, order: SheetOrder, ready: SheetReady, *, target: str, knows_colour: bool
) -> Sheet:
    """One more line in the register, before anything leaves the office."""
    printed = PrintedAs(
        per_page=_most_on_a_page(order, ready),
        paper=order.paper.value,
        is_grey=order.is_grey if order.is_grey or knows_colour else None,
    )
    return sheets.register_sheet(
        office.vault,
        NewSheet(
            patient=order.patient,
            images=ready.images,
            pages=ready.pages,
            number=ready.number,
            target=target,
            why=order.why,
            kind=ready.kind,
            written=ready.written,
            printed=printed,
        ),
        by=office.person,
    )


def _most_on_a_page(order: SheetOrder, ready: SheetReady) -> int:
    if ready.kind is SheetKind.RECORD:
        return 1 if order.life_size else order.per_page
    if ready.kind is SheetKind.CONTACT:
        return PER_PAGE
    return len(ready.images) if ready.kind.shows_images else 0


def _copy(office: Office, order: SheetOrder, ready: SheetReady, line: Sheet) -> SheetReady:
    """The sheet as registered: laid out again where it is not the copy that was prepared."""
    if line.copy != ready.copy:
        again = _as_prepared(order, ready)
        ready = _composed(office, again, number=ready.number, copy=line.copy)
    return replace(ready, line=line)


def _as_prepared(order: SheetOrder, ready: SheetReady) -> SheetOrder:
    """What the sheet was prepared from, where the order left it open."""
    typed = Typed(**dict(ready.written))
    return replace(order, images=ready.images, kind=ready.kind, typed=typed)


def _composed(office: Office, order: SheetOrder, *, number: str, copy: int) -> SheetReady:
    if order.kind is SheetKind.RECORD:
        return _record_sheet(office, order, number=number, copy=copy)
    made = make_paper(
        office,
        PaperOrder(
            name=BY_SHEET[order.kind].name,
            patient=order.patient,
            images=order.images,
            paper=order.paper,
            typed=order.typed,
            number=number,
            copy=copy,
            two_sided=order.two_sided,
            is_grey=order.is_grey,
        ),
    )
    return SheetReady(
        laid=HeldPdf(made.pdf),
        number=number,
        copy=copy,
        patient=order.patient,
        images=made.order.images,
        kind=order.kind,
        written=made.order.typed.said,
    )


def _record_sheet(office: Office, order: SheetOrder, *, number: str, copy: int) -> SheetReady:
    found = patients.patient(office.vault, order.patient)
    patient = as_printed(found, order.typed.latin_name, is_again=copy > 1)
    images = _images(office, order)
    if not images:
        raise NoImagesForSheet(banner=patient.banner)
    kept = retention.retention_of(office.vault, patient.id)
    per_page = 1 if order.life_size else order.per_page
    longest = longest_for(per_page, order.paper)
    laid = measuring.scales_of(office.vault, [image.id for image in images])

    def picture(image: ClinicalImage) -> Shown | None:
        return for_paper(office, image, longest=longest, frames=STORY_FRAMES[per_page])

    sheet = RecordSheet(
        organisation=office.facts.organisation,
        address=office.facts.address,
        patient=sheet_patient(patient),
        images=sheet_images(images, picture, laid),
        sheet_number=number,
        copy=copy,
        printed_by=f"{office.person.name} ({office.person.role.words})",
        printed_at=datetime.now(UTC).astimezone(),
        per_page=per_page,
        paper=order.paper,
        retain_until=kept.retain_until if kept else None,
        life_size=_known_of_printer(office, order) if order.life_size else None,
        smaller=order.smaller,
        volume=last_volume(office.vault, patient.id),
        two_sided=order.two_sided,
        is_grey=order.is_grey,
        own=stationery(office),
    )
    return SheetReady(
        laid=lay_out(sheet),
        number=number,
        copy=copy,
        patient=order.patient,
        images=tuple(image.id for image in images),
        written=order.typed.said,
    )


def _known_of_printer(office: Office, order: SheetOrder) -> LifeSize:
    return life_size_on(office, printer=order.printer, tray=order.tray, paper=order.paper.value)


def _images(office: Office, order: SheetOrder) -> Sequence[ClinicalImage]:
    linked = looking.images_of(office.vault, order.patient)
    if not order.images:
        shown = [i for i in linked if i.state in {ImageState.FILED, ImageState.INCOMPLETE}]
        return sorted(shown, key=_when)
    by_id = {image.id: image for image in linked}
    for wanted in order.images:
        if wanted not in by_id:
            raise ImageUnknown(image=str(wanted))
    return [by_id[wanted] for wanted in order.images]


def _when(image: ClinicalImage) -> tuple[bool, datetime]:
    """Oldest first, as a chart is read; what has no capture time comes last."""
    if image.taken is None:
        return True, image.received_at.replace(tzinfo=None)
    return False, image.taken.local
