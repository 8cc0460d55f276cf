"""The consent form (R32 to R47): prefilled for a patient or blank, withdrawal on the same paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.printing.form_rows import all_to_tick, chosen, filled_in, to_sign, to_tick, written
from desktop.printing.paged_rows import TEXT_BOLD, Row, heading, running
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

TITLE = "CONSENT TO CLINICAL IMAGES"

RECORD = "1 · Record. My own health record and my care, by those who treat me here."
TEACHING = (
    "2 · Teaching. Also to teach health staff and students. My name is not shown. A face, a tattoo "
    "or my story may still tell who I am."
)
PUBLICATION = (
    "3 · Named publication. Also in the one publication named here; I have seen the images. Once "
    "published, it may not be possible to remove them."
)
RIGHTS = (
    "I can say no, and my care will not suffer: where there is a suitable alternative, it is used. "
    "I can change my mind at any time by telling anybody of the staff; from then on no new use is "
    "made. Images in my health record are part of it: they cannot normally be deleted, and are "
    "kept for at least 10 years after the last date of service. I can ask to see them, to have "
    "copies, and to have what is wrong corrected."
)
EXPLAINED = (
    "what the images are for, and how they help",
    "how they may be used",
    "who will be able to see them",
    "whom they may be shared with, and why",
    "whether they will be de-identified",
    "how and where they are stored",
    "that they cannot normally be deleted",
    "I understand, and my questions were answered",
)
"""What is to be discussed before somebody agrees (R34 to R42, R46)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """What stands on it already; each may be empty, for a pen. `stored` says how and where the
    images are kept."""

    head: Letterhead
    site: str = ""
    purpose: str = ""
    photographer: str = ""
    stored: str = ""


def consent_form_pdf(form: ConsentForm) -> bytes:
    """The form as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong."""
    return rows_pdf(form.head, TITLE, lambda width: _rows(form, width))


def patient_rows(head: Letterhead, width: float) -> Iterator[Row]:
    """Lines for who it is about, where the head does not say it."""
    if not head.banner:
        yield from filled_in("Patient", "", width)
        yield from filled_in("Number and date of birth", "", width)


def kinds(width: float) -> Iterator[Row]:
    """What is recorded, to be ticked."""
    every = [(one, False) for one in ("photographs", "video", "sound")]
    yield from chosen("What", every, width)


def _rows(form: ConsentForm, width: float) -> Iterator[Row]:
    yield from patient_rows(form.head, width)
    yield from kinds(width)
    yield from filled_in("Body part and side", form.site, width)
    yield from filled_in("What it is for", form.purpose, width)
    yield heading("I agree to this use (tick, and initial each one)", width)
    yield to_tick(RECORD, width, initials=True)
    yield to_tick(TEACHING, width, initials=True)
    yield to_tick(PUBLICATION, width, initials=True)
    yield from filled_in("Publication, or research and its approval", "", width)
    yield from filled_in("May be sent to, and why", "", width)
    yield heading("What was explained to me (tick; what is not ticked was not discussed)", width)
    yield from all_to_tick(EXPLAINED, width)
    if form.stored:
        yield from filled_in("Stored", form.stored, width)
    yield heading("Support", width)
    yield from _support(width)
    yield heading("My rights", width)
    yield from _rights(form.head.own.consent_text, width)
    yield heading("Signed", width)
    who = ("Patient, or who consents for them", "Name, and relationship")
    yield from to_sign(who, width, keeps_next=True)
    yield from to_sign(("Date and time", "Explained by: name, role, sign"), width)
    if form.photographer:
        yield from filled_in("Photographer", form.photographer, width)
    else:
        yield from to_sign(("Photographer: name, role, sign", "Ask again on (date)"), width)
    yield to_tick(
        "The patient cannot consent now: for the record only, in their best interests. To be "
        "asked again on the date above. Clinician, and who was tried:",
        width,
        keeps_next=True,
    )
    yield from written(width)
    yield from _withdrawal(width)


def _rights(own: str, width: float) -> Iterator[Row]:
    """In the organisation's own words, a row for each paragraph; where it has none, in ours."""
    for paragraph in own.split("\n") if own.strip() else (RIGHTS,):
        if said := paragraph.strip():
            yield running(said, width)


def _support(width: float) -> Iterator[Row]:
    yield from chosen("Support person", [("offered", False), ("declined", False)], width)
    yield from filled_in("Name, relationship", "", width)
    yield from filled_in("Interpreter, language", "", width)
    yield from filled_in("Tikanga, my wishes", "", width)


def _withdrawal(width: float) -> Iterator[Row]:
    yield heading("Withdrawal", width)
    yield running(
        "I withdraw my consent, for all uses or for those named here. No new use is made from now "
        "on; the images stay in the health record.",
        width,
        TEXT_BOLD,
        keeps_next=True,
    )
    yield from written(width)
    yield from to_sign(("Signed, date and time", "Taken by: name, role, sign"), width)
