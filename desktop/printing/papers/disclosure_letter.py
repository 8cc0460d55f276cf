"""What goes with images to somebody outside: letter, schedule and receipt; and what calls them back
(R54, R90, R97)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.form_rows import all_to_tick, chosen, filled_in, to_sign, to_tick
from desktop.printing.paged_rows import TEXT_BOLD, Row, heading, running
from desktop.printing.papers.consent_form import patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.printing.papers.schedule import ScheduleItem, decision, schedule

LETTER, RECALL = "DISCLOSURE OF CLINICAL IMAGES", "PLEASE DESTROY OR RETURN COPIES"

DUTIES = (
    "These images are health information about the person named above. Use them for the purpose "
    "stated here alone, show them only to those who need them for it, keep them locked or "
    "encrypted, and destroy them when they are no longer needed. If they reached you by mistake, "
    "do not look further or pass them on, and tell us at once."
)
WITHDRAWN = (
    "Consent to the use of the images listed here was withdrawn. We gave you copies of them. "
    "Please stop using them now, pass them to nobody, and destroy or return every copy: files, "
    "prints, backups, slides and teaching sets. Answer on this paper and return it to us."
)
TAKE_BACK = (
    "The papers listed here were handed over to you, and have to come back. Please stop using what "
    "they say now, pass it to nobody, and return them, or destroy them and every copy of them. "
    "Answer on this paper and return it to us."
)
NO_NAME = (
    "These copies name nobody, and this letter does not either. Each is known by the fingerprint "
    "(SHA-256) of its file."
)
SEPARATE = "A passphrase goes by another way than the files, and never in this letter."


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLetter:
    """What was given to whom and why; each text may be empty, for a pen. `withheld` is what was
    left out and on what ground; None where nobody said."""

    head: Letterhead
    recipient: str = ""
    purpose: str = ""
    allowed_by: str = ""
    consent: str = ""
    asked_on: str = ""
    given_on: str = ""
    items: Sequence[ScheduleItem] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallLetter:
    """What somebody got and is to destroy or return. With a head that names nobody, what it lists
    are copies that name nobody; `is_papers`: what it lists are papers alone."""

    head: Letterhead
    recipient: str = ""
    given_on: str = ""
    items: Sequence[ScheduleItem] = ()
    names_nobody: bool = False
    is_papers: bool = False


def disclosure_letter_pdf(letter: DisclosureLetter) -> bytes:
    """The letter, its schedule and the receipt as a PDF. Raises UnprintableText, TextTooLong or
    SheetTooLong before anything is drawn."""
    return rows_pdf(letter.head, LETTER, lambda width: _letter(letter, width))


def recall_letter_pdf(letter: RecallLetter) -> bytes:
    """The request with its answer slip as a PDF. Raises as `disclosure_letter_pdf`."""
    return rows_pdf(letter.head, RECALL, lambda width: _recall(letter, width))


def _letter(letter: DisclosureLetter, width: float) -> Iterator[Row]:
    yield from patient_rows(letter.head, width)
    yield from filled_in("To: name and role", letter.recipient, width)
    yield from filled_in("Organisation, address", "", width)
    yield from filled_in("You asked on", letter.asked_on, width)
    yield from filled_in("Purpose", letter.purpose, width)
    yield from filled_in("Allowed by", letter.allowed_by, width)
    if letter.consent or not letter.items:
        yield from filled_in("Consent on record", letter.consent, width)
    yield from decision(
        letter.items, letter.withheld, width, whole="given in full", part="given in part"
    )
    yield running(DUTIES, width, TEXT_BOLD, gap=3.0)
    yield from schedule(letter.items, width, count_lines=4)
    yield heading("Withheld, and why", width)
    yield from filled_in("Image, ground", letter.withheld, width, lines=2)
    yield heading("How it is handed over", width)
    yield from filled_in("Given on", letter.given_on, width)
    ways = ("drive or disc", "secure e-mail or portal", "paper", "other")
    yield from chosen("Medium", [(one, False) for one in ways], width)
    yield to_tick(f"The files are encrypted. {SEPARATE}", width)
    yield from filled_in("Passphrase told by, on", "", width)
    released = ("Released by: name, role, sign", "Second check: name, sign", "Date")
    yield from to_sign(released, width)
    yield from _receipt(letter.head.number, width)


def _receipt(number: str, width: float) -> Iterator[Row]:
    yield heading("Receipt: please sign, and return a copy of this page", width)
    of = f" listed in letter {number}" if number else ""
    said = f"I received the images{of} and keep to what is said above."
    yield running(said, width, keeps_next=True)
    yield to_tick("All that is listed arrived and opens.", width, keeps_next=True)
    yield from to_sign(("Name, role, organisation", "Signature", "Date"), width)


def _recall(letter: RecallLetter, width: float) -> Iterator[Row]:
    if letter.names_nobody:
        yield running(NO_NAME, width)
    else:
        yield from patient_rows(letter.head, width)
    yield from filled_in("To: name and role", letter.recipient, width)
    yield from filled_in("Organisation, address", "", width)
    yield from filled_in("Given to you on", letter.given_on, width)
    yield running(TAKE_BACK if letter.is_papers else WITHDRAWN, width, TEXT_BOLD, gap=3.0)
    yield from schedule(letter.items, width, count_lines=4)
    yield from to_sign(("Asked by: name, role, sign", "Date"), width)
    yield heading("Your answer", width)
    answers = (
        "all copies are destroyed",
        "all copies come with this paper",
        "some are published and cannot come back",
        "copies were passed on, to those named here:",
    )
    yield from all_to_tick(answers, width)
    yield from filled_in("To whom, or where", "", width, lines=2)
    yield from filled_in("Destroyed how, when", "", width)
    yield from to_sign(("Name, role, organisation", "Signature", "Date"), width)
