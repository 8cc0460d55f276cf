"""Colour profiles that say nothing of who made a picture: known names, and numbers of colours."""

import re
import struct
from itertools import pairwise

_MOST = 64 * 1024
_NAMES = (
    (r"sRGB( built-in| IEC61966-2[-.]1.*)?|IEC 61966-2\.?1 Default RGB.*|c2(ci)?|uRGB", "sRGB"),
    (r"Display P3", "Display P3"),
    (r"Adobe RGB \(1998\)|opRGB", "Adobe RGB (1998)"),
    (r"ProPhoto RGB|ROMM RGB: ISO 22028-2:2013", "ProPhoto RGB"),
    (r"Generic RGB Profile|Camera RGB Profile", "RGB"),
    (r"sGry|Dot Gain 20%|Gray Gamma 2\.2|Generic Gray.{0,20}", "Grey"),
)
_TAGS = frozenset(
    (
        *("desc", "cprt", "wtpt", "bkpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC"),
        *("chad", "chrm", "lumi", "meas", "tech", "vued", "view", "dmnd", "dmdd", "para", "cicp"),
        *("dscm",),
    )
)
"""Left out on purpose: what names one display or holds its settings (`mmod`, `vcgt`, `targ`, …)."""


_POINTS = ("wtpt", "bkpt", "rXYZ", "gXYZ", "bXYZ")
_CURVES = ("rTRC", "gTRC", "bTRC", "kTRC")
_PARAMETERS = (4, 12, 16, 20, 28)
_MOST_STEPS = 4096
_HEAD = 128


def plain_profile(icc: bytes) -> bytes | None:
    """The colours of a profile that everybody's devices share, in a profile that holds nothing
    else: no text but a short name, no date, no maker. None where it is none of those, or where its
    colours are not points, curves and a matrix alone (ICC.1:2022)."""
    found = _tags(icc)
    name = "" if found is None else _known_name(_text(found.get("desc", b"")))
    if found is None or not name or not found.keys() <= _TAGS:
        return None
    kept = {key: body for key in _POINTS if (body := _point(found.get(key))) is not None}
    kept |= {key: body for key in _CURVES if (body := _curve(found.get(key))) is not None}
    if (turn := found.get("chad")) is not None:
        kept["chad"] = turn[:44]
    if any(key in found and key not in kept for key in (*_POINTS, *_CURVES)):
        return None
    if len(kept.get("chad", b"sf32".ljust(44))) != 44 or not _is_enough(icc, kept):
        return None
    return _written(icc, {"desc": _said(icc, name), "cprt": _said(icc, "none"), **kept})


def is_plain(icc: bytes) -> bool:
    """Whether a profile is one that `plain_profile` wrote: the same again, to the last byte."""
    return plain_profile(icc) == icc


def _known_name(said: str) -> str:
    for pattern, name in _NAMES:
        if said == name or re.fullmatch(pattern, said):
            return name
    return ""


def _tags(icc: bytes) -> dict[str, bytes] | None:
    if not 132 <= len(icc) <= _MOST or icc[36:40] != b"acsp":
        return None
    count = int.from_bytes(icc[128:132], "big")
    if count > 64 or len(icc) < 132 + 12 * count:
        return None
    found = {}
    for at in range(132, 132 + 12 * count, 12):
        start, size = (int.from_bytes(icc[at + by : at + by + 4], "big") for by in (4, 8))
        found[icc[at : at + 4].decode("latin-1")] = icc[start : start + size]
    return found


def _point(body: bytes | None) -> bytes | None:
    return body[:20] if body and len(body) >= 20 and body[:8] == b"XYZ \0\0\0\0" else None


def _curve(body: bytes | None) -> bytes | None:
    """A curve that never falls, without what may follow it."""
    if body is None or len(body) < 12 or body[4:8] != bytes(4):
        return None
    if body[:4] == b"para":
        kind = int.from_bytes(body[8:10], "big")
        size = 12 + _PARAMETERS[kind] if kind < len(_PARAMETERS) else 0
        return body[:size] if size and body[10:12] == b"\0\0" and len(body) >= size else None
    count = int.from_bytes(body[8:12], "big")
    if body[:4] != b"curv" or count > _MOST_STEPS or len(body) < 12 + 2 * count:
        return None
    steps = struct.unpack(f">{count}H", body[12 : 12 + 2 * count])
    is_rising = all(before <= after for before, after in pairwise(steps))
    return body[: 12 + 2 * count] if is_rising else None


def _is_enough(icc: bytes, kept: dict[str, bytes]) -> bool:
    wanted = {"kTRC"} if icc[16:20] == b"GRAY" else {*_POINTS[2:], *_CURVES[:3]}
    return {"wtpt", *wanted} <= kept.keys()


def _said(icc: bytes, text: str) -> bytes:
    """A text tag of the form that the version of the profile asks for."""
    if icc[8] >= 4:
        coded = text.encode("utf-16-be")
        return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(coded), 28) + coded
    coded = text.encode("ascii") + b"\0"
    if text == "none":
        return b"text\0\0\0\0" + coded
    return b"desc\0\0\0\0" + struct.pack(">I", len(coded)) + coded + bytes(78)


def _written(icc: bytes, tags: dict[str, bytes]) -> bytes:
    """A whole profile: of the old head the version, the class, the two spaces and the light."""
    table, data, places = b"", b"", dict[bytes, int]()
    start = _HEAD + 4 + 12 * len(tags)
    for name, body in tags.items():
        if body not in places:
            places[body] = start + len(data)
            data += body + bytes(-len(body) % 4)
        table += struct.pack(">4sII", name.encode("ascii"), places[body], len(body))
    head = bytearray(_HEAD)
    head[:4] = struct.pack(">I", start + len(data))
    for first, last in ((8, 10), (12, 24), (36, 40), (64, 80)):
        head[first:last] = icc[first:last]
    return bytes(head) + struct.pack(">I", len(tags)) + table + data


def _text(tag: bytes) -> str:
    """The first text of a `desc` (version 2) or `mluc` (version 4) tag; empty for any other."""
    if tag[:4] == b"desc":
        size = int.from_bytes(tag[8:12], "big")
        return tag[12 : 12 + size].rstrip(b"\0").decode("latin-1")
    if tag[:4] == b"mluc":
        size, start = (int.from_bytes(tag[by : by + 4], "big") for by in (20, 24))
        return tag[start : start + size].decode("utf-16-be", "replace")
    return ""
