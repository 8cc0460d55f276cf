"""The faces of other scripts: what they cover, and their letters joined and set as outlines.

Latin, Greek and Cyrillic stay text in Noto Sans. What Noto Sans lacks is shaped by HarfBuzz with
the first face that has all of it, and drawn as outlines: the fonts of a PDF would lose which
letters the joined shapes stand for.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

from desktop.settings import fonts_folder
from desktop.shipped import shipped

_ENDINGS = {".ttf", ".otf", ".ttc"}
_LAST = "DroidSansFallback.ttf"  # it has a little of many scripts, and those have better faces

Move = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A run of one face, set. `moves` are outlines for an em of 1, from the start of the baseline:
    `m` and `l` with (x, y), `c` with three points, `h` closes; `advance` is its width in ems."""

    moves: tuple[Move, ...]
    advance: float
    is_whole: bool


class Face:
    """One font file. `covers` and `shape` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._characters = frozenset(self._face.unicodes)

    def covers(self, text: str) -> bool:
        """Whether it has a glyph for each character; joiners are no characters of their own."""
        return all(ord(one) in self._characters or one in JOINERS for one in text)

    def shape(self, text: str) -> Shaped:
        """Join and set one run of text of one direction."""
        font = hb.Font(self._face)
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {"kern": True, "liga": True})
        pen = _Outline(self._face.upem)
        is_whole = True
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            is_whole = is_whole and info.codepoint != 0
            pen.draw(font, info.codepoint, at)
        return Shaped(moves=tuple(pen.moves), advance=pen.x / self._face.upem, is_whole=is_whole)


class _Outline:
    """Collects the outlines of glyphs set one after the other."""

    def __init__(self, upem: int) -> None:
        self.moves: list[Move] = []
        self.x = 0.0
        self._upem = upem
        self._shift = (0.0, 0.0)
        self._last = (0.0, 0.0)
        self._funcs = hb.DrawFuncs()
        self._funcs.set_move_to_func(lambda x, y, _: self._go("m", (x, y)))
        self._funcs.set_line_to_func(lambda x, y, _: self._go("l", (x, y)))
        self._funcs.set_cubic_to_func(
            lambda a, b, c, d, x, y, _: self._go("c", (a, b), (c, d), (x, y))
        )
        self._funcs.set_quadratic_to_func(lambda a, b, x, y, _: self._bend((a, b), (x, y)))
        self._funcs.set_close_path_func(lambda _: self.moves.append(("h", ())))

    def draw(self, font: hb.Font, glyph: int, at: hb.GlyphPosition) -> None:
        """One glyph where the last one ended."""
        self._shift = (self.x + at.x_offset, float(at.y_offset))
        font.draw_glyph(glyph, self._funcs)
        self.x += at.x_advance

    def _go(self, kind: str, *points: tuple[float, float]) -> None:
        self._last = points[-1]
        dx, dy = self._shift
        flat = (((x + dx) / self._upem, (y + dy) / self._upem) for x, y in points)
        self.moves.append((kind, tuple(value for point in flat for value in point)))

    def _bend(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        """A quadratic curve as the cubic that a PDF knows."""
        start = self._last
        first = tuple(s + 2 / 3 * (c - s) for s, c in zip(start, control, strict=True))
        second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True))
        self._go("c", (first[0], first[1]), (second[0], second[1]), end)


JOINERS = "\u200c\u200d"
"""They stand between letters and say whether these join."""


@cache
def faces() -> tuple[Face, ...]:
    """Every face that may stand in: the shipped ones, then those of the office's own folder. A file
    that is no font is left out."""
    own = fonts_folder()
    added = sorted(own.iterdir()) if own.is_dir() else []
    found = sorted(shipped("fonts", "scripts").iterdir(), key=lambda path: path.name == _LAST)
    primary = shipped("fonts", "NotoSans-Regular.ttf")
    return tuple(_read([primary, *found, *added]))


def _read(paths: list[Path]) -> Iterator[Face]:
    for path in paths:
        if path.suffix.lower() in _ENDINGS:
            try:
                yield Face(path)
            except (hb.HarfBuzzError, OSError, ValueError):
                continue


@lru_cache(maxsize=2000)
def face_for(text: str) -> Face | None:
    """The first face that has all of this text, and joins it without a gap; None if none has."""
    for face in faces():
        if face.covers(text) and face.shape(text).is_whole:
            return face
    return None


@lru_cache(maxsize=2000)
def shaped(text: str) -> Shaped:
    """A run that `face_for` has a face for, set. Raises LookupError for any other."""
    face = face_for(text)
    if face is None:
        raise LookupError(text)
    return face.shape(text)


def clusters(text: str) -> list[str]:
    """What may not be taken apart: letters, each with the marks and joiners that belong to it."""
    if text.isascii():
        return list(text)
    parts: list[str] = []
    for one in text:
        if parts and (unicodedata.category(one)[0] == "M" or one in JOINERS):
            parts[-1] += one
        else:
            parts.append(one)
    return parts
