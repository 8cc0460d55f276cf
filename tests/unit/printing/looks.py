"""How every document looks, written down: `python -m tests.unit.printing.looks` writes it anew.

Each page of each calm document on A4 is a picture of letters, one for each field of 10.5 mm, by how
much ink lies in it: whoever changes a document sees in the difference where. Look at the pages
(`gallery`) before the new looks are kept.
"""

from pathlib import Path

from PIL import Image

from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.every_paper import EVERY
from tests.unit.printing.reading import pages
from tests.unit.printing.said import CALM

KEPT = Path(__file__).parent / "looks"
_LEVELS = ".123456789abcdefghijklmnopqrstuvwxyz"
_COLUMNS, _ROWS = 20, 28
_DPI = 36
_TOLERATED = 4
"""Of 35 levels: fonts and edges are drawn a little otherwise by another PDFium, and a code or a
number of the office is another each time."""


def looks_of(name: str) -> str:
    """The looks of a document now, page by page."""
    return "\n".join(_look(page) for page in pages(EVERY[name](CALM, Paper.A4), dpi=_DPI))


def kept_looks(name: str) -> str:
    """Those it had when somebody looked at it last; empty where nobody did."""
    path = KEPT / f"{name}.txt"
    return path.read_text(encoding="ascii") if path.exists() else ""


def differences(now: str, kept: str) -> list[str]:
    """Where two looks differ by more than chance, in words."""
    if len(now) != len(kept):
        return [f"{_pages(now)} pages, not {_pages(kept)}"]
    return [
        f"page {row // (_ROWS + 1) + 1}, {row % (_ROWS + 1) * 10.5:.0f} mm down, "
        f"{column * 10.5:.0f} mm across: {was} is {is_now}"
        for row, (line, other) in enumerate(zip(now.split("\n"), kept.split("\n"), strict=True))
        for column, (is_now, was) in enumerate(zip(line, other, strict=True))
        if abs(_LEVELS.index(is_now) - _LEVELS.index(was)) > _TOLERATED
    ]


def _look(page: Image.Image) -> str:
    fields = page.convert("L").resize((_COLUMNS, _ROWS), Image.Resampling.BOX).tobytes()
    # the root, for a line of text is little ink
    letters = [_LEVELS[round((1 - value / 255) ** 0.5 * (len(_LEVELS) - 1))] for value in fields]
    rows = ("".join(letters[at : at + _COLUMNS]) for at in range(0, len(letters), _COLUMNS))
    return "".join(f"{row}\n" for row in rows)


def _pages(looks: str) -> int:
    return len(looks) // (_ROWS * (_COLUMNS + 1))


def main() -> None:
    """Keep how everything looks now."""
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("*.txt"):
        old.unlink()
    for name in EVERY:
        (KEPT / f"{name}.txt").write_text(looks_of(name), encoding="ascii")


if __name__ == "__main__":
    main()
