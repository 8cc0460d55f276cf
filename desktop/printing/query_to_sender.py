"""The query to who sent an image (R120), and the notice to the patient (R119); blank, for a pen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.form_rows import filled_in, side_by_side, written
from desktop.printing.paged_rows import Row, columns, heading, running
from desktop.printing.papers.consent_form import patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.records.facts.came_from import Received
from desktop.records.facts.patient import short_date
from desktop.records.rules.came_from import CHECKLIST, CheckItem

QUERY, NOTICE = "QUERY TO SENDER", "NOTICE: AN IMAGE OF YOU WAS SENT TO US"

_QUERY_SIGN = ("Asked by · sign", "Answered by · sign", "Date")
_NOTICE_SIGN = ("Given by · sign", "Date")
_ASKED = (
    "We received a clinical image from you. We are bound by the same duties as if we had taken it "
    "ourselves. Please answer here, so that it can stand in the patient's record, and return this "
    "paper to the organisation named above. Send no patient details by ordinary e-mail or text "
    "message."
)
_TELLS = (
    "The Health Information Privacy Code 2020 (Rule 3A) asks us to tell you when we collect health "
    "information about you from somebody else."
)
_RIGHTS = (
    "You may ask to see the image and other health information about you, and ask for it to be "
    "corrected. Ask anybody of the organisation, or write to its privacy officer. If you are not "
    "content with the answer, you may complain to the Privacy Commissioner."
)
_LAW = "Health Act 1956, Health (Retention of Health Information) Regulations 1996"


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderPaper:
    """What stands on either paper; all but the head may be empty, for a pen. `image` is the image's
    number and file, `queries` is what is asked, `purposes` what it is held for."""

    head: Letterhead
    received: Received
    image: str = ""
    queries: Sequence[CheckItem] = CHECKLIST
    purposes: str = ""


def query_to_sender_pdf(asked: SenderPaper) -> bytes:
    """The letter as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    return rows_pdf(
        asked.head, QUERY, lambda width: _query_rows(asked, width), signatures=_QUERY_SIGN
    )


def notice_pdf(told: SenderPaper) -> bytes:
    """The notice under Rule 3A as a PDF. Raises as `query_to_sender_pdf`."""
    return rows_pdf(
        told.head, NOTICE, lambda width: _notice_rows(told, width), signatures=_NOTICE_SIGN
    )


def _query_rows(asked: SenderPaper, width: float) -> Iterator[Row]:
    received = asked.received
    yield from filled_in("To", received.sender.words, width)
    yield from _of_the_image(asked, width)
    yield running(_ASKED, width, gap=4.0)
    for place, item in enumerate(asked.queries, start=1):
        yield columns(
            (f"{place}.", f"{item.name}: {item.query}"),
            (0.0, 6.0),
            width,
            gap=1.8,
            keeps_next=True,
        )
        yield from written(width, lines=2)
    if received.note:
        yield from filled_in("Our note", received.note, width)


def _notice_rows(told: SenderPaper, width: float) -> Iterator[Row]:
    yield running(_TELLS, width, gap=0.0)
    yield heading("What we received", width)
    yield from filled_in("From", told.received.sender.words, width)
    yield from _of_the_image(told, width)
    yield heading("Why, and who will see it", width)
    yield from filled_in("Purpose", told.purposes, width, lines=2)
    seen = "those who care for you here; others only where you agree or the law allows it"
    yield from filled_in("Who will see it", seen, width)
    yield from filled_in("Held under", _LAW, width)
    yield from filled_in("Held by", told.head.organisation, width)
    yield from filled_in("Address", told.head.address.replace("\n", ", "), width)
    yield heading("Your rights", width)
    yield running(_RIGHTS, width)


def _of_the_image(said: SenderPaper, width: float) -> Iterator[Row]:
    received = said.received
    yield from patient_rows(said.head, width)
    yield from filled_in("Image", said.image, width)
    day = short_date(received.received_on) if received.received_on else ""
    way = received.channel.words if received.channel else ""
    if not day and not way:
        yield from side_by_side(("Received on", "Sent by"), width)
        return
    yield from filled_in("Received on", day, width)
    yield from filled_in("Sent by", way, width)
