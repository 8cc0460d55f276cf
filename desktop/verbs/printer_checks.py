"""Printers and what is known of them: the check page, what was measured on it, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.printing import printers
from desktop.printing.ipp_connection import is_address, shown_name
from desktop.printing.papers.printer_check import BARS_MM, PrinterCheck, printer_check_pdf
from desktop.problem import Problem
from desktop.records.deeds import printers as deeds
from desktop.records.facts.patient import short_date
from desktop.records.facts.printer_check import CheckPage, CheckState, LifeSize, PrinterProfile
from desktop.records.rules.printer_checks import edge_words, life_size_of, state_of
from desktop.verbs.added_printers import added_printers
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, letterhead

NO_PRINTER = LifeSize(
    is_certain=False, words="This page was not made for a printer that was checked."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPrinter:
    """A printer of this computer or one that was checked, with one of its trays and papers.

    `tray` is empty where the printer chooses. `was_called` is another name under which the same
    device was checked, where it has no check under this one.
    """

    name: str
    is_here: bool
    tray: str = ""
    paper: str = ""
    profile: PrinterProfile | None = None
    state: CheckState = CheckState.NOT_CHECKED
    was_called: str = ""

    @property
    def life_size(self) -> LifeSize:
        """Whether life size is certain here, in a sentence."""
        return life_size_of(self.profile, self.state)

    @property
    def words(self) -> str:
        """The state in a sentence or two."""
        if self.profile is None:
            before = (
                f" The same printer was checked as {self.was_called}." if self.was_called else ""
            )
            return f"Not checked.{before} Print a check page."
        said = [self.life_size.words]
        if self.state in {CheckState.OLD, CheckState.OTHER_DEVICE}:
            said = [f"{said[0]} Print a check page."]
        if not self.is_here:
            said.append("No printer of this name is set up here now.")
        return " ".join((*said, edge_words(self.profile))).strip()

    @property
    def checked(self) -> str:
        """When and by whom it was checked last; empty where it was not."""
        if self.profile is None:
            return ""
        on = self.profile.checked_at.astimezone().date()
        return f"{short_date(on)} by {self.profile.checked_by}"


def known_printers(office: Office) -> Sequence[KnownPrinter]:
    """The printers of this computer, those that were added by their address, and every one that was
    checked, each tray and paper a line of its own; those that were not checked have one."""
    here = {name: _led_to(name) for name in printers.printer_names()}
    profiles = deeds.profiles(office.vault)
    here |= {shown_name(one): _led_to(one) for one in added_printers(office)}
    elsewhere = {one.page.printer for one in profiles if is_address(one.page.printer)} - set(here)
    leads_to = here | {name: _led_to(name) for name in elsewhere}
    now = datetime.now(UTC)
    known = [
        KnownPrinter(
            name=one.page.printer,
            is_here=one.page.printer in here or is_address(one.page.printer),
            tray=one.page.tray,
            paper=one.page.paper,
            profile=one,
            state=state_of(one, leads_to=leads_to.get(one.page.printer, ""), now=now),
        )
        for one in profiles
    ]
    checked = {one.name for one in known}
    known += [
        KnownPrinter(name=name, is_here=True, was_called=_was_called(profiles, led_to))
        for name, led_to in here.items()
        if name not in checked
    ]
    return sorted(known, key=lambda one: (not one.is_here, one.name, one.tray, one.paper))


def profile_for(office: Office, order: PaperOrder) -> PrinterProfile | None:
    """What is known of the printer, tray and paper that something is laid out for, where its name
    still leads to the same device; an old check is better than none."""
    if not order.printer:
        return None
    found = deeds.profile_of(
        office.vault,
        printer=shown_name(order.printer),
        tray=order.tray,
        paper=order.paper.value,
    )
    state = state_of(found, leads_to=_led_to(order.printer), now=datetime.now(UTC))
    return None if state is CheckState.OTHER_DEVICE else found


def life_size_on(office: Office, *, printer: str, tray: str, paper: str) -> LifeSize:
    """Whether life size is certain on that printer, tray and paper now; without a printer it is
    not."""
    if not printer:
        return NO_PRINTER
    found = deeds.profile_of(office.vault, printer=shown_name(printer), tray=tray, paper=paper)
    return life_size_of(found, state_of(found, leads_to=_led_to(printer), now=datetime.now(UTC)))


def said_of_check(stored: PrinterProfile) -> LifeSize:
    """What follows from a check that was stored just now."""
    state = state_of(stored, leads_to=stored.page.led_to, now=datetime.now(UTC))
    return life_size_of(stored, state)


def check_page_pdf(office: Office, order: PaperOrder) -> bytes:
    """The check page of a printer and tray. Raises the problems of printing."""
    return printer_check_pdf(
        PrinterCheck(
            head=letterhead(office, order), printer=shown_name(order.printer), tray=order.tray
        )
    )


def note_check_page(office: Office, order: PaperOrder, target: str) -> None:
    """Put the page on record, so that what is measured on it can be stored. One that names no
    printer leaves no line."""
    if not order.printer:
        return
    across, down = BARS_MM[order.paper]
    page = CheckPage(
        number=order.number,
        printer=shown_name(order.printer),
        tray=order.tray,
        paper=order.paper.value,
        led_to=_led_to(order.printer),
        across_mm=across,
        down_mm=down,
        made_at=datetime.now(UTC),
        made_by=office.person.name,
    )
    deeds.note_check_page(office.vault, page=page, target=target, by=office.person)


def _was_called(profiles: Sequence[PrinterProfile], led_to: str) -> str:
    if not led_to:
        return ""
    return next((one.page.printer for one in profiles if one.page.led_to == led_to), "")


def _led_to(printer: str) -> str:
    """Empty where nobody answers; nothing is certain of it then."""
    try:
        return printers.led_to(printer)
    except Problem:
        return ""
