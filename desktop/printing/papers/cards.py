"""Cards for the wall and the pocket: before you photograph (R5), and the two decisions (R31)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, SANS
from desktop.printing.lettering import Lettering, SetText, wrapped
from desktop.printing.paged_rows import Row, drawn_pages_pdf, running
from desktop.printing.papers.letterhead import Letterhead, rows_pdf
from desktop.printing.pen import Pen
from desktop.printing.problems import PaperTooSmall

BEFORE, COLLECTION, DISCLOSURE = (
    "BEFORE YOU PHOTOGRAPH",
    "MAY I TAKE THIS IMAGE?",
    "MAY I SHOW OR SEND THIS IMAGE?",
)

_PURPOSE = (
    "Know what the image is for, and ask the patient's consent for that purpose before you take "
    "it. A patient may say no, and it does not change their care."
)
_UNDERSTANDING = (
    "Make sure the patient understands why it is taken, how it will be used, and who will see it."
)
_DOCUMENT = (
    "Put the consent and its scope into the notes. Where a written form is asked for, it goes into "
    "the record with the image."
)
_SEND = "Send an image to nobody unless the patient has agreed expressly, or the law permits it."
_BREACH = (
    "An image that reaches the wrong person is a breach of privacy. Tell the privacy officer at "
    "once."
)
KEY_POINTS = (
    ("Purpose and consent", _PURPOSE),
    ("Understanding", _UNDERSTANDING),
    ("Write it down", _DOCUMENT),
    ("Never send without consent or law", _SEND),
    ("The wrong person is a breach", _BREACH),
)
"""The five key points of the guide."""

NOT_ADVICE = (
    "A guide, not legal advice: the Privacy Act 2020 and the Health Information Privacy Code come "
    "first, then your organisation's policy or contract, then this page."
)
_POINT = Lettering(font=BOLD, size=14.0)
_SAID = Lettering(font=SANS, size=11.5)
_NODE = Lettering(font=BOLD, size=10.5)
_END = Lettering(font=SANS, size=10.0)
_ANSWER = Lettering(font=BOLD, size=9.0)
_ARROW_MM = 11.0
_LEAST_WIDTH_MM = 150.0
_PADDING_MM = 2.0


@dataclass(frozen=True, slots=True)
class Node:
    """A question of a decision; each answer leads to words, or further down where it is empty."""

    code: str
    asks: str
    yes: str
    no: str


COLLECTION_NODES = (
    Node(
        "C1",
        "Would this patient's care benefit from a clinical image?",
        "",
        "C2 Is it for teaching, training or research? Yes: obtain the patient's consent for that, "
        "and follow the organisation's policy. No: don't take the image.",
    ),
    Node(
        "C3",
        "Should I be the person taking the image?",
        "",
        "Talk to an appropriate person about taking the image.",
    ),
    Node(
        "C4",
        "Am I planning to use my personal mobile device?",
        "",
        "Use the organisation's equipment; then go to the end.",
    ),
    Node(
        "C5",
        "Does my organisation have a policy, or my contract a clause, about personal devices?",
        "Follow the policy, or the terms of the contract.",
        "Obtain the patient's consent for the particular purpose, and document it.",
    ),
)
COLLECTION_END = (
    "With consent on every way: take the image, and record who took it, when, and the mode of "
    "capture."
)
DISCLOSURE_NODES = (
    Node(
        "U1",
        "Do I want to show the image to someone else?",
        "",
        "Keep it safe: aware of the policy? In the record? Who, when and with what recorded? "
        "Device locked? Deleted from the device once saved?",
    ),
    Node(
        "U2",
        "Does the organisation's policy cover sending the image to someone else?",
        "Follow the policy.",
        "",
    ),
    Node(
        "U3",
        "Is the image identifiable? Face, tattoo, jewellery, name, voice, rare condition, what the "
        "file says?",
        "",
        "You can send the image, as a de-identified copy.",
    ),
    Node(
        "U4",
        "Is it for a purpose related to clinical care?",
        "May be sent without specific consent, subject to privacy law, if the patient was told "
        "when it was taken that this may be done.",
        "Specific consent for the particular purpose is needed, unless the law permits or requires "
        "it without.",
    ),
)
DISCLOSURE_END = (
    "In doubt, do not send: ask the privacy officer, management or your medical defence "
    "organisation. Note every disclosure."
)
_POLICY = "At all times, follow the organisation's policy or the terms of your contract."


def before_card_pdf(head: Letterhead) -> bytes:
    """The five key points on one page. Raises UnprintableText or TextTooLong."""
    return rows_pdf(head, BEFORE, _points)


def collection_chart_pdf(head: Letterhead) -> bytes:
    """The decision on taking an image, on one page. Raises PaperTooSmall on A5, UnprintableText or
    TextTooLong."""
    return _chart(head, COLLECTION, COLLECTION_NODES, COLLECTION_END)


def disclosure_chart_pdf(head: Letterhead) -> bytes:
    """The decision on showing one. Raises as `collection_chart_pdf`."""
    return _chart(head, DISCLOSURE, DISCLOSURE_NODES, DISCLOSURE_END)


def _points(width: float) -> Iterator[Row]:
    for place, (point, said) in enumerate(KEY_POINTS, start=1):
        yield running(f"{place}  {point}", width, _POINT, gap=5.0, keeps_next=True)
        yield running(said, width, _SAID, gap=1.0)
    yield running(NOT_ADVICE, width, gap=7.0)


def _chart(head: Letterhead, title: str, nodes: Sequence[Node], end: str) -> bytes:
    about = head.about(title)
    if about.width < _LEAST_WIDTH_MM:
        raise PaperTooSmall(what="A decision chart", size=head.paper.value)

    def draw(_document: PdfDocument, pen: Pen, layout: Layout) -> None:
        _draw_chart(pen, layout, about.body, nodes, end)

    return drawn_pages_pdf(about, [draw])


def _draw_chart(pen: Pen, layout: Layout, body: Box, nodes: Sequence[Node], end: str) -> None:
    """Questions down the left; at the right, beside each, where the other answer leads."""
    banner = wrapped(_POLICY, _NODE, body.width)
    pen.write(banner, layout.place("policy", body.top(banner.height_mm)))
    y = body.y + banner.height_mm + 3.0
    column = body.width * 0.47
    for node in nodes:
        box = _boxed(pen, layout, Box(body.x, y, column, 0.0), f"{node.code}  {node.asks}", _NODE)
        right = Box(body.x + body.width - column, y, column, 0.0)
        bottom = _draw_aside(pen, layout, node, right, box.right)
        y = max(box.bottom, bottom) + _ARROW_MM
        if (down := _down(node)) and box.bottom < y:
            x = body.x + 10.0
            pen.fill(Box(x, box.bottom, 0.3, y - box.bottom))
            pen.write(SetText(lines=(down,), lettering=_ANSWER), Box(x + 2.0, y - 7.0, 20.0, 5.0))
    _boxed(pen, layout, Box(body.x, y, body.width, 0.0), end, _NODE, line_mm=0.7)
    note = wrapped(NOT_ADVICE, _END, body.width)
    pen.write(note, layout.place("note", body.below(body.height - note.height_mm)))


def _draw_aside(pen: Pen, layout: Layout, node: Node, at: Box, start: float) -> float:
    """Where the answers at the right lead, one below another, joined to the question that ends at
    `start`; the bottom of the last."""
    joint, y, bottom = (start + at.x) / 2, at.y, at.y
    for place, (answer, leads) in enumerate(_aside(node)):
        ended = _boxed(pen, layout, Box(at.x, y, at.width, 0.0), f"{answer}: {leads}", _END)
        if place:
            pen.fill(Box(joint, at.y + 3.0, 0.2, ended.y - at.y))
        begins = joint if place else start
        pen.rule(x=begins, y=ended.y + 3.0, width=at.x - begins)
        y, bottom = ended.bottom + 3.0, ended.bottom
    return bottom


def _aside(node: Node) -> list[tuple[str, str]]:
    return [(answer, leads) for answer, leads in (("YES", node.yes), ("NO", node.no)) if leads]


def _down(node: Node) -> str:
    """The answer that leads to the next question; none where both lead to the end."""
    return "YES" if not node.yes else "NO" if not node.no else "then"


def _boxed(
    pen: Pen, layout: Layout, at: Box, text: str, lettering: Lettering, *, line_mm: float = 0.25
) -> Box:
    words = wrapped(text, lettering, at.width - 2 * _PADDING_MM)
    box = Box(at.x, at.y, at.width, words.height_mm + 2 * _PADDING_MM)
    pen.outline(layout.place(f"{text} {at.y}", box), line_mm=line_mm)
    pen.write(words, box.inset(_PADDING_MM))
    return box
