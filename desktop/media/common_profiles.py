"""Colour profiles that say nothing of who made a picture: known names, known tags, nothing else."""

import re

_MOST = 64 * 1024
_NAMES = re.compile(
    r"sRGB( built-in| IEC61966-2[-.]1.*)?|IEC 61966-2\.?1 Default RGB.*|c2(ci)?|Display P3"
    r"|Adobe RGB \(1998\)|opRGB|uRGB|sGry|Dot Gain 20%|Gray Gamma 2\.2|Generic Gray.{0,20}"
    r"|Generic RGB Profile|Camera RGB Profile|ProPhoto RGB|ROMM RGB: ISO 22028-2:2013"
)
_TAGS = frozenset(
    (
        *("desc", "cprt", "wtpt", "bkpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC"),
        *("chad", "chrm", "lumi", "meas", "tech", "vued", "view", "dmnd", "dmdd", "para", "cicp"),
        *("dscm",),
    )
)
"""Left out on purpose: what names one display or holds its settings (`mmod`, `vcgt`, `targ`, …)."""


def is_common(icc: bytes) -> bool:
    """Whether a whole ICC profile (ICC.1:2022) is one of those that everybody's devices share."""
    if not 132 <= len(icc) <= _MOST:
        return False
    count = int.from_bytes(icc[128:132], "big")
    if count > 64 or len(icc) < 132 + 12 * count:
        return False
    found = {}
    for at in range(132, 132 + 12 * count, 12):
        start, size = (int.from_bytes(icc[at + by : at + by + 4], "big") for by in (4, 8))
        found[icc[at : at + 4].decode("latin-1")] = icc[start : start + size]
    if not found.keys() <= _TAGS:
        return False
    return _NAMES.fullmatch(_text(found.get("desc", b""))) is not None


def _text(tag: bytes) -> str:
    """The first text of a `desc` (version 2) or `mluc` (version 4) tag; empty for any other."""
    if tag[:4] == b"desc":
        size = int.from_bytes(tag[8:12], "big")
        return tag[12 : 12 + size].rstrip(b"\0").decode("latin-1")
    if tag[:4] == b"mluc":
        size, start = (int.from_bytes(tag[by : by + 4], "big") for by in (20, 24))
        return tag[start : start + size].decode("utf-16-be", "replace")
    return ""
