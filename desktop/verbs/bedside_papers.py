"""Cards, charts and the papers between the bedside and the desk, for an office and its patients."""

from collections.abc import Callable, Iterator

from desktop.printing.papers.bedside import (
    AdviceSheet,
    CaptureSlip,
    PatientCopy,
    ProgressNote,
    advice_sheet_pdf,
    capture_slip_pdf,
    patient_copy_pdf,
    progress_note_pdf,
)
from desktop.printing.papers.card_words import Language
from desktop.printing.papers.hard_file_index import HardFileIndex, IndexLine, hard_file_index_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.records.deeds import sheets
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.patient import short_date
from desktop.records.facts.sheet import Sheet, SheetKind, SheetState, grouped
from desktop.records.rules.progress_note import Sent, note_sentences
from desktop.verbs.consent_papers import image_words
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, images_of, letterhead, patient_of


def of_head(make: Callable[[Letterhead], bytes]) -> Callable[[Office, PaperOrder], bytes]:
    """A paper that needs nothing but its head."""
    return lambda office, order: make(letterhead(office, order))


def of_card(make: Callable[[Letterhead, Language], bytes]) -> Callable[[Office, PaperOrder], bytes]:
    """A paper that needs its head, and the language that it is read in."""
    return lambda office, order: make(letterhead(office, order), order.language)


def advice_pdf(office: Office, order: PaperOrder) -> bytes:
    """Whom to ask, from the office's settings. Raises the problems of printing."""
    return advice_sheet_pdf(
        AdviceSheet(
            head=letterhead(office, order),
            contacts=office_settings(office.vault).advice_contacts,
            question=order.typed.why,
        )
    )


def slip_pdf(office: Office, order: PaperOrder) -> bytes:
    """The capture slip of a patient, or a blank one. Raises the problems of printing."""
    typed = order.typed
    return capture_slip_pdf(
        CaptureSlip(
            head=letterhead(office, order),
            site=typed.site,
            purpose=typed.purpose,
            photographer=typed.photographer,
        )
    )


def note_pdf(office: Office, order: PaperOrder) -> bytes:
    """The progress note of the images that were named, or of all; blank without a patient. Raises
    NoImagesForSheet, ImageUnknown and the problems of printing."""
    head = letterhead(office, order)
    if order.patient is None:
        return progress_note_pdf(ProgressNote(head=head))
    sent = Sent(to=order.typed.sent_to, purpose=order.typed.purpose)
    said = note_sentences(images_of(office, order), sent)
    return progress_note_pdf(ProgressNote(head=head, sentences=said))


def copy_pdf(office: Office, order: PaperOrder) -> bytes:
    """The cover of copies for the patient; blank without one. Raises as `note_pdf`."""
    head = letterhead(office, order)
    if order.patient is None:
        return patient_copy_pdf(PatientCopy(head=head))
    shown = [image_words(one) for one in images_of(office, order)]
    return patient_copy_pdf(PatientCopy(head=head, images=shown))


def index_pdf(office: Office, order: PaperOrder) -> bytes:
    """Every paper of the patient by volume, or of the volume that was named, in the order of its
    way into the chart; not indexes. Raises the problems of printing."""
    patient = patient_of(order, "Hard-file index")
    wanted = order.typed.volume.strip()
    known = [
        one
        for one in sheets.sheets_of(office.vault, patient)
        if one.kind is not SheetKind.INDEX and one.state is not SheetState.NOT_PRINTED
    ]
    shown = [one for one in known if not wanted or one.volume == wanted]
    ordered = sorted(shown, key=lambda one: (not one.volume, one.volume, one.made_at))
    return hard_file_index_pdf(
        HardFileIndex(head=letterhead(office, order), lines=[_line(one) for one in ordered])
    )


def _line(sheet: Sheet) -> IndexLine:
    filed = sheet.in_chart_at
    return IndexLine(
        volume=sheet.volume,
        number=grouped(sheet.number),
        kind=sheet.kind.words,
        copy=str(sheet.copy),
        pages=str(sheet.pages),
        printed=short_date(sheet.made_at.astimezone().date()),
        in_chart=short_date(filed.astimezone().date()) if filed else "",
        left=", ".join(_left(sheet)),
    )


def _left(sheet: Sheet) -> Iterator[str]:
    if sheet.state is SheetState.IN_CHART:
        return
    yield sheet.stands
    left = sheet.ended_at or sheet.handed_at
    if left is not None:
        yield short_date(left.astimezone().date())
    if sheet.ended_why:
        yield sheet.ended_why
