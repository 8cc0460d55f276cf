"""Papers between the bedside and the desk: capture slip, progress note, advice, patient copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.form_rows import WIDE_MM, all_to_tick, chosen, filled_in, to_sign, written
from desktop.printing.paged_rows import TEXT_BOLD, Row, columns, heading, running
from desktop.printing.papers.consent_form import kinds, patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

SLIP, NOTE, ADVICE, COPY = (
    "CAPTURE SLIP",
    "PROGRESS NOTE: CLINICAL IMAGES",
    "ASK FOR ADVICE",
    "COPY FOR THE PATIENT",
)

FIRST_PICTURE = (
    "Photograph this slip first, then the patient. It tells the desk whose the images are that "
    "follow. Hand it in with the device."
)
UNCERTAIN = (
    "Whenever you are uncertain, take no image and send none, and ask first: your organisation's "
    "management or privacy officer, or your medical defence organisation. What is parked stays "
    "safe and is not filed until the advice is noted."
)
NO_CONTACTS = "No contacts are in the office's settings yet: write them here."
YOURS = (
    "These are copies of images of you that are part of your health record. The originals stay in "
    "the record, and are kept for at least 10 years after the last date of service. From now on "
    "the copies are yours to look after: whoever finds them can see them."
)
RIGHTS = (
    "You may ask who has seen or received your images, and ask for what is wrong to be corrected. "
    "Ask anybody of the organisation, or write to its privacy officer. If you are not content with "
    "the answer, you may complain to the Privacy Commissioner."
)
_UNDER_WORDS_MM = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureSlip:
    """What is known before the images are taken; each may be empty, for a pen."""

    head: Letterhead
    site: str = ""
    purpose: str = ""
    photographer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """`sentences` are the note itself; empty for lines to write on."""

    head: Letterhead
    sentences: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSheet:
    """`contacts` is one to a line, from the office's settings; `question` may be empty."""

    head: Letterhead
    contacts: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientCopy:
    """The cover of copies that the patient takes home. `images` are in words, one each."""

    head: Letterhead
    images: Sequence[str] = ()


def capture_slip_pdf(slip: CaptureSlip) -> bytes:
    """The slip as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong."""
    return rows_pdf(slip.head, SLIP, lambda width: _slip(slip, width))


def progress_note_pdf(note: ProgressNote) -> bytes:
    """The note as a PDF. Raises as `capture_slip_pdf`."""
    return rows_pdf(note.head, NOTE, lambda width: _note(note, width))


def advice_sheet_pdf(sheet: AdviceSheet) -> bytes:
    """The sheet as a PDF. Raises as `capture_slip_pdf`."""
    return rows_pdf(sheet.head, ADVICE, lambda width: _advice(sheet, width))


def patient_copy_pdf(cover: PatientCopy) -> bytes:
    """The cover as a PDF. Raises as `capture_slip_pdf`."""
    return rows_pdf(cover.head, COPY, lambda width: _copy(cover, width))


def _slip(slip: CaptureSlip, width: float) -> Iterator[Row]:
    yield running(FIRST_PICTURE, width, TEXT_BOLD)
    yield Row(texts=(), least=_UNDER_WORDS_MM)
    yield from patient_rows(slip.head, width)
    yield from filled_in("Taken by, and role", slip.photographer, width)
    yield from filled_in("Date and time", "", width)
    yield from filled_in("Device", "", width)
    owners = ("organisation's", "personal", "patient's own", "other")
    yield from chosen("Whose device", [(one, False) for one in owners], width)
    yield from kinds(width)
    yield from filled_in("Body part and side", slip.site, width)
    yield from filled_in("What it is for", slip.purpose, width)
    consent = ("verbal, noted", "written form", "authority", "none yet")
    yield from chosen("Consent", [(one, False) for one in consent], width)
    yield from filled_in("Form no., or by whom", "", width)
    yield from filled_in("How many images", "", width)


def _note(note: ProgressNote, width: float) -> Iterator[Row]:
    yield from patient_rows(note.head, width)
    for sentence in note.sentences:
        yield running(sentence, width, gap=3.0)
    if not note.sentences:
        yield running("What was taken, with what, sent to whom and why; and the consent:", width)
        yield from written(width, lines=6)
    yield from to_sign(("Written by: name, role, sign", "Date and time"), width)


def _advice(sheet: AdviceSheet, width: float) -> Iterator[Row]:
    yield running(UNCERTAIN, width, TEXT_BOLD)
    yield heading("Whom to ask", width)
    for contact in filter(None, (line.strip() for line in sheet.contacts.split("\n"))):
        yield columns(("·", contact), (0.0, 4.0), width, gap=1.0)
    if not sheet.contacts.strip():
        yield running(NO_CONTACTS, width)
        for who in ("Management", "Privacy officer", "Medical defence", "Privacy Commissioner"):
            yield from filled_in(who, "", width)
    lines = 3 if width > WIDE_MM else 2
    yield heading("What is asked", width)
    if sheet.question:
        yield running(sheet.question, width)
    else:
        yield from written(width, lines=lines)
    yield heading("The advice", width)
    yield from written(width, lines=lines, keeps_next=True)
    yield from to_sign(("Given by, and when", "Noted in the record by"), width)


def _copy(cover: PatientCopy, width: float) -> Iterator[Row]:
    yield from patient_rows(cover.head, width)
    yield running(YOURS, width)
    yield heading("What you take home", width)
    for one in cover.images:
        yield columns(("·", one), (0.0, 4.0), width)
    if not cover.images:
        yield from written(width, lines=4)
    on = ("paper", "stick or disc", "by secure message")
    yield from chosen("On", [(one, False) for one in on], width)
    yield from filled_in("Told how to open it by", "", width)
    yield heading("Given to", width)
    proof = ("identity proved by a document", "known to the staff")
    yield from all_to_tick(proof, width)
    yield from filled_in("Name, relationship", "", width)
    yield heading("Your rights", width)
    yield running(RIGHTS, width)
    yield from to_sign(("Received: sign, date", "Given by: name, role, sign"), width)
