"""A lost or stolen device: its breach record, and exactly what may still be on it, for the privacy
officer (R114)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.fonts import printable, spelled_out
from desktop.printing.foot import printed_words, return_words
from desktop.printing.form_rows import filled_in, ticked
from desktop.printing.paged_rows import (
    SMALL_BOLD,
    TEXT_BOLD,
    PagedPaper,
    Row,
    captioned,
    columns,
    heading,
    paged_rows_pdf,
    running,
)
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery
from desktop.records.facts.breach import Breach, BreachFile, BreachStep
from desktop.records.facts.clearance import Clearance, Deposit, LostImage
from desktop.records.facts.patient import short_date
from desktop.records.facts.sheet import grouped

TITLE = "LOST OR STOLEN DEVICE"

_TITLES = ("File on the device", "Taken or saved", "Received here")
_PLACES_MM = (0.0, 84.0, 126.0)
_SIGN = ("Reported by · sign", "Privacy officer · sign", "Date and time")
_WHAT = (
    "These images were received from the device, and when the record was opened nobody had proved "
    "or attested that they were deleted from it. What was confirmed absent by then is not listed. "
    "Images that were never brought to this office are not known here; ask who carried the device."
)
_CONFIDENTIAL = "CONFIDENTIAL: this list names patients. For the privacy officer only."
_ERASE = (
    "Have the device locked and erased from afar now, by who carried it or by who manages it. "
    "iPhone and iPad: iCloud, Find Devices, Erase. Android: Find Hub, Factory reset."
)
_BREACH = (
    "Decide with the privacy officer whether it is a notifiable privacy breach and whom to tell, "
    "and write down why. Each patient below may have to be told."
)
_STEPS = (
    _ERASE,
    "Change the passwords of its accounts. Have its connection blocked if it has one.",
    _BREACH,
    "If it comes back, clear it at the Desk, so that this list becomes empty.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDeviceList:
    """What is printed. `printed_at` has a zone."""

    organisation: str
    file: BreachFile
    printed_by: str
    printed_at: datetime
    paper: Paper = Paper.A4
    own: Stationery = PLAIN


def lost_device_list_pdf(lost: LostDeviceList) -> bytes:
    """The list as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn."""
    about = PagedPaper(
        title=TITLE,
        organisation=lost.organisation,
        code=lost.file.breach.number,
        signatures=_SIGN,
        paper=lost.paper,
        logo=lost.own.logo,
        foot=(
            printed_words(lost.printed_at, lost.printed_by),
            return_words(lost.organisation, ""),
            *lost.own.foot_lines,
        ),
    )
    return paged_rows_pdf(about, list(_rows(lost, about.width)))


def _rows(lost: LostDeviceList, width: float) -> Iterator[Row]:
    breach = lost.file.breach
    yield running(_CONFIDENTIAL, width, TEXT_BOLD, gap=0.0)
    depositor = printable(breach.depositor, what="The depositor's name") or "not on record"
    for caption, said in (
        ("Device", spelled_out(breach.source_name)),
        ("Brought by", depositor),
    ):
        yield captioned(caption, said, width)
    yield from _breach_rows(breach, lost.printed_at, width)
    yield running(_WHAT, width, gap=4.0)
    yield heading("What to do", width)
    for place, step in enumerate(_STEPS, start=1):
        yield columns((f"{place}.", step), (0.0, 6.0), width, gap=1.0)
    still = [one for one in lost.file.images if one.deposit.clearance is Clearance.OUTSTANDING]
    gone = [one for one in lost.file.images if one.deposit.clearance is not Clearance.OUTSTANDING]
    yield heading(f"{_images(len(still))} that may still be on it", width)
    yield from _list(still, lost.printed_at, width)
    if gone:
        yield heading(f"{_images(len(gone))} accounted for since the record was opened", width)
        yield from _list(gone, lost.printed_at, width)


def _breach_rows(breach: Breach, printed_at: datetime, width: float) -> Iterator[Row]:
    """The record itself; what nobody said yet has room for a pen."""
    yield heading(f"Breach record {grouped(breach.number)}", width)
    opened = breach.opened_at.astimezone(printed_at.tzinfo)
    for caption, said in (
        ("When", short_date(breach.happened_on)),
        ("Opened", f"{short_date(opened.date())} {opened:%H:%M} by {breach.opened_by}"),
        ("What happened", breach.what),
    ):
        yield from filled_in(caption, said, width)
    for step in BreachStep:
        taken = breach.taken(step)
        words = step.words[:1].upper() + step.words[1:]
        if taken is not None:
            words += f": {short_date(taken.on)}, noted by {taken.noted_by}"
            words += f" ({taken.note})" if taken.note else ""
        yield ticked(printable(words, what="A step"), (("done", taken is not None),), width)
    if breach.closed_at is not None:
        closed = breach.closed_at.astimezone(printed_at.tzinfo)
        yield from filled_in("Closed", f"{short_date(closed.date())} by {breach.closed_by}", width)
    yield from filled_in("What it came to", breach.outcome, width)


def _list(images: Sequence[LostImage], printed_at: datetime, width: float) -> Iterator[Row]:
    scale = min(width / 178.0, 1.0)
    places = tuple(place * scale for place in _PLACES_MM)
    titles = columns(_TITLES, places, width, SMALL_BOLD, keeps_next=True)
    if images:
        yield titles
    for banner in dict.fromkeys(one.banner for one in images):
        named = printable(banner, what="A patient's name") or "Not linked to a patient yet"
        whose = running(named, width, TEXT_BOLD, gap=2.0, keeps_next=True, again=(titles,))
        yield whose
        for one in images:
            if one.banner == banner:
                cells = _line(one, printed_at)
                yield columns(cells, places, width, again=(titles, whose))


def _line(one: LostImage, printed_at: datetime) -> tuple[str, ...]:
    deposit = one.deposit
    name = f"{deposit.folder}/{deposit.file_name}" if deposit.folder else deposit.file_name
    taken = deposit.modified_local
    received = deposit.deposited_at.astimezone(printed_at.tzinfo)
    return (
        spelled_out(name) + _state(deposit),
        f"{short_date(taken.date())} {taken:%H:%M}" if taken else "not known",
        f"{short_date(received.date())} {received:%H:%M}",
    )


def _state(deposit: Deposit) -> str:
    settled = deposit.clearance is not Clearance.OUTSTANDING
    return f" · {deposit.clearance.words}" if settled else ""


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"
