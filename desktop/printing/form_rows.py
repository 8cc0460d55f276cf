"""Rows of a form that is filled in by the program, or blank and by a pen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.printing.fonts import printable
from desktop.printing.lettering import SetText, wrapped
from desktop.printing.paged_rows import SMALL, TEXT, TEXT_BOLD, TICK_BOX_MM, Row

_PEN_GAP_MM, _PEN_MM = 3.0, 5.0  # a hand needs 8 mm, and the caption stands at its line
_CAPTION_MM, _AFTER_NAME_MM = 42.0, 3.0
_WORD_GAP_MM = 1.5
_CHOICE_GAP_MM = 5.0
_INITIALS_MM = 20.0
WIDE_MM = 130.0


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


def side_by_side(captions: Sequence[str], width: float) -> Iterator[Row]:
    """Captions with a line to write on each, in one row where the paper is wide enough."""
    if width <= WIDE_MM:
        for caption in captions:
            yield from filled_in(caption, "", width)
        return
    room = width / len(captions)
    texts: list[tuple[float, SetText]] = []
    rules: list[tuple[float, float]] = []
    for place, caption in enumerate(captions):
        at = place * room
        name = TEXT_BOLD.width_mm(caption) + _AFTER_NAME_MM
        line = name if place else max(name, _CAPTION_MM)
        is_last = place + 1 == len(captions)
        texts.append((at, SetText(lines=(caption,), lettering=TEXT_BOLD)))
        rules.append((at + line, room - line - (0.0 if is_last else _CHOICE_GAP_MM)))
    yield Row(texts=tuple(texts), gap=_PEN_GAP_MM, least=_PEN_MM, rules=tuple(rules))


def written(width: float, *, lines: int = 1, keeps_next: bool = False) -> Iterator[Row]:
    """Lines to write on over the whole width."""
    for place in range(lines):
        more = place + 1 < lines or keeps_next
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


def chosen_and_named(
    caption: str, choices: Sequence[str], name: str, width: float
) -> Iterator[Row]:
    """A caption, choices beside it, and a name to write: in the same row where the paper is wide
    enough."""
    (row,) = chosen(caption, [(one, False) for one in choices], width)
    if width <= WIDE_MM:
        yield row
        yield from filled_in(name, "", width)
        return
    at = _CAPTION_MM + sum(map(_choice_mm, choices))
    line = at + TEXT_BOLD.width_mm(name) + _AFTER_NAME_MM
    words = SetText(lines=(name,), lettering=TEXT_BOLD)
    yield replace(
        row,
        texts=(*row.texts, (at, words)),
        gap=_PEN_GAP_MM,
        least=_PEN_MM,
        rules=((line, width - line),),
    )


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


def tick_and_say(text: str, asks: str, width: float, *, gap: float = 3.0) -> Row:
    """A box, what it stands for, and under it what is asked, with a line to write on beside."""
    at = TICK_BOX_MM + _WORD_GAP_MM
    words = wrapped(f"{text}\n{asks}", TEXT, width - at)
    line = at + TEXT.width_mm(words.lines[-1]) + _AFTER_NAME_MM
    return Row(
        texts=((at, words),),
        gap=gap,
        boxes=((0.0, False),),
        line_from=line,
    )


def all_to_tick(texts: Sequence[str], width: float, *, ticked: Sequence[str] = ()) -> Iterator[Row]:
    """Boxes with their words, two in a row where the paper is wide enough for all of them, with a
    cross in those that are `ticked`. They stay together."""
    at = TICK_BOX_MM + _WORD_GAP_MM
    longest = max(map(TEXT.width_mm, texts))
    columns = 2 if width > WIDE_MM or longest <= width / 2 - at - 3.0 else 1
    room = width / columns
    for first in range(0, len(texts), columns):
        shown = texts[first : first + columns]
        yield Row(
            texts=tuple(
                (place * room + at, wrapped(text, TEXT, room - at - 3.0))
                for place, text in enumerate(shown)
            ),
            gap=0.8,
            boxes=tuple((place * room, text in ticked) for place, text in enumerate(shown)),
            least=TICK_BOX_MM + 0.6,
            keeps_next=first + columns < len(texts),
        )


def to_sign(
    captions: Sequence[str],
    width: float,
    *,
    parts: Sequence[float] = (),
    keeps_next: bool = False,
) -> Iterator[Row]:
    """Lines side by side, each with its caption below; `parts` are their shares of the width, which
    are even where they are not said."""
    shares = parts or [1 / len(captions)] * len(captions)
    rooms = [share * width for share in shares]
    places = [sum(rooms[:place]) for place in range(len(rooms))]
    yield Row(
        texts=(),
        gap=3.0,
        least=_PEN_MM,
        keeps_next=True,
        rules=tuple((place, room - 5.0) for place, room in zip(places, rooms, strict=True)),
    )
    names = tuple(
        (place, wrapped(caption, SMALL, room - 5.0))
        for place, room, caption in zip(places, rooms, captions, strict=True)
    )
    yield Row(texts=names, gap=0.3, keeps_next=keeps_next)


def _choice_mm(word: str) -> float:
    return TICK_BOX_MM + _WORD_GAP_MM + TEXT.width_mm(word) + _CHOICE_GAP_MM
