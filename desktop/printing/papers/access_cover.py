"""What goes on top of what a person, or who speaks for them, asked to see of their own (R116)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.form_rows import chosen, filled_in, to_sign, to_tick
from desktop.printing.paged_rows import Row, heading, running
from desktop.printing.papers.consent_form import patient_rows
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.printing.papers.schedule import ScheduleItem, decision, schedule

ACCESS = "YOUR REQUEST FOR YOUR IMAGES"

ANSWERED = (
    "You asked for health information about you (Health Information Privacy Code 2020, rule 6). "
    "This is our decision, with the clinical images that it is about."
)
RIGHTS = (
    "You may ask for what is wrong to be corrected, and where it is not, for your own statement to "
    "be put beside it. If anything was withheld, or you are not content with this answer, you may "
    "complain to the Privacy Commissioner."
)
YOURS = "From now on these copies are yours to look after: whoever finds them can see them."


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCover:
    """The decision on a request and what comes with it; each text may be empty, for a pen. `items`
    None: nobody looked; empty: the record holds none."""

    head: Letterhead
    requester: str = ""
    asked_on: str = ""
    items: Sequence[ScheduleItem] | None = None
    withheld: str = ""


def access_cover_pdf(cover: AccessCover) -> bytes:
    """The cover as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    return rows_pdf(cover.head, ACCESS, lambda width: _rows(cover, width))


def _rows(cover: AccessCover, width: float) -> Iterator[Row]:
    yield from patient_rows(cover.head, width)
    yield running(ANSWERED, width, gap=3.0)
    yield from filled_in("Asked by", cover.requester, width)
    who = ("patient", "parent or guardian", "representative", "other")
    yield from chosen("Who is", [(one, False) for one in who], width)
    yield from filled_in("Identity, authority seen", "", width)
    yield from filled_in("Received on", cover.asked_on, width)
    yield from filled_in("Answer due on", "", width)
    yield from decision(
        cover.items or (), cover.withheld, width, whole="all given", part="part given"
    )
    if cover.items is not None and not cover.items:
        yield running("The record holds no clinical image for this request.", width, gap=3.0)
    else:
        yield from schedule(cover.items or (), width, count_lines=4)
    yield heading("Withheld, and on what ground", width)
    yield from filled_in("Image, ground", cover.withheld, width, lines=2)
    yield heading("How it is given", width)
    ways = ("prints", "files", "shown on screen", "other")
    yield from chosen("As", [(one, False) for one in ways], width)
    yield to_tick("The files are encrypted; the passphrase was told another way.", width)
    yield heading("Your rights", width)
    yield running(RIGHTS, width)
    yield running(YOURS, width)
    yield from to_sign(("Decided by: name, role, sign", "Date"), width, keeps_next=True)
    yield from to_sign(("Received by: name, sign", "Date"), width)
