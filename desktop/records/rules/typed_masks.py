"""Masks as somebody writes them into a file: JSON, read strictly."""

import json
import math
from collections.abc import Mapping

from desktop.records.facts.copies import Mask
from desktop.records.facts.copy_problems import MaskWrong

_PLACES = ("left", "top", "width", "height")
_TIMES = ("start", "end")
_PAGE = "page"


def typed_masks(text: str) -> Mapping[str, tuple[Mask, ...]]:
    """Masks by the number of their image, or under `""` where the text is a bare list.

    `{"IMAGE": [{"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.3, "start": 0, "end": 2.5}]}`:
    places are parts of the upright picture, times are seconds and may be left out. `"page": 2` lays
    a mask on that page alone, else it lies on every page. Raises MaskWrong.
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise MaskWrong(reason="the file is not JSON") from None
    if isinstance(read, list):
        return {"": tuple(_mask(one) for one in read)}
    if not isinstance(read, dict) or not all(isinstance(one, list) for one in read.values()):
        raise MaskWrong(reason="the file is neither a list of masks nor one such list an image")
    return {name: tuple(_mask(one) for one in listed) for name, listed in read.items()}


def _mask(said: object) -> Mask:
    if not isinstance(said, dict) or not said.keys() <= {*_PLACES, *_TIMES, _PAGE}:
        raise MaskWrong(reason="one is not left, top, width and height, with start, end and page")
    left, top, width, height = (_number(said, name) for name in _PLACES)
    end = _number(said, "end") if said.get("end") is not None else None
    start = _number(said, "start") if "start" in said else 0.0
    page = _whole(said[_PAGE]) if said.get(_PAGE) is not None else None
    return Mask(left=left, top=top, width=width, height=height, start=start, end=end, page=page)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise MaskWrong(reason="its page is not a whole number")
    return value


def _number(said: Mapping[str, object], name: str) -> float:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise MaskWrong(reason=f"its {name} is not a number")
    return float(value)
