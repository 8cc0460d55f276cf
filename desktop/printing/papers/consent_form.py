"""The consent form (R32 to R47): prefilled for a patient or blank, withdrawal on the same paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.printing.form_rows import (
    WIDE_MM,
    all_to_tick,
    chosen,
    chosen_and_named,
    filled_in,
    side_by_side,
    tick_and_say,
    to_sign,
    to_tick,
)
from desktop.printing.paged_rows import TEXT_BOLD, Row, heading, running
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

TITLE = "CONSENT TO CLINICAL IMAGES"

_OVER_HEADING_MM = 2.0
_SIGNED_PARTS = (0.4, 0.4, 0.2)

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
CANNOT = (
    "The patient cannot consent now: for the record only, in their best interests. To be asked "
    "again on the date above."
)
WITHDRAWN = (
    "Withdrawal: I withdraw my consent. No new use is made from now on; the images stay in the "
    "health record."
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
        yield from side_by_side(("Number", "Date of birth"), width)


def kinds(width: float) -> Iterator[Row]:
    """What is recorded, to be ticked."""
    every = [(one, False) for one in ("photographs", "video", "sound")]
    yield from chosen("What", every, width)


def _rows(form: ConsentForm, width: float) -> Iterator[Row]:
    yield from patient_rows(form.head, width)
    yield from kinds(width)
    yield from _what(form, width)
    yield _heading("I agree to this use (tick, and initial each one)", width)
    yield to_tick(RECORD, width, initials=True)
    yield to_tick(TEACHING, width, initials=True)
    yield to_tick(PUBLICATION, width, initials=True)
    yield from side_by_side(("Publication, research", "Its approval"), width)
    yield from filled_in("May be sent to, and why", "", width)
    yield _heading("What was explained to me (tick; what is not ticked was not discussed)", width)
    yield from all_to_tick(EXPLAINED, width)
    if form.stored:
        yield from filled_in("Stored", form.stored, width)
    yield from _support(width)
    yield _heading("My rights", width)
    yield from _rights(form.head.own.consent_text, width)
    yield from _signed(form.photographer, width)
    yield tick_and_say(CANNOT, "Clinician, and who was tried:", width)
    yield from _withdrawal(width)


def _rights(own: str, width: float) -> Iterator[Row]:
    """In the organisation's own words, a row for each paragraph; where it has none, in ours."""
    for paragraph in own.split("\n") if own.strip() else (RIGHTS,):
        if said := paragraph.strip():
            yield running(said, width)


def _support(width: float) -> Iterator[Row]:
    yield from chosen_and_named(
        "Support person", ("offered", "declined"), "Name, relationship", width
    )
    yield from side_by_side(("Interpreter, language", "Tikanga, my wishes"), width)


def _what(form: ConsentForm, width: float) -> Iterator[Row]:
    if not form.site and not form.purpose:
        yield from side_by_side(("Body part and side", "What it is for"), width)
        return
    yield from filled_in("Body part and side", form.site, width)
    yield from filled_in("What it is for", form.purpose, width)


def _signed(photographer: str, width: float) -> Iterator[Row]:
    """Who signs, and when somebody who cannot consent now is asked again."""
    patient = ("Patient, or who consents for them", "Name, and relationship")
    explained, taken = "Explained by: name, role, sign", "Photographer: name, role, sign"
    day, again = "Date and time", "Ask again on (date)"
    yield _heading("Signed", width)
    if photographer:
        yield from filled_in("Photographer", photographer, width)
    signers = (explained,) if photographer else (explained, taken)
    if width > WIDE_MM:
        shares = (0.8, 0.2) if photographer else _SIGNED_PARTS
        yield from to_sign((*patient, day), width, parts=_SIGNED_PARTS, keeps_next=True)
        yield from to_sign((*signers, again), width, parts=shares, keeps_next=True)
        return
    yield from to_sign(patient, width, keeps_next=True)
    yield from to_sign((day, explained), width, keeps_next=True)
    yield from to_sign((*signers[1:], again), width, parts=(0.5,) * len(signers), keeps_next=True)


def _heading(text: str, width: float) -> Row:
    """Closer than elsewhere, so that all of it, and what is signed, stands on one page."""
    return heading(text, width, gap=_OVER_HEADING_MM)


def _withdrawal(width: float) -> Iterator[Row]:
    yield running(WITHDRAWN, width, TEXT_BOLD, gap=_OVER_HEADING_MM, keeps_next=True)
    which, signed, taken = (
        "Which uses, or all",
        "Signed, date and time",
        "Taken by: name, role, sign",
    )
    if width > WIDE_MM:
        yield from to_sign((which, signed, taken), width)
        return
    yield from to_sign((which,), width, keeps_next=True)
    yield from to_sign((signed, taken), width)
