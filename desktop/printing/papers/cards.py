"""Cards for the wall and the pocket: before you photograph (R5), and the two decisions (R31)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS
from desktop.printing.lettering import Lettering, SetText, wrapped
from desktop.printing.paged_rows import Row, drawn_pages_pdf, running
from desktop.printing.papers.card_words import WORDS, CardWords, ChartWords, Language, Node
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.printing.pen import Pen
from desktop.printing.problems import PaperTooSmall

_POINTS = (
    *((20.0, 16.0), (18.0, 14.5), (16.0, 13.0)),
    *((14.0, 11.5), (12.5, 10.5), (11.0, 9.5), (10.0, 9.0)),
)
"""The sizes of a point and of what it says: the first pair with which all five stand on a page."""

_ARROW_MM = 11.0
_ASIDE_GAP_MM = 3.0
_COLUMN = 0.47
_LEAST_WIDTH_MM = 150.0
_PADDING_MM = 2.0


@dataclass(frozen=True, slots=True)
class _Letters:
    """What a chart is written in: its questions, where they lead, and the answers between."""

    node: Lettering
    end: Lettering
    answer: Lettering


_LETTERS = tuple(
    _Letters(
        Lettering(font=BOLD, size=size),
        Lettering(font=SANS, size=size - 0.5),
        Lettering(font=BOLD, size=size - 1.5),
    )
    for size in (14.0, 13.0, 12.0, 11.0, 10.5)
)
"""The first in which all of a chart stands on its page."""


def before_card_pdf(head: Letterhead, language: Language = Language.EN) -> bytes:
    """The five key points on one page. Raises UnprintableText or TextTooLong."""
    words = WORDS[language]
    footed = _footed(head, words)
    return rows_pdf(footed, words.before, partial(_fitting, words, footed.about(words.before).body))


def collection_chart_pdf(head: Letterhead, language: Language = Language.EN) -> bytes:
    """The decision on taking an image, on one page. Raises PaperTooSmall on A5, UnprintableText or
    TextTooLong."""
    words = WORDS[language]
    return _chart(head, words, words.collection)


def disclosure_chart_pdf(head: Letterhead, language: Language = Language.EN) -> bytes:
    """The decision on showing one. Raises as `collection_chart_pdf`."""
    words = WORDS[language]
    return _chart(head, words, words.disclosure)


def _footed(head: Letterhead, words: CardWords) -> Letterhead:
    return replace(head, notes=(*head.notes, *words.foot))


def _fitting(words: CardWords, body: Box, width: float) -> list[Row]:
    """The points as large as one page takes them."""
    for sizes in _POINTS:
        rows = list(_points(words, width, *sizes))
        if sum(row.height for row in rows) <= body.height:
            break
    return rows


def _points(words: CardWords, width: float, large: float, small: float) -> Iterator[Row]:
    heading, text = Lettering(font=BOLD, size=large), Lettering(font=SANS, size=small)
    for place, (point, said) in enumerate(words.key_points, start=1):
        yield running(f"{place}  {point}", width, heading, gap=large * 0.36, keeps_next=True)
        yield running(said, width, text, gap=1.0)
    yield running(words.not_advice, width, gap=large / 2)


def _chart(head: Letterhead, words: CardWords, chart: ChartWords) -> bytes:
    about = _footed(head, words).about(chart.title)
    if about.width < _LEAST_WIDTH_MM:
        raise PaperTooSmall(what="A decision chart", size=head.paper.value)

    def draw(_document: PdfDocument, pen: Pen, layout: Layout) -> None:
        _draw_chart(pen, layout, about.body, words, chart)

    return drawn_pages_pdf(about, [draw])


def _draw_chart(pen: Pen, layout: Layout, body: Box, words: CardWords, chart: ChartWords) -> None:
    """Questions down the left; at the right, beside each, where the other answer leads."""
    letters = _largest(body, words, chart)
    banner = wrapped(words.policy, letters.node, body.width)
    pen.write(banner, layout.place("policy", body.top(banner.height_mm)))
    y = body.y + banner.height_mm + 3.0
    column = body.width * _COLUMN
    for node in chart.nodes:
        asks = Box(body.x, y, column, 0.0)
        box = _boxed(pen, layout, asks, f"{node.code}  {node.asks}", letters.node)
        right = Box(body.x + body.width - column, y, column, 0.0)
        bottom = _draw_aside(pen, layout, _aside(words, node), right, box.right, letters.end)
        y = max(box.bottom, bottom) + _ARROW_MM
        x = body.x + 10.0
        pen.fill(Box(x, box.bottom, 0.3, y - box.bottom))
        down = SetText(lines=(_down(words, node),), lettering=letters.answer)
        beside = Box(x + 2.0, y - down.height_mm - 2.4, column - 12.0, down.height_mm)
        pen.write(down, beside)
    _boxed(pen, layout, Box(body.x, y, body.width, 0.0), chart.end, letters.node, line_mm=0.7)
    note = wrapped(words.not_advice, letters.end, body.width)
    pen.write(note, layout.place("note", body.below(body.height - note.height_mm)))


def _largest(body: Box, words: CardWords, chart: ChartWords) -> _Letters:
    """As large as one page takes the chart."""
    for letters in _LETTERS:
        if _chart_mm(body.width, words, chart, letters) <= body.height:
            break
    return letters


def _chart_mm(width: float, words: CardWords, chart: ChartWords, letters: _Letters) -> float:
    """How high a chart is in these letters."""
    column = width * _COLUMN

    def boxed(text: str, lettering: Lettering, room: float) -> float:
        return wrapped(text, lettering, room - 2 * _PADDING_MM).height_mm + 2 * _PADDING_MM

    high = wrapped(words.policy, letters.node, width).height_mm + 3.0
    for node in chart.nodes:
        asks = boxed(f"{node.code}  {node.asks}", letters.node, column)
        leads = [boxed(f"{one}: {to}", letters.end, column) for one, to in _aside(words, node)]
        aside = sum(leads) + _ASIDE_GAP_MM * (len(leads) - 1)
        high += max(asks, aside) + _ARROW_MM
    high += boxed(chart.end, letters.node, width) + _ASIDE_GAP_MM
    return high + wrapped(words.not_advice, letters.end, width).height_mm


def _draw_aside(
    pen: Pen,
    layout: Layout,
    leading: list[tuple[str, str]],
    at: Box,
    start: float,
    lettering: Lettering,
) -> float:
    """Where the answers at the right lead, one below another, joined to the question that ends at
    `start`; the bottom of the last."""
    joint, y, bottom = (start + at.x) / 2, at.y, at.y
    for place, (answer, leads) in enumerate(leading):
        ended = _boxed(pen, layout, Box(at.x, y, at.width, 0.0), f"{answer}: {leads}", lettering)
        if place:
            pen.fill(Box(joint, at.y + 3.0, 0.2, ended.y - at.y))
        begins = joint if place else start
        pen.rule(x=begins, y=ended.y + 3.0, width=at.x - begins)
        y, bottom = ended.bottom + _ASIDE_GAP_MM, ended.bottom
    return bottom


def _aside(words: CardWords, node: Node) -> list[tuple[str, str]]:
    answers = ((words.yes, node.yes), (words.no, node.no))
    return [(answer, leads) for answer, leads in answers if leads]


def _down(words: CardWords, node: Node) -> str:
    """The answer that leads to the next question; where both lead to the end, what comes next."""
    return words.yes if not node.yes else words.no if not node.no else words.then


def _boxed(
    pen: Pen, layout: Layout, at: Box, text: str, lettering: Lettering, *, line_mm: float = 0.25
) -> Box:
    words = wrapped(text, lettering, at.width - 2 * _PADDING_MM)
    box = Box(at.x, at.y, at.width, words.height_mm + 2 * _PADDING_MM)
    pen.outline(layout.place(f"{text} {at.y}", box), line_mm=line_mm)
    pen.write(words, box.inset(_PADDING_MM))
    return box
