"""Pages as they are photographed, drawn in memory, whose small letters are of a known height."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop.shipped import shipped

SMALL_LETTERS = 0.536
"""The height of a small letter of Noto Sans, as a share of the size of its font."""

_A4, _LABEL = (595, 842), (227, 142)
_PAPER, _INK, _DESK = 238, 40, 92
_SHARPEST = 2400

Pen = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page and how it was photographed: points of its writing, pixels of the picture's longest
    side, the share of that side that the page takes."""

    page: str
    points: float
    longest: int
    share: float = 0.94
    turned: float = 0
    lean: float = 0
    uneven: float = 0
    blur: float = 0
    noise: float = 2
    quality: int = 85

    @property
    def letters(self) -> float:
        """Pixels from foot to top of a small letter."""
        return SMALL_LETTERS * self.points * self.share * self.longest / max(_SIZES[self.page])


def photo(shot: Shot) -> bytes:
    """It as a JPEG without any metadata."""
    made = io.BytesIO()
    picture(shot).convert("RGB").save(made, "JPEG", quality=shot.quality)
    return made.getvalue()


def picture(shot: Shot) -> Image.Image:
    """It as the camera saw it, in grey."""
    high = shot.share * shot.longest
    finer = 2 if high < _SHARPEST / 2 else 1
    laid = _drawn(shot.page, shot.points, round(high * finer))
    if shot.turned:
        laid = laid.rotate(shot.turned, Image.Resampling.BICUBIC, expand=True, fillcolor=_DESK)
    upright = laid.height >= laid.width
    wide, long = round(shot.longest * 0.75), shot.longest
    size = (wide, long) if upright else (long, wide)
    if finer > 1:
        laid = laid.reduce(finer)
    seen = Image.new("L", size, _DESK)
    seen.paste(laid, ((size[0] - laid.width) // 2, (size[1] - laid.height) // 2))
    if shot.lean:
        seen = _leant(seen, shot.lean)
    if shot.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(shot.blur))
    return _lit(seen, shot)


def _lit(seen: Image.Image, shot: Shot) -> Image.Image:
    wide, high = seen.size
    light = np.linspace(1, 1 - shot.uneven, wide, dtype=np.float32)[None, :]
    light = light * np.linspace(1, 1 - shot.uneven / 2, high, dtype=np.float32)[:, None]
    noise = np.random.default_rng(7).normal(0, shot.noise, (high, wide)).astype(np.float32)
    return Image.fromarray(np.clip(np.asarray(seen) * light + noise, 0, 255).astype(np.uint8))


def _leant(seen: Image.Image, lean: float) -> Image.Image:
    """From above and one side: what is further off is smaller, by that share of the width."""
    wide, high = seen.size
    there = [(lean * wide, 0), (wide * (1 - lean / 2), lean * high), (wide, high), (0, high)]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(there, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    eight = [float(one) for one in np.linalg.solve(np.array(rows), np.array(wanted))]
    return seen.transform(
        seen.size,
        Image.Transform.PERSPECTIVE,
        eight,
        Image.Resampling.BICUBIC,
        fillcolor=_DESK,
    )


@cache
def _font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(shipped(f"fonts/{name}"), size)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Paper that is drawn on in points, from its left upper corner."""

    pen: Pen
    pixels: float
    points: float
    size: tuple[int, int]

    def write(self, x: float, y: float, words: str, *, bold: bool = False, grow: float = 1) -> None:
        font = _font(self.points * self.pixels * grow, bold)
        self.pen.text((x * self.pixels, y * self.pixels), words, _INK, font=font)

    def line(self, *places: tuple[float, float], wide: float = 0.6, ink: int = 90) -> None:
        seen = [(x * self.pixels, y * self.pixels) for x, y in places]
        self.pen.line(seen, fill=ink, width=max(round(wide * self.pixels), 1))

    def box(self, x: float, y: float, wide: float, high: float) -> None:
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
        self.line(*corners)


def _drawn(page: str, points: float, longest: int) -> Image.Image:
    size = _SIZES[page]
    pixels = longest / max(size)
    paper = Image.new("L", (round(size[0] * pixels), round(size[1] * pixels)), _PAPER)
    _PAGES[page](_Sheet(pen=ImageDraw.Draw(paper), pixels=pixels, points=points, size=size))
    return paper


_WORDS = (
    "Section shows a compound naevus without atypia; the margins are clear by 2 mm. No mitoses are "
    "seen and there is no ulceration. Deeper levels agree with this. "
) * 2


def _text(sheet: _Sheet) -> None:
    sheet.write(48, 40, "Histology report", bold=True, grow=1.5)
    step, length = 1.4 * sheet.points, int(500 / (0.53 * sheet.points))
    for line in range(int(720 / step)):
        if line % 9 != 8:
            sheet.write(48, 76 + line * step, _WORDS[line % 31 :][: length - line % 13])


def _grouped(sheet: _Sheet) -> None:
    """Rows in groups of two to five, with a heading and room between."""
    step, y, row = 1.32 * sheet.points, 60.0, 0
    while y < 770:
        sheet.write(48, y, ("Haematology", "Biochemistry", "Liver", "Thyroid")[row % 4], bold=True)
        y += 1.5 * step
        for _ in range(2 + row % 4):
            name = ("Haemoglobin", "Sodium", "Alkaline phosphatase", "Free T4", "Ferritin")[row % 5]
            told = (name, f"{row * 37 % 400}", "mmol/L", f"{row % 90} - {row % 90 + 61}")
            for x, one in zip((60, 250, 340, 440), told, strict=True):
                sheet.write(x, y, one)
            y, row = y + step, row + 1
        y += (0.8 + row % 3) * step
        sheet.line((48, y - 0.4 * step), (547, y - 0.4 * step))


def _lab(sheet: _Sheet) -> None:
    """Few words and many numbers in columns, each row ruled."""
    step = 1.75 * sheet.points
    for row in range(int(700 / step)):
        y = 70 + row * step
        name = ("WBC", "RBC", "Plt", "CRP", "eGFR")[row % 5]
        numbers = (f"{row * 7 % 97}.{row}", f"{row % 9}.{row % 7}")
        told = (f"{row + 1}", name, *numbers, "10^9/L", "H" if row % 4 == 0 else "")
        for x, one in zip((48, 80, 180, 280, 380, 500), told, strict=True):
            sheet.write(x, y, one, bold=row == 0)
        sheet.line((44, y - 0.2 * step), (550, y - 0.2 * step), wide=0.4, ink=150)
    for x in (44, 74, 172, 272, 372, 490, 550):
        sheet.line((x, 66), (x, 770), wide=0.4, ink=150)


def _form(sheet: _Sheet) -> None:
    """Boxes to write in and to tick, each with some words."""
    step, y, row = 3.4 * sheet.points, 60.0, 0
    asked = ("Family name", "Given names", "Date of birth", "Ward", "Consultant", "Allergies")
    while y < 760:
        sheet.write(50, y, asked[row % 6])
        sheet.box(50, y + 1.4 * sheet.points, 240, 1.7 * sheet.points)
        for tick in range(3):
            sheet.box(320 + tick * 78, y + 0.2 * sheet.points, sheet.points, sheet.points)
            sheet.write(334 + tick * 78, y, ("Yes", "No", "Unknown")[tick])
        y, row = y + step, row + 1


def _ecg(sheet: _Sheet) -> None:
    """A grid of millimetres with curves, and a few words above and between."""
    for step in range(160):
        ink = 170 if step % 5 == 0 else 205
        if 48 + step * 2.835 * 1.1 < 547:
            x = 48 + step * 2.835 * 1.1
            sheet.line((x, 150), (x, 780), wide=0.3, ink=ink)
        y = 150 + step * 2.835 * 1.4
        if y < 780:
            sheet.line((48, y), (547, y), wide=0.3, ink=ink)
    beat = [(0, 0), (8, 0), (11, -4), (14, 0), (17, 3), (19, -42), (21, 9), (24, 0), (34, -9)]
    for row in range(6):
        foot = 210 + row * 100
        places = [(48 + n * 50 + x, foot + y) for n in range(10) for x, y in [*beat, (44, 0)]]
        sheet.line(*places, wide=0.9, ink=_INK)
        for lead, x in enumerate((52, 180, 305, 430)):
            sheet.write(x, foot - 60, ("aVR", "aVL", "V1", "II")[(row + lead) % 4])
    told = ("Vent. rate 72 bpm", "PR interval 162 ms", "QRS duration 94 ms", "Normal sinus rhythm")
    for row, words in enumerate(told):
        sheet.write(48, 50 + row * 1.5 * sheet.points, words)
        sheet.write(320, 50 + row * 1.5 * sheet.points, ("Room 4", "25 mm/s 10 mm/mV")[row % 2])


def _label(sheet: _Sheet) -> None:
    """What is stuck on a jar: a few lines and bars."""
    for row, words in enumerate(
        ("PŌMARE, Aroha", "ZZZ0016 born 04 Mar 1961", "Skin (L) forearm, punch", "Formalin 10 %")
    ):
        sheet.write(10, 12 + row * 1.6 * sheet.points, words, bold=row == 0)
    for bar in range(46):
        if bar * 29 % 7 > 2:
            sheet.line((10 + bar * 3, 104), (10 + bar * 3, 132), wide=1 + bar % 2, ink=_INK)


_PAGES: dict[str, Callable[[_Sheet], None]] = {
    "text": _text,
    "grouped table": _grouped,
    "lab report": _lab,
    "form": _form,
    "ECG": _ecg,
    "label": _label,
}
_SIZES = {name: _LABEL if name == "label" else _A4 for name in _PAGES}
PAGES = tuple(_PAGES)
SHOTS: tuple[dict[str, float], ...] = (
    {},
    {"turned": 90},
    {"turned": 2, "noise": 4},
    {"turned": 7, "share": 0.8},
    {"turned": 15, "share": 0.72},
    {"lean": 0.12},
    {"share": 0.6, "turned": 3},
    {"uneven": 0.5, "noise": 5},
    {"blur": 1.2, "noise": 4},
    {"quality": 50, "noise": 6},
)
"""The ways in which each page is photographed."""


def shots() -> list[Shot]:
    """Every page in every way at six sizes, with writing of three sizes in turn."""
    made = []
    for page in PAGES:
        for way, more in enumerate(SHOTS):
            for place, longest in enumerate((800, 1280, 1600, 2200, 3000, 4032)):
                points = (7.0, 9.0, 11.0)[(way + place) % 3]
                made.append(replace(Shot(page=page, points=points, longest=longest), **more))  # type: ignore[arg-type]
    return made
