"""Printers in a list for tests of the Office room."""

from dataclasses import dataclass, field, replace

from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.facts.printer_check import LifeSize, Measured
from desktop.ui.office.printer_verbs import PrinterLine, PrintersVerbs

LASER = PrinterLine(
    name="Office_Laser",
    tray="",
    paper="",
    is_here=True,
    state="not checked",
    checked="",
    words="Not checked. Print a check page.",
)
WARD = replace(
    LASER,
    name="Ward_3_Inkjet",
    tray="tray-2",
    paper="A5",
    state="checked: not true to size",
    checked="3 Nov 2026 by Mere Parata",
    words="100 mm bars print 98.7 mm: life size is not certain.",
)
GONE = replace(
    WARD,
    name="Old_Laser",
    is_here=False,
    state="check again: the last check is older than 12 months",
    checked="1 Oct 2025 by Tom Reed",
    words="The last check of this printer is older than 12 months. Print a check page. No printer "
    "of this name is set up here now.",
)


@dataclass
class StandInPrinters:
    """Printers that answer at once; a test sets what they should answer or refuse."""

    lines: list[PrinterLine] = field(default_factory=lambda: [LASER, WARD, GONE])
    trays: list[str] = field(default_factory=lambda: ["tray-1", "tray-2"])
    printed: list[tuple[str, str, Paper]] = field(default_factory=list)
    stored: list[tuple[str, Measured]] = field(default_factory=list)
    problem: Problem | None = None

    @property
    def verbs(self) -> PrintersVerbs:
        return PrintersVerbs(
            printers=lambda: list(self.lines),
            trays=lambda _name: list(self.trays),
            print_page=self._print,
            store=self._store,
            waiting=list,
            cancel=lambda _paper: "",
        )

    def _print(self, name: str, tray: str, paper: Paper) -> str:
        if self.problem:
            raise self.problem
        self.printed.append((name, tray, paper))
        return "PC7K3QX9FM"

    def _store(self, code: str, measured: Measured) -> LifeSize:
        if self.problem:
            raise self.problem
        self.stored.append((code, measured))
        return LifeSize(is_certain=True, words="100 mm bars print 100.1 mm.")
