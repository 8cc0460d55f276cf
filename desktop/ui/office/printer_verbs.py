"""What the printers of the Office room need to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.printer_check import LifeSize, Measured
from desktop.ui.parts.print_verbs import WaitingPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterLine:
    """A printer with one of its trays and papers, or one that was never checked: then `paper` is
    empty. `tray` is empty where the printer chooses. `checked` is when and by whom, or empty;
    `state` is said in a few words and `words` in sentences."""

    name: str
    tray: str
    paper: str
    is_here: bool
    state: str
    checked: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintersVerbs:
    """All block, run in a lane, and raise problems. `print_page` sends a check page to a printer
    and tray, and gives its number; `store` puts on record what was measured on the page with
    this number or code, and says what follows. `waiting` and `cancel` are those of `PrintVerbs`."""

    printers: Callable[[], Sequence[PrinterLine]]
    trays: Callable[[str], Sequence[str]]
    print_page: Callable[[str, str, Paper], str]
    store: Callable[[str, Measured], LifeSize]
    waiting: Callable[[], Sequence[WaitingPaper]]
    cancel: Callable[[WaitingPaper], str]
