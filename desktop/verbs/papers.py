"""Every form, card and list that can be asked for by name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.printing.papers.card_words import Language
from desktop.printing.papers.cards import (
    before_card_pdf,
    collection_chart_pdf,
    disclosure_chart_pdf,
)
from desktop.records.facts.sheet import SheetKind
from desktop.verbs.bedside_papers import (
    advice_pdf,
    copy_pdf,
    index_pdf,
    note_pdf,
    of_card,
    slip_pdf,
)
from desktop.verbs.came_from_papers import (
    CameFromPaper,
    image_meant,
    note_came_from_paper,
    notice_to_patient_pdf,
    own_copy_pdf,
    query_pdf,
)
from desktop.verbs.consent_papers import (
    consent_pdf,
    refused_pdf,
    withdrawn_pdf,
)
from desktop.verbs.disclosure_papers import (
    access_pdf,
    accounting_pdf,
    letter_pdf,
    recall_pdf,
)
from desktop.verbs.given_to import given_images, with_called_back, with_given
from desktop.verbs.office import Office
from desktop.verbs.paper_order import (
    Needs,
    PaperKind,
    PaperOrder,
    held_images,
    images_of,
    patient_of,
)
from desktop.verbs.picture_papers import (
    compared,
    comparison_pdf,
    contact_pdf,
    label_pdf,
    note_label_sheet,
    with_start,
)
from desktop.verbs.printer_checks import check_page_pdf, note_check_page
from desktop.verbs.problems import PaperNotInLanguage

PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        name="consent",
        title="Consent form",
        needs=Needs.PATIENT_OR_BLANK,
        make=consent_pdf,
        fields=("site", "purpose", "photographer"),
        sheet=SheetKind.CONSENT,
    ),
    PaperKind(
        name="refusal",
        title="Refusal of clinical images",
        needs=Needs.PATIENT_OR_BLANK,
        make=refused_pdf,
        fields=("site", "why"),
        sheet=SheetKind.REFUSAL,
    ),
    PaperKind(
        name="withdrawal",
        title="Withdrawal of consent",
        needs=Needs.PATIENT_OR_BLANK,
        make=withdrawn_pdf,
        fields=("why",),
        sheet=SheetKind.WITHDRAWAL,
        choose=held_images,
    ),
    PaperKind(
        name="contact-sheet",
        title="Contact sheet",
        needs=Needs.PATIENT,
        make=contact_pdf,
        sheet=SheetKind.CONTACT,
        choose=images_of,
    ),
    PaperKind(
        name="comparison",
        title="Comparison sheet",
        needs=Needs.PATIENT,
        make=comparison_pdf,
        sheet=SheetKind.COMPARISON,
        choose=compared,
    ),
    PaperKind(
        name="labels",
        title="Patient labels",
        needs=Needs.PATIENT_OR_BLANK,
        make=label_pdf,
        own_prefix="LB",
        settle=with_start,
        note=note_label_sheet,
    ),
    PaperKind(
        name="capture-slip",
        title="Capture slip",
        needs=Needs.PATIENT_OR_BLANK,
        make=slip_pdf,
        fields=("site", "purpose", "photographer"),
        own_prefix="CS",
    ),
    PaperKind(
        name="progress-note",
        title="Progress note",
        needs=Needs.PATIENT_OR_BLANK,
        make=note_pdf,
        fields=("sent_to", "purpose"),
        sheet=SheetKind.NOTE,
        choose=images_of,
    ),
    PaperKind(
        name="advice",
        title="Ask for advice",
        needs=Needs.PATIENT_OR_BLANK,
        make=advice_pdf,
        fields=("why",),
        sheet=SheetKind.ADVICE,
    ),
    PaperKind(
        name="patient-copy",
        title="Copy for the patient: cover",
        needs=Needs.PATIENT_OR_BLANK,
        make=copy_pdf,
        sheet=SheetKind.PATIENT_COPY,
        choose=images_of,
    ),
    PaperKind(
        name="hard-file-index",
        title="Hard-file index",
        needs=Needs.PATIENT,
        make=index_pdf,
        fields=("volume",),
        sheet=SheetKind.INDEX,
    ),
    PaperKind(
        name="disclosures",
        title="Accounting of disclosures",
        needs=Needs.PATIENT,
        make=accounting_pdf,
        sheet=SheetKind.DISCLOSURES,
    ),
    PaperKind(
        name=CameFromPaper.QUERY.value,
        title="Query to sender",
        needs=Needs.PATIENT_OR_BLANK,
        make=query_pdf,
        sheet=SheetKind.QUERY,
        choose=image_meant,
        note=note_came_from_paper,
    ),
    PaperKind(
        name=CameFromPaper.NOTICE.value,
        title="Notice to the patient",
        needs=Needs.PATIENT_OR_BLANK,
        make=notice_to_patient_pdf,
        sheet=SheetKind.NOTICE,
        choose=image_meant,
        note=note_came_from_paper,
    ),
    PaperKind(
        name=CameFromPaper.COPY_FORM.value,
        title="Copy of the patient's own image",
        needs=Needs.PATIENT_OR_BLANK,
        make=own_copy_pdf,
        sheet=SheetKind.OWN_COPY,
        choose=image_meant,
        note=note_came_from_paper,
    ),
    PaperKind(
        name="disclosure-letter",
        title="Disclosure letter, schedule and receipt",
        needs=Needs.PATIENT_OR_BLANK,
        make=letter_pdf,
        fields=("sent_to", "purpose", "asked_on", "withheld"),
        sheet=SheetKind.LETTER,
        settle=with_given,
        choose=given_images,
    ),
    PaperKind(
        name="recall-letter",
        title="Letter that calls copies back",
        needs=Needs.PATIENT_OR_BLANK,
        make=recall_pdf,
        fields=("sent_to",),
        sheet=SheetKind.RECALL,
        settle=with_called_back,
        choose=given_images,
    ),
    PaperKind(
        name="access-cover",
        title="Answer to an access request: cover",
        needs=Needs.PATIENT_OR_BLANK,
        make=access_pdf,
        fields=("sent_to", "asked_on", "withheld"),
        sheet=SheetKind.ACCESS,
        choose=held_images,
    ),
    PaperKind(
        name="before-card",
        title="Before you photograph",
        needs=Needs.NOBODY,
        make=of_card(before_card_pdf),
        languages=tuple(Language),
    ),
    PaperKind(
        name="collection-chart",
        title="May I take this image?",
        needs=Needs.NOBODY,
        make=of_card(collection_chart_pdf),
        languages=tuple(Language),
    ),
    PaperKind(
        name="disclosure-chart",
        title="May I show or send this image?",
        needs=Needs.NOBODY,
        make=of_card(disclosure_chart_pdf),
        languages=tuple(Language),
    ),
    PaperKind(
        name="printer-check",
        title="Printer check page",
        needs=Needs.NOBODY,
        make=check_page_pdf,
        own_prefix="PC",
        only_for_printer=True,
        note=note_check_page,
    ),
)
"""All of them, as a page would list them."""

BY_NAME: Mapping[str, PaperKind] = {kind.name: kind for kind in PAPERS}
BY_SHEET: Mapping[SheetKind, PaperKind] = {kind.sheet: kind for kind in PAPERS if kind.sheet}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper that was laid out. `order` has its number, where it has one, and the images on it."""

    kind: PaperKind
    order: PaperOrder
    pdf: bytes


def make_paper(office: Office, order: PaperOrder) -> MadePaper:
    """Lay a paper out. `order.name` is one of BY_NAME. Raises PaperNeedsPatient,
    PaperNotInLanguage and what its maker raises; nothing is noted yet."""
    kind = BY_NAME[order.name]
    if order.language not in kind.languages:
        raise PaperNotInLanguage(title=kind.title, language=order.language.words)
    if kind.needs is Needs.PATIENT:
        patient_of(order, kind.title)
    if kind.settle is not None:
        order = kind.settle(office, order)
    numbered = replace(order, number=order.number or kind.numbered(order))
    if kind.choose is not None:
        images = tuple(one.id for one in kind.choose(office, numbered))
        numbered = replace(numbered, images=images)
    return MadePaper(kind=kind, order=numbered, pdf=kind.make(office, numbered))
