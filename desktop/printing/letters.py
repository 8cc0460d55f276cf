"""One line of text on the page: as text where a shipped font has it, else as outlines."""

import unicodedata

from reportlab.pdfgen.canvas import Canvas

from desktop.printing.faces import JOINERS, clusters, shaped
from desktop.printing.fonts import BOLD, MONO_BOLD, Run, run_width, runs, text_font
from desktop.printing.lettering import Lettering

_SEEN, _UNSEEN = 0, 3
_BOLDER = 0.035  # of the size: how much wider outlines are drawn where the line is bold


def draw_line(canvas: Canvas, line: str, lettering: Lettering, *, x: float, y: float) -> None:
    """Draw a printable line from `x` on the baseline `y`, both in points, in the colour that is
    set. Under what is drawn as outlines lies the same text unseen, so that it can be searched and
    copied (ISO 32000-1, 9.3.6 and 14.9.4)."""
    for run in runs(line, lettering.font):
        if run.is_shaped:
            _draw_outlines(canvas, run, lettering, x, y)
        else:
            canvas.setFont(lettering.font, lettering.size)
            canvas.drawString(x, y, run.text)
        x += run_width(run, lettering.font, lettering.size)


def _draw_outlines(canvas: Canvas, run: Run, lettering: Lettering, x: float, y: float) -> None:
    path, size = canvas.beginPath(), lettering.size
    draw = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "h": path.close}
    for kind, values in shaped(run.text).moves:
        places = (value * size + (y if odd % 2 else x) for odd, value in enumerate(values))
        draw[kind](*places)
    is_bold = lettering.font in {BOLD, MONO_BOLD}
    if is_bold:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(_BOLDER * size)
    content = canvas._code  # noqa: SLF001 - marked content has no public name in reportlab
    content.append(f"/Span <<{_actual_text(run.text)}>> BDC")
    canvas.drawPath(path, stroke=int(is_bold), fill=1, fillMode=1)
    if font := text_font(run.text):
        unseen = canvas.beginText(x, y)
        unseen.setFont(font, size)
        unseen.setTextRenderMode(_UNSEEN)
        unseen.textOut(_as_seen(run.text))
        unseen.setTextRenderMode(_SEEN)
        canvas.drawText(unseen)
    content.append("EMC")


def _actual_text(text: str) -> str:
    """Letter for letter as it was given. Readers take it for what lies from left to right, so text
    from right to left is left to what `_as_seen` gives."""
    if _is_from_the_right(text):
        return ""
    return f"/ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>"


def _as_seen(text: str) -> str:
    """The letters from left to right, as readers expect them to lie on a page; without joiners."""
    parts = clusters(text)
    if _is_from_the_right(text):
        parts.reverse()
    return "".join(letter for part in parts for letter in part if letter not in JOINERS)


def _is_from_the_right(text: str) -> bool:
    return unicodedata.bidirectional(text[0]) in {"R", "AL"}
