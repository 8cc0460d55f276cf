"""The certificate of a disposal: what was destroyed, on whose word, and what still holds a copy."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS, printable, spelled_out
from desktop.printing.frame import MOST_PAGES, printing_area, zoned
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.pen import Pen
from desktop.printing.problems import SheetTooLong
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.backup import OlderBackup, OlderBackups
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.disposal import Disposal
from desktop.records.facts.patient import short_date

TITLE = "CERTIFICATE OF DISPOSAL"

_BODY = Lettering(font=SANS, size=9.0)
_BOLD = Lettering(font=BOLD, size=9.0)
_HEADING = Lettering(font=BOLD, size=11.0)
_TITLE = Lettering(font=BOLD, size=16.0)
_SMALL = Lettering(font=SANS, size=SMALLEST)
_HASH = Lettering(font=MONO, size=SMALLEST)
_COLUMNS_MM = (0.0, 27.0, 52.0)
_HEADER_MM = 21.0
_SIGN_MM = 16.0
_SIGN = ("Carried out by · sign", "Witness · sign", "Paper destroyed by · date")
_HOW = (
    "The key of each original below was destroyed, its sealed file removed and its preview "
    "deleted. What remains is its number, its check sum (SHA-256) and the trail of what was done."
)
_NO_IMAGE = "No image was destroyed."
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Texts side by side, each with its place from the left, under a gap."""

    texts: tuple[tuple[float, SetText], ...]
    gap: float = 0.0
    keeps_next: bool = False

    @property
    def height(self) -> float:
        return self.gap + max(text.height_mm for _, text in self.texts)


def disposal_certificate_pdf(certificate: DisposalCertificate) -> bytes:
    """The certificate as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong before anything
    is drawn."""
    area = printing_area(certificate.paper)
    organisation = fitted(
        printable(certificate.organisation, what="The organisation"),
        font=SANS,
        sizes=(11.0, 10.0, 9.0, 8.0, SMALLEST),
        width_mm=area.width - 60.0,
        what="The organisation",
    )
    pages = _pages(list(_rows(certificate, area.width)), area.height - _HEADER_MM - _SIGN_MM)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=certificate.paper, title="Certificate of disposal")
    pen = Pen(document)
    for place, rows in enumerate(pages, start=1):
        layout = Layout(area)
        numbering = f"Page {place} of {len(pages)}"
        _draw_header(pen, layout, organisation, certificate.disposal.batch.number, numbering)
        _draw_rows(pen, layout, rows)
        if place == len(pages):
            _draw_signatures(pen, layout)
        document.end_page()
    document.close()
    return gathered.getvalue()


def _rows(certificate: DisposalCertificate, width: float) -> Iterator[_Row]:
    yield from _deeds(certificate, width)
    yield _words(_HOW if certificate.disposal.gone else _NO_IMAGE, width, gap=4.0)
    yield from _gone(certificate.disposal, width)
    yield from _backups(certificate, width)
    yield from _paper(certificate.disposal, width)
    yield from _spared(certificate.disposal, width)


def _deeds(certificate: DisposalCertificate, width: float) -> Iterator[_Row]:
    batch = certificate.disposal.batch
    for label, at, by in (
        ("Proposed", batch.proposed_at, batch.proposed_by),
        ("Approved", batch.approved_at, batch.approved_by),
        ("Carried out", batch.finished_at, batch.finished_by),
        ("Printed", certificate.printed_at, certificate.printed_by),
    ):
        if at is not None:
            who = printable(f"{zoned(at.astimezone())} by {by}", what="The name of a person")
            name = SetText(lines=(label,), lettering=_BOLD)
            yield _Row(texts=((0.0, name), (27.0, wrapped(who, _BODY, width - 27.0))), gap=0.5)


def _gone(disposal: Disposal, width: float) -> Iterator[_Row]:
    if disposal.gone:
        yield _heading(f"Destroyed: {len(disposal.gone):,}", width)
        titles = ("Image", "Received", "SHA-256 of the original")
        yield _line(titles, _SMALL, keeps_next=True)
    for patient, banner in disposal.banners.items():
        yield _words(printable(banner, what="A patient's name"), width, _BOLD, keeps_next=True)
        for stone in disposal.gone:
            if stone.patient == patient:
                received = short_date(stone.received_at.astimezone().date())
                yield _line((short_number(stone.image), received, stone.sha256.hex()), _HASH)


def _backups(certificate: DisposalCertificate, width: float) -> Iterator[_Row]:
    finished = certificate.disposal.batch.finished_at
    if finished is None or not certificate.disposal.gone:
        return
    done, said = zoned(finished.astimezone()), certificate.backups_until
    yield _heading("Older backups", width)
    if said is not None:
        by = printable(certificate.printed_by, what="The name of a person")
        yield _words(_BACKUPS_SAID.format(done=done, until=short_date(said), by=by), width)
        return
    older = certificate.older_backups
    if older.gone:
        gone = spelled_out(", ".join(dict.fromkeys(older.gone)))
        yield _words(_BACKUPS_GONE.format(done=done, gone=gone), width)
    elif not older.places:
        yield _words(f"{_NO_BACKUPS.format(done=done)} {_BACKUPS_OPEN}", width)
    if older.places:
        yield _words(_BACKUPS_LEFT.format(done=done), width, keeps_next=True)
        for place in older.places:
            yield _words(spelled_out(_place_words(place)), width)
        until = older.until
        about = _BACKUPS_ABOUT.format(until=_day(until)) if until else _BACKUPS_OPEN
        yield _words(about, width)


def _place_words(place: OlderBackup) -> str:
    more = "1 more backup" if place.left == 1 else f"{place.left} more backups"
    when = f", by about {_day(place.gone_by)}" if place.gone_by else ""
    return (
        f"{place.where}: generation {place.generation} of {_day(place.made_at)} goes with {more} "
        f"there{when}"
    )


def _day(moment: datetime) -> str:
    return short_date(moment.astimezone().date())


def _paper(disposal: Disposal, width: float) -> Iterator[_Row]:
    if disposal.paper:
        yield _heading("Paper", width)
        yield _words(_PAPER, width, keeps_next=True)
    for sheet in disposal.paper:
        text = f"Sheet {sheet.number}, copy {sheet.copy} ({sheet.target})"
        yield _words(spelled_out(text), width)


def _spared(disposal: Disposal, width: float) -> Iterator[_Row]:
    if disposal.spared:
        yield _heading(f"Not destroyed: {len(disposal.spared):,}", width)
        yield _words(_SPARED, width, keeps_next=True)
    for one in disposal.spared:
        yield _words(spelled_out(one.why), width)


def _heading(text: str, width: float) -> _Row:
    return _words(text, width, _HEADING, gap=4.0, keeps_next=True)


def _words(
    text: str,
    width: float,
    lettering: Lettering = _BODY,
    *,
    gap: float = 1.0,
    keeps_next: bool = False,
) -> _Row:
    return _Row(texts=((0.0, wrapped(text, lettering, width)),), gap=gap, keeps_next=keeps_next)


def _line(texts: Sequence[str], lettering: Lettering, *, keeps_next: bool = False) -> _Row:
    set_texts = (SetText(lines=(text,), lettering=lettering) for text in texts)
    row = tuple(zip(_COLUMNS_MM, set_texts, strict=True))
    return _Row(texts=row, gap=0.4, keeps_next=keeps_next)


def _pages(rows: Sequence[_Row], room: float) -> list[list[_Row]]:
    """The rows page by page; one that keeps the next never stands last on its page."""
    pages: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        if used + row.height > room:
            carried: list[_Row] = []
            while len(pages[-1]) > 1 and pages[-1][-1].keeps_next:
                carried.insert(0, pages[-1].pop())
            pages.append(carried)
            used = sum(one.height for one in carried)
        pages[-1].append(row)
        used += row.height
    return pages


def _draw_header(
    pen: Pen, layout: Layout, organisation: SetText, number: str, numbering: str
) -> None:
    area = layout.area
    box = layout.place("header", area.top(_HEADER_MM - 4.0))
    inside = Layout(box)
    left, right = box.left(box.width - 58.0), box.beside(box.width - 56.0)
    title = SetText(lines=(TITLE,), lettering=_TITLE)
    pen.write(title, inside.place("title", left.top(title.height_mm)))
    pen.write(organisation, inside.place("organisation", left.below(title.height_mm + 1.0)))
    certificate = fitted(
        f"No. {number}", font=MONO, sizes=(11.0,), width_mm=right.width, what="The number"
    )
    pen.write(certificate, inside.place("number", right.top(7.0)), align="right")
    page = SetText(lines=(numbering,), lettering=_BODY)
    pen.write(page, inside.place("page", right.below(8.0)), align="right")
    pen.rule(x=area.x, y=box.bottom + 0.5, width=area.width, line_mm=0.35)


def _draw_rows(pen: Pen, layout: Layout, rows: Sequence[_Row]) -> None:
    y = layout.area.y + _HEADER_MM
    for place, row in enumerate(rows):
        box = layout.place(
            f"row {place}",
            Box(layout.area.x, y + row.gap, layout.area.width, row.height - row.gap),
        )
        for x, text in row.texts:
            pen.write(text, box.beside(x))
        y += row.height


def _draw_signatures(pen: Pen, layout: Layout) -> None:
    column = layout.area.width / len(_SIGN)
    for place, caption in enumerate(_SIGN):
        x, y = layout.area.x + place * column, layout.area.bottom - 5.0
        box = layout.place(caption, Box(x, y, column - 6.0, 5.0))
        pen.rule(x=box.x, y=box.y, width=box.width)
        pen.write(SetText(lines=(caption,), lettering=_SMALL), box.below(0.8))
