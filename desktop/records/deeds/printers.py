"""Check pages of printers, and what was measured on them: both stand on record (R80)."""

from collections.abc import Sequence

from desktop.records.facts.people import Person
from desktop.records.facts.printer_check import CheckPage, Measured, PrinterProfile
from desktop.records.facts.printer_problems import CheckPageUnknown
from desktop.records.facts.sheet import read_paper_code
from desktop.records.rules.printer_checks import believable
from desktop.records.vault.vault import Vault


def note_check_page(vault: Vault, *, page: CheckPage, target: str, by: Person) -> None:
    """Put a check page on record that goes to `target` (`pdf`, or `printer NAME`)."""
    with vault.change() as change:
        change.printers.add(page)
        change.note(
            "printer check page made",
            by=by,
            number=page.number,
            printer=page.printer,
            tray=page.tray,
            paper=page.paper,
            target=target,
        )


def check_page(vault: Vault, code: str) -> CheckPage:
    """The check page with this number, or whose code was scanned or typed. Raises
    CheckPageUnknown."""
    read = read_paper_code(code)
    with vault.look() as look:
        found = look.printers.page(read[0] if read else "".join(code.split()).upper())
    if found is None:
        raise CheckPageUnknown(number=code.strip())
    return found


def store_check(vault: Vault, *, code: str, measured: Measured, by: Person) -> PrinterProfile:
    """Put on record what was measured on a check page; it is the profile of that printer, tray and
    paper from now on.

    Raises CheckPageUnknown, BarNotBelievable, CornerNotBelievable, EdgeNotBelievable.
    """
    page = check_page(vault, code)
    said = believable(page, measured)
    with vault.change() as change:
        change.printers.measure(page.number, said, at=change.now, by=by)
        change.note(
            "printer checked",
            by=by,
            number=page.number,
            printer=page.printer,
            tray=page.tray,
            paper=page.paper,
            across_mm=said.across_mm,
            down_mm=said.down_mm,
            left_mm=said.left_mm,
            top_mm=said.top_mm,
            edges=[said.edges.left, said.edges.top, said.edges.right, said.edges.bottom],
            colour=said.colour,
        )
        return PrinterProfile(page=page, measured=said, checked_at=change.now, checked_by=by.name)


def profiles(vault: Vault, printer: str = "") -> Sequence[PrinterProfile]:
    """The last check of each printer, tray and paper, or of one printer's."""
    with vault.look() as look:
        return look.printers.profiles(printer)


def profile_of(vault: Vault, *, printer: str, tray: str, paper: str) -> PrinterProfile | None:
    """The last check of one printer, tray and paper, or None."""
    with vault.look() as look:
        return look.printers.profile(printer, tray, paper)
