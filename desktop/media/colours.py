"""Colour spaces of pictures: profiles that files only name, their short words, HDR made visible."""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageCms

from desktop.media.exif_facts import PILLOW_GIVES_UP, plain_text
from desktop.media.hdr import HLG, PQ, as_sdr

_Primaries = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]

_D65 = (0.3127, 0.3290)
_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)

_BT709: _Primaries = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
_BT2020: _Primaries = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
_P3: _Primaries = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
_ADOBE: _Primaries = ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))

_PRIMARIES = {1: _BT709, 9: _BT2020, 12: _P3}
_NAMES = {1: "sRGB", 9: "BT.2020", 12: "Display P3"}
_HDR = {PQ: "PQ", HLG: "HLG"}
_LINEAR = 8

_MOST_ICC = 4 * 1024 * 1024
_KNOWN_NAMES = (
    ("srgb", "sRGB"),
    ("display p3", "Display P3"),
    ("adobe rgb", "Adobe RGB"),
    ("prophoto", "ProPhoto RGB"),
    ("rommrgb", "ProPhoto RGB"),
)
_ROWS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedColours:
    """Colours named by the numbers of ITU-T H.273: `primaries` (8.1), `transfer` (8.2)."""

    primaries: int
    transfer: int

    @property
    def is_hdr(self) -> bool:
        """Whether it is brighter than white, so that it has to be toned down to be seen."""
        return self.transfer in _HDR

    @property
    def words(self) -> str:
        """Short words, or an empty string for what is not known."""
        name = _NAMES.get(self.primaries, "")
        return f"{name} {_HDR[self.transfer]} (HDR)".strip() if self.is_hdr else name

    def profile(self) -> bytes | None:
        """An ICC profile of it; None where it is as good as sRGB, or HDR, which no profile is."""
        known = self.primaries in {9, 12} or self.transfer == _LINEAR
        if self.is_hdr or not known:
            return None
        primaries = _PRIMARIES.get(self.primaries, _BT709)
        return _matrix_profile(primaries, 1.0 if self.transfer == _LINEAR else None)


def adobe_rgb() -> bytes:
    """A profile of Adobe RGB (1998), which cameras mean by the DCF option file mark `R03`."""
    return _matrix_profile(_ADOBE, 563 / 256)


def usable_icc(icc: object) -> bytes | None:
    """The profile if it looks like a whole one of sane size, else None."""
    if not isinstance(icc, bytes) or not 128 <= len(icc) <= _MOST_ICC or icc[36:40] != b"acsp":
        return None
    return icc


def colour_words(icc: bytes | None) -> str:
    """What a profile calls itself, in short words; empty for none."""
    if icc is None:
        return ""
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc)))
    except (ImageCms.PyCMSError, *PILLOW_GIVES_UP):
        return ""
    for known, words in _KNOWN_NAMES:
        if known in name.lower():
            return words
    return (plain_text(name) or "")[:40]


def in_reach(picture: Image.Image, colours: CodedColours, longest: int) -> Image.Image:
    """The picture itself, or where it is HDR one in sRGB of at least `longest` pixels, or all there
    are, on its longest side."""
    if not colours.is_hdr:
        return picture
    part = max(picture.size) // max(longest, 1)
    return toned_down(picture.reduce(part) if part > 1 else picture, colours)


def toned_down(picture: Image.Image, colours: CodedColours) -> Image.Image:
    """An HDR picture (RGB, 8 bits) in sRGB."""
    primaries = _PRIMARIES.get(colours.primaries, _BT2020)
    turn = np.linalg.inv(_to_xyz(_BT709)) @ _to_xyz(primaries)
    seen = np.asarray(picture.convert("RGB"))
    made = np.empty_like(seen)
    for row in range(0, len(seen), _ROWS):
        deep = seen[row : row + _ROWS].astype(np.uint16) * 257
        made[row : row + _ROWS] = as_sdr(deep, trc=colours.transfer, to_709=turn)
    return Image.fromarray(made)


def _to_xyz(primaries: _Primaries) -> np.ndarray:
    """RGB of D65 white to XYZ."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    x, y = _D65
    white = np.array([x / y, 1.0, (1 - x - y) / y])
    scaled: np.ndarray = columns * np.linalg.solve(columns, white)
    return scaled


@cache
def _matrix_profile(primaries: _Primaries, gamma: float | None) -> bytes:
    """A display profile of three primaries and one curve (ICC.1:2001-04); without `gamma` the curve
    of sRGB."""
    x, y = _D65
    white = np.array([x / y, 1.0, (1 - x - y) / y])
    cones = _BRADFORD @ _D50 / (_BRADFORD @ white)
    adapted = np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD @ _to_xyz(primaries)
    name = b"made by Chartroom\0"
    curve = _curve(gamma)
    return _profile_of(
        {
            b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78),
            b"cprt": b"text\0\0\0\0none\0",
            b"wtpt": _xyz(_D50),
            b"rXYZ": _xyz(adapted[:, 0]),
            b"gXYZ": _xyz(adapted[:, 1]),
            b"bXYZ": _xyz(adapted[:, 2]),
            b"rTRC": curve,
            b"gTRC": curve,
            b"bTRC": curve,
        }
    )


def _curve(gamma: float | None) -> bytes:
    if gamma is not None:
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    code = np.linspace(0, 1, 1024)
    light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return (
        b"curv\0\0\0\0" + struct.pack(">I", 1024) + np.round(light * 65535).astype(">u2").tobytes()
    )


def _xyz(values: Sequence[float] | np.ndarray) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(float(v) * 65536) for v in values))


def _profile_of(tags: dict[bytes, bytes]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        table += struct.pack(">4sII", name, at + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    illuminant = _xyz(_D50)[8:]
    head = struct.pack(
        ">I4sI4s4s4s12s4s28s12s48s",
        at + len(data),
        b"",
        0x02400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"",
        b"acsp",
        b"",
        illuminant,
        b"",
    )
    return head + table + data
