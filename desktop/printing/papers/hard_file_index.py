"""The hard-file index: every paper of a patient, volume by volume, from the register (R79)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.printing.paged_rows import (
    SMALL,
    SMALL_BOLD,
    TEXT,
    TEXT_BOLD,
    Row,
    columns,
    heading,
    running,
)
from desktop.printing.papers.letterhead import Letterhead, rows_pdf

TITLE = "HARD-FILE INDEX"
EMPTY = "No paper of this patient is in the register."

_HEADINGS = ("No.", "Paper", "Copy", "Pages", "Printed", "In the chart", "Out, or where it is")
_PARTS = (0.0, 0.165, 0.335, 0.405, 0.48, 0.615, 0.75)
_NARROW_PARTS = (0.0, 0.202, 0.35, 0.428, 0.522, 0.673, 0.828)
_NARROW_MM = 130.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """One copy, every cell in words; `volume` is empty where it is in none."""

    volume: str
    number: str
    kind: str
    copy: str
    pages: str
    printed: str
    in_chart: str
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HardFileIndex:
    """The lines, in the order they are printed within each volume."""

    head: Letterhead
    lines: Sequence[IndexLine]


def hard_file_index_pdf(index: HardFileIndex) -> bytes:
    """The index as a PDF. Raises UnprintableText, TextTooLong or SheetTooLong."""
    return rows_pdf(index.head, TITLE, lambda width: _rows(index, width))


def _rows(index: HardFileIndex, width: float) -> Iterator[Row]:
    if not index.lines:
        yield running(EMPTY, width)
    is_narrow = width < _NARROW_MM
    lettering, titles = (SMALL, SMALL_BOLD) if is_narrow else (TEXT, TEXT_BOLD)
    places = [part * width for part in (_NARROW_PARTS if is_narrow else _PARTS)]
    for volume in dict.fromkeys(line.volume for line in index.lines):
        name = f"Volume {volume}" if volume else "In no volume"
        titled = columns(_HEADINGS, places, width, titles, keeps_next=True)
        again = (heading(f"{name}, continued", width), titled)
        yield heading(name, width)
        yield titled
        for line in index.lines:
            if line.volume == volume:
                about = (line.number, line.kind, line.copy, line.pages)
                cells = (*about, line.printed, line.in_chart, line.left)
                yield columns(cells, places, width, lettering, gap=1.2, again=again)
