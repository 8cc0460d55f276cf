"""Record sheets for pages under test: laid out at once, registered in a list, by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.printing.laid_out import LaidOut, LaidOutPages, SheetReady
from desktop.printing.print_options import PrintOptions
from desktop.problem import Problem
from desktop.records.facts.ids import ImageId, PatientId, SheetId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import Sheet, SheetState, read_page_code
from desktop.records.facts.sheet_problems import (
    CopyNotSaid,
    LastPageNotInHand,
    NobodyTookIt,
    NoReasonGiven,
    PageCodeWrong,
    SheetNotInThatState,
    SheetUnknown,
)
from desktop.records.rules.sheet_loop import LOOSE, check_hand_over, may_follow, shows_last_page
from desktop.ui.parts.loop_verbs import LoopVerbs, SheetOf
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from tests.ui.made_facts import page_png
from tests.ui.made_printing import StandInPrinters


def sheet_line(
    owner: Patient,
    *,
    number: str = "RS7K3QX9FM",
    copy: int = 1,
    pages: int = 2,
    days: int = 0,
    state: SheetState = SheetState.MADE,
) -> Sheet:
    """One line of the register, made so many days ago."""
    return Sheet(
        id=SheetId(new_uuid()),
        number=number,
        copy=copy,
        patient=owner.id,
        images=(ImageId(new_uuid()),),
        pages=pages,
        target="printer Office-Laser",
        made_at=datetime.now(UTC) - timedelta(days=days),
        made_by="Mere Parata",
        state=state,
    )


@dataclass
class StandInSheets:
    """Sheets that are laid out at once; what went out is remembered."""

    printers: StandInPrinters = field(default_factory=StandInPrinters)
    printed: list[tuple[SheetChoice, str]] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    prepared: list[SheetChoice] = field(default_factory=list)
    problem: Problem | None = None
    waits: str = ""
    lines: dict[SheetId, SheetOf] = field(default_factory=dict)
    volumes: dict[PatientId, str] = field(default_factory=dict)

    def prepare(self, choice: SheetChoice) -> SheetReady:
        if self.problem:
            raise self.problem
        self.prepared.append(choice)
        return SheetReady(
            laid=LaidOutPages(
                pages=max(1, -(-len(choice.images) // choice.per_page)),
                draw=lambda _pages, write: write(b"%PDF-"),
            ),
            number=choice.again or "RS7K3QX9FM",
            copy=self._copies(choice.again) + 1,
            patient=choice.patient.id,
            images=choice.images,
        )

    def save(self, _choice: SheetChoice, ready: SheetReady, path: Path) -> SheetReady:
        self.saved.append(path)
        return ready

    def print(self, choice: SheetChoice, ready: SheetReady, to: PrintOptions) -> SheetReady:
        self.printed.append((choice, to.printer))
        gone = []
        for _ in range(to.copies):
            copy = self._copies(ready.number) + 1
            line = sheet_line(choice.patient, number=ready.number, copy=copy, pages=ready.pages)
            self.register(choice.patient, replace(line, images=ready.images, why=choice.why))
            gone.append(self.lines[line.id].sheet)
        line, earlier = gone[-1], tuple(gone[:-1])
        return replace(ready, copy=line.copy, line=line, earlier=earlier, waits=self.waits)

    def _copies(self, number: str) -> int:
        return sum(one.sheet.number == number for one in self.lines.values())

    def print_on(self, choice: SheetChoice, ready: SheetReady, printer: QPrinter) -> SheetReady:
        self.printed.append((choice, printer.printerName()))
        return ready

    def preview_page(self, laid: LaidOut, page: int, _width: int) -> bytes:
        return page_png(f"Page {page + 1} of {laid.pages}")

    def register(self, owner: Patient, sheet: Sheet) -> SheetOf:
        """One more line in the register."""
        self.lines[sheet.id] = SheetOf(sheet=sheet, patient=owner)
        return self.lines[sheet.id]

    def waiting(self) -> Sequence[SheetOf]:
        loose = [one for one in self.lines.values() if one.sheet.state in LOOSE]
        return sorted(loose, key=lambda one: one.sheet.made_at)

    def find(self, code: str) -> SheetOf:
        read = read_page_code(code)
        if read is None:
            raise PageCodeWrong(typed=code)
        copies = [one for one in self.lines.values() if one.sheet.number == read[0]]
        if not copies:
            raise SheetUnknown(number=read[0])
        return replace(max(copies, key=lambda one: one.sheet.copy), page=read[1])

    def confirm(self, sheet: SheetId, digits: str) -> Sheet:
        one = self.lines[sheet].sheet
        if not shows_last_page(one.number, one.pages, digits):
            raise LastPageNotInHand(number=one.number, copy=one.copy)
        return self._settle(sheet, SheetState.IN_HAND)

    def file(self, code: str, volume: str, copy: int | None) -> SheetOf:
        found = self.find(code)
        of_number = [one for one in self.lines.values() if one.sheet.number == found.sheet.number]
        loose = tuple(one.sheet.copy for one in of_number if one.sheet.state in LOOSE)
        if copy is None and len(loose) > 1:
            raise CopyNotSaid(
                number=found.sheet.number, listed=", ".join(map(str, loose)), copies=loose
            )
        found = next((one for one in of_number if one.sheet.copy == copy), found)
        into = volume or self.volumes.get(found.patient.id, "")
        self.volumes[found.patient.id] = into
        now = datetime.now(UTC)
        self._settle(found.sheet.id, SheetState.IN_CHART, volume=into, in_chart_at=now)
        return self.lines[found.sheet.id]

    def hand_over(self, sheet: SheetId, to: str) -> Sheet:
        one = self.lines[sheet].sheet
        same = [held.sheet for held in self.lines.values() if held.sheet.number == one.number]
        check_hand_over(one, same)
        if not to.strip():
            raise NobodyTookIt(number=one.number)
        now = datetime.now(UTC)
        return self._settle(sheet, SheetState.HANDED_OVER, handed_to=to, handed_at=now)

    def end(self, sheet: SheetId, state: SheetState, why: str) -> Sheet:
        if not why.strip():
            raise NoReasonGiven(number=self.lines[sheet].sheet.number)
        return self._settle(sheet, state, ended_why=why, ended_at=datetime.now(UTC))

    def _settle(self, sheet: SheetId, state: SheetState, **more: object) -> Sheet:
        one = self.lines[sheet]
        if not may_follow(one.sheet.state, state):
            raise SheetNotInThatState(
                number=one.sheet.number, copy=one.sheet.copy, stands=one.sheet.stands
            )
        after = replace(one.sheet, state=state, **more)  # type: ignore[arg-type]
        self.lines[sheet] = replace(one, sheet=after)
        return after

    @property
    def loop(self) -> LoopVerbs:
        return LoopVerbs(
            count=lambda: len(self.waiting()),
            waiting=self.waiting,
            of_patient=lambda patient: [
                one.sheet for one in self.lines.values() if one.patient.id == patient
            ],
            find=self.find,
            confirm=self.confirm,
            file=self.file,
            hand_over=self.hand_over,
            recall=lambda sheet, why: self.end(sheet, SheetState.RECALLED, why),
            destroy=lambda sheet, why: self.end(sheet, SheetState.DESTROYED, why),
        )

    @property
    def verbs(self) -> SheetVerbs:
        return SheetVerbs(
            prepare=self.prepare,
            save=self.save,
            print=self.print,
            print_on=self.print_on,
            printing=self.printers.verbs,
            preview_page=self.preview_page,
            loop=self.loop,
        )
