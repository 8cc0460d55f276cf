"""Every form, card and list that can be asked for by name, and its way to a file or a printer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.printing import printers
from desktop.printing.papers.cards import (
    before_card_pdf,
    collection_chart_pdf,
    disclosure_chart_pdf,
)
from desktop.printing.print_jobs import see_through
from desktop.records.deeds.papers import note_paper
from desktop.verbs.bedside_papers import (
    advice_pdf,
    copy_pdf,
    index_pdf,
    note_pdf,
    of_head,
    slip_pdf,
)
from desktop.verbs.consent_papers import consent_pdf, refused_pdf, withdrawn_pdf
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.paper_order import Needs, PaperKind, PaperOrder, patient_of
from desktop.verbs.picture_papers import comparison_pdf, contact_pdf, label_pdf
from desktop.verbs.printer_checks import check_page_pdf, note_check_page

PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        name="consent",
        title="Consent form",
        needs=Needs.PATIENT_OR_BLANK,
        make=consent_pdf,
        prefix="CF",
    ),
    PaperKind(
        name="refusal",
        title="Refusal of clinical images",
        needs=Needs.PATIENT_OR_BLANK,
        make=refused_pdf,
        prefix="CR",
    ),
    PaperKind(
        name="withdrawal",
        title="Withdrawal of consent",
        needs=Needs.PATIENT_OR_BLANK,
        make=withdrawn_pdf,
        prefix="CW",
        takes_images=True,
    ),
    PaperKind(
        name="contact-sheet",
        title="Contact sheet",
        needs=Needs.PATIENT,
        make=contact_pdf,
        takes_images=True,
    ),
    PaperKind(
        name="comparison",
        title="Comparison sheet",
        needs=Needs.PATIENT,
        make=comparison_pdf,
        takes_images=True,
    ),
    PaperKind(
        name="labels",
        title="Patient labels",
        needs=Needs.PATIENT_OR_BLANK,
        make=label_pdf,
        prefix="LB",
    ),
    PaperKind(
        name="capture-slip",
        title="Capture slip",
        needs=Needs.PATIENT_OR_BLANK,
        make=slip_pdf,
        prefix="CS",
    ),
    PaperKind(
        name="progress-note",
        title="Progress note",
        needs=Needs.PATIENT_OR_BLANK,
        make=note_pdf,
        takes_images=True,
    ),
    PaperKind(
        name="advice",
        title="Ask for advice",
        needs=Needs.PATIENT_OR_BLANK,
        make=advice_pdf,
    ),
    PaperKind(
        name="patient-copy",
        title="Copy for the patient: cover",
        needs=Needs.PATIENT_OR_BLANK,
        make=copy_pdf,
        takes_images=True,
    ),
    PaperKind(
        name="hard-file-index",
        title="Hard-file index",
        needs=Needs.PATIENT,
        make=index_pdf,
    ),
    PaperKind(
        name="before-card",
        title="Before you photograph",
        needs=Needs.NOBODY,
        make=of_head(before_card_pdf),
    ),
    PaperKind(
        name="collection-chart",
        title="May I take this image?",
        needs=Needs.NOBODY,
        make=of_head(collection_chart_pdf),
    ),
    PaperKind(
        name="disclosure-chart",
        title="May I show or send this image?",
        needs=Needs.NOBODY,
        make=of_head(disclosure_chart_pdf),
    ),
    PaperKind(
        name="printer-check",
        title="Printer check page",
        needs=Needs.NOBODY,
        make=check_page_pdf,
        prefix="PC",
        only_for_printer=True,
        note=note_check_page,
    ),
)
"""All of them, as a page would list them."""

BY_NAME: Mapping[str, PaperKind] = {kind.name: kind for kind in PAPERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper that was laid out. `order` has its number, where it has one."""

    kind: PaperKind
    order: PaperOrder
    pdf: bytes


def make_paper(office: Office, order: PaperOrder) -> MadePaper:
    """Lay a paper out. `order.name` is one of BY_NAME. Raises PaperNeedsPatient and what its maker
    raises; nothing is noted yet."""
    kind = BY_NAME[order.name]
    if kind.needs is Needs.PATIENT:
        patient_of(order, kind.title)
    numbered = replace(order, number=order.number or kind.numbered(order))
    return MadePaper(kind=kind, order=numbered, pdf=kind.make(office, numbered))


def save_paper(office: Office, made: MadePaper, path: Path) -> None:
    """Write a paper to a file that a person chose. Raises FileNotWritable."""
    write_whole(path, made.pdf, office=office.folder)
    _note(office, made, target="pdf")


def print_paper(office: Office, made: MadePaper, *, printer: str) -> None:
    """Send a paper to a printer by name. Raises the problems of printing."""
    title = made.order.number or made.kind.name.upper()
    order = made.order
    see_through(
        printers.print_pdf(
            made.pdf, printer=printer, title=title, paper=order.paper, tray=order.tray
        )
    )
    _note(office, made, target=f"printer {printer}")


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
        by=office.person,
    )
