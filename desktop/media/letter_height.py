"""How high the small letters of a written page are: ink in parts of it, piece by piece (R128).

Pure numpy and Pillow, in the confined worker; what it finds and misses stands in docs/media.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_PART = 256
_PARTS = 20
_NARROWEST = 16
_MARGIN = 24
"""Nothing that is written touches the edge of its part in this blank frame."""

_AROUND = 15
_LEAST_DEPTH, _OF_DEEPEST = 0.08, 0.35
"""By how much ink is darker than what lies around it, at least, and as a share of the darkest."""

_LEAST_WRITTEN = 0.3
_LEAST_LIGHT = 0.5
_FEWEST = 60.0
_LEAST_INK, _SMALLEST, _LARGEST = 6, 3.0, 100.0
_SOLID, _LONG = 0.85, 5.0
_STEPS = 8
"""Into how many steps each doubling is divided, to find the commonest height."""

_AS_SPREAD = 1.08
"""The letters of a line, capitals and figures among them, spread so much more than a bar of the
height of its small ones."""

Numbers = NDArray[np.float64]


def letter_height(grey: Image.Image) -> float | None:
    """Pixels from foot to top of the small letters that most of a page is written in, however it
    lies; None where too little is seen that looks like letters, or where they differ too much."""
    if min(grey.size) < _NARROWEST or not (parts := _written_parts(grey)):
        return None
    heights, weights = _letters(_pieces(_ink(parts)))
    return _commonest(heights, weights)


def rehearse_letters() -> None:
    """Measure once: numpy loads some of itself only then, and the confined worker cannot."""
    page = Image.new("L", (600, 600), 240)
    for place in range(60, 500, 20):
        page.paste(30, (place, 100, place + 9, 110))
    letter_height(page)


def _written_parts(grey: Image.Image) -> list[Image.Image]:
    """Some of its squares of 256 pixels that are written on, evenly taken from all there are."""
    small = np.asarray(grey.reduce(2)).astype(np.int16)
    side = _PART // 2
    high, wide = -(-small.shape[0] // side), -(-small.shape[1] // side)
    small = np.pad(
        small, ((0, high * side - small.shape[0]), (0, wide * side - small.shape[1])), mode="edge"
    )
    tiles = small.reshape(high, side, wide, side).swapaxes(1, 2)
    light = np.percentile(tiles[..., ::4, ::4].reshape(high, wide, -1), 75, axis=2)
    turns = np.abs(np.diff(tiles, axis=3)).mean(axis=(2, 3)) / np.maximum(light, 1)
    bright = light > _LEAST_LIGHT * np.percentile(light, 90)
    if not bright.any():
        return []
    written = bright & (turns > _LEAST_WRITTEN * np.percentile(turns[bright], 90))
    places = np.argwhere(written)
    some = places[np.linspace(0, len(places) - 1, min(len(places), _PARTS)).astype(int)]
    return [
        grey.crop((x, y, min(x + _PART, grey.width), min(y + _PART, grey.height)))
        for y, x in (some * _PART).tolist()
    ]


def _ink(parts: list[Image.Image]) -> NDArray[np.bool_]:
    """Where there is ink in all the parts below each other, each in a blank frame."""
    side = _PART + 2 * _MARGIN
    laid = np.zeros((len(parts) * side, side), dtype=np.bool_)
    depths = [_depth(part) for part in parts]
    deepest = [float(np.percentile(depth[::2, ::2], 99)) for depth in depths]
    usual = float(np.percentile(deepest, 75))
    for place, (depth, own) in enumerate(zip(depths, deepest, strict=True)):
        top, (high, wide) = place * side + _MARGIN, depth.shape
        laid[top : top + high, _MARGIN : _MARGIN + wide] = depth > max(
            _LEAST_DEPTH, _OF_DEEPEST * max(own, usual)
        )
    return laid


def _depth(part: Image.Image) -> NDArray[np.float32]:
    """How much darker each pixel is than what lies around it, as a share of that."""
    around = np.asarray(part.filter(ImageFilter.BoxBlur(_AROUND)), dtype=np.float32)
    return np.asarray(1 - np.asarray(part) / np.maximum(around, 1), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pieces:
    """Of each piece of ink that hangs together: its pixels and their spread along its long and
    its short axis, as the side of a solid bar that spreads as far; the longer side of its box; and
    whether it lies at the edge of its part, which may have cut it."""

    pixels: Numbers
    long: Numbers
    short: Numbers
    box: Numbers
    is_cut: NDArray[np.bool_]


def _pieces(ink: NDArray[np.bool_]) -> _Pieces:
    rows, starts, ends = _runs(ink)
    piece = _hanging_together(rows, starts, ends, ink.shape[1])
    count = int(piece.max(initial=-1)) + 1
    length = (ends - starts).astype(np.float64)
    middle = (starts + ends - 1) / 2

    def total(of_each: Numbers) -> Numbers:
        return np.asarray(np.bincount(piece, of_each, minlength=count), dtype=np.float64)

    pixels = np.maximum(total(length), 1)
    x, y = total(length * middle) / pixels, total(length * rows) / pixels
    off_x, off_y = middle - x[piece], rows - y[piece]
    xx = total(length * off_x**2 + (length**3 - length) / 12) / pixels + 1 / 12
    yy = total(length * off_y**2) / pixels + 1 / 12
    xy = total(length * off_x * off_y) / pixels
    mean, apart = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    left, right = _extent(piece, starts, ends - 1, count)
    top, bottom = _extent(piece, rows, rows, count)
    side = _PART + 2 * _MARGIN
    first, last = np.minimum(left, top % side), np.maximum(right, bottom % side)
    return _Pieces(
        pixels=pixels,
        long=np.sqrt(12 * (mean + apart)),
        short=np.sqrt(12 * np.maximum(mean - apart, 1 / 12)),
        box=np.maximum(right - left, bottom - top) + 1.0,
        is_cut=(first <= _MARGIN) | (last >= side - _MARGIN - 1),
    )


def _extent(
    piece: NDArray[np.intp], first: NDArray[np.intp], last: NDArray[np.intp], count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The least of the first places of each piece's runs, and the greatest of the last."""
    least = np.full(count, np.iinfo(np.intp).max, dtype=np.intp)
    most = np.full(count, -1, dtype=np.intp)
    np.minimum.at(least, piece, first)
    np.maximum.at(most, piece, last)
    return least, most


def _runs(
    ink: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """The row, first column and column after the last of each run of ink, in reading order."""
    wide = ink.shape[1]
    flat = np.flatnonzero(np.diff(ink.ravel().view(np.int8)))  # its frame is blank
    starts, ends = flat[::2] + 1, flat[1::2] + 1
    rows = starts // wide
    return rows, starts - rows * wide, ends - rows * wide


def _hanging_together(
    rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp], wide: int
) -> NDArray[np.intp]:
    """To which piece each run belongs, counted from 0: runs of rows below each other that touch,
    also by a corner, are of one."""
    first, last = rows * wide + starts, rows * wide + ends
    low = np.searchsorted(last, first + wide, side="left")
    high = np.searchsorted(first, last + wide, side="right")
    touching = np.maximum(high - low, 0)
    upper = np.repeat(np.arange(len(rows)), touching)
    lower = np.arange(len(upper)) + np.repeat(low - (np.cumsum(touching) - touching), touching)
    root = np.arange(len(rows))
    while True:  # each turn halves what is still apart, or nearly
        a, b = root[upper], root[lower]
        apart = a != b
        if not apart.any():
            break
        upper, lower, a, b = upper[apart], lower[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while not np.array_equal(further := root[root], root):
            root = further
    return np.asarray(np.unique(root, return_inverse=True)[1].reshape(-1), dtype=np.intp)


def _letters(pieces: _Pieces) -> tuple[Numbers, Numbers]:
    """The heights of what may be letters, and how many letters each stands for: a word whose
    letters run together is as high as they are. What is solid and long is a rule or a stroke."""
    is_long = pieces.long > pieces.short * 2.2
    solid = pieces.pixels / (pieces.long * pieces.short)
    fits = (
        (pieces.pixels >= _LEAST_INK)
        & (pieces.box < _LARGEST)
        & ~(is_long & (solid > _SOLID))
        & (solid > np.where(is_long, 0.35, 0.2))
        & ~pieces.is_cut
    )
    heights = np.where(is_long, pieces.short, np.sqrt(pieces.long * pieces.short))
    weights = np.where(is_long, pieces.long, heights)
    fits &= heights >= _SMALLEST
    return heights[fits], weights[fits]


def _commonest(heights: Numbers, weights: Numbers) -> float | None:
    """The middle of those about the commonest height."""
    if weights.sum() < _FEWEST:
        return None
    steps = np.round(np.log2(heights) * _STEPS).astype(np.intp)
    counts = np.convolve(np.bincount(steps, weights), np.ones(5), mode="same")
    peak = 2.0 ** (int(counts.argmax()) / _STEPS)
    near = np.abs(np.log2(heights / peak)) < 0.5
    order = np.argsort(heights[near])
    grown = np.cumsum(weights[near][order])
    return float(heights[near][order][np.searchsorted(grown, grown[-1] / 2)] / _AS_SPREAD)
