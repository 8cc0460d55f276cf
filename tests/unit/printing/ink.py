"""What a page is drawn with, watched while it is drawn: where each text, code and picture lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations

import pytest

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument
from desktop.printing.lettering import SetText
from desktop.printing.pen import Pen
from desktop.printing.photo import draw_photo

_TOUCH_MM = 0.05
_POINT = 25.4 / 72
_RISES, _FALLS = 0.80, 0.22  # of its size: how far letters go above and below their line


@dataclass(frozen=True, slots=True)
class Ink:
    """One text line, code or picture on a page, counted from 0."""

    page: int
    what: str
    box: Box


class Watch:
    """Stands beside the pen, and notes what it draws before it does."""

    def __init__(self) -> None:
        self.seen: list[Ink] = []
        self._page = 0
        self._write, self._qr, self._end_page = Pen.write, Pen.qr, PdfDocument.end_page

    def over(self, patch: pytest.MonkeyPatch) -> None:
        """Take the places of what draws."""
        watch = self

        def on_write(self: Pen, text: SetText, box: Box, *, align: str = "left") -> None:
            watch.note_text(text, box, align)
            watch._write(self, text, box, align=align)

        def on_qr(self: Pen, content: str, box: Box) -> None:
            watch.note(f"code {content}", box)
            watch._qr(self, content, box)

        def on_photo(document: PdfDocument, image: PaperImage, box: Box) -> None:
            watch.note("picture", box)
            draw_photo(document, image, box)

        def on_end(self: PdfDocument) -> None:
            watch._end_page(self)
            watch._page += 1

        patch.setattr(Pen, "write", on_write)
        patch.setattr(Pen, "qr", on_qr)
        patch.setattr(PdfDocument, "end_page", on_end)
        for place in ("picture_block", "recording_block", "papers.pictures", "pen"):
            patch.setattr(f"desktop.printing.{place}.draw_photo", on_photo)

    def note(self, what: str, box: Box) -> None:
        """One thing on the page that is drawn now."""
        self.seen.append(Ink(self._page, what, box))

    def note_text(self, text: SetText, box: Box, align: str) -> None:
        """Each line by its letters: the room above and below them may lie over others'."""
        set_in = text.lettering
        em = set_in.size * _POINT
        for row, line in enumerate(text.lines):
            width = set_in.width_mm(line)
            spare = box.width - width
            x = box.x + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
            top = box.y + row * set_in.line_mm + set_in.baseline_mm - _RISES * em
            if line.strip():
                self.note(line, Box(x, top, width, (_RISES + _FALLS) * em))


@contextmanager
def watched() -> Iterator[list[Ink]]:
    """Everything that is drawn meanwhile, in its order."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        watch.over(patch)
        yield watch.seen


def collisions(seen: list[Ink]) -> list[str]:
    """What lies over something else on its page."""
    return [
        f"page {one.page}: {one.what!r} {one.box} over {other.what!r} {other.box}"
        for one, other in combinations(seen, 2)
        if one.page == other.page and _smaller(one.box).overlaps(_smaller(other.box))
    ]


def outside(seen: list[Ink], area: Box) -> list[str]:
    """What leaves the area."""
    return [f"{one.what!r} {one.box}" for one in seen if not area.holds(_smaller(one.box))]


def _smaller(box: Box) -> Box:
    return box.inset(_TOUCH_MM)
