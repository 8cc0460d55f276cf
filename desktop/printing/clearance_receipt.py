"""The clearance receipt: what the owner of a device takes home (R74, R121). It names no patient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.printing.fonts import printable, spelled_out
from desktop.printing.foot import printed_words
from desktop.printing.paged_rows import (
    SMALL,
    SMALL_BOLD,
    TEXT,
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
from desktop.records.facts.clearance import Clearance, Deposit, receipt_number
from desktop.records.facts.patient import short_date

TITLE = "CLEARANCE RECEIPT"

_TITLES = ("File on the device", "Bytes", "Received", "On the device now")
_SHARES = (0.30, 0.11, 0.22)
_NARROW_SHARES = (0.33, 0.15, 0.20)
_NARROW_MM = 130.0
_SIGN = ("Received by · sign", "For the organisation · sign", "Date")
_WHAT = (
    "The organisation has received the files below and keeps them as part of its clinical records. "
    "“Confirmed absent” means: deleted from the device one by one, each compared with the kept "
    "copy just before, and not found when the device was looked at afresh. “Attested” is the word "
    "of a person; nobody proved it."
)
_ALREADY = "already on record"
_WHAT_ALREADY = (
    "“Already on record”: the same file had been received before. It was not kept a second time, "
    "and the copy on this device is not needed any more."
)
_LEFT = "Still to be done: files that may still be on the device"
_STILL = "Please also do this, where no program of the organisation reaches:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceReceipt:
    """What stands on it. `deposits` are all of one intake; `printed_at` has a zone. Moments of
    deposits are printed in that zone. `reminders` are what the owner has to do."""

    organisation: str
    deposits: tuple[Deposit, ...]
    reminders: tuple[str, ...]
    printed_by: str
    printed_at: datetime
    paper: Paper = Paper.A4
    own: Stationery = PLAIN


def clearance_receipt_pdf(receipt: ClearanceReceipt) -> bytes:
    """The receipt as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything is
    drawn. At least one deposit is needed."""
    about = PagedPaper(
        title=TITLE,
        organisation=receipt.organisation,
        code=receipt_number(receipt.deposits[0].intake),
        signatures=_SIGN,
        paper=receipt.paper,
        logo=receipt.own.logo,
        foot=(printed_words(receipt.printed_at, receipt.printed_by),),
    )
    return paged_rows_pdf(about, list(_rows(receipt, about.width)))


def _rows(receipt: ClearanceReceipt, width: float) -> Iterator[Row]:
    yield from _head(receipt, width)
    yield running(_WHAT, width, gap=4.0)
    if any(one.already for one in receipt.deposits):
        yield running(_WHAT_ALREADY, width)
    yield heading(_summary(receipt.deposits), width)
    places = _places(width)
    lettering = SMALL if width < _NARROW_MM else TEXT
    titles = columns(_TITLES, places, width, SMALL_BOLD, keeps_next=True)
    yield titles
    for one in receipt.deposits:
        cells = _line(one, receipt.printed_at)
        yield columns(cells, places, width, lettering, gap=1.0, again=(titles,))
    yield from _to_do(receipt, width)


def _head(receipt: ClearanceReceipt, width: float) -> Iterator[Row]:
    first = receipt.deposits[0]
    depositor = printable(first.depositor, what="The depositor's name") or "not on record"
    for caption, said in (
        ("Device", spelled_out(first.source_name)),
        ("Connected as", first.route.words),
        ("Brought by", depositor),
        ("Received", _when(first.deposited_at, receipt.printed_at)),
    ):
        yield captioned(caption, said, width)


def _summary(deposits: Sequence[Deposit]) -> str:
    left = sum(one.clearance is Clearance.OUTSTANDING for one in deposits)
    files = "1 file" if len(deposits) == 1 else f"{len(deposits):,} files"
    if all(one.clearance is Clearance.CLEARED for one in deposits):
        return f"{files}: all confirmed absent from the device"
    return f"{files}, {left:,} of them outstanding" if left else f"{files}: none outstanding"


def _places(width: float) -> tuple[float, ...]:
    places = [0.0]
    for share in _NARROW_SHARES if width < _NARROW_MM else _SHARES:
        places.append(places[-1] + share * width)
    return tuple(places)


def _line(one: Deposit, printed_at: datetime) -> tuple[str, ...]:
    received = _when(one.deposited_at, printed_at)
    if one.already:
        received += f"\n{_ALREADY}"
    name = spelled_out(f"{one.folder}/{one.file_name}" if one.folder else one.file_name)
    return name, f"{one.size:,}", received, _state(one, printed_at)


def _state(one: Deposit, printed_at: datetime) -> str:
    when = f", {_when(one.settled_at, printed_at)}" if one.settled_at else ""
    match one.clearance:
        case Clearance.CLEARED:
            return f"confirmed absent{when}"
        case Clearance.ATTESTED:
            return f"attested by {spelled_out(one.attested_by)}{when}"
        case Clearance.NOT_OURS:
            return "stays there: the device belongs to the patient or their whānau"
        case Clearance.NOTHING:
            return "nothing to clear"
        case Clearance.OUTSTANDING:
            why = spelled_out(one.refused_why)
            return f"refused: {why}" if why else "outstanding: it may still be there"


def _to_do(receipt: ClearanceReceipt, width: float) -> Iterator[Row]:
    left = [one for one in receipt.deposits if one.clearance is Clearance.OUTSTANDING]
    if left:
        yield heading(f"{_LEFT}: {len(left):,}", width)
        said = (
            "Bring the device back, or delete them by hand and tell the organisation, so that it "
            "can be noted."
        )
        yield running(said, width)
    if receipt.reminders and any(_is_ours(one) for one in receipt.deposits):
        yield running(_STILL, width, TEXT_BOLD, gap=5.0, keeps_next=True)
        for place, reminder in enumerate(receipt.reminders, start=1):
            last = place == len(receipt.reminders)
            yield columns((f"{place}.", reminder), (0.0, 6.0), width, gap=1.0, keeps_next=not last)


def _is_ours(one: Deposit) -> bool:
    return one.clearance not in {Clearance.NOT_OURS, Clearance.NOTHING}


def _when(moment: datetime, printed_at: datetime) -> str:
    local = moment.astimezone(printed_at.tzinfo)
    return f"{short_date(local.date())} {local:%H:%M}"
