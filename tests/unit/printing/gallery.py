"""Every document as a page to look at: `python -m tests.unit.printing.gallery OUT [NAME …]`."""

import sys
from dataclasses import replace
from pathlib import Path

from desktop.printing.problems import PaperTooSmall, TextTooLong, UnprintableText
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.every_paper import EVERY
from tests.unit.printing.said import BLANK, CALM, HARD, HARD_OWN, OWN, SCRIPTS

_CASES = {
    "calm": CALM,
    "own": replace(CALM, own=OWN),
    "blank": BLANK,
    "hard": HARD,
    "hard-own": replace(HARD, own=HARD_OWN, count=4),
    "scripts": SCRIPTS,
}


def main(out: str, *names: str) -> None:
    """Write each document on each paper, and say which was refused and why."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or EVERY:
        for case, said in _CASES.items():
            for paper in Paper:
                try:
                    pdf = EVERY[name](said, paper)
                except (PaperTooSmall, TextTooLong, UnprintableText) as refused:
                    sys.stdout.write(f"{name} {case} {paper}: {refused}\n")
                    continue
                (folder / f"{name}-{case}-{paper.value}.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main(*sys.argv[1:])
