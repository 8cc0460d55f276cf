"""Rows of a form that is filled in by the program, or blank and by a pen."""

from collections.abc import Iterator, Sequence

from desktop.printing.fonts import printable
from desktop.printing.lettering import SetText, wrapped
from desktop.printing.paged_rows import SMALL, TEXT, TEXT_BOLD, TICK_BOX_MM, Row

_PEN_GAP_MM, _PEN_MM = 3.0, 5.0  # a hand needs 8 mm, and the caption stands at its line
_CAPTION_MM = 42.0
_WORD_GAP_MM = 1.5
_CHOICE_GAP_MM = 5.0
_INITIALS_MM = 20.0
_WIDE_MM = 130.0


def filled_in(caption: str, said: str, width: float, *, lines: int = 1) -> Iterator[Row]:
    """A caption with what is said beside it, or with so many lines to write on."""
    name = (0.0, wrapped(caption, TEXT_BOLD, _CAPTION_MM - 3.0))
    if said:
        text = wrapped(printable(said, what=caption), TEXT, width - _CAPTION_MM)
        yield Row(texts=(name, (_CAPTION_MM, text)), gap=1.2)
        return
    for place in range(lines):
        yield Row(
            texts=(name,) if place == 0 else (),
            gap=_PEN_GAP_MM,
            line_from=_CAPTION_MM,
            least=_PEN_MM,
            keeps_next=place + 1 < lines,
        )


def written(width: float, *, lines: int = 1) -> Iterator[Row]:
    """Lines to write on over the whole width."""
    for place in range(lines):
        more = place + 1 < lines
        yield Row(texts=(), gap=_PEN_GAP_MM, line_from=0.0, least=_PEN_MM, keeps_next=more)


def ticked(
    asks: str, choices: Sequence[tuple[str, bool]], width: float, *, gap: float = 2.2
) -> Row:
    """What is asked, and at the right a box with a word for each choice, with a cross in those that
    are taken."""
    room = sum(_choice_mm(word) for word, _ in choices)
    texts: list[tuple[float, SetText]] = [(0.0, wrapped(asks, TEXT, width - room - 4.0))]
    boxes: list[tuple[float, bool]] = []
    place = width - room
    for word, is_ticked in choices:
        boxes.append((place, is_ticked))
        set_ = SetText(lines=(word,), lettering=TEXT)
        texts.append((place + TICK_BOX_MM + _WORD_GAP_MM, set_))
        place += _choice_mm(word)
    return Row(texts=tuple(texts), gap=gap, boxes=tuple(boxes), least=TICK_BOX_MM + 0.6)


def chosen(caption: str, choices: Sequence[tuple[str, bool]], width: float) -> Iterator[Row]:
    """A caption, and choices beside it, over as many rows as they need."""
    name = SetText(lines=(caption,), lettering=TEXT_BOLD)
    left: list[tuple[str, bool]] = list(choices)
    is_first = True
    while left:
        texts: list[tuple[float, SetText]] = [(0.0, name)] if is_first else []
        boxes: list[tuple[float, bool]] = []
        place = _CAPTION_MM
        while left and (not boxes or place + _choice_mm(left[0][0]) - _CHOICE_GAP_MM <= width):
            word, is_ticked = left.pop(0)
            boxes.append((place, is_ticked))
            set_ = wrapped(word, TEXT, width - place - TICK_BOX_MM - _WORD_GAP_MM)
            texts.append((place + TICK_BOX_MM + _WORD_GAP_MM, set_))
            place += _choice_mm(word)
        yield Row(
            texts=tuple(texts),
            gap=2.0 if is_first else 1.0,
            boxes=tuple(boxes),
            least=TICK_BOX_MM + 0.6,
            keeps_next=bool(left),
        )
        is_first = False


def to_tick(
    text: str, width: float, *, initials: bool = False, gap: float = 1.6, keeps_next: bool = False
) -> Row:
    """A box and what is agreed to by ticking it; with room for initials at the right."""
    at = TICK_BOX_MM + _WORD_GAP_MM
    room = width - at - (_INITIALS_MM + 3.0 if initials else 0.0)
    words = wrapped(printable(text, what="What is to be ticked"), TEXT, room)
    return Row(
        texts=((at, words),),
        gap=gap,
        boxes=((0.0, False),),
        least=TICK_BOX_MM + 1.0,
        keeps_next=keeps_next,
        rules=((width - _INITIALS_MM, _INITIALS_MM),) if initials else (),
    )


def all_to_tick(texts: Sequence[str], width: float) -> Iterator[Row]:
    """Boxes with their words, two in a row where the paper is wide enough."""
    columns = 2 if width > _WIDE_MM else 1
    room = width / columns
    at = TICK_BOX_MM + _WORD_GAP_MM
    for first in range(0, len(texts), columns):
        shown = texts[first : first + columns]
        yield Row(
            texts=tuple(
                (place * room + at, wrapped(text, TEXT, room - at - 3.0))
                for place, text in enumerate(shown)
            ),
            gap=1.2,
            boxes=tuple((place * room, False) for place in range(len(shown))),
            least=TICK_BOX_MM + 0.6,
        )


def to_sign(captions: Sequence[str], width: float, *, keeps_next: bool = False) -> Iterator[Row]:
    """Lines side by side, each with its caption below."""
    room = width / len(captions)
    places = [place * room for place in range(len(captions))]
    yield Row(
        texts=(),
        gap=3.0,
        least=_PEN_MM,
        keeps_next=True,
        rules=tuple((place, room - 5.0) for place in places),
    )
    names = tuple(
        (place, wrapped(caption, SMALL, room - 5.0))
        for place, caption in zip(places, captions, strict=True)
    )
    yield Row(texts=names, gap=0.3, keeps_next=keeps_next)


def _choice_mm(word: str) -> float:
    return TICK_BOX_MM + _WORD_GAP_MM + TEXT.width_mm(word) + _CHOICE_GAP_MM
