"""The shipped fonts, and the promise that nothing prints as a box or a blank."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop.printing.faces import JOINERS, clusters, face_for, shaped
from desktop.printing.problems import UnprintableText
from desktop.settings import fonts_folder
from desktop.shipped import shipped

SANS = "NotoSans"
BOLD = "NotoSans-Bold"
MONO = "NotoSansMono"
MONO_BOLD = "NotoSansMono-Bold"

_FILES = {
    SANS: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    MONO: "NotoSansMono-Regular.ttf",
    MONO_BOLD: "NotoSansMono-Bold.ttf",
}
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
_BETWEEN = " -'\u2019.\u00b7"  # may stand inside a run of another script


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line, drawn in one go: text of a shipped font, or letters of another face that
    were shaped together."""

    text: str
    is_shaped: bool


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to reportlab. Costs a quarter of a second the first time."""
    for name, file_name in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(shipped("fonts", file_name))))


def printable(text: str, *, what: str, mono: bool = False) -> str:
    """`text` as it will be printed: composed (NFC), without invisible marks, tabs as spaces.

    Raises UnprintableText, which names `what` and each character that no face can draw. Line breaks
    stay. A `mono` text, where each sign counts, is held to its own font.
    """
    register_fonts()
    if _is_plain(text):
        return text
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    plain = "\n".join(composed.replace("\t", " ").splitlines())
    missing = sorted(
        {part for part in clusters(plain) if part != "\n" and not _drawn(part, mono=mono)}
    )
    if missing:
        raise UnprintableText(
            what=what, characters=", ".join(map(_named, missing)), folder=str(fonts_folder())
        )
    return plain


def spelled_out(text: str) -> str:
    """`text` on one line with each character that has no glyph as its code, like [U+1F600].

    For what a device says (file names); never for a person's name, which `printable` refuses.
    """
    register_fonts()
    if _is_plain(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        part if _drawn(part) else "".join(f"[U+{ord(each):04X}]" for each in part)
        for part in clusters(composed)
    )


@lru_cache(maxsize=4000)
def runs(line: str, font: str) -> tuple[Run, ...]:
    """One printable line in pieces, from left to right. Letters of another script that follow one
    another, with the spaces between them, are one piece: so they join, and one that is written
    from right to left reads that way within the line."""
    register_fonts()
    pieces: list[Run] = []
    for part in clusters(line):
        is_shaped = not _has_all(part, (font,))
        if (
            pieces
            and pieces[-1].is_shaped is is_shaped
            and _fits(pieces[-1].text + part, is_shaped)
        ):
            pieces[-1] = Run(pieces[-1].text + part, is_shaped)
        else:
            pieces.append(Run(part, is_shaped))
    return tuple(_joined(pieces))


def _is_plain(text: str) -> bool:
    """Whether each shipped font has all of it: most texts are, and need no closer look."""
    return text.isascii() and text.isprintable()


def _joined(pieces: list[Run]) -> list[Run]:
    """Shaped pieces with only a space or a hyphen between them, made one."""
    joined: list[Run] = []
    for piece in pieces:
        if piece.is_shaped and len(joined) > 1 and joined[-2].is_shaped:
            whole = joined[-2].text + joined[-1].text + piece.text
            if not joined[-1].text.strip(_BETWEEN) and _fits(whole, True):
                joined[-2:] = [Run(whole, True)]
                continue
        joined.append(piece)
    return joined


def _fits(text: str, is_shaped: bool) -> bool:
    return not is_shaped or face_for(text) is not None


def text_width(text: str, font: str, size: float) -> float:
    """The width in millimetres of one line of `text` at `size` points."""
    register_fonts()
    if text.isascii():
        return _text_points(text, font, size) / 72 * 25.4
    points = sum(run_width(run, font, size) for run in runs(text, font))
    return points / 72 * 25.4


def run_width(run: Run, font: str, size: float) -> float:
    """The width of one piece in points."""
    if run.is_shaped:
        return shaped(run.text).advance * size
    return _text_points(run.text, font, size)


def _text_points(text: str, font: str, size: float) -> float:
    """As `stringWidth` of reportlab, of a text that the font has; three times as fast."""
    return 0.001 * size * sum(map(_widths(font).__getitem__, text))


@cache
def _widths(font: str) -> dict[str, float]:
    widths = pdfmetrics.getFont(font).face.charWidths
    return {chr(code): float(width) for code, width in widths.items()}


@lru_cache(maxsize=2000)
def text_font(text: str) -> str | None:
    """The name under which reportlab knows the face of a shaped run; None where it cannot read that
    kind of font."""
    face = face_for(text)
    return None if face is None else _known_to_reportlab(face.path)


@cache
def _known_to_reportlab(path: Path) -> str | None:
    name = f"{path.stem}-unseen"
    try:
        pdfmetrics.registerFont(TTFont(name, str(path)))
    except TTFError:
        return None
    return name


def _drawn(part: str, *, mono: bool = False) -> bool:
    """Whether a letter with its marks can be drawn, in the regular and the bold face alike."""
    if unicodedata.category(part[0])[0] in "CM" or unicodedata.category(part[0]) in {"Zl", "Zp"}:
        return False
    if _has_all(part, (MONO, MONO_BOLD) if mono else (SANS, BOLD)):
        return True
    return not mono and face_for(part) is not None


def _has_all(part: str, fonts: tuple[str, ...]) -> bool:
    """A mark that composes with no letter would land beside it unless it is shaped."""
    if len(part) > 1:
        return False
    return all(ord(part) in pdfmetrics.getFont(font).face.charToGlyph for font in fonts)


def _named(part: str) -> str:
    each = next((one for one in part[1:] if one not in JOINERS), part[0]) if len(part) > 1 else part
    code = f"U+{ord(each):04X}"
    if unicodedata.category(each)[0] in "CM":
        return f"{unicodedata.name(each, 'control character').lower()} ({code})"
    return f"{each} ({code})"
