"""A part of a still in more pixels than its preview has: what is looked at closely."""

from PIL import Image

from desktop.media.exif_facts import PILLOW_GIVES_UP
from desktop.media.picture_work import Undecodable, as_srgb, bare_jpeg, upright
from desktop.media.still import Still
from desktop.media.worker_messages import Message

Box = tuple[int, int, int, int]
"""Left, top, width and height."""

_TURNED = {5, 6, 7, 8}


def part_of_still(still: Still, *, box: Box, longest: int) -> Message:
    """One JPEG of this part of the upright picture, at most `longest` pixels a side and never
    larger than it is; no bytes where undecodable or where the box lies outside."""
    try:
        made = _part(still, box, longest)
    except (Undecodable, *PILLOW_GIVES_UP):
        made = None
    return Message(facts={}, blobs=() if made is None else (made,))


def _part(still: Still, box: Box, longest: int) -> bytes | None:
    said = still.description
    if not said.width or not said.height:
        return None
    left, top, width, height = as_stored(box, said.orientation, said.width, said.height)
    if left < 0 or top < 0 or left + width > said.width or top + height > said.height:
        return None
    whole, shown = max(said.width, said.height), max(width, height)
    picture = still.decode(min(whole, -(-whole * longest // shown)))
    across, down = picture.width / said.width, picture.height / said.height
    cut = picture.crop(
        (
            round(left * across),
            round(top * down),
            max(round((left + width) * across), round(left * across) + 1),
            max(round((top + height) * down), round(top * down) + 1),
        )
    )
    cut.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=None)
    made = upright(as_srgb(cut, still.icc), said.orientation)
    return bare_jpeg(made.convert("RGB"), quality=92, subsampling=0)


def as_stored(box: Box, orientation: int, width: int, height: int) -> Box:
    """Where a box of the upright picture lies in the stored one, which is so wide and high."""
    across, down, wide, high = box
    if orientation in _TURNED:
        across, down, wide, high = down, across, high, wide
    if orientation in {2, 3, 7, 8}:
        across = width - across - wide
    if orientation in {3, 4, 6, 7}:
        down = height - down - high
    return across, down, wide, high
