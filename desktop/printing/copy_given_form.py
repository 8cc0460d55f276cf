"""The form for a copy of the patient's or whānau's own image (R122 to R125); blank, for a pen."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.printing.form_rows import chosen, filled_in, ticked
from desktop.printing.paged_rows import TEXT_BOLD, Row, heading, running
from desktop.printing.papers.consent_form import patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.records.facts.came_from import CopyGiven, Relationship
from desktop.records.facts.devices import Answer
from desktop.records.rules.came_from import NO_DUTY, RETAINED

TITLE = "COPY OF YOUR OWN IMAGE"

_SIGN = ("Copy given by · sign", "Explained by · sign", "Date")
_WHAT = (
    "You have a photo, video or recording of your own that may help with care. It is yours and "
    "stays yours: we ask for a copy only. Nothing is ever deleted from your device by us."
)
_RIGHTS = (
    "You may ask to see the health information that is held here and ask for it to be corrected. "
    "Ask anybody of the organisation named above, or write to its privacy officer."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGivenForm:
    """What stands on it; all but the head may be empty, for a pen. `image` is the image's number
    and file. `taken` says who took it and when, as they say."""

    head: Letterhead
    copy: CopyGiven
    image: str = ""
    taken: str = ""


def copy_given_form_pdf(form: CopyGivenForm) -> bytes:
    """The form as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    return rows_pdf(form.head, TITLE, lambda width: _rows(form, width), signatures=_SIGN)


def _rows(form: CopyGivenForm, width: float) -> Iterator[Row]:
    copy = form.copy
    yield running(_WHAT, width, gap=0.0)
    yield running(NO_DUTY, width, TEXT_BOLD)
    yield from patient_rows(form.head, width)
    yield heading("The image", width)
    yield from filled_in("Image", form.image, width)
    yield from filled_in("Taken by, and when", form.taken, width)
    yield heading("Who gives the copy", width)
    yield from filled_in("Name", copy.given_by, width)
    every = [(one.words, one is copy.relationship) for one in Relationship]
    yield from chosen("Who they are", every, width)
    yield heading("What was explained", width)
    yield from filled_in("What it will be used for", copy.used_for, width, lines=2)
    yield _explained("How it will be used was explained", copy.use_explained, width)
    yield from filled_in("Where it will be stored", copy.stored_where, width, lines=2)
    yield _explained("Where it will be stored was explained", copy.storage_explained, width)
    yield running(RETAINED, width, gap=3.5, keeps_next=True)
    yield _explained("This was explained", copy.retention_explained, width)
    yield running(_RIGHTS, width, gap=3.5)
    yield ticked("", (("I give a copy", bool(copy.given_by)), ("I do not", False)), width, gap=4.0)


def _explained(asks: str, answer: Answer, width: float) -> Row:
    choices = (("yes", answer is Answer.YES), ("no", answer is Answer.NO))
    return ticked(asks, choices, width)
