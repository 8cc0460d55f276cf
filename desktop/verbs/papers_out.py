"""A paper by its name to a file or a printer: in the register where it belongs into the chart."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop.printing import printers
from desktop.printing.laid_out import SheetReady, whole
from desktop.printing.print_options import PrintOptions, Sides
from desktop.records.deeds import sheets
from desktop.records.deeds.papers import note_paper
from desktop.records.facts.filing_problems import SheetNumberTaken
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.paper_order import PaperOrder
from desktop.verbs.papers import BY_NAME, MadePaper, make_paper
from desktop.verbs.print_queue import send_through
from desktop.verbs.sheets import (
    SheetOrder,
    prepare_again,
    prepare_sheet,
    print_sheet,
    save_sheet,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOut:
    """What went out. What is not of the register has `copy` 0, and `order` is then what was made,
    with all that was left open in what was asked for."""

    number: str
    copy: int = 0
    pages: int = 0
    order: PaperOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPaper:
    """A paper that was laid out and lies in memory: one for the register, or any other."""

    laid: tuple[SheetOrder, SheetReady] | MadePaper

    @property
    def pdf(self) -> bytes:
        """The paper as it would go out."""
        return self.laid.pdf if isinstance(self.laid, MadePaper) else whole(self.laid[1].laid)


def send_paper(
    office: Office, order: PaperOrder, *, to: Path | PrintOptions, again: str = "", why: str = ""
) -> PaperOut:
    """Lay a paper out and write it to the file `to`, or send it to a printer. Raises as
    `ready_paper` and `take_out`."""
    return take_out(office, ready_paper(office, order, again=again, why=why), to=to)


def ready_paper(office: Office, order: PaperOrder, *, again: str = "", why: str = "") -> ReadyPaper:
    """Lay a paper out; nothing is registered or noted yet.

    One about a patient that belongs into the chart gets a fresh number, or is the next copy of
    `again`, for which `why` is the reason. Raises as `make_paper` and `prepare_sheet` do,
    SheetUnknown, and SheetNumberTaken for the number of another paper.
    """
    kind = BY_NAME[order.name]
    if again:
        before = sheets.last_copy(office.vault, again)
        if before.kind is not kind.sheet:
            raise SheetNumberTaken(number=again)
        order = replace(order, patient=order.patient or before.patient)
    if kind.sheet is None or order.patient is None:
        return ReadyPaper(laid=make_paper(office, order))
    wanted = SheetOrder(
        patient=order.patient,
        images=order.images,
        paper=order.paper,
        tray=order.tray,
        why=why,
        kind=kind.sheet,
        typed=order.typed,
    )
    ready = prepare_again(office, wanted, number=again) if again else prepare_sheet(office, wanted)
    return ReadyPaper(laid=(wanted, ready))


def take_out(office: Office, paper: ReadyPaper, *, to: Path | PrintOptions) -> PaperOut:
    """Register or note a paper and write it to the file `to`, or send it to a printer. Raises as
    `save_sheet` or `print_sheet` do."""
    if isinstance(paper.laid, MadePaper):
        made = paper.laid
        if isinstance(to, Path):
            save_paper(office, made, to)
        else:
            print_paper(office, made, to=to)
        return PaperOut(number=made.order.number, order=made.order)
    wanted, ready = paper.laid
    if isinstance(to, Path):
        done = save_sheet(office, wanted, ready, path=to)
    else:
        done = print_sheet(office, wanted, ready, to=to)
    return PaperOut(number=done.number, copy=done.copy, pages=done.pages)


def save_paper(office: Office, made: MadePaper, path: Path) -> None:
    """Write a paper that is not of the register to a file that a person chose. Raises
    FileNotWritable."""
    write_whole(path, made.pdf, office=office.folder)
    _note(office, made, target="pdf")


def print_paper(office: Office, made: MadePaper, *, to: PrintOptions) -> None:
    """Send a paper that is not of the register to a printer, laid out anew where that prints grey
    or on both sides. Raises the problems of printing."""
    to = printers.settled(to, made.order.paper)
    order = replace(made.order, is_grey=to.is_grey, two_sided=to.sides is Sides.TWO)
    if order != made.order:
        made = make_paper(office, order)
    title = order.number or made.kind.name.upper()
    note = partial(_note, office, made, target=to.target)
    send_through(office, made.pdf, to=to, title=title, paper=order.paper, note=note)


def _note(office: Office, made: MadePaper, *, target: str) -> None:
    if made.kind.note is not None:
        made.kind.note(office, made.order, target)
        return
    note_paper(
        office.vault,
        paper=made.kind.name,
        patient=made.order.patient,
        number=made.order.number,
        target=target,
        named=made.order.typed.latin_name,
        by=office.person,
    )
