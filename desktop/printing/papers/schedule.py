"""The list of what is given to somebody, each file with what proves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.fonts import MONO
from desktop.printing.form_rows import chosen, written
from desktop.printing.lettering import SMALLEST, Lettering
from desktop.printing.paged_rows import Row, columns, heading, running

_FINGERPRINT = Lettering(font=MONO, size=SMALLEST)
_AT = 8.0
COMPARE = (
    "Each file can be compared: SHA-256 of what arrived has to be what stands under its number."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleItem:
    """One file: what it is in words, and the SHA-256 of its bytes in hex, empty where there is no
    file."""

    words: str
    sha256: str = ""


def schedule(items: Sequence[ScheduleItem], width: float, *, count_lines: int) -> Iterator[Row]:
    """The heading and the files by number, or so many lines for a pen."""
    if not items:
        yield heading("What is listed", width)
        yield from written(width, lines=count_lines)
        return
    yield heading(f"What is listed: {len(items)}", width)
    has_fingerprint = any(one.sha256 for one in items)
    for place, item in enumerate(items, start=1):
        texts, places = (f"{place}.", item.words), (0.0, _AT)
        yield columns(texts, places, width, gap=1.2, keeps_next=bool(item.sha256))
        if item.sha256:
            yield columns(("", item.sha256), places, width, _FINGERPRINT)
    if has_fingerprint:
        yield running(COMPARE, width, gap=2.0)


def decision(
    items: Sequence[ScheduleItem], withheld: str, width: float, *, whole: str, part: str
) -> Iterator[Row]:
    """What was decided, ticked by what is listed and what was withheld; blank, for a pen."""
    choices = (
        (whole, bool(items) and not withheld),
        (part, bool(items and withheld)),
        ("declined", False),
    )
    yield from chosen("Decision", choices, width)
