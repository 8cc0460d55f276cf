"""Frames of high dynamic range brought down to what a screen and paper show, in sRGB."""

import numpy as np
from numpy.typing import NDArray

PQ, HLG = 16, 18
"""Transfer characteristics (ITU-T H.273 table 3)."""

HDR = frozenset({PQ, HLG})

_WHITE = 203.0
"""Candelas a square metre of a white sheet (ITU-R BT.2408 2.1): what is white here too."""

_TABLE_BITS = 7
_PEAK = 1000.0
_KNEE = 0.8
_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
)
"""Linear BT.2020 to BT.709 (ITU-R BT.2087 annex 2)."""

_LUMA_2020 = np.array([0.2627, 0.678, 0.0593])


def as_sdr(
    rgb: NDArray[np.uint16], *, trc: int, to_709: NDArray[np.float64] = _TO_709
) -> NDArray[np.uint8]:
    """The same picture in 8 bits of sRGB: skin and paper white as in an ordinary film, highlights
    above them pressed together without change of hue. `to_709` turns its linear primaries into
    those of BT.709; BT.2020's as a rule."""
    signal = rgb.astype(np.float32) / 65535.0
    light = (_pq(signal) if trc == PQ else _hlg(signal)) / _WHITE
    light = np.clip(light @ to_709.T, 0.0, None)
    strongest = light.max(axis=-1, keepdims=True)
    light *= _pressed(strongest) / np.maximum(strongest, 1e-6)
    shown: NDArray[np.uint8] = np.rint(_srgb(np.clip(light, 0.0, 1.0)) * 255.0).astype(np.uint8)
    return shown


class SdrTable:
    """`as_sdr` for a film that plays: looked up by the upper bits of each colour. That is ten times
    as quick, and off by half a level of 255 on average."""

    def __init__(self, trc: int) -> None:
        """Takes some tenths of a second."""
        middles = np.arange(0.5, 256, 1 << (8 - _TABLE_BITS)) * 257
        levels = middles.astype(np.uint16)
        plane = np.stack(np.meshgrid(levels[:1], levels, levels, indexing="ij"), axis=-1)
        planes = []
        for level in levels:  # small pieces stay in the processor's cache
            plane[..., 0] = level
            planes.append(as_sdr(plane[0], trc=trc).reshape(-1, 3))
        self._shown = np.concatenate(planes)

    def look_up(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The same picture in sRGB."""
        coded = (rgb >> (8 - _TABLE_BITS)).astype(np.int32)
        place = (coded[..., 0] << 2 * _TABLE_BITS) | (coded[..., 1] << _TABLE_BITS) | coded[..., 2]
        found: NDArray[np.uint8] = self._shown.take(place, axis=0)
        return found


def _pq(signal: NDArray[np.float32]) -> NDArray[np.float32]:
    """SMPTE ST 2084, in candelas a square metre."""
    root = signal ** np.float32(1 / 78.84375)
    ratio = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    shown: NDArray[np.float32] = 10_000 * ratio ** np.float32(1 / 0.1593017578125)
    return shown


def _hlg(signal: NDArray[np.float32]) -> NDArray[np.float32]:
    """ITU-R BT.2100 table 5, on a display of 1,000 candelas a square metre."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luma = np.maximum((scene @ _LUMA_2020)[..., None], 1e-6)
    shown: NDArray[np.float32] = _PEAK * luma**0.2 * scene
    return shown


def _pressed(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unchanged up to the knee; above it a curve that reaches 1 at the peak."""
    most = _PEAK / _WHITE
    over = np.clip((light - _KNEE) / (most - _KNEE), 0.0, 1.0)
    # begins as steep as the straight line before it
    bend = (most - _KNEE) / (1 - _KNEE)
    return np.where(light <= _KNEE, light, _KNEE + (1 - _KNEE) * (1 - (1 - over) ** bend))


def _srgb(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """IEC 61966-2-1."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
