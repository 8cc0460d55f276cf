"""The shipped fonts, and the promise that nothing prints as a box or a blank."""

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.printing.problems import UnprintableText
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
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to reportlab. Costs a quarter of a second the first time."""
    for name, file_name in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(shipped("fonts", file_name))))


def printable(text: str, *, what: str, mono: bool = False) -> str:
    """`text` as it will be printed: composed (NFC), without invisible marks, tabs as spaces.

    Raises UnprintableText, which names `what` and each character without a glyph. Line breaks
    stay. A mark that composes with no letter is refused too: unshaped, it would land beside it.
    """
    register_fonts()
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    plain = "\n".join(composed.replace("\t", " ").splitlines())
    fonts = (MONO, MONO_BOLD) if mono else (SANS, BOLD)
    missing = sorted({each for each in plain if each != "\n" and not _drawn(each, fonts)})
    if missing:
        raise UnprintableText(what=what, characters=", ".join(map(_named, missing)))
    return plain


def spelled_out(text: str) -> str:
    """`text` on one line with each character that has no glyph as its code, like [U+1F600].

    For what a device says (file names); never for a person's name, which `printable` refuses.
    """
    register_fonts()
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        each if _drawn(each, (SANS, BOLD)) else f"[U+{ord(each):04X}]" for each in composed
    )


def text_width(text: str, font: str, size: float) -> float:
    """The width in millimetres of one line of `text` at `size` points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size)) / 72 * 25.4


def _drawn(character: str, fonts: tuple[str, ...]) -> bool:
    if unicodedata.category(character)[0] in "CM" or unicodedata.category(character) in {
        "Zl",
        "Zp",
    }:
        return False
    return all(ord(character) in pdfmetrics.getFont(font).face.charToGlyph for font in fonts)


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character)[0] in "CM":
        return f"{unicodedata.name(character, 'control character').lower()} ({code})"
    return f"{character} ({code})"
