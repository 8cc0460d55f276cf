"""The accounting of disclosures: all that left the office of one patient's images (R97)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.paged_rows import Row, captioned, heading, running
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

TITLE = "ACCOUNTING OF DISCLOSURES"
NOTHING = "Nothing of this patient's images has left the office, as far as the record says."
ALL = (
    "Every copy and every original of this patient's images that was given to somebody, from the "
    "record, the newest first. What went to paper is in the register of sheets."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLine:
    """One time that something left, in words: a heading, and captions with what stands beside."""

    heading: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosures:
    """The lines in the order they are printed."""

    head: Letterhead
    lines: Sequence[DisclosureLine]


def disclosures_pdf(accounting: Disclosures) -> bytes:
    """The accounting as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong."""
    return rows_pdf(accounting.head, TITLE, lambda width: _rows(accounting, width))


def _rows(accounting: Disclosures, width: float) -> Iterator[Row]:
    yield running(ALL, width)
    if not accounting.lines:
        yield running(NOTHING, width, gap=4.0)
    else:
        yield running(f"Number of disclosures: {len(accounting.lines)}.", width)
    for line in accounting.lines:
        yield heading(line.heading, width)
        for caption, text in line.facts:
            yield captioned(caption, text, width)
