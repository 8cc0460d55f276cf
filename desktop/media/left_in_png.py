"""What a PNG copy holds beside its picture: an allow-list apart from the code that made it."""

from desktop.media.common_profiles import is_plain as is_plain_profile
from desktop.media.left_in_animation import is_whole_animation
from desktop.media.png_pixels import Chunk, chunks_of, is_all_seen, is_plain, profile_of

_SMALL = {b"sRGB": (1, 3), b"gAMA": (4, 1_000_000), b"cHRM": (4, 100_000), b"cICP": (1, 22)}
"""For each chunk that may stand beside the pixels: how wide its numbers are, and the largest."""

_SIZES = {b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"cICP": 4}


def left_in_png(data: bytes) -> str:
    """What is left in a copy that should not be, in words; empty for nothing."""
    chunks = chunks_of(data)
    if chunks is None:
        return "a picture that is cut short"
    if any(kind == b"acTL" for kind, _, _ in chunks):
        is_whole = is_whole_animation(data) and chunks[-1][2] == len(data)
        return "" if is_whole else "frames that are not shown"
    if not is_plain(chunks):
        return "a palette, or transparent parts with something in them"
    if not is_all_seen(chunks):
        return "more pixels than are seen"
    beside = [one for one in chunks if one[0] not in {b"IHDR", b"IDAT", b"IEND"}]
    is_twice = len({kind for kind, _, _ in beside}) != len(beside)
    if is_twice or not all(_is_of_colours(one) for one in beside):
        return "text, a profile of its own or a block of a program"
    return "bytes behind the picture" if chunks[-1][2] != len(data) else ""


def _is_of_colours(one: Chunk) -> bool:
    kind, body, _ = one
    if kind == b"iCCP":
        return body.startswith(b"icc\0\0") and is_plain_profile(profile_of(body) or b"")
    if len(body) != _SIZES.get(kind, -1):
        return False
    width, most = _SMALL[kind]
    numbers = (int.from_bytes(body[at : at + width], "big") for at in range(0, len(body), width))
    return all(number <= most for number in numbers)
