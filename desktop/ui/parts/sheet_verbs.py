"""What the window needs to bring a record sheet to paper; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.intake.filing_report import SheetReady
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """What a person chose to print."""

    patient: Patient
    images: tuple[ImageId, ...]
    per_page: int = 1
    paper: Paper = Paper.A4


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVerbs:
    """All block, run in a lane, and raise problems.

    `prepare` lays a sheet out and registers nothing. `save`, `print` (a queue by name) and
    `print_on` (a printer that the system's dialog set up) register one copy and give back what
    went out. `preview_pages` gives the first pages as PNG or JPEG: pdf, width in pixels, at most
    so many. `printers` names the queues, the default one first.
    """

    prepare: Callable[[SheetChoice], SheetReady]
    save: Callable[[SheetChoice, SheetReady, Path], SheetReady]
    print: Callable[[SheetChoice, SheetReady, str], SheetReady]
    print_on: Callable[[SheetChoice, SheetReady, QPrinter], SheetReady]
    printers: Callable[[], Sequence[str]]
    preview_pages: Callable[[bytes, int, int], Sequence[bytes]]
