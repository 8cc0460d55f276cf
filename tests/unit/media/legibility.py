"""How often it is said rightly and wrongly of drawn pages that their writing is too small.

`python -m tests.unit.media.legibility` draws 360 and prints the table of docs/media.md.
"""

import sys
from collections import Counter
from collections.abc import Iterable

from desktop.media.decoding import describe
from desktop.media.description_wire import read_description
from desktop.media.quality_measure import LEAST_LETTER, LEAST_LETTER_MM, SHEET_WIDTH_MM
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.depiction import Subject
from desktop.records.facts.quality import Finding
from tests.unit.media.drawn_pages import PAGES, Shot, photo, shots

NEARLY = 0.15
"""Within so much of a limit either answer is as good."""


def room(shot: Shot) -> float:
    """The height of its small letters, in parts of the least that passes."""
    on_paper = shot.letters / shot.longest * SHEET_WIDTH_MM
    return min(shot.letters / LEAST_LETTER, on_paper / LEAST_LETTER_MM)


def is_warned_of(data: bytes) -> bool:
    """Whether the program says of this report that its writing may be too small."""
    asked = {"now": "2026-11-23T12:00:00+13:00", "pixels": True, "file_name": "a.jpg"}
    answer = describe(WorkerFile(len(data), whole=data), asked, lambda news: news)
    quality = read_description(answer.facts).quality
    assert quality is not None
    return Finding.HARD_TO_READ in quality.for_subject(Subject.PATHOLOGY_REPORT).findings


def answers(drawn: Iterable[Shot]) -> Counter[tuple[str, str]]:
    """How many there are of each page and answer: right or wrong, of small, large or near ones."""
    told: Counter[tuple[str, str]] = Counter()
    for shot in drawn:
        warned, share = is_warned_of(photo(shot)), room(shot)
        size = "near" if abs(share - 1) <= NEARLY else "small" if share < 1 else "large"
        told[shot.page, size] += 1
        told[shot.page, f"{size}, wrong"] += warned is (share >= 1)
    return told


def table(told: Counter[tuple[str, str]]) -> str:
    """As Markdown."""
    rows = [
        "| page | too small, not said | large enough, warned all the same | near a limit, wrong |"
    ]
    rows.append("|---|---|---|---|")
    for page in (*PAGES, "all"):
        pages = PAGES if page == "all" else (page,)

        def cell(size: str, pages: tuple[str, ...] = pages) -> str:
            wrong, of = (sum(told[one, part] for one in pages) for part in (f"{size}, wrong", size))
            return f"{wrong} of {of}" if of else "none drawn"

        rows.append(f"| {page} | {cell('small')} | {cell('large')} | {cell('near')} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table(answers(shots())) + "\n")
