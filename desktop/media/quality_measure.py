"""How good a picture is for its purpose, measured on a small grey copy of it (R126, R128).

Pure numpy, about 5 ms a picture; the thresholds and what they catch stand in docs/media.md.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy import fft
from numpy.typing import NDArray
from PIL import Image

from desktop.media.line_pitch import line_pitch
from desktop.records.facts.quality import Finding, Quality

LONGEST = 1024
"""The longest side of the grey copy, in pixels: all thresholds are for this size."""

BLURRED, VERY_BLURRED = 75.0, 20.0
"""Least sharpness of a picture that passes, and of one that is merely to be looked at."""

SHAKEN = 16.0
"""Least variance of the changes along each of the two sides: motion wipes out those along it."""

ALIKE = 0.3
"""In a blurred picture, the sides' changes are about as large; below this share, it moved."""

DARK, BRIGHT, FLAT = 45.0, 200.0, 40.0
LOST_SHARE = 0.10
BLACK, WHITE = 4, 251
FEWEST_PIXELS = 1000
"""150 pixels an inch over the 170 mm that a picture has on a sheet of its own."""

LEAST_LETTER = 8.0
"""Pixels from foot to top of a small letter: between marginal (7.2) and good (10) for writing in
grey, by the quality index of AIIM that Cornell's library uses, half of that height in pixels."""

LEAST_LETTER_MM, SHEET_WIDTH_MM = 0.6, 170.0
LEAST_LINE, LEAST_LINE_MM = 14.0, 1.5
"""From one line of writing to the next: below 14 pixels, small letters have under six. Counts only
where no letters were measured."""

PAGE_PIXELS = 1200
"""The longest side below which a page's writing cannot be read: 100 pixels an inch of A4."""

CHAT_SIDES = frozenset({1280, 1600, 2048, 2560, 4096})
CHAT_QUALITY = 85
SCREEN_SHAPE = 1.6
STRIPED = 60.0

_TILES = 8
_STANDARD_CONTRAST = 120.0
_MOST_GAIN = 3.0
_SPECTRUM = 128

# ITU-T T.81, Annex K, table K.1, which libjpeg scales by its quality
_LUMINANCE = np.fromstring(
    """16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87
    80 62 18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95
    98 112 100 103 99""",
    dtype=np.int32,
    sep=" ",
)


def _libjpeg_tables() -> NDArray[np.int32]:
    quality = np.arange(1, 101)[:, None]
    scale = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    return np.asarray(np.clip((_LUMINANCE * scale + 50) // 100, 1, 255), dtype=np.int32)


_TABLES = _libjpeg_tables()

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureHeader:
    """What a picture's header says that bears on its quality.

    `width` and `height` are those of the whole picture as stored; `declared` is the longest side
    that its EXIF block names, 0 where it names none; `luminance` the quantization table of a JPEG
    in natural order, empty otherwise. `said_screenshot` is whether the file calls itself one.
    `letters` is how many of its pixels the small letters of a page are high, None where that is no
    page or nobody looked closely.
    """

    media_type: str
    width: int
    height: int
    has_maker: bool = False
    has_capture_time: bool = False
    declared: int = 0
    luminance: tuple[int, ...] = ()
    is_progressive: bool = False
    said_screenshot: bool = False
    letters: float | None = None


def measure(grey: Grey, header: PictureHeader) -> Quality:
    """What is measured, and what of it is worth a look, the gravest first.

    `grey` is the whole picture at no more than LONGEST pixels a side. Legibility is measured of
    every picture, for only the desk knows which one is a report: `Quality.for_subject` says it.
    """
    light = _light(grey)
    focus = focus_of(grey)
    quality = jpeg_quality(header.luminance)
    found = {
        *focus.findings(light.contrast),
        *light.findings,
        *_header_findings(header, quality),
        *_reading_findings(grey, header),
    }
    return Quality(
        findings=tuple(one for one in Finding if one in found),
        sharpness=round(focus.sharpness, 2),
        brightness=round(light.mean, 2),
        contrast=round(light.contrast, 2),
        dark_share=round(light.dark, 4),
        bright_share=round(light.bright, 4),
        jpeg_quality=quality[0] if quality else None,
    )


def rehearse() -> None:
    """Measure once: numpy loads some of itself only then, and the confined worker cannot."""
    ruled = np.zeros((256, 256), dtype=np.uint8)
    ruled[::16, ::2] = 200
    header = PictureHeader(media_type="image/jpeg", width=256, height=256, luminance=(16,) * 64)
    measure(ruled, header)


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Variances over 8 × 8 tiles of which the 95th percentile counts: a sharp lesion on a soft
    ground is sharp. `sharpness` is of the Laplacian, `across` and `down` are of the second
    differences along the two sides. All grow with the square of the contrast."""

    sharpness: float
    across: float
    down: float

    def findings(self, contrast: float) -> set[Finding]:
        """A dark or flat picture has small edges without being blurred: it is judged as if its
        contrast were that of others, within reason, for noise grows with it."""
        gain = min(max(_STANDARD_CONTRAST / max(contrast, 1.0), 1.0), _MOST_GAIN) ** 2
        least, most = sorted((self.across, self.down))
        if self.sharpness * gain < VERY_BLURRED:
            return {Finding.VERY_BLURRED}
        if least * gain < SHAKEN and least < most * ALIKE:
            return {Finding.SHAKEN}
        return {Finding.BLURRED} if self.sharpness * gain < BLURRED else set()


def focus_of(grey: Grey) -> Focus:
    """How sharp the sharpest parts are. All 0 for a picture of fewer than three pixels a side."""
    if min(grey.shape) < 3:
        return Focus(sharpness=0.0, across=0.0, down=0.0)
    g = grey.astype(np.int16)
    above, rows, below = g[:-2:2], g[1:-1:2], g[2::2]  # every second row tells as much
    middle = 2 * rows[:, 1:-1]
    across = rows[:, :-2] + rows[:, 2:] - middle
    down = above[:, 1:-1] + below[:, 1:-1] - middle
    return Focus(
        sharpness=_best_tiles(across + down), across=_best_tiles(across), down=_best_tiles(down)
    )


def _best_tiles(edges: NDArray[np.int16]) -> float:
    high, wide = edges.shape[0] // _TILES, edges.shape[1] // _TILES
    if min(high, wide) < _TILES // 2:
        return float(edges.var())
    tiles = edges[: high * _TILES, : wide * _TILES].astype(np.float32)
    tiles = tiles.reshape(_TILES, high, _TILES, wide)
    mean = np.einsum("aibj->ab", tiles) / (high * wide)
    squares = np.einsum("aibj,aibj->ab", tiles, tiles) / (high * wide)
    return float(np.percentile(squares - mean * mean, 95))


def jpeg_quality(luminance: tuple[int, ...]) -> tuple[int, bool] | None:
    """The nearest quality of libjpeg, and whether the table is exactly that one's. None where there
    is no table of 64 numbers."""
    if len(luminance) != _LUMINANCE.size:
        return None
    apart = np.abs(_TABLES - np.array(luminance, dtype=np.int32)).sum(axis=1)
    best = int(apart.argmin())
    return best + 1, bool(apart[best] == 0)


def stripedness(grey: Grey) -> float:
    """How far one fine regular pattern stands out of what else there is: screens photographed have
    one. About 1 to 20 for what is not of a screen."""
    side = _SPECTRUM
    if min(grey.shape) < side:
        return 0.0
    window, ring, looked_at, counts = _spectrum_of(side)
    rows = np.linspace(0, grey.shape[0] - side, 3).astype(int)
    columns = np.linspace(0, grey.shape[1] - side, 4).astype(int)
    pieces = np.stack([grey[y : y + side, x : x + side] for y in rows for x in columns])
    flat = pieces.astype(np.float32)
    flat -= flat.mean(axis=(1, 2), keepdims=True)
    flat *= window
    seen = fft.rfft2(flat).reshape(len(flat), -1)[:, looked_at]
    typical = _median(np.square(np.abs(seen), dtype=np.float32))
    around = np.bincount(ring, typical, minlength=len(counts)) / counts
    return float((typical / np.maximum(around[ring], 1.0)).max())


@cache
def _spectrum_of(
    side: int,
) -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """The window laid over a piece; of its frequencies that are looked at, the rings they lie in
    and their places in the spectrum; how many each ring has, at least one."""
    hanning = np.hanning(side).astype(np.float32)
    down = np.abs(fft.fftfreq(side))[:, None]
    across = fft.rfftfreq(side)[None, :]
    radius = np.hypot(down, across)
    # what runs along the axes are edges and lines of writing
    looked_at = (radius > 0.08) & (down > 0.03) & (across > 0.03)
    ring = np.minimum((radius * 32).astype(np.intp), 23)[looked_at]
    counts = np.maximum(np.bincount(ring, minlength=24), 1)
    return np.outer(hanning, hanning), ring, np.flatnonzero(looked_at), counts


def _median(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median of each column, of an even number of rows."""
    ordered = np.sort(power, axis=0)
    middle = len(power) // 2
    return np.asarray((ordered[middle - 1] + ordered[middle]) / 2, dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    mean: float
    contrast: float
    dark: float
    bright: float

    @property
    def findings(self) -> set[Finding]:
        found = set()
        if self.mean < DARK:
            found.add(Finding.TOO_DARK)
        elif self.dark > LOST_SHARE:
            found.add(Finding.SHADOWS_LOST)
        if self.mean > BRIGHT:
            found.add(Finding.TOO_BRIGHT)
        elif self.bright > LOST_SHARE:
            found.add(Finding.HIGHLIGHTS_LOST)
        if self.contrast < FLAT:
            found.add(Finding.LOW_CONTRAST)
        return found


def _light(grey: Grey) -> _Light:
    counts = np.array(Image.fromarray(grey).histogram())  # numpy's takes three times as long
    sums = np.cumsum(counts)
    total = max(int(sums[-1]), 1)
    low, high = (int(np.searchsorted(sums, share * total)) for share in (0.05, 0.95))
    return _Light(
        mean=float((counts * np.arange(256)).sum() / total),
        contrast=float(high - low),
        dark=float(sums[BLACK] / total),
        bright=float((total - sums[WHITE - 1]) / total),
    )


def _header_findings(header: PictureHeader, quality: tuple[int, bool] | None) -> set[Finding]:
    longest, shortest = max(header.width, header.height), min(header.width, header.height)
    found = set()
    if longest < FEWEST_PIXELS:
        found.add(Finding.SMALL)
    if header.declared > longest * 1.02:
        found.add(Finding.SCALED)
    if _is_screenshot(header, longest, shortest):
        found.add(Finding.SCREENSHOT)
    if _is_forwarded(header, longest, quality):
        found.add(Finding.FORWARDED)
    return found


def _is_forwarded(header: PictureHeader, longest: int, quality: tuple[int, bool] | None) -> bool:
    """Chat programs drop who made it and when, and write it anew."""
    if quality is None or header.has_maker or header.has_capture_time:
        return False
    number, is_exact = quality
    again = is_exact and number <= CHAT_QUALITY
    return again or header.is_progressive or longest in CHAT_SIDES


def _is_screenshot(header: PictureHeader, longest: int, shortest: int) -> bool:
    if header.said_screenshot:
        return True
    if header.media_type not in {"image/png", "image/heic"} or header.has_maker:
        return False
    return longest >= FEWEST_PIXELS and longest > shortest * SCREEN_SHAPE


def _reading_findings(grey: Grey, header: PictureHeader) -> set[Finding]:
    found = set()
    if _is_hard_to_read(grey, header):
        found.add(Finding.HARD_TO_READ)
    if stripedness(grey) > STRIPED:
        found.add(Finding.MOIRE)
    return found


def _is_hard_to_read(grey: Grey, header: PictureHeader) -> bool:
    longest = max(header.width, header.height)
    if header.letters is not None:
        on_paper = header.letters / max(longest, 1) * SHEET_WIDTH_MM
        return header.letters < LEAST_LETTER or on_paper < LEAST_LETTER_MM
    pitch = line_pitch(grey)
    if pitch is None:
        return longest < PAGE_PIXELS
    seen: int = max(grey.shape)
    on_paper = pitch / seen * SHEET_WIDTH_MM
    return on_paper < LEAST_LINE_MM or pitch * longest < LEAST_LINE * seen
