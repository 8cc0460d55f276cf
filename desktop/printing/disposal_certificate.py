"""The certificate of a disposal: what was destroyed, on whose word, and what still holds a copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desktop.printing.fonts import MONO, printable, spelled_out
from desktop.printing.foot import printed_words, return_words, zoned
from desktop.printing.lettering import SMALLEST, Lettering
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
from desktop.printing.plain_page import check_size
from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery
from desktop.records.facts.backup import OlderBackup, OlderBackups
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.disposal import Disposal
from desktop.records.facts.patient import short_date

TITLE = "CERTIFICATE OF DISPOSAL"

_HASH = Lettering(font=MONO, size=SMALLEST)
_COLUMNS_MM = (0.0, 27.0, 52.0)
_SIGN = ("Carried out by · sign", "Witness · sign", "Paper destroyed by · date")
_HOW = (
    "The key of each original below was destroyed, its sealed file removed and its preview "
    "deleted. What remains is its number, its check sum (SHA-256) and the trail of what was done."
)
_NO_IMAGE = "No image was destroyed."
_KEPT_ON = (
    "By a decision of this office, these images have been kept on paper alone since then. Each of "
    "these sheets is the record and stays in its chart:"
)
_PAPER = "These sheets show an image that was destroyed. The paper has to be destroyed too:"
_NO_BACKUPS = (
    "No backup made before {done} is on record. A copy that was made all the same still holds the "
    "keys."
)
_BACKUPS_GONE = (
    "Backups made before {done} were on record in {gone}; newer ones have taken their place since."
)
_BACKUPS_LEFT = (
    "These backups were made before {done} and still hold the keys. A place lets its oldest go "
    "with each new backup:"
)
_BACKUPS_ABOUT = (
    "If backups are made as often as until now, the last of them is gone by about {until}. The "
    "disposal is complete only then. Gone on:  ____________________"
)
_BACKUPS_OPEN = (
    "The disposal is complete only when the last of them is destroyed or overwritten. Write down "
    "when that is:  ____________________"
)
_BACKUPS_SAID = (
    "Backups made before {done} still hold the keys until {until}, the day by which the office "
    "destroys or overwrites the last of them: so said by {by}, and not taken from the history of "
    "backups. The disposal is complete only then."
)
_TITLES = ("Image", "Received", "SHA-256 of the original")
_SPARED = "These images were on the list and were not destroyed:"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalCertificate:
    """What is printed. `printed_at` has a zone. `older_backups` is what the history of backups
    tells; `backups_until` is the day that somebody said instead, or None."""

    organisation: str
    disposal: Disposal
    older_backups: OlderBackups
    backups_until: date | None
    printed_by: str
    printed_at: datetime
    paper: Paper
    own: Stationery = PLAIN


def disposal_certificate_pdf(certificate: DisposalCertificate) -> bytes:
    """The certificate as a PDF. Raises UnprintableText, TextTooLong, SheetTooLong or PaperTooSmall
    before anything is drawn."""
    check_size(certificate.paper, "The certificate of disposal")
    about = PagedPaper(
        title=TITLE,
        organisation=certificate.organisation,
        code=certificate.disposal.batch.number,
        signatures=_SIGN,
        paper=certificate.paper,
        logo=certificate.own.logo,
        foot=(
            printed_words(certificate.printed_at, certificate.printed_by),
            return_words(certificate.organisation, ""),
            *certificate.own.foot_lines,
        ),
    )
    return paged_rows_pdf(about, list(_rows(certificate, about.width)))


def _rows(certificate: DisposalCertificate, width: float) -> Iterator[Row]:
    yield from _deeds(certificate, width)
    yield running(_HOW if certificate.disposal.gone else _NO_IMAGE, width, gap=4.0)
    yield from _gone(certificate.disposal, width)
    yield from _backups(certificate, width)
    yield from _kept_on(certificate.disposal, width)
    yield from _paper(certificate.disposal, width)
    yield from _spared(certificate.disposal, width)


def _deeds(certificate: DisposalCertificate, width: float) -> Iterator[Row]:
    batch = certificate.disposal.batch
    for label, at, by in (
        ("Proposed", batch.proposed_at, batch.proposed_by),
        ("Approved", batch.approved_at, batch.approved_by),
        ("Carried out", batch.finished_at, batch.finished_by),
    ):
        if at is not None:
            who = printable(f"{zoned(at.astimezone())} by {by}", what="The name of a person")
            yield captioned(label, who, width)


def _gone(disposal: Disposal, width: float) -> Iterator[Row]:
    titles = columns(_TITLES, _COLUMNS_MM, width, SMALL_BOLD, keeps_next=True)
    if disposal.gone:
        yield heading(f"Destroyed: {len(disposal.gone):,}", width)
        yield titles
    for patient, banner in disposal.banners.items():
        named = printable(banner, what="A patient's name")
        whose = running(named, width, TEXT_BOLD, gap=2.0, keeps_next=True, again=(titles,))
        yield whose
        for stone in disposal.gone:
            if stone.patient == patient:
                received = short_date(stone.received_at.astimezone().date())
                row = (short_number(stone.image), received, stone.sha256.hex())
                yield columns(row, _COLUMNS_MM, width, _HASH, again=(titles, whose))


def _backups(certificate: DisposalCertificate, width: float) -> Iterator[Row]:
    finished = certificate.disposal.batch.finished_at
    if finished is None or not certificate.disposal.gone:
        return
    done, said = zoned(finished.astimezone()), certificate.backups_until
    yield heading("Older backups", width)
    if said is not None:
        by = printable(certificate.printed_by, what="The name of a person")
        yield running(_BACKUPS_SAID.format(done=done, until=short_date(said), by=by), width)
        return
    older = certificate.older_backups
    if older.gone:
        gone = spelled_out(", ".join(dict.fromkeys(older.gone)))
        yield running(_BACKUPS_GONE.format(done=done, gone=gone), width)
    elif not older.places:
        yield running(f"{_NO_BACKUPS.format(done=done)} {_BACKUPS_OPEN}", width)
    if older.places:
        yield running(_BACKUPS_LEFT.format(done=done), width, keeps_next=True)
        for place in older.places:
            yield running(spelled_out(_place_words(place)), width)
        until = older.until
        about = _BACKUPS_ABOUT.format(until=_day(until)) if until else _BACKUPS_OPEN
        yield running(about, width)


def _place_words(place: OlderBackup) -> str:
    more = "1 more backup" if place.left == 1 else f"{place.left} more backups"
    when = f", by about {_day(place.gone_by)}" if place.gone_by else ""
    return (
        f"{place.where}: generation {place.generation} of {_day(place.made_at)} goes with {more} "
        f"there{when}"
    )


def _day(moment: datetime) -> str:
    return short_date(moment.astimezone().date())


def _kept_on(disposal: Disposal, width: float) -> Iterator[Row]:
    stones = [stone for stone in disposal.gone if stone.kept_on in disposal.kept_on]
    if stones:
        yield heading("Kept on paper", width)
        yield running(_KEPT_ON, width, keeps_next=True)
    for stone in stones:
        sheet = disposal.kept_on[stone.kept_on] if stone.kept_on else None
        if sheet is not None and stone.paper_until is not None:
            volume = f", volume {sheet.volume}" if sheet.volume else ""
            since = f" since {_day(sheet.in_chart_at)}" if sheet.in_chart_at else ""
            text = (
                f"Image {short_number(stone.image)}: sheet {sheet.number}, copy {sheet.copy}, in "
                f"the chart{since}{volume}. Keep the paper until {short_date(stone.paper_until)}."
            )
            yield running(spelled_out(text), width)


def _paper(disposal: Disposal, width: float) -> Iterator[Row]:
    if disposal.paper:
        yield heading("Paper", width)
        yield running(_PAPER, width, keeps_next=True)
    for sheet in disposal.paper:
        text = f"Sheet {sheet.number}, copy {sheet.copy} ({sheet.target})"
        yield running(spelled_out(text), width)


def _spared(disposal: Disposal, width: float) -> Iterator[Row]:
    if disposal.spared:
        yield heading(f"Not destroyed: {len(disposal.spared):,}", width)
        yield running(_SPARED, width, keeps_next=True)
    for one in disposal.spared:
        yield running(spelled_out(one.why), width)
