"""One line of text on the page: as text where a shipped font has it, else as outlines."""

import re
import unicodedata

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.faces import JOINERS, clusters, shaped
from desktop.printing.fonts import BOLD, MONO_BOLD, Run, run_width, runs, text_font
from desktop.printing.lettering import Lettering

_SEEN, _UNSEEN = 0, 3
_OTHERS = re.compile(rb"[^ -~]|[()\\]")
_PLAIN = frozenset(range(0x20, 0x7F)) - frozenset(b"()\\")
_BOLDER = 0.035  # of the size: how much wider outlines are drawn where the line is bold


def draw_line(canvas: Canvas, line: str, lettering: Lettering, *, x: float, y: float) -> None:
    """Draw a printable line from `x` on the baseline `y`, both in points, in the colour that is
    set. Under what is drawn as outlines lies the same text unseen, so that it can be searched and
    copied (ISO 32000-1, 9.3.6 and 14.9.4)."""
    for run in runs(line, lettering.font):
        if run.is_shaped:
            _draw_outlines(canvas, run, lettering, x, y)
        else:
            _draw_text(canvas, run.text, lettering, x, y)
        x += run_width(run, lettering.font, lettering.size)


def _draw_text(canvas: Canvas, text: str, lettering: Lettering, x: float, y: float) -> None:
    """As `drawString` of reportlab, which takes five times as long for a line of a sheet."""
    store = canvas._doc  # noqa: SLF001 - as below
    font = pdfmetrics.getFont(lettering.font)
    shown = [
        f"{font.getSubsetInternalName(subset, store)} {lettering.size:g} Tf ({_escaped(codes)}) Tj"
        for subset, codes in font.splitString(text, store)
    ]
    content = canvas._code  # noqa: SLF001 - marked content has no public name in reportlab
    content.append(f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm {' '.join(shown)} ET")


def _escaped(codes: bytes) -> str:
    """For a literal string (ISO 32000-1, 7.3.4.2)."""
    if _OTHERS.search(codes) is None:
        return codes.decode("ascii")
    return "".join(chr(code) if code in _PLAIN else f"\\{code:03o}" for code in codes)


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
