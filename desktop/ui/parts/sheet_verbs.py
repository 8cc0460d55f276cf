"""What the window needs to bring a paper for the chart out; the composition root fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.printing.laid_out import SheetReady
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.loop_verbs import LoopVerbs
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """What a person chose to print: which paper, with which images, and what is written into it
    beforehand, by field. `again` is the number of a sheet whose next copy it is to be, and `why`
    the reason for that copy. In `life_size` the pictures are 1:1, or `smaller` where they have no
    room; `printer` and `tray` are then those it is laid out for."""

    patient: Patient
    images: tuple[ImageId, ...]
    per_page: int = 1
    paper: Paper = Paper.A4
    kind: SheetKind = SheetKind.RECORD
    written: tuple[tuple[str, str], ...] = ()
    again: str = ""
    why: str = ""
    life_size: bool = False
    smaller: bool = False
    printer: str = ""
    tray: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVerbs:
    """All block, run in a lane, and raise problems.

    `prepare` lays a sheet out and registers nothing. `save` and `print_on` (a printer that the
    system's dialog set up) register one copy, `print` each of those that were asked for, and they
    give back what went out. `preview_page` draws one page. `printing` chooses a printer. `loop`
    follows what was printed into the chart.
    """

    prepare: Callable[[SheetChoice], SheetReady]
    save: Callable[[SheetChoice, SheetReady, Path], SheetReady]
    print: Callable[[SheetChoice, SheetReady, PrintOptions], SheetReady]
    print_on: Callable[[SheetChoice, SheetReady, QPrinter], SheetReady]
    printing: PrintVerbs
    preview_page: PreviewPage
    loop: LoopVerbs
