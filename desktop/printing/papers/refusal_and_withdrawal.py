"""Refusal and withdrawal of consent (R49, R50, R51, R54); each stands where no image exists too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.form_rows import all_to_tick, chosen, filled_in, to_sign, to_tick
from desktop.printing.paged_rows import TEXT_BOLD, Row, columns, heading, running
from desktop.printing.papers.consent_form import kinds, patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

REFUSAL, WITHDRAWAL = "CLINICAL IMAGES REFUSED", "CONSENT WITHDRAWN"

CARE = "Saying no does not change the care that is given, where there is a suitable alternative."
NOTHING_FILED = (
    "From now on no image of what is named above is taken or filed, unless newer consent or "
    "another authority is on record."
)
STAYS = (
    "Use and disclosure stop now. An image that is part of the health record stays in it, and is "
    "kept as long as the law asks; it cannot normally be deleted. What was given to others or "
    "published before today may not come back; those named below are told and asked."
)
BELOW = "the images that are listed below, and no others"
NO_IMAGES = "No image is on record for this patient. The withdrawal holds for any that turns up."

_WHO = ("patient", "parent or guardian", "substitute decision-maker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was offered and refused; each may be empty, for a pen."""

    head: Letterhead
    site: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """`images` are number and date, `recall` copies on paper that have to come back, and `told`
    who got a copy; None where nobody looked, which leaves lines for a pen."""

    head: Letterhead
    why: str = ""
    images: Sequence[str] | None = None
    names_some: bool = False
    """Whether it is about these images alone, and the patient has others."""
    recall: Sequence[str] | None = None
    told: Sequence[str] | None = None


def refusal_pdf(sheet: Refusal) -> bytes:
    """The refusal as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong."""
    return rows_pdf(sheet.head, REFUSAL, lambda width: _refusal(sheet, width))


def withdrawal_pdf(sheet: Withdrawal) -> bytes:
    """The withdrawal as a PDF. Raises as `refusal_pdf`."""
    return rows_pdf(sheet.head, WITHDRAWAL, lambda width: _withdrawal(sheet, width))


def _refusal(sheet: Refusal, width: float) -> Iterator[Row]:
    yield from patient_rows(sheet.head, width)
    yield heading("What was offered", width)
    yield from kinds(width)
    yield from filled_in("Body part and side", sheet.site, width)
    yield from filled_in("What it was for", "", width)
    yield from filled_in("Offered by, and role", "", width)
    yield to_tick("It was explained how an image could help.", width)
    yield heading("What was refused", width)
    refused = ("taking an image", "keeping it in the record", "some uses of it", "sending it")
    yield from all_to_tick(refused, width)
    yield from filled_in("Which uses", "", width)
    yield from _who("Refused by", width)
    yield from filled_in("Why, if they wish to say", sheet.why, width, lines=2)
    yield heading("What was done instead", width)
    instead = ("drawing or diagram", "written description", "another photographer", "nothing")
    yield from all_to_tick(instead, width)
    yield running(CARE, width, TEXT_BOLD, gap=4.0)
    yield running(NOTHING_FILED, width)
    yield from _signed(width)


def _withdrawal(sheet: Withdrawal, width: float) -> Iterator[Row]:
    yield from patient_rows(sheet.head, width)
    yield heading("What is withdrawn", width)
    scope = (
        "all consent to clinical images",
        "teaching and training",
        "publication",
        "research",
        "sending to others",
        "only what is named here:",
    )
    yield from all_to_tick(scope, width, ticked=scope[-1:] if sheet.names_some else ())
    yield from filled_in("Named here", BELOW if sheet.names_some else "", width)
    yield from _who("Withdrawn by", width)
    yield from filled_in("Why, if they wish to say", sheet.why, width)
    yield running(STAYS, width, TEXT_BOLD, gap=4.0)
    which = "Images it is about" if sheet.names_some else "Images on record"
    yield from _listed(which, sheet.images, NO_IMAGES, width)
    nobody = "Nobody, as far as the record says."
    yield from _listed("Who got a copy, to be told", sheet.told, nobody, width)
    none = "None, as far as the register says."
    yield from _listed("Printed copies, to be called back", sheet.recall, none, width)
    yield from _signed(width)


def _who(caption: str, width: float) -> Iterator[Row]:
    yield from chosen(caption, [(one, False) for one in _WHO], width)
    yield from filled_in("Name, relationship", "", width)


def _listed(caption: str, told: Sequence[str] | None, none: str, width: float) -> Iterator[Row]:
    yield heading(caption, width)
    if told is None:
        yield from filled_in("", "", width, lines=2)
        return
    if not told:
        yield running(none, width)
    for one in told:
        yield columns(("·", one), (0.0, 4.0), width)


def _signed(width: float) -> Iterator[Row]:
    yield heading("Signed", width)
    who = ("Patient, or who speaks for them", "Date and time")
    yield from to_sign(who, width, keeps_next=True)
    yield from to_sign(("Taken by: name, role, sign", "Entered in the record by, on"), width)
