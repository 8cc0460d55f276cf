"""The head of every page of a form, card or list: whose it is, which paper, page and copy."""

from dataclasses import dataclass

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box, Layout
from desktop.printing.fonts import BOLD, MONO, SANS, printable
from desktop.printing.foot import MOST_PAGES
from desktop.printing.lettering import SMALLEST, Lettering, SetText, fitted, shrunk
from desktop.printing.pen import Pen
from desktop.printing.record_sheet_model import Paper, copy_words
from desktop.printing.stationery import beside_logo_mm, logo_mm, split_line
from desktop.records.facts.sheet import grouped, page_code

QR_MM = 24.0

_PADDING_MM = 1.6
_RIGHT_MM = 40.0
_STRIP_MM = 4.6
_GAP_MM = 0.5
_Steps = tuple[tuple[float, int], ...]

_TITLES: _Steps = (*((size, 1) for size in (14.0, 13.0, 12.0)), (11.0, 2), (10.0, 2))
_PATIENTS: _Steps = ((12.0, 1), (11.0, 1), (11.0, 2), (10.0, 2), (9.0, 3), (8.0, 3), (SMALLEST, 5))
_IDENTIFIERS: _Steps = ((11.0, 1), (10.0, 2), (9.0, 3), (SMALLEST, 5))
_OFFICES: _Steps = ((9.0, 1), (8.0, 1), (SMALLEST, 3))
_BETWEEN = " · "  # a patient's name, number and birth in one line
_PAGE = Lettering(font=SANS, size=10.0)
_COPY = Lettering(font=BOLD, size=8.0)
_LABEL = Lettering(font=SANS, size=SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWords:
    """What it says. `patient` is both identifiers, or empty; with a `code` each page has that
    number with its own page and check digits, as text and as a square code. `copy` is 0 where no
    register counts it. The `logo` stands beside the organisation."""

    title: str
    organisation: str
    patient: str
    code: str
    copy: int
    paper: Paper
    is_grey: bool = False
    logo: PaperImage | None = None


class Head:
    """The head, set once for all pages. Raises UnprintableText, or TextTooLong rather than cut."""

    def __init__(self, words: HeadWords, width: float) -> None:
        self._words = words
        self._width = width
        self._room = width - 2 * _PADDING_MM - self._qr_mm - (0.0 if self._has_strip else _RIGHT_MM)
        name, _, identifiers = words.patient.partition(_BETWEEN)
        self._office = self._set(
            words.organisation, "The organisation", SANS, _OFFICES, at=beside_logo_mm(words.logo)
        )
        self._left = tuple(
            self._set(text, what, font, steps)
            for text, what, font, steps in (
                (words.title, "The title", BOLD, _TITLES),
                (name, "The patient", BOLD, _PATIENTS),
                (identifiers, "The patient", BOLD, _IDENTIFIERS),
            )
            if text
        )

    @property
    def height(self) -> float:
        """What it takes of each page, its frame included."""
        left = self._office_mm + sum(text.height_mm + _GAP_MM for text in self._left)
        left += _STRIP_MM if self._has_strip else 0.0
        right = sum(text.height_mm for text in self._right(MOST_PAGES, MOST_PAGES))
        return 2 * _PADDING_MM + max(left, self._code_mm, 0.0 if self._has_strip else right)

    def draw(self, pen: Pen, box: Box, *, page: int, total: int) -> None:
        """Draw it into a box of its height."""
        pen.outline(box, line_mm=0.35)
        inside = Layout(box)
        room = box.inset(_PADDING_MM)
        self._draw_office(pen, inside, room.left(self._room).top(self._office_mm - _GAP_MM))
        y = self._office_mm
        for place, text in enumerate(self._left):
            line = room.below(y).left(self._room).top(text.height_mm)
            pen.write(text, inside.place(f"line {place}", line))
            y += text.height_mm + _GAP_MM
        if self._has_strip:
            self._draw_strip(pen, inside, box, page, total)
        else:
            self._draw_right(pen, inside, room, page, total)
        if content := self._content(page):
            x = box.right - _PADDING_MM - QR_MM
            y = box.y + (box.height - QR_MM) / 2
            pen.qr(content, inside.place("qr", Box(x, y, QR_MM, QR_MM)))

    def _set(self, text: str, what: str, font: str, steps: _Steps, *, at: float = 0.0) -> SetText:
        shown = printable(text, what=what)
        return shrunk(shown, font=font, steps=steps, width_mm=self._room - at, what=what)

    def _draw_office(self, pen: Pen, inside: Layout, line: Box) -> None:
        logo, words = split_line(self._words.logo, line, text_mm=self._office.height_mm)
        pen.write(self._office, inside.place("organisation", words))
        if self._words.logo is not None:
            pen.picture(self._words.logo, inside.place("logo", logo))

    @property
    def _office_mm(self) -> float:
        """The first line and the gap below it."""
        return max(self._office.height_mm, logo_mm(self._words.logo)[1]) + _GAP_MM

    def _draw_right(self, pen: Pen, inside: Layout, room: Box, page: int, total: int) -> None:
        right = room.beside(self._room).left(_RIGHT_MM)
        pen.fill(Box(right.x, inside.area.y, 0.2, inside.area.height))
        words = inside.place("right", right.beside(_PADDING_MM))
        y = 0.0
        for text in self._right(page, total):
            pen.write(text, words.below(y))
            y += text.height_mm

    def _draw_strip(self, pen: Pen, inside: Layout, box: Box, page: int, total: int) -> None:
        """Number and page on one line under the words, where the paper is narrow."""
        strip = box.below(box.height - _STRIP_MM).left(box.width - self._qr_mm)
        pen.rule(x=strip.x, y=strip.y, width=strip.width)
        words = inside.place("strip", strip.below(0.6).beside(_PADDING_MM).left(self._room))
        pages = f"Page {page} of {total}"
        if self._number(page):
            number = fitted(
                self._number(page),
                font=MONO,
                sizes=(8.0, 7.5, SMALLEST),
                width_mm=words.width * 0.6,
                what="The number",
            )
            pen.write(number, words)
        pages = " · ".join(filter(None, (pages, self._copy)))
        pen.write(SetText(lines=(pages,), lettering=_LABEL), words, align="right")

    def _right(self, page: int, total: int) -> list[SetText]:
        pages = SetText(lines=(f"Page {page} of {total}",), lettering=_PAGE)
        copy = [SetText(lines=(self._copy,), lettering=_COPY)] if self._copy else []
        if not self._number(page):
            return [pages, *copy]
        number = fitted(
            self._number(page),
            font=MONO,
            sizes=(9.0, 8.5, 8.0, 7.5, SMALLEST),
            width_mm=_RIGHT_MM - _PADDING_MM,
            what="The number",
        )
        return [
            pages,
            *copy,
            SetText(lines=("Sheet no.",), lettering=_LABEL),
            number,
        ]

    def _number(self, page: int) -> str:
        return grouped(self._content(page))

    def _content(self, page: int) -> str:
        code = self._words.code
        return page_code(code, page) if code else ""

    @property
    def _copy(self) -> str:
        return copy_words(self._words.copy, is_grey=self._words.is_grey)

    @property
    def _has_strip(self) -> bool:
        return self._words.paper is Paper.A5

    @property
    def _code_mm(self) -> float:
        return QR_MM if self._words.code else 0.0

    @property
    def _qr_mm(self) -> float:
        return self._code_mm + _PADDING_MM if self._code_mm else 0.0
