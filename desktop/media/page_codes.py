"""The codes of our own pages in a picture of one (R43, R79): read in the confined worker only."""

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from desktop.records.facts.sheet import MOST_PAGE_CODES, is_printed_code

CLOSELY = 3200
"""The least longest side, where a picture has as many, that a page is looked at closely with: a
code of 18 mm is then read of an A4 page that takes up half of the picture."""

_FIRST_LOOK, _CLOSE_LOOK = 2048, 4200
_TILE, _TILED = 8, 512
_LEAST_WHITE, _MOST_COLOUR = 90, 0.25
_LEAST_PALE, _LEAST_INK, _LEAST_PAPER = 0.25, 0.12, 0.5
_LEAST_FAINT, _MOSTLY_PAPER = 0.10, 0.53
_LEAST_CROWDED, _CROWDED_PAPER = 0.55, 0.33
"""Of small writing, a table or a form little is as dark as ink in so few pixels."""

_SQUARE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LEAST_SIDE = 21
"""No square code has fewer modules a side (ISO/IEC 18004)."""
_TOO_BUSY, _EVERY = 0.15, 8


def rehearse_codes() -> None:
    """Read once: the reader is then loaded, and the confined worker could load nothing."""
    white = Image.new("RGB", (640, 640), "white")
    codes_in(white.convert("L"), closely=True)
    looks_like_a_page(white, white.convert("L"))


def codes_in(grey: Image.Image, *, closely: bool = False) -> tuple[str, ...]:
    """The codes of our own in a grey picture, each once, at most MOST_PAGE_CODES. `closely` looks
    at up to 4,200 pixels a side, else at 2,048.

    What other codes say is nothing to us. A picture of nothing but corners of codes, which would
    hold the reader up for a minute, has none.
    """
    if min(grey.size) < _LEAST_SIDE:
        return ()
    most = _CLOSE_LOOK if closely else _FIRST_LOOK
    parts = -(-max(grey.size) // most)
    pixels = np.ascontiguousarray(grey.reduce(parts) if parts > 1 else grey)
    if _is_too_busy(pixels):
        return ()
    found = zxingcpp.read_barcodes(pixels, formats=_SQUARE, try_invert=False, try_downscale=closely)
    ours = dict.fromkeys(str(one.text) for one in found if is_printed_code(one.text))
    return tuple(ours)[:MOST_PAGE_CODES]


def looks_like_a_page(picture: Image.Image, grey: Image.Image) -> bool:
    """Whether much of a picture is pale and bright, and most of that plain or with ink on it, or
    with what may be ink seen from afar. `grey` is the same in grey. Wrong at times, of tiles or
    snow: it only decides who gets a closer look, which costs as much again as the first."""
    parts = max(-(-max(grey.size) // _TILED), 1)
    if min(grey.size) < parts * _TILE:
        return False
    pale = _pale(np.asarray(picture.reduce(parts * _TILE).convert("RGB")).astype(np.int16))
    if pale.mean() < _LEAST_PALE:
        return False
    tiles = np.sort(_tiled(np.asarray(grey.reduce(parts))), axis=2).astype(np.int16)
    pale = pale[: tiles.shape[0], : tiles.shape[1]]
    dark, middle, bright = (tiles[..., rank] for rank in (2, 40, 61))
    ink = pale & (dark * 8 < bright * 5) & (middle * 5 > bright * 4)
    plain = pale & (dark * 5 > bright * 4)
    faint = pale & (dark * 4 < bright * 3) & (middle * 5 > bright * 4)
    whole = max(int(pale.sum()), 1)
    inked, fainter = float(ink.sum() / whole), float(faint.sum() / whole)
    paper = float((ink | plain).sum() / whole)
    return (  # a ruler on a drape has less of either
        (inked >= _LEAST_INK and paper >= _LEAST_PAPER)
        or (fainter >= _LEAST_FAINT and paper >= _MOSTLY_PAPER)
        or (fainter >= _LEAST_CROWDED and paper >= _CROWDED_PAPER)
    )


def _pale(pixels: NDArray[np.int16]) -> NDArray[np.bool_]:
    brightest, least = pixels.max(axis=2), pixels.min(axis=2)
    white = max(float(np.percentile(brightest, 90)), _LEAST_WHITE)
    pale: NDArray[np.bool_] = (brightest > white / 2) & (
        brightest - least < _MOST_COLOUR * brightest
    )
    return pale


def _tiled(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels of each tile of 8 × 8, by row and column of tiles."""
    high, wide = grey.shape[0] // _TILE, grey.shape[1] // _TILE
    tiles = grey[: high * _TILE, : wide * _TILE].reshape(high, _TILE, wide, _TILE)
    return tiles.swapaxes(1, 2).reshape(high, wide, _TILE * _TILE)


def _is_too_busy(pixels: NDArray[np.uint8]) -> bool:
    """Whether light and dark take turns as no writing does: the reader's work grows with the
    square of what might be a corner of a code, and each corner takes six turns."""
    rows = pixels[::_EVERY]
    light = rows > rows.mean()
    return float((light[:, 1:] != light[:, :-1]).mean()) > _TOO_BUSY
