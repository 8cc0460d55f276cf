"""Patient labels on sheets of the trade: from any start, moved and scaled for the printer."""

import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import POINTS_PER_MM, PdfDocument
from desktop.printing.fonts import BOLD, MONO_BOLD, SANS, printable
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, wrapped
from desktop.printing.pen import Pen
from desktop.printing.problems import LabelPlaceUnknown, TextTooLong
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.patient import banner_name, short_date
from desktop.records.facts.sheet import page_code

_QR_MM = 16.0
_PADDING_MM = 2.0
_LEAST_FOR_CODE_MM = 55.0
_HIGH_MM, _LOW_MM = 30.0, 22.0
_HIGH_SIZES = (15.0, 14.0, 13.0)
_NAME_SIZES = (11.0, 10.0, 9.0, 8.0, 7.5, SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStock:
    """A sheet of labels, as its maker sells it; all lengths in mm. `left` and `top` are where the
    first label begins, `across` and `down` how far apart labels begin."""

    name: str
    paper: Paper
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def next_start(self, start: int, count: int) -> int:
        """The first label that is left after `count` from `start` (or all to the end); 1, of a new
        sheet, where none is."""
        used = start - 1 + (count or self.places)
        return used + 1 if used < self.places else 1

    def box(self, place: int) -> Box:
        """Where a label lies, row by row from 0 at the top left."""
        row, column = divmod(place, self.columns)
        return Box(
            self.left + column * self.across, self.top + row * self.down, self.width, self.height
        )


STOCKS: Mapping[str, LabelStock] = {
    stock.name: stock
    for stock in (
        LabelStock(
            name="L7160", paper=Paper.A4, columns=3, rows=7, width=63.5, height=38.1,
            left=7.25, top=15.15, across=66.04, down=38.1,
        ),
        LabelStock(
            name="L7163", paper=Paper.A4, columns=2, rows=7, width=99.1, height=38.1,
            left=4.65, top=15.15, across=101.6, down=38.1,
        ),
        LabelStock(
            name="L7651", paper=Paper.A4, columns=5, rows=13, width=38.1, height=21.2,
            left=4.75, top=10.7, across=40.6, down=21.2,
        ),
        LabelStock(
            name="5160", paper=Paper.LETTER, columns=3, rows=10, width=66.675, height=25.4,
            left=4.7625, top=12.7, across=69.85, down=25.4,
        ),
    )
}  # fmt: skip
"""The sheets that are known, by their maker's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The same label on every place from `start` (1 is the top left), `count` times or to the end.

    `shift` moves all of it right and down in mm, `scale` makes it larger or smaller, across and
    down, about the top left corner: what a printer needs. `outlines` prints the edges of the labels
    alone, on plain paper, to be held against a sheet. `number` is known to this office alone.
    """

    stock: LabelStock
    family_name: str
    given_names: str
    patient_number: str
    born: date | None
    sex: str
    number: str
    start: int = 1
    count: int = 0
    shift: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)
    outlines: bool = False


def labels_pdf(labels: Labels) -> bytes:
    """One sheet of labels. Raises UnprintableText, TextTooLong for a name that a label cannot hold,
    and LabelPlaceUnknown for a start that the sheet has not."""
    stock = labels.stock
    if not 1 <= labels.start <= stock.places:
        raise LabelPlaceUnknown(stock=stock.name, start=labels.start, places=stock.places)
    end = min(labels.start - 1 + (labels.count or stock.places), stock.places)
    lines = [] if labels.outlines else _lines(labels)
    gathered = io.BytesIO()
    document = PdfDocument(gathered.write, paper=stock.paper, title=f"Labels {stock.name}")
    pen = Pen(document)
    _move(document, labels)
    layout = Layout(Box(0.0, 0.0, *stock.paper.size_mm))
    for place in range(labels.start - 1, end):
        box = layout.place(f"label {place}", stock.box(place))
        if labels.outlines:
            pen.outline(box)
            number = fitted(str(place + 1), font=SANS, sizes=(8.0,), width_mm=9.0, what="A place")
            pen.write(number, box.inset(_PADDING_MM))
        else:
            _draw_label(pen, box, lines, page_code(labels.number, 1))
    document.end_page()
    document.close()
    return gathered.getvalue()


def _lines(labels: Labels) -> list[SetText]:
    """Name, number and birth, none cut."""
    stock = labels.stock
    width = stock.width - 2 * _PADDING_MM - (_QR_MM if _has_code(stock) else 0.0)
    born = f"Born {short_date(labels.born)}" if labels.born else "Born: not on record"
    texts = [
        (banner_name(labels.family_name, ""), BOLD, _NAME_SIZES, "The patient's family name"),
        (labels.given_names, SANS, _NAME_SIZES, "The patient's given names"),
        (labels.patient_number, MONO_BOLD, _NAME_SIZES, "The patient's number"),
        (f"{born} {labels.sex}".strip(), SANS, _NAME_SIZES[2:], "The patient's details"),
    ]
    lines = [
        _line(
            printable(text, what=what, mono=font == MONO_BOLD),
            font=font,
            sizes=_sizes(stock, sizes),
            width_mm=width,
            what=what,
        )
        for text, font, sizes, what in texts
        if text
    ]
    if sum(line.height_mm for line in lines) > stock.height - 2 * _PADDING_MM:
        name = banner_name(labels.family_name, labels.given_names)
        raise TextTooLong(what="The patient's name", text=name)
    return lines


def _sizes(stock: LabelStock, sizes: tuple[float, ...]) -> tuple[float, ...]:
    """Large where a label is high, for it is read at arm's length; small where it is low."""
    if stock.height > _HIGH_MM:
        return (*_HIGH_SIZES, *sizes)
    return sizes if stock.height > _LOW_MM else sizes[-3:]


def _line(text: str, *, font: str, sizes: tuple[float, ...], width_mm: float, what: str) -> SetText:
    """On one line where it fits, else a name of several words on two; never broken in a word."""
    with suppress(TextTooLong):
        return fitted(text, font=font, sizes=sizes, width_mm=width_mm, what=what)
    smallest = Lettering(font=font, size=SMALLEST)
    halves = wrapped(text.replace("-", "- "), smallest, width_mm)
    lines = tuple(line.replace("- ", "-") for line in halves.lines)
    words_fit = all(smallest.width_mm(word) <= width_mm for word in text.replace("-", "- ").split())
    if len(lines) > 2 or not words_fit:
        raise TextTooLong(what=what, text=text)
    return SetText(lines=lines, lettering=smallest)


def _draw_label(pen: Pen, box: Box, lines: list[SetText], code: str) -> None:
    inner = box.inset(_PADDING_MM)
    height = sum(line.height_mm for line in lines)
    y = max((inner.height - height) / 2, 0.0)
    for line in lines:
        pen.write(line, inner.below(y))
        y += line.height_mm
    if inner.width > _LEAST_FOR_CODE_MM:
        qr = Box(inner.right - _QR_MM, inner.y + (inner.height - _QR_MM) / 2, _QR_MM, _QR_MM)
        pen.qr(code, qr)


def _has_code(stock: LabelStock) -> bool:
    """A code that can be read takes more than a small label has."""
    return stock.width - 2 * _PADDING_MM > _LEAST_FOR_CODE_MM


def _move(document: PdfDocument, labels: Labels) -> None:
    """The origin is at the lower left: what moves down moves against it."""
    right, down = labels.shift
    height = labels.stock.paper.size_mm[1]
    across_scale, down_scale = labels.scale
    lifted = height * (1 - down_scale) - down
    document.canvas.translate(right * POINTS_PER_MM, lifted * POINTS_PER_MM)
    document.canvas.scale(across_scale, down_scale)
