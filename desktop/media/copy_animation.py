"""Moving pictures of GIF, WebP and PNG: every frame drawn anew, on white, into a PNG that moves."""

import io
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

from desktop.media.copy_pixels import GIVES_UP, MOST_PIXELS, CannotCopy, bare, painted
from desktop.media.png_pixels import PNG_SIGN, chunk, chunks_of
from desktop.records.facts.copies import Mask

MOVING = ("GIF", "WEBP", "PNG")
_MOST_FRAMES = 5_000
_MOST_DRAWN = 20 * MOST_PIXELS
_USUAL_MS, _LEAST_MS, _MOST_MS = 100, 10, 60_000
"""What programs take for a frame that says no time, or one that nobody could see."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A whole frame as it is seen, when, and for how many milliseconds."""

    picture: Image.Image
    at_ms: int
    lasts_ms: int


def is_moving(data: bytes) -> bool:
    """Whether a picture has more than one frame that is shown by turns."""
    try:
        with Image.open(io.BytesIO(data), formats=MOVING) as picture:
            return int(getattr(picture, "n_frames", 1)) > 1
    except GIVES_UP:
        return False


def moments(data: bytes) -> Iterator[Moment]:
    """Every frame in order. Raises CannotCopy, also in the middle."""
    try:
        with Image.open(io.BytesIO(data), formats=MOVING) as picture:
            count, at = int(getattr(picture, "n_frames", 1)), 0
            drawn = count * picture.width * picture.height
            if count > _MOST_FRAMES or drawn > _MOST_DRAWN:
                raise CannotCopy("it has too many frames to be copied safely")
            for number in range(count):
                picture.seek(number)
                picture.load()
                lasts = int(picture.info.get("duration") or _USUAL_MS)
                lasts = min(max(lasts, _LEAST_MS), _MOST_MS)
                seen = bare(picture.convert("RGBA"))
                yield Moment(seen, at, lasts)
                at += lasts
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotCopy("a picture in it is damaged, or cannot be decoded") from None


def length_ms(data: bytes) -> int:
    """How long it is until it begins again."""
    last = 0
    for one in moments(data):
        last = one.at_ms + one.lasts_ms
    return last


def frame_at(data: bytes, seconds: float) -> tuple[Image.Image, int]:
    """What is seen at so many seconds, and how long the whole is in milliseconds."""
    seen, length = None, 0
    for one in moments(data):
        if seen is None or one.at_ms <= seconds * 1000:
            seen = one.picture
        length = one.at_ms + one.lasts_ms
    if seen is None:
        raise CannotCopy("there is no frame in it that can be decoded")
    return seen, length


def moving_png(
    data: bytes, masks: Sequence[Mask], write: Callable[[bytes], object], far: Callable[[], object]
) -> None:
    """Write a PNG of all frames (PNG third edition, 11.3.2), each but the first only where it is
    another than the one before. A mask lies over every frame. Raises CannotCopy."""
    frames = [_packed(before, now) for before, now in _pairs(data, masks, far)]
    first = frames[0]
    write(PNG_SIGN + chunk(b"IHDR", struct.pack(">II5B", *first.size, 8, 2, 0, 0, 0)))
    write(chunk(b"acTL", struct.pack(">II", len(frames), 0)))
    number = 0
    for place, one in enumerate(frames):
        control = struct.pack(">5I2H2B", number, *one.size, *one.corner, one.lasts_ms, 1000, 0, 0)
        write(chunk(b"fcTL", control))
        number += 1
        if not place:
            write(chunk(b"IDAT", one.rows))
            continue
        write(chunk(b"fdAT", struct.pack(">I", number) + one.rows))
        number += 1
    write(chunk(b"IEND", b""))


def _pairs(
    data: bytes, masks: Sequence[Mask], far: Callable[[], object]
) -> Iterator[tuple[Image.Image | None, Moment]]:
    before = None
    for one in moments(data):
        now = painted(one.picture, masks)
        yield before, Moment(now, one.at_ms, one.lasts_ms)
        before = now
        far()


@dataclass(frozen=True, slots=True)
class _Packed:
    size: tuple[int, int]
    corner: tuple[int, int]
    lasts_ms: int
    rows: bytes


def _packed(before: Image.Image | None, now: Moment) -> _Packed:
    whole = (0, 0, *now.picture.size)
    box = whole
    if before is not None and before.size == now.picture.size:
        box = ImageChops.difference(before, now.picture).getbbox() or (0, 0, 1, 1)
    part = now.picture.crop(box)
    made = io.BytesIO()
    part.save(made, "PNG")
    packed = chunks_of(made.getvalue()) or []
    rows = b"".join(body for kind, body, _ in packed if kind == b"IDAT")
    return _Packed(part.size, (box[0], box[1]), min(now.lasts_ms, _MOST_MS), rows)
